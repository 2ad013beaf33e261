"""Logins against the façade's token endpoint."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from streak_infor_orchestration.domain.errors import Transient, Unauthorized, Unknown
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration_tests.integration.clients.conftest import Clients
from streak_infor_orchestration_tests.integration.clients.story import create, draft, make_customer

TOKEN_CALL = "POST /oauth/token"


def test_eight_threads_whose_token_is_revoked_log_in_exactly_once(clients: Clients) -> None:
    erp = clients.erp()
    customer = make_customer(erp)
    assert clients.infor_twin.calls().count(TOKEN_CALL) == 1
    assert clients.infor_twin.post("/tokens/expire") == {"expired": 1}
    with ThreadPoolExecutor(8) as pool:
        orders = list(pool.map(lambda n: create(erp, draft(customer, f"REF{n}")), range(8)))
    assert len({order.id for order in orders}) == 8
    assert len(clients.infor_twin.get("/state")["salesorders"]) == 8
    assert clients.infor_twin.calls().count(TOKEN_CALL) == 2


def test_client_credentials_open_too(clients: Clients) -> None:
    auth = OAuth(f"{clients.infor_twin.base_url}/oauth/token", "twin-client", "twin-secret")
    assert clients.erp(auth=auth).order("SO-0") is None


@pytest.mark.parametrize(("client", "secret"), [("twin-client", "wrong"), ("nobody", "twin-secret")])
def test_a_wrong_secret_is_an_administrators_errand(clients: Clients, client: str, secret: str) -> None:
    auth = OAuth(f"{clients.infor_twin.base_url}/oauth/token", client, secret)
    with pytest.raises(Unauthorized, match="invalid_client"):
        make_customer(clients.erp(auth=auth))
    assert clients.infor_twin.get("/state")["customers"] == []


def test_an_answer_lost_during_the_login_leaves_the_write_certainly_not_done(clients: Clients) -> None:
    """The same loss during the write itself leaves it unknown: the login must not be taken for the write."""
    http, _ = clients.infor_http(timeout=5, attempts=2, patience=0.5)
    erp = FacadeErp(http, settle_seconds=10)
    clients.infor_twin.fault("cut_after", path="/oauth/token", times=None)
    with pytest.raises(Transient):
        make_customer(erp)
    assert http.calls == {}
    clients.infor_twin.reset()
    clients.infor_twin.fault("cut_after", path="/customers")
    with pytest.raises(Unknown):
        make_customer(erp)
