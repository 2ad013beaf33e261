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

SAID = ("cono=100", "order_type=A01", "template_customer=TEMPLATE", "facility=100")


pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture(scope="module")
def behind_gateway() -> Iterator[Control]:
    with serve(create_app()) as base_url, closing(Control(base_url)) as control:
        yield control


def init(command: Command, *options: str, code: int = 0) -> str:
    words = [word for option in options for word in ("--erp-option", option)]
    started = ("init", "--product", "m3", "--erp-url", "ionapi:/M3", "--timezone", "Europe/Berlin")
    result = command(*started, *words, code=code)
    return f"{result.output} {result.exception or ''}"


def test_the_file_says_what_was_said_and_found_and_passes_the_check(
    command: Command, empty_folder: Path, behind_gateway: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = init(command, *SAID)
    assert "BRK-1001" in shown
    draft = (empty_folder / "integration.yaml").read_text()
    assert "# fills MAIL (e-mail address)" in draft, "what M3 calls the field is told with what it means"
    assert "\n  # freight_charge: " in draft and "# order_type: " not in draft, "what was not said is shown"
    assert "from: invoice.number}" in draft, "people know an invoice by what is printed on it"
    config = FORMAT.load(empty_folder / "integration.yaml")
    assert isinstance(config.erp, M3Section)
    assert (config.erp.cono, config.erp.order_type, config.erp.facility) == (100, "A01", "100")
    assert config.erp.defaults.warehouse == "100"
    monkeypatch.setenv("STREAK_INFOR_CONFIG", str(empty_folder / "integration.yaml"))
    document = json.loads(command("check", "--json", code=1).stdout)  # there is no gateway yet
    found = [f"{f['mark']} {f['what']}" for f in document["findings"] if f["area"] == "set-up"]
    assert [line.split(": ", 1)[1] for line in found] == [
        'erp.order_type: "A01" exists',
        'erp.facility: "100" exists',
        'erp.defaults.warehouse: "100" exists',
        'erp.template_customer: "TEMPLATE" exists',
        'erp.lookup.by: "customer" exists',
    ]
    assert behind_gateway.violations() == []


@pytest.mark.parametrize(
    ("option", "told"),
    [("cono=one", "erp.cono: Input should be a valid integer"), ("nonsense=1", "erp.nonsense")],
)
def test_an_option_that_m3_has_not_is_told(command: Command, option: str, told: str) -> None:
    assert told in init(command, option, code=1)
