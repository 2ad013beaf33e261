"""From an empty folder to a checked configuration where the ERP is M3, behind its gateway."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.m3 import create_app
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command
from streak_infor_orchestration_tests.world.company import INTEGRATION_KEY
from streak_infor_orchestration_tests.world.world import World

SAID = ("cono=100", "order_type=A01", "template_customer=TEMPLATE", "facility=100")


@pytest.fixture(scope="module")
def m3() -> Iterator[Control]:
    with serve(create_app()) as base_url, closing(Control(base_url)) as control:
        yield control


@pytest.fixture(autouse=True)
def empty_folder(world: World, m3: Control, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An administrator's first minute: the API key, and the file from Infor OS."""
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "app.ionapi").write_text(json.dumps(m3.get("/ionapi")))
    for name, value in {
        "STREAK_API_KEY": INTEGRATION_KEY,
        "STREAK_BASE_URL": world.company.streak_url,
        "INFOR_IONAPI_FILE": str(folder / "app.ionapi"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("STREAK_INFOR_CONFIG", raising=False)
    monkeypatch.chdir(folder)
    return folder


def init(command: Command, *options: str, code: int = 0) -> str:
    words = [word for option in options for word in ("--erp-option", option)]
    started = ("init", "--product", "m3", "--erp-url", "ionapi:/M3", "--timezone", "Europe/Berlin")
    result = command(*started, *words, code=code)
    return f"{result.output} {result.exception or ''}"


def test_the_file_says_what_was_said_and_found_and_passes_the_check(
    command: Command, empty_folder: Path, m3: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = init(command, *SAID)
    assert "BRK-1001" in shown
    config = FORMAT.load(empty_folder / "integration.yaml")
    assert isinstance(config.erp, M3Section)
    assert (config.erp.cono, config.erp.order_type, config.erp.facility) == (100, "A01", "100")
    assert config.erp.defaults.warehouse == "100"
    monkeypatch.setenv("STREAK_INFOR_CONFIG", str(empty_folder / "integration.yaml"))
    monkeypatch.setenv("STREAK_INFOR_STATE_DIR", str(empty_folder / "state"))
    document = json.loads(command("check", "--json", code=1).stdout)  # there is no gateway yet
    found = [f"{f['mark']} {f['what']}" for f in document["findings"] if f["area"] == "set-up"]
    assert [line.split(": ", 1)[1] for line in found] == [
        'erp.order_type: "A01" exists',
        'erp.facility: "100" exists',
        'erp.defaults.warehouse: "100" exists',
        'erp.template_customer: "TEMPLATE" exists',
        'erp.lookup.by: "customer" exists',
    ]
    assert m3.violations() == []


@pytest.mark.parametrize(
    ("option", "told"),
    [("cono=one", "erp.cono: Input should be a valid integer"), ("nonsense=1", "erp.nonsense")],
)
def test_an_option_that_m3_has_not_is_told(command: Command, option: str, told: str) -> None:
    assert told in init(command, option, code=1)
