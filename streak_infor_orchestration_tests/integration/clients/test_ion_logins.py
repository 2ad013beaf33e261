"""What an administrator gets wrong between an .ionapi file and the first answer, each told apart, and what the gateway
does by itself (Infor API facts A.1, A.2, A.4)."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured, Transient, Unknown
from streak_infor_orchestration.domain.problems.catalogue import known
from streak_infor_orchestration.infor.ion import IonOAuth, ion_login
from streak_infor_orchestration.transport.hold import Hold
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.twins.harness import Instruments, Violations, serve, twin_app
from streak_infor_orchestration.twins.harness import ManualClock as TwinClock
from streak_infor_orchestration.twins.ion import Gateway
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.unit.transport.endpoint import refused_address

SUITE = "CSI"


@pytest.fixture(scope="module")
def tenant() -> Iterator[Control]:
    async def echo(request: Request) -> Response:
        return JSONResponse({"path": request.url.path})

    async def slow(_: Request) -> Response:
        await asyncio.sleep(0.3)
        return JSONResponse({"path": ""})

    violations = Violations()
    gateway = Gateway(SUITE, now=TwinClock(Clock().now()), violations=violations)
    app = twin_app(
        gateway.routes(
            [Route("/echo", echo, methods=["GET", "POST"]), Route("/slow", slow, methods=["GET", "POST"])]
        ),
        instruments=Instruments(violations=violations),
        reset=gateway.clear,
        levers=gateway.levers(),
    )
    with serve(app) as base_url:
        yield Control(base_url)


Open = Callable[..., HttpClient]


@pytest.fixture
def opened(tenant: Control, tmp_path: Path) -> Iterator[Open]:
    """`opened(variant, **changes)`: a client by the file as it was downloaded, members of it changed; None takes one
    away."""
    tenant.reset()
    clients: list[HttpClient] = []

    def build(variant: str = "1.0", *, options: Any = None, **changes: Any) -> HttpClient:
        file = httpx.get(f"{tenant.base_url}/__twin__/ionapi", params={"variant": variant}).json()
        content = {name: value for name, value in (file | changes).items() if value is not None}
        path = tmp_path / "acme.ionapi"
        path.write_text(json.dumps(content))
        secrets = Secrets({"INFOR_IONAPI_FILE": str(path)})
        address = f"ionapi:/{SUITE}" if "iu" in content else f"{tenant.base_url}/{content['ti']}/{SUITE}"
        login = ion_login(secrets.infor(), Clock(), IonOAuth)
        clients.append(
            HttpClient("infor", secrets.infor_address(address), auth=login, attempts=1, **options or {})
        )
        return clients[-1]

    yield build
    for client in clients:
        client.close()
    assert tenant.violations() == []


def ask(http: HttpClient, path: str = "/echo") -> Any:
    return http.read("GET", path, decode=lambda answer: answer.body["path"])


def write(http: HttpClient, path: str = "/echo") -> Any:
    return http.write("POST", path, decode=lambda answer: answer.body["path"])


@pytest.mark.parametrize("variant", ["1.0", "1.1", "absolute", "onpremises"])
def test_each_file_that_is_about_opens_the_gateway(opened: Open, variant: str) -> None:
    http = opened(variant)
    tenant = "infor" if variant == "onpremises" else "TWIN_TST"
    assert ask(http) == f"/{tenant}/{SUITE}/echo"


def test_the_oldest_file_needs_no_server_beside_its_addresses(opened: Open) -> None:
    assert ask(opened("absolute", pu=None))


@pytest.mark.parametrize("slashes", ["{pu}", "{pu}/", "//"])
def test_slashes_too_many_and_too_few_lead_to_the_token(opened: Open, tenant: Control, slashes: str) -> None:
    server = f"{tenant.base_url}/TWIN_TST/as"
    if slashes == "//":
        assert ask(opened(pu=f"{server}/", ot="/token.oauth2"))
    else:
        assert ask(opened(pu=slashes.format(pu=server)))


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "the client": ({"ci": "TWIN_TST~nobody"}, "unknown_client"),
    "its secret": ({"cs": "wrong"}, "unknown_client"),
    "the service account": ({"saak": "TWIN_TST#nobody"}, "unknown_account"),
    "its key": ({"sask": "wrong"}, "unknown_account"),
    "no service account": ({"saak": None, "sask": None}, "no_service_account"),
    "the tenant": ({"pu": "{base}/ACME_PRD/as/"}, "no_login_here"),
    "the server": ({"pu": "{nobody}/TWIN_TST/as/"}, "login_unreachable"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_login_is_told_apart(opened: Open, tenant: Control, what: str) -> None:
    changes, code = WRONG[what]
    places = {"base": tenant.base_url, "nobody": refused_address()}
    filled = {k: v.format(**places) if isinstance(v, str) else v for k, v in changes.items()}
    http = opened(**filled)
    for act in (ask, write):
        with pytest.raises(IntegrationError) as caught:
            act(http)
        error = caught.value
        assert error.code == code
        assert known(error.code, error.cure), "check has words for it"
        assert not {"u" * 86, "p" * 86, "s" * 86} & set(error.message.split())
    assert http.calls == {}, "nothing was sent to the product"


@pytest.mark.parametrize("policy", [{"authorised": False}, {"scope": "Infor-CSI"}])
def test_an_app_that_is_not_authorised_for_the_suite(opened: Open, tenant: Control, policy: Any) -> None:
    tenant.post("/gateway", policy)
    with pytest.raises(IntegrationError) as caught:
        ask(opened())
    assert caught.value.code == "forbidden"


def test_another_tenant_in_the_address_than_in_the_file(tenant: Control, tmp_path: Path) -> None:
    path = tmp_path / "acme.ionapi"
    path.write_text(json.dumps(tenant.get("/ionapi")))
    secrets = Secrets({"INFOR_IONAPI_FILE": str(path)})
    for right in (f"/TWIN_TST/{SUITE}", f"/infor/{SUITE}", "/elsewhere"):
        assert secrets.infor_address(tenant.base_url + right) == tenant.base_url + right
    with pytest.raises(
        Misconfigured, match=r"of tenant TWIN_PRD, and the \.ionapi file is of tenant TWIN_TST"
    ):
        secrets.infor_address(f"{tenant.base_url}/TWIN_PRD/{SUITE}")


def test_a_429_that_does_not_say_for_how_long_is_a_minute_for_everybody(
    opened: Open, tenant: Control, tmp_path: Path
) -> None:
    tenant.post("/gateway", {"quota": 1, "retry_after": False})
    shared = {"unasked": 60.0, "hold": Hold(tmp_path / "hold.db")}
    http = opened(options=shared)
    ask(http)
    for act in (write, ask):
        with pytest.raises(Transient) as caught:
            act(http)
        assert caught.value.retry_after and 58 < caught.value.retry_after <= 60
    assert http.calls == {("GET", "200"): 1, ("POST", "429"): 1}, "the second was not sent"


def test_a_429_that_says_for_how_long_is_taken_at_its_word(opened: Open, tenant: Control) -> None:
    tenant.post("/gateway", {"quota": 1, "quota_seconds": 7})
    http = opened(options={"unasked": 60.0})
    ask(http)
    with pytest.raises(Transient) as caught:
        ask(http)
    assert caught.value.retry_after == 7


def test_the_gateways_own_timeout_leaves_a_write_unknown_and_a_read_to_be_asked_again(
    opened: Open, tenant: Control
) -> None:
    """The product works on behind it, and may commit (contract A.4: five minutes)."""
    tenant.post("/gateway", {"timeout_seconds": 0.05})
    http = opened()
    with pytest.raises(Unknown):
        write(http, "/slow")
    with pytest.raises(Transient):
        ask(http, "/slow")


def test_what_was_issued_to_refresh_by_is_given_back_too(opened: Open, tenant: Control) -> None:
    tenant.post("/gateway", {"refresh_tokens": True})
    http = opened()
    ask(http)
    http.close()
    assert [call for call in tenant.calls() if "revoke" in call] == [
        "POST /TWIN_TST/as/revoke_token.oauth2"
    ] * 2
