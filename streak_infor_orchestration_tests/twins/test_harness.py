"""The harness over real HTTP: every fault kind as a client meets it, the logs, the control routes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.twins.harness import Instruments, serve, twin_app


@dataclass
class Counter:
    """The smallest twin: every POST commits one."""

    commits: int = 0
    instruments: Instruments = field(default_factory=Instruments)

    def reset(self) -> None:
        self.commits = 0

    async def endpoint(self, request: Request) -> Response:
        if request.method == "POST":
            await request.body()
            self.commits += 1
        if "misuse" in request.query_params:
            self.instruments.violations.add(request.method, request.url.path, "misuse", "seen")
        return JSONResponse({"commits": self.commits, "name": "a counter"})


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def client(counter: Counter) -> Iterator[httpx.Client]:
    routes = [Route("/things", counter.endpoint, methods=["GET", "POST"])]
    app = twin_app(routes, instruments=counter.instruments, reset=counter.reset)
    with serve(app) as base_url, httpx.Client(base_url=base_url, timeout=5) as client:
        yield client


def switch(client: httpx.Client, **fault: object) -> None:
    client.post("/__twin__/faults", json=fault).raise_for_status()


def test_without_switches_requests_pass(client: httpx.Client) -> None:
    assert client.post("/things", json={}).json()["commits"] == 1


def test_status_answers_as_told_and_commits_nothing(client: httpx.Client, counter: Counter) -> None:
    switch(client, kind="status", status=429, headers={"Retry-After": "7"}, body={"code": "rate_limited"})
    answer = client.post("/things", json={})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert answer.json() == {"code": "rate_limited"}
    assert counter.commits == 0


def test_status_can_be_an_html_page(client: httpx.Client) -> None:
    switch(client, kind="status", status=503, body="<html>down</html>", content_type="text/html")
    answer = client.get("/things")
    assert answer.text == "<html>down</html>"
    assert answer.headers["content-type"].startswith("text/html")


def test_status_after_commits_before_it_fails(client: httpx.Client, counter: Counter) -> None:
    switch(client, kind="status_after", status=504)
    assert client.post("/things", json={}).status_code == 504
    assert counter.commits == 1


@pytest.mark.parametrize(("kind", "commits"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_is_a_protocol_error_before_or_after_the_commit(
    client: httpx.Client, counter: Counter, kind: str, commits: int
) -> None:
    switch(client, kind=kind, method="POST", path="^/things$")
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/things", content=b"x" * 200_000)
    assert counter.commits == commits
    assert client.get("/things").status_code == 200


@pytest.mark.parametrize(("kind", "commits"), [("slow", 0), ("slow_after", 1)])
def test_slowness_falls_before_or_after_the_commit(
    client: httpx.Client, counter: Counter, kind: str, commits: int
) -> None:
    switch(client, kind=kind, seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/things", json={}, timeout=0.3)
    assert counter.commits == commits


def test_slow_after_answers_in_the_end(client: httpx.Client) -> None:
    switch(client, kind="slow_after", seconds=0.01)
    assert client.post("/things", json={}).json()["commits"] == 1


@pytest.mark.parametrize("style", ["truncated", "invalid"])
def test_garbage_commits_and_cannot_be_parsed(client: httpx.Client, counter: Counter, style: str) -> None:
    switch(client, kind="garbage", style=style)
    answer = client.post("/things", json={})
    assert answer.status_code == 200
    with pytest.raises(ValueError):
        answer.json()
    assert counter.commits == 1


def test_garbage_of_wrong_types_parses_but_is_not_what_was_promised(client: httpx.Client) -> None:
    switch(client, kind="garbage", style="wrong_types")
    assert client.post("/things", json={}).json() == {"commits": {"unexpected": 1}, "name": ["a counter"]}


def test_garbage_may_be_given_word_for_word(client: httpx.Client) -> None:
    switch(client, kind="garbage", body="[1, 2", status=201)
    answer = client.get("/things")
    assert (answer.status_code, answer.text) == (201, "[1, 2")


def test_after_skips_and_times_ends(client: httpx.Client) -> None:
    switch(client, kind="status", status=500, after=1, times=2)
    assert [client.get("/things").status_code for _ in range(4)] == [200, 500, 500, 200]


def test_times_null_goes_on_for_ever_until_deleted(client: httpx.Client) -> None:
    switch(client, kind="status", status=500, times=None)
    assert {client.get("/things").status_code for _ in range(5)} == {500}
    assert client.delete("/__twin__/faults").json() == []
    assert client.get("/things").status_code == 200


def test_probability_is_repeatable_by_seed(client: httpx.Client) -> None:
    def play() -> list[int]:
        client.delete("/__twin__/faults")
        switch(client, kind="status", status=500, times=None, probability=0.5, seed=3)
        return [client.get("/things").status_code for _ in range(12)]

    first = play()
    assert set(first) == {200, 500}
    assert play() == first


def test_one_users_calls_fail_and_anothers_do_not(client: httpx.Client) -> None:
    switch(client, kind="status", status=500, authorization="^Basic bWU6$", times=None)
    assert client.get("/things", auth=("me", "")).status_code == 500
    assert client.get("/things", auth=("you", "")).status_code == 200
    assert client.get("/things").status_code == 200


def test_the_first_switch_that_fires_wins_and_match_is_by_method_path_and_query(client: httpx.Client) -> None:
    switch(client, kind="status", status=501, method="POST", times=None)
    switch(client, kind="status", status=502, path="^/other", times=None)
    switch(client, kind="status", status=503, query="who=me", times=None)
    switch(client, kind="status", status=504, times=1)
    assert client.get("/things").status_code == 504
    assert client.get("/things").status_code == 200
    assert client.get("/things?who=me").status_code == 503
    assert client.post("/things").status_code == 501


def test_switches_are_listed_with_their_counts(client: httpx.Client) -> None:
    switch(client, kind="status", status=500, after=1)
    client.get("/things")
    (listed,) = client.get("/__twin__/faults").json()
    assert (listed["kind"], listed["matched"], listed["fired"]) == ("status", 1, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nonsense"},
        {"kind": "status", "colour": 1},
        {"kind": "status", "path": "("},
        {},
        {"kind": "garbage", "style": "x"},
        3,
        {"kind": "status", "path": 3},
    ],
)
def test_a_wrong_switch_is_refused(client: httpx.Client, wrong: object) -> None:
    assert client.post("/__twin__/faults", json=wrong).status_code == 400
    assert client.get("/__twin__/faults").json() == []


def test_calls_are_numbered_and_tell_status_and_fault(client: httpx.Client) -> None:
    client.get("/things?a=1")
    switch(client, kind="cut_after")
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/things", json={})
    first, second = client.get("/__twin__/calls").json()
    assert (first["n"], first["method"], first["path"], first["query"]) == (1, "GET", "/things", "a=1")
    assert (first["status"], first["fault"]) == (200, None)
    assert first["seconds"] >= 0 and first["at"] > 1_600_000_000
    assert (second["status"], second["fault"]) == (None, "cut_after")
    assert client.get("/__twin__/calls?since=1").json() == [second]


def test_violations_are_listed_and_deleted(client: httpx.Client) -> None:
    client.get("/things?misuse=1")
    (entry,) = client.get("/__twin__/violations").json()
    assert entry.pop("at") > 1_600_000_000
    assert entry == {"method": "GET", "path": "/things", "rule": "misuse", "detail": "seen"}
    assert client.delete("/__twin__/violations").json() == []


def test_reset_clears_state_and_logs_but_numbers_go_on(client: httpx.Client, counter: Counter) -> None:
    switch(client, kind="status", times=None, path="/nowhere")
    client.post("/things?misuse=1")
    client.post("/__twin__/reset").raise_for_status()
    assert counter.commits == 0
    for log in ("faults", "violations", "calls"):
        assert client.get(f"/__twin__/{log}").json() == []
    client.get("/things")
    assert client.get("/__twin__/calls").json()[0]["n"] == 2


def test_the_server_is_gone_after_the_context() -> None:
    app = twin_app([], instruments=Instruments(), reset=lambda: None)
    with serve(app) as base_url:
        assert httpx.get(base_url + "/__twin__/calls").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(base_url + "/__twin__/calls")


def test_a_taken_port_is_an_error_at_once() -> None:
    app = twin_app([], instruments=Instruments(), reset=lambda: None)
    with serve(app) as base_url, pytest.raises(OSError):
        with serve(app, port=int(base_url.rsplit(":", 1)[1])):
            pass
