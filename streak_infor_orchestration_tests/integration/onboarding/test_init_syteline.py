"""From an empty folder to a checked configuration where the ERP is SyteLine, behind its gateway."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.syteline import create_app
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture(scope="module")
def behind_gateway() -> Iterator[Control]:
    with serve(create_app()) as base_url, closing(Control(base_url)) as control:
        yield control


def init(command: Command, *options: str, code: int = 0) -> str:
    words = [word for option in options for word in ("--erp-option", option)]
    started = ("init", "--product", "syteline", "--erp-url", "ionapi:/CSI", "--timezone", "Europe/Berlin")
    result = command(*started, *words, code=code)
    return f"{result.output} {result.exception or ''}"


def checked(command: Command, file: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What `check` says of the ERP's set-up, by option."""
    monkeypatch.setenv("STREAK_INFOR_CONFIG", str(file))
    document = json.loads(command("check", "--json", code=1).stdout)  # there is no gateway yet
    told = (found["what"].split(": ", 2)[1:] for found in document["findings"] if found["area"] == "set-up")
    return {option.removeprefix("erp."): what for option, what in told}


def test_the_file_says_what_was_said_and_found_and_passes_the_check(
    command: Command, empty_folder: Path, behind_gateway: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = init(command, "configuration=TWIN_TST_MAIN")
    assert "BRK-1001" in shown
    file = empty_folder / "integration.yaml"
    config = FORMAT.load(file)
    assert isinstance(config.erp, SytelineSection)
    assert (config.erp.configuration, config.erp.base_url) == ("TWIN_TST_MAIN", "ionapi:/CSI")
    found = checked(command, file, monkeypatch)
    assert found["customers.reference"] == '"CrmGuid" exists'
    assert found["orders.second_reference"] == '"CustPo" exists'
    assert all(what.endswith(" exists") for what in found.values()), found
    assert behind_gateway.violations() == []


def test_an_option_that_must_be_said_is_asked_for_by_its_flag(command: Command, empty_folder: Path) -> None:
    assert "erp.configuration: Field required; say --erp-option configuration=…" in init(command, code=1)


def test_what_is_not_set_up_is_told_by_its_option(
    command: Command, empty_folder: Path, behind_gateway: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(command, "configuration=TWIN_TST_MAIN")
    file = empty_folder / "integration.yaml"
    wrong = {
        "idos": {"SLItemwhses": "YY_SLItemwhses"},
        "employee_email": "Uf_Email",
        "customers": {"reference": "CrmGuid", "tax_id": "Uf_TaxId"},
        "defaults": {"shipping_method": "NONE", "payment_terms": "N14"},
        "rates": {"rate": "Ratio"},
    }
    document = YAML(typ="safe", pure=True).load(file.read_text())
    document["erp"] |= wrong
    file.write_text(json.dumps(document, default=str))
    found = checked(command, file, monkeypatch)
    faults = {option for option, what in found.items() if not what.endswith(" exists")}
    assert faults >= {
        "idos.SLItemwhses",
        "employee_email",
        "customers.tax_id",
        "defaults.shipping_method",
        "rates.rate",
    }
    assert found["defaults.payment_terms"] == '"N14" exists'
    assert "is none of SLShipcodes" in found["defaults.shipping_method"]


def test_a_configuration_that_mongoose_does_not_have_is_told(command: Command) -> None:
    assert "ELSEWHERE" in init(command, "configuration=ELSEWHERE", code=1)


def test_a_configuration_that_there_is_not_is_told_by_its_option(
    command: Command, empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(command, "configuration=TWIN_TST_MAIN")
    file = empty_folder / "integration.yaml"
    file.write_text(file.read_text().replace("TWIN_TST_MAIN", "NOPE"))
    monkeypatch.setenv("STREAK_INFOR_CONFIG", str(file))
    document = json.loads(command("check", "--json", code=1).stdout)
    (told,) = [found for found in document["findings"] if found["area"] == "ERP"]
    assert "Configuration NOPE was not found" in told["what"] and "see erp.configuration" in told["what"]
    assert told["mark"] == "wrong" and "reachable" not in told["cure"]
