"""An .ionapi file, from the environment to a customer: password grant, scopes, gateway (Infor API facts A.1 to A.3).

The credentials are of the shapes Infor gives out: `#` and `~` break where they are not form-encoded.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.errors import Misconfigured, Unauthorized
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Erp, Steps
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.infor import create_app
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.conformance.control import Control

CLIENT, USER = "ACME_TST~aB-_c9/+=", "ACME_TST#x&y=z %41+ü"
Open = Callable[..., Erp]
REVOKE = "POST /oauth/revoke"


@pytest.fixture(scope="module")
def tenant() -> Iterator[Control]:
    app = create_app(client_id=CLIENT, client_secret="s~#&=%", service_user=USER, service_password="p#&+% ü")
    with serve(app) as base_url:
        yield Control(base_url)


@pytest.fixture
def opened(tenant: Control, tmp_path: Path) -> Iterator[Open]:
    """`opened(base_url, **changes)`: the ERP as an administrator configures it, by a changed .ionapi file."""
    tenant.reset()

    def build(base_url: str = f"{tenant.base_url}/infor/api/v1", **changes: Any) -> Erp:
        file, config = tmp_path / "acme.ionapi", tmp_path / "integration.yaml"
        content = {name: v for name, v in (tenant.get("/ionapi") | changes).items() if v is not None}
        file.write_text(json.dumps(content))
        config.write_text(text("facade").replace("https://erp.example.com/infor/api/v1", base_url))
        environment = {
            "INFOR_IONAPI_FILE": str(file),
            "STREAK_INFOR_CONFIG": str(config),
            "STREAK_INFOR_STATE_DIR": str(tmp_path / "state"),
        }
        wirings.append(Wiring(environment))
        return wirings[-1].erp

    wirings: list[Wiring] = []
    yield build
    for wiring in wirings:
        wiring.close_clients()
    assert tenant.violations() == []


def grants(tenant: Control) -> int:
    return tenant.calls().count("POST /oauth/token")


def test_the_service_account_opens_and_one_login_lasts(opened: Open, tenant: Control) -> None:
    erp = opened()
    customer = erp.create_customer(CustomerDraft(reference="CUSTOMER-1", name="Northwind"), Steps())
    assert erp.customer(customer.id) is not None
    assert grants(tenant) == 1


def test_a_file_without_a_service_account_logs_its_client_in(opened: Open, tenant: Control) -> None:
    opened(saak=None, sask=None).ping()
    assert grants(tenant) == 1


def test_addresses_written_loosely_still_lead_to_the_token(opened: Open, tenant: Control) -> None:
    opened(pu=f"{tenant.base_url}/oauth").ping()
    opened(ot=f"{tenant.base_url}/oauth/token", pu="https://elsewhere.example/as/").ping()


def test_a_wrong_service_account_is_an_administrators_errand(opened: Open) -> None:
    with pytest.raises(Unauthorized, match="invalid_grant"):
        opened(sask="wrong").ping()


def test_the_scopes_of_the_file_are_what_the_token_opens(opened: Open) -> None:
    erp = opened(sc=["read:salesorders", "read:customers"], v="1.1")
    erp.ping()
    with pytest.raises(Unauthorized, match="write:customers"):
        erp.create_customer(CustomerDraft(reference="CUSTOMER-1", name="Northwind"), Steps())


def test_a_scope_the_server_does_not_know_is_told(opened: Open) -> None:
    with pytest.raises(Unauthorized, match="invalid_scope"):
        opened(sc=["Infor-Nonsense"]).ping()


def test_gateway_and_tenant_of_the_file_are_the_beginning_of_the_address(
    opened: Open, tenant: Control
) -> None:
    """The twin stands under no tenant, so the path that it is asked for is what is looked at."""
    tenant.fault(
        "status",
        status=200,
        path="^/ACME_TST/Facade/infor/api/v1/salesorders$",
        body={"Items": [], "NextCursor": None},
    )
    opened("ionapi:/Facade/infor/api/v1", ti="ACME_TST").ping()
    assert "GET /ACME_TST/Facade/infor/api/v1/salesorders" in tenant.calls()


def test_a_gateway_that_the_file_does_not_name_is_told_before_any_call(opened: Open, tenant: Control) -> None:
    with pytest.raises(Misconfigured, match="lacks iu or ti"):
        opened("ionapi:/Facade/infor/api/v1", iu=None)
    assert tenant.calls() == []


@pytest.mark.parametrize("revoke", ["revoke", "/oauth/revoke", None])
def test_what_ends_gives_its_token_back_where_the_file_says(
    opened: Open, tenant: Control, revoke: str | None
) -> None:
    erp = opened(**{"or": revoke})
    assert isinstance(erp, FacadeErp)
    erp.ping()
    erp.http.close()
    assert tenant.calls().count(REVOKE) == (revoke is not None)
    assert tenant.post("/tokens/expire") == {"expired": 0 if revoke else 1}


def test_a_token_that_cannot_be_given_back_keeps_nobody(opened: Open, tenant: Control) -> None:
    erp = opened()
    assert isinstance(erp, FacadeErp)
    erp.ping()
    tenant.fault("status", status=500, path="/oauth/revoke")
    erp.http.close()
    assert tenant.calls().count(REVOKE) == 1


def test_who_never_logged_in_has_nothing_to_give_back(opened: Open, tenant: Control) -> None:
    erp = opened()
    assert isinstance(erp, FacadeErp)
    erp.http.close()
    assert tenant.calls() == []


def test_the_file_holds_everything_an_administrator_downloads(tenant: Control) -> None:
    with httpx.Client() as client:
        file = client.get(f"{tenant.base_url}/__twin__/ionapi").json()
    assert {"ti", "cn", "ci", "cs", "iu", "pu", "oa", "ot", "or", "ev", "v", "saak", "sask"} <= file.keys()
