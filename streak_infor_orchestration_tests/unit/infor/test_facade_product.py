"""What the façade brings as a product: its section with what holds unsaid, its words, its login as a server sees it."""

from urllib.parse import parse_qs

import pytest
from starlette.responses import JSONResponse

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.entities import RECORDS
from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.facade.login import login
from streak_infor_orchestration.infor.facade.product import FACADE
from streak_infor_orchestration.infor.facade.section import FacadeSection
from streak_infor_orchestration.transport.auth import basic
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint

URL = "https://erp.example.com/infor/api/v1"


def section(**said: object) -> FacadeSection:
    return FacadeSection.model_validate({"product": "facade", "base_url": URL, **said})


def test_what_holds_where_only_the_address_is_said() -> None:
    made = section().model_dump()
    assert {name: made[name] for name in ("product", "base_url", "token_url", "settle_seconds")} == {
        "product": "facade",
        "base_url": URL,
        "token_url": None,
        "settle_seconds": 330,
    }
    assert section().addresses == {"base_url": URL}
    token_url = "https://login.example.com/token"
    assert section(token_url=token_url).addresses == {"base_url": URL, "token_url": token_url}


@pytest.mark.parametrize(("seconds", "allowed"), [(0, True), (86_400, True), (-1, False), (86_401, False)])
def test_a_write_may_settle_for_a_day_at_most(seconds: int, allowed: bool) -> None:
    if allowed:
        assert section(settle_seconds=seconds).settle_seconds == seconds
    else:
        with pytest.raises(ValueError, match="settle_seconds"):
            section(settle_seconds=seconds)


def test_every_entity_has_a_word() -> None:
    assert FACADE.labels == {
        "customers": "customers",
        "contacts": "contacts",
        "sales_orders": "orders",
        "products": "products",
        "inventory_items": "stock",
        "invoices": "invoices",
        "credit_notes": "credit notes",
        "payments": "payments",
        "vendors": "vendors",
        "employees": "employees",
        "gl_accounts": "accounts",
        "exchange_rates": "exchange rates",
    }
    assert FACADE.labels.keys() == RECORDS.keys()


def test_it_is_opened_with_its_time_to_settle() -> None:
    http = HttpClient("infor", URL)
    erp = FACADE.open(section(settle_seconds=7), http)
    assert isinstance(erp, FacadeErp) and erp.http is http and erp.traits.settle_seconds == 7
    http.close()


def test_an_api_key_alone_is_a_login() -> None:
    auth = login(section(), Secrets({"INFOR_API_KEY": "k3y"}), ManualClock())
    assert dict(auth.headers()) == {"X-API-Key": "k3y"}


def test_without_credentials_the_variable_is_named() -> None:
    with pytest.raises(Misconfigured) as told:
        login(section(), Secrets({}), ManualClock())
    assert told.value.field == "INFOR_CLIENT_ID"


@pytest.mark.parametrize(
    ("more", "form"),
    [
        ({}, {"grant_type": ["client_credentials"]}),
        (
            {"INFOR_USERNAME": "user", "INFOR_PASSWORD": "pass", "INFOR_SCOPE": "all"},
            {"grant_type": ["password"], "username": ["user"], "password": ["pass"], "scope": ["all"]},
        ),
    ],
    ids=["client", "service account"],
)
def test_a_client_logs_in_where_the_section_says(more: dict[str, str], form: dict[str, list[str]]) -> None:
    endpoint = Endpoint(lambda _: JSONResponse({"access_token": "t0ken", "expires_in": 3600}))
    environment = {"INFOR_CLIENT_ID": "id", "INFOR_CLIENT_SECRET": "secret", **more}
    with endpoint.served() as url:
        auth = login(section(token_url=f"{url}/token"), Secrets(environment), ManualClock())
        assert dict(auth.headers()) == {"Authorization": "Bearer t0ken"}
    ((method, path, headers, body),) = endpoint.seen
    assert (method, path, headers["authorization"]) == ("POST", "/token", basic("id", "secret"))
    assert parse_qs(bytes(body).decode()) == form


def test_a_login_that_fails_is_the_erps() -> None:
    environment = {"INFOR_CLIENT_ID": "id", "INFOR_CLIENT_SECRET": "secret"}
    auth = login(section(token_url="http://127.0.0.1:9/token"), Secrets(environment), ManualClock())
    with pytest.raises(IntegrationError) as told:
        auth.headers()
    assert told.value.system == "infor"
