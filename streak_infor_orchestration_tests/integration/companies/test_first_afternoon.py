"""What `init` finds of companies it has never heard of, and what `check` makes of their own files."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.companies.agency import AGENCY
from streak_infor_orchestration_tests.companies.all import COMPANIES
from streak_infor_orchestration_tests.companies.distributor import DISTRIBUTOR
from streak_infor_orchestration_tests.companies.manufacturer import MANUFACTURER
from streak_infor_orchestration_tests.companies.sample import Office, Sample
from streak_infor_orchestration_tests.world.company import SALES_KEY
from streak_infor_orchestration_tests.world.fixtures import AT_FULL_SPEED, Acme, credentials

LINES = {
    MANUFACTURER.name: {
        "from": "columns",
        "sku": "Artikel {n}",
        "quantity": "Menge {n}",
        "price": "Einzelpreis {n}",
        "discount": "Rabatt {n}",
    },
    AGENCY.name: {"from": "text", "field": "Scope"},
    DISTRIBUTOR.name: {
        "from": "linked_boxes",
        "pipeline": "Quotes",
        "sku": "Part",
        "quantity": "Pieces",
        "price": "Unit price",
    },
}


@pytest.fixture
def settled_in(
    acme: Acme, fresh_process: Callable[..., Wiring], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Sample], Path]:
    """The company in both twins, and its own file in force; the path of another file. The commands live in the twins'
    time, or its exchange rates would be too old to convert by."""
    company, _ = acme
    monkeypatch.setattr(Clock, "now", lambda _: company.clock.now())
    # but for what Streak's own web server says of the time
    monkeypatch.setattr("streak_infor_orchestration.onboarding.checks.streak._NOTICED", float("inf"))

    def settle(sample: Sample) -> Path:
        company.reset()
        roots = (company.streak_url.removesuffix("/api"), company.infor_url.removesuffix("/infor/api/v1"))
        sample.open_deal(Office(sample, *roots, SALES_KEY))
        file = tmp_path / "integration.yaml"
        file.write_text(sample.configuration(roots[1]) + AT_FULL_SPEED)
        secrets = {"STREAK_WEBHOOK_SECRET": "a-long-random-word", **credentials(company)}
        fresh_process(STREAK_INFOR_CONFIG=str(file), **secrets)
        return tmp_path / "guessed.yaml"

    return settle


@pytest.mark.parametrize("sample", COMPANIES, ids=lambda sample: sample.name)
def test_init_sees_where_the_lines_are(
    sample: Sample, acme: Acme, settled_in: Callable[[Sample], Path]
) -> None:
    target = settled_in(sample)
    words = (
        "init",
        "--pipeline",
        sample.pipeline.name,
        "--erp-url",
        acme[0].infor_url,
        "--output",
        str(target),
    )
    result = CliRunner().invoke(_group, words)
    assert result.exit_code == 0, result.output
    lines = FORMAT.load(target).lines.model_dump(by_alias=True)
    found = {**lines, **(lines.get("columns") or {})}
    assert {name: found[name] for name in LINES[sample.name]} == LINES[sample.name]


@pytest.mark.parametrize("sample", COMPANIES, ids=lambda sample: sample.name)
def test_check_finds_nothing_wrong_with_their_own_file(
    sample: Sample, settled_in: Callable[[Sample], Path]
) -> None:
    settled_in(sample)
    document = json.loads(CliRunner().invoke(_group, ("check", "--json")).stdout)
    assert [finding for finding in document["findings"] if finding["mark"] == "wrong"] == []
    told = {finding["what"] for finding in document["findings"]}
    assert {f'stage "{stage}": order' for stage in sample.pipeline.order} <= told
    assert any(what.startswith("order lines") for what in told)
    assert any(what.startswith("EUR/USD is 1.0850") for what in told) is (sample is DISTRIBUTOR)


@pytest.mark.parametrize("sample", COMPANIES, ids=lambda sample: sample.name)
def test_preview_shows_what_the_story_books(sample: Sample, settled_in: Callable[[Sample], Path]) -> None:
    settled_in(sample)
    document = json.loads(CliRunner().invoke(_group, ("preview", "--json")).stdout)
    (deal,) = document["deals"]
    assert (deal["standing"], Decimal(deal["total"])) == ("not yet", sample.total), deal
