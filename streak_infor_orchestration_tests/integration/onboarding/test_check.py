"""`streak-infor check`: everything that can be wrong is found, with its cure, and nothing is changed by looking."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command, writes_nothing
from streak_infor_orchestration_tests.world.fixtures import AT_FULL_SPEED, credentials
from streak_infor_orchestration_tests.world.world import World

SECRET = "long-random-word"
Findings = list[dict[str, str]]
Check = Callable[..., Findings]
Configure = Callable[..., None]

DESCRIBED = "from: box.name}"


def with_rule(target: str, source: str, codes: str = "") -> dict[str, str]:
    """The template, with one rule more."""
    transform = f", transform: {{map: {codes}}}" if codes else ""
    return {DESCRIBED: f'{DESCRIBED}\n  - {{to: {target}, from: "{source}"{transform}}}'}


@pytest.fixture
def configure(
    world: World, fresh_process: Callable[..., Wiring], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Configure:
    """`configure({"Lead, ": ""})`: the packaged template with pieces of its text replaced, and all secrets."""
    # the twins live in a time of their own
    monkeypatch.setattr("streak_infor_orchestration.onboarding.checks.streak._NOTICED", float("inf"))

    def build(settings: dict[str, str] | None = None, **environment: str) -> None:
        yaml = text("facade").replace("https://erp.example.com/infor/api/v1", world.company.infor_url)
        for old, new in (settings or {}).items():
            assert yaml.count(old) == 1
            yaml = yaml.replace(old, new)
        (tmp_path / "integration.yaml").write_text(yaml + AT_FULL_SPEED)
        known = {"STREAK_WEBHOOK_SECRET": SECRET, **credentials(world.company)}
        fresh_process(STREAK_INFOR_CONFIG=str(tmp_path / "integration.yaml"), **{**known, **environment})

    build()
    return build


@pytest.fixture
def check(command: Command, configure: Configure) -> Check:
    """`check(code=1)`: what was found."""

    def run(*words: str, code: int = 0) -> Findings:
        document: dict[str, Any] = json.loads(command("check", "--json", *words, code=code).stdout)
        assert document["ok"] is (code == 0)
        return list(document["findings"])

    return run


@pytest.fixture
def gateway(tmp_path: Path, world: World) -> Iterator[str]:
    store = Store.open(None, tmp_path / "gateway", clock=world.clock)
    with serve(create_app(store, secret=SECRET)) as url:
        yield url
    assert store.inbox.counts() == [], "the probe was stored"
    store.close()


def told(findings: Findings, mark: str) -> list[str]:
    return [f"{f['area']}: {f['what']}; {f['cure']}" for f in findings if f["mark"] == mark]


def test_a_tenant_as_it_should_be(
    check: Check, command: Command, gateway: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAK_INFOR_PUBLIC_URL", gateway)
    command("webhooks", "register")
    with writes_nothing(world.company):
        findings = check()
    assert told(findings, "wrong") == []
    assert told(findings, "look") == [
        "pipeline: no deal is to be seen in it; share the pipeline with the API key's user, unless it is empty",
        f"gateway: {gateway} is not encrypted, and the webhooks' address holds a secret; use https://",
    ]
    assert {f["area"] for f in findings} == {
        *("configuration", "secrets", "state folder", "database", "tables", "queue"),
        *("Streak", "pipeline", "stages", "fields"),
        *("ERP", "permissions", "currency", "codes", "webhooks", "gateway", "clocks"),
    }
    shown = command("check").output
    assert "nothing is wrong" in shown
    assert SECRET not in shown


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"[Lead, ": "["}, 'stage "Lead" is not classed; put it into one of the four lists'),
        (
            {"Proposal Accepted, C": "Proposal Acepted, C"},
            'no stage "Proposal Acepted"; did you mean "Proposal Accepted"?',
        ),
        (
            {"Requested ship": "Requested shipping"},
            'no field "Requested shipping"; did you mean "Requested ship"?',
        ),
        (
            with_rule("order.freight", "field:Requested ship"),
            "is a DATE, which is no amount",
        ),
        (
            {"field: ERP invoice": "field: ERP date"},
            '"ERP date" is a DATE and cannot show invoice.id; use a text field',
        ),
        (
            {"field: Payment status": "field: Standing"},
            'dropdown "Standing" cannot show PartiallyPaid, Credited',
        ),
        (
            with_rule("order.shipping_method", "field:Ship via", "{Grund: UPSG}, otherwise: keep"),
            '"Ship via" has no option "Grund"; did you mean "Ground"?',
        ),
        (
            with_rule("customer.tax_id", "organization.field:VAT"),
            'organizations have no field "VAT"',
        ),
        (
            {'warehouse: "100"': 'warehouse: "777"'},
            'erp.defaults.warehouse: "777" has no stock of any product',
        ),
        ({'warehouse: "100"': 'gl_account: "4711"'}, '"4711" is no account of the general ledger'),
        ({'warehouse: "100"': 'gl_account: "4090"'}, '"4090" is blocked: nothing can be booked to it'),
        ({'warehouse: "100"': 'invoice_gl_account: "4711"'}, '"4711" is no account of the general ledger'),
        ({"product: facade ": 'product: facade\n  gl_accounts: {BRK: "4712"} '}, '"4712" is no account'),
        ({'warehouse: "100"': "salesperson: E-999"}, '"E-999" is no employee'),
        ({"team: Acme": "team: Acme Corp"}, 'pipeline: "Acme Corp" is no team; did you mean "Acme"?'),
        ({"pipeline: Sales": "pipeline: Sale"}, 'pipeline: "Sale" is no pipeline; did you mean "Sales"?'),
        ({"version: 1": "version: 1\ncolor: red"}, "color: there is no such key"),
        ({"# alerts:": "alerts:"}, "ALERT_URL is not set"),
    ],
)
def test_what_is_wrong_in_the_file_is_found(
    world: World, check: Check, configure: Configure, settings: dict[str, str], expected: str
) -> None:
    world.company.add_field("Ship via", "DROPDOWN", "Ground", "Air")
    world.company.add_field("Standing", "DROPDOWN", "Unpaid", "Paid")
    world.company.add_field("ERP date", "DATE")
    configure(settings)
    assert any(expected in line for line in told(check(code=1), "wrong"))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            with_rule("order.shipping_method", "field:Ship via", "{Ground: UPSG}"),
            'the map has no code for option "Air" of "Ship via"; a deal with it waits for a person',
        ),
        (
            with_rule("order.order_date", "field:SKU 1"),
            "people have to write 2026-12-31; else say how",
        ),
        ({"currency: EUR": "currency: CHF"}, "no product is priced in CHF"),
        ({'warehouse: "100"': "shipping_method: UPSG"}, '"UPSG" cannot be looked up'),
        (
            {
                "from: box.name}": "from: box.name}\n"
                '  - {to: order.custom.Way, from: "field:Ship via", transform: {lookup: ways}}',
                "# alerts:": "tables: {ways: {rows: {Ground: G}}}\n# alerts:",
            },
            'the table ways has no code for option "Air" of "Ship via"',
        ),
        ({"tax: none ": "convert: true ", "currency: EUR": "currency: CHF"}, "no rate between CHF and EUR"),
        ({"max: 10": "max: 9"}, 'the pipeline has "SKU 10", but rows end at 9'),
    ],
)
def test_what_a_person_has_to_judge_is_pointed_out(
    world: World, check: Check, configure: Configure, settings: dict[str, str], expected: str
) -> None:
    world.company.add_field("Ship via", "DROPDOWN", "Ground", "Air")
    configure(settings)
    findings = check()
    assert any(expected in line for line in told(findings, "look"))


def test_rates_that_nobody_enters_any_more_are_pointed_out(
    world: World, check: Check, configure: Configure
) -> None:
    world.company.erp(
        "/exchangerates", [{"Base": "CHF", "Quote": "EUR", "Date": "2019-03-01", "Rate": "1.04"}]
    )
    configure({"tax: none ": "convert: true ", "currency: EUR": "currency: CHF"})
    assert any("CHF/EUR, is of 2019-03-01: too old" in line for line in told(check(), "look"))


def test_deals_that_would_be_ordered_at_once_are_pointed_out(
    world: World, check: Check, configure: Configure
) -> None:
    world.company.deal("Old", stage="Closed-Won")
    world.company.deal("Open")
    assert any("of the last 2 deals, 1 ask for an order" in line for line in told(check(), "look"))
    configure({"  pipeline: Sales": "  pipeline: Sales\n  since: 2026-11-25"})
    assert any("2026-11-25 are history" in line for line in told(check(), "good"))


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("STREAK_API_KEY", "", "secrets: what opens Streak; STREAK_API_KEY is not set"),
        ("STREAK_API_KEY", "wrong", "see that the credentials are right"),
        ("INFOR_CLIENT_SECRET", "wrong", "the login server knows no such client, or another secret of it"),
        ("INFOR_USERNAME", "twin-service", "the client is known, its service account is not"),
        ("INFOR_TOKEN_URL", "{erp}/oauth/elsewhere", "nobody logs in at this address"),
        ("INFOR_TOKEN_URL", "http://127.0.0.1:9/token", "the login server does not answer"),
        ("STREAK_WEBHOOK_SECRET", "", "secrets: STREAK_WEBHOOK_SECRET; STREAK_WEBHOOK_SECRET is not set"),
        ("STREAK_BASE_URL", "http://127.0.0.1:9/api", "see that the address is right and reachable"),
        ("STREAK_INFOR_DATABASE_URL", "mysql://host/db", "database: "),
    ],
)
def test_what_is_wrong_around_the_file_is_found(
    world: World, check: Check, configure: Configure, variable: str, value: str, expected: str
) -> None:
    erp = world.company.infor_url.removesuffix("/infor/api/v1")
    configure(**{"INFOR_PASSWORD": "wrong", variable: value.format(erp=erp)})
    findings = check(code=1)
    assert any(expected in line for line in told(findings, "wrong"))


def test_what_needs_something_broken_is_not_looked_at(check: Check, configure: Configure) -> None:
    configure(STREAK_API_KEY="wrong")
    findings = check(code=1)
    assert len(told(findings, "wrong")) == 1
    skipped = [f["area"] for f in findings if f["what"] == "not looked at"]
    assert skipped == ["pipeline", "stages", "fields", "history", "webhooks", "clocks"]


def test_a_state_folder_that_cannot_be_written(check: Check, configure: Configure, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    configure(STREAK_INFOR_STATE_DIR=str(tmp_path / "file" / "state"))
    assert any("cannot be written" in line for line in told(check(code=1), "wrong"))


def test_webhooks_that_are_not_registered(check: Check) -> None:
    findings = check("--url", "http://127.0.0.1:9", code=1)
    assert any(
        "webhook BOX_EDIT is missing; run `streak-infor webhooks register`" in w
        for w in told(findings, "wrong")
    )
    assert any("nobody answers" in line for line in told(findings, "look"))


def test_a_gateway_with_another_secret_and_something_that_is_no_gateway(
    check: Check, configure: Configure, gateway: str
) -> None:
    configure(STREAK_WEBHOOK_SECRET="another-word")
    assert any("knows another secret" in line for line in told(check("--url", gateway, code=1), "wrong"))
    configure()
    with serve(Starlette()) as elsewhere:
        found = check("--url", elsewhere, code=1)
    assert any("does not answer as the gateway does" in line for line in told(found, "wrong"))
    assert SECRET not in str(found)


@pytest.mark.parametrize(("seconds", "mark"), [(5.0, "good"), (120.0, "look"), (-1200.0, "wrong")])
def test_clocks_apart(check: Check, seconds: float, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streak_infor_orchestration.onboarding.checks.streak._NOTICED", 60.0)
    monkeypatch.setattr(Clock, "now", lambda _: datetime.now(UTC) - timedelta(seconds=seconds))
    (finding,) = (f for f in check(code=int(mark == "wrong")) if f["area"] == "clocks")
    assert finding["mark"] == mark
