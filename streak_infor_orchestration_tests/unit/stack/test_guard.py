"""Who is let through to Dagster's webserver: requests as attackers, browsers and our own programs send them."""

from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from streak_infor_orchestration.stack.guard import Guard, named_hosts

HERE = "http://127.0.0.1:3000"
PROXY = "dagster.example.com"
MUTATION = {"query": "mutation { launchRun { __typename } }"}


async def webserver(request: Request) -> Response:
    return JSONResponse({"reached": request.method})


async def socket(websocket: WebSocket) -> None:
    await websocket.accept(subprotocol="graphql-ws")
    await websocket.send_text("reached")
    await websocket.close()


@pytest.fixture
def client() -> Iterator[TestClient]:
    methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
    routes = [WebSocketRoute("/graphql", socket), Route("/{path:path}", webserver, methods=methods)]
    with TestClient(Guard(Starlette(routes=routes), [PROXY, "other.example:8443"]), base_url=HERE) as client:
        yield client


def reached(answer: httpx.Response) -> bool:
    assert answer.status_code in (200, 403)
    assert (answer.status_code == 403) == answer.text.startswith("refused: ")
    return answer.status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:3000",
        "localhost:3000",
        "LOCALHOST",
        "[::1]:3000",
        PROXY,
        "Dagster.Example.Com:443",
        "other.example:8443",
    ],
)
def test_it_answers_by_its_own_names(client: TestClient, host: str) -> None:
    assert reached(client.get("/runs", headers={"Host": host}))


@pytest.mark.parametrize(
    "host",
    [
        "rebound.attacker.example:3000",
        "127.0.0.1.attacker.example",
        "attacker.example/localhost",
        "attacker@localhost",
        "localhost@attacker.example",
        "localhost,attacker.example",
        "other.example",
        "other.example:3000",
        "[::1",
        "localhost:port",
        "",
    ],
)
def test_a_foreign_name_gets_nothing(client: TestClient, host: str) -> None:
    """A page whose name leads to 127.0.0.1 reads along otherwise."""
    assert not reached(client.get("/runs", headers={"Host": host}))
    assert not reached(client.post("/graphql", json=MUTATION, headers={"Host": host}))


def test_neither_does_who_gives_two_names_or_none(client: TestClient) -> None:
    assert not reached(client.get("/", headers=[("Host", "localhost:3000"), ("Host", "attacker.example")]))


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("localhost:3000", "http://localhost:3000"),
        ("[::1]:3000", "http://[::1]:3000"),
        (PROXY, f"https://{PROXY}"),
        ("127.0.0.1:3000", f"https://{PROXY}"),  # a proxy that calls us by our own name
        ("127.0.0.1:3000", "https://other.example:8443"),
    ],
)
def test_its_own_pages_may_do_all_they_do(client: TestClient, host: str, origin: str) -> None:
    headers = {"Host": host, "Origin": origin}
    assert reached(client.post("/graphql", json=MUTATION, headers=headers))
    assert reached(client.get("/assets/app.js", headers=headers))
    with client.websocket_connect("/graphql", subprotocols=["graphql-ws"], headers=headers) as connection:
        assert connection.receive_text() == "reached"


@pytest.mark.parametrize(
    "origin",
    [
        "http://attacker.example",
        "https://attacker.example:3000",
        "http://127.0.0.1:8000",
        "http://localhost:3000",
        "https://127.0.0.1:8443",
        "http://127.0.0.1:3000.attacker.example",
        "http://127.0.0.1:3000@attacker.example",
        f"https://{PROXY}:8443",
        f"https://x{PROXY}",
        "https://other.example",
        "null",
        "file://",
        "chrome-extension://127.0.0.1:3000",
        "http://[",
        "http://127.0.0.1:x",
        "",
    ],
)
def test_pages_of_others_reach_nothing(client: TestClient, origin: str) -> None:
    headers = {"Origin": origin}
    assert not reached(client.post("/graphql", json=MUTATION, headers=headers))
    assert not reached(client.get("/runs", headers=headers))
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/graphql", headers=headers):
        pass
    assert closed.value.code == 1008


def test_two_origins_are_one_too_many(client: TestClient) -> None:
    origins = [("Origin", HERE), ("Origin", "http://attacker.example")]
    assert not reached(client.post("/graphql", json=MUTATION, headers=origins))


def test_a_websocket_without_a_page_is_refused(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/graphql"):
        pass


def test_our_own_programs_post_json_and_send_no_origin(client: TestClient) -> None:
    assert reached(client.post("/graphql", json=MUTATION))
    assert reached(
        client.post("/graphql", json=MUTATION, headers={"Content-Type": "Application/JSON; charset=utf-8"})
    )


@pytest.mark.parametrize("origin", [None, HERE])
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "text/plain; application/json",
        "text/plain;charset=application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=application/json",
        "application/graphql",
        "application/jsonp",
        "",
    ],
)
def test_what_a_form_can_post_is_not_taken(client: TestClient, kind: str, origin: str | None) -> None:
    """Dagster looks for `application/json` anywhere in the header, and for the mutation in the address otherwise."""
    headers = {"Content-Type": kind} | ({"Origin": origin} if origin else {})
    for path in ("/graphql?query=mutation", "/report_asset_materialization/infor/orders"):
        assert not reached(client.post(path, content=b"{}", headers=headers))


def test_neither_is_what_names_no_kind_or_two(client: TestClient) -> None:
    assert not reached(client.post("/graphql"))
    kinds = [("Content-Type", "application/json"), ("Content-Type", "text/plain")]
    assert not reached(client.post("/graphql", content=b"{}", headers=kinds))


@pytest.mark.parametrize("path", ["/graphql", "/graphql/", "/%67raphql", "/prefix/graphql"])
@pytest.mark.parametrize("accept", ["*/*", "application/json", ""])
def test_nothing_is_executed_by_get(client: TestClient, path: str, accept: str) -> None:
    query = {"query": "mutation{terminateRun(runId:1){__typename}}"}
    for method in ("GET", "HEAD"):
        answer = client.request(method, path, params=query, headers={"Accept": accept})
        assert answer.status_code == 403


def test_the_playground_is_a_page_like_others(client: TestClient) -> None:
    """Asked for as a page, Dagster shows it and executes nothing."""
    assert reached(client.get("/graphql", headers={"Accept": "text/html,*/*"}))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_not_needed(client: TestClient, method: str) -> None:
    answer = client.request(method, "/graphql", headers={"Content-Type": "application/json"})
    assert answer.status_code == 403


def test_no_page_of_others_frames_it(client: TestClient) -> None:
    assert client.get("/runs").headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_refusal_says_how_to_be_let_in(client: TestClient) -> None:
    answer = client.get("/", headers={"Host": "dagster.acme.example"})
    assert "STREAK_INFOR_WEBSERVER_HOSTS" in answer.text


def test_hosts_are_listed_in_a_variable() -> None:
    listed = {"STREAK_INFOR_WEBSERVER_HOSTS": " Dagster.example.com , other.example:8443,"}
    assert named_hosts(listed) == ["dagster.example.com", "other.example:8443"]
    assert named_hosts({}) == []


@pytest.mark.parametrize("wrong", ["https://dagster.example.com", "dagster.example.com/ui", "*", "a b"])
def test_what_is_no_host_is_told(wrong: str) -> None:
    with pytest.raises(ValueError, match="STREAK_INFOR_WEBSERVER_HOSTS"):
        named_hosts({"STREAK_INFOR_WEBSERVER_HOSTS": f"ok.example,{wrong}"})
