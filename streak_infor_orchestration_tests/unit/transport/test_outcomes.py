"""What an answer means, row by row, for a read and for a write, over real HTTP."""

import socket
from collections.abc import Callable
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from streak_infor_orchestration.domain import errors
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.outcomes import Call, Refusal, explain_plainly
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint, ok, refused_address, talking


def client(url: str, **options: Any) -> HttpClient:
    return HttpClient("test", url, clock=ManualClock(), **{"timeout": 5.0, "attempts": 1, **options})


def body(answer: Answer) -> Any:
    return answer.body


def read(http: HttpClient) -> Any:
    return http.read("GET", "/thing", decode=body)


def write(http: HttpClient) -> Any:
    return http.write("POST", "/thing", json={"a": 1}, decode=body)


def named(status: int) -> Response:
    return JSONResponse({"error": "because"}, status)


STATUSES = [
    (400, errors.Rejected, errors.Rejected),
    (401, errors.Unauthorized, errors.Unauthorized),
    (403, errors.Unauthorized, errors.Unauthorized),
    (404, errors.Misconfigured, errors.Rejected),
    (405, errors.Misconfigured, errors.Misconfigured),
    (408, errors.Transient, errors.Unknown),
    (409, errors.Conflict, errors.Conflict),
    (410, errors.Misconfigured, errors.Misconfigured),
    (412, errors.Stale, errors.Stale),
    (422, errors.Rejected, errors.Rejected),
    (425, errors.Transient, errors.Transient),
    (429, errors.Transient, errors.Transient),
    (500, errors.Transient, errors.Unknown),
    (501, errors.Transient, errors.Unknown),
    (502, errors.Unavailable, errors.Unknown),
    (503, errors.Unavailable, errors.Unknown),
    (504, errors.Transient, errors.Unknown),
    (599, errors.Transient, errors.Unknown),
    (301, errors.Misconfigured, errors.Unknown),
    (302, errors.Transient, errors.Unknown),
    (308, errors.Misconfigured, errors.Unknown),
]


CODES = {
    (403, read): "forbidden",
    (403, write): "forbidden",
    (404, read): "no_such_address",
    (301, read): "no_such_address",
    (308, read): "no_such_address",
}
"""Where an administrator is told more than the status."""


@pytest.mark.parametrize(("status", "reading", "writing"), STATUSES)
def test_every_status_has_its_meaning(
    status: int, reading: type[Exception], writing: type[Exception]
) -> None:
    with Endpoint(named(status)).served() as url:
        for act, expected in ((read, reading), (write, writing)):
            with pytest.raises(errors.IntegrationError) as caught:
                act(client(url))
            assert type(caught.value) is expected
            assert "because" in caught.value.message
            assert caught.value.system == "test"
            assert caught.value.code == CODES.get((status, act), f"http_{status}")


@pytest.mark.parametrize(
    ("status", "asked", "waits"),
    [
        *((status, 7.0, 7.0) for status in (408, 425, 429, 500, 502, 503, 504)),
        *((status, 9999.0, 300.0) for status in (429, 503, 504)),
        *((status, None, None) for status in (429, 500, 503)),
    ],
)
def test_how_long_a_system_wants_to_be_left_alone_is_kept_up_to_a_bound(
    status: int, asked: float | None, waits: float | None
) -> None:
    answer = Answer(status, {}, b"")
    refused = Call("test", "GET", "/thing", writes=False).refused(answer, explain_plainly, asked)
    assert isinstance(refused, errors.Transient) and refused.retry_after == waits
    is_long = status == 429 and waits == 300.0
    assert isinstance(refused, errors.Unavailable) is (is_long or status in (502, 503))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (None, ""),
        ([1], ""),
        ({"error": "invalid_grant", "error_description": "Token is old"}, "Token is old"),
        ({"detail": "", "message": "No such thing"}, "No such thing"),
        ({"detail": "Detail", "message": "Message"}, "Detail"),
        ({"error": {"code": 7}, "title": "Title"}, "Title"),
        ({"error": "error"}, "error"),
        ({"said": "nothing usual"}, ""),
    ],
)
def test_what_went_wrong_is_read_from_the_usual_places(body: Any, message: str) -> None:
    assert explain_plainly(body) == Refusal(message=message)


@pytest.mark.parametrize("status", [422, 500])
def test_of_what_a_system_says_as_much_is_told_as_can_be_read(status: int) -> None:
    answer = Answer(status, {"content-type": "application/json"}, b'{"error": "%s"}' % (b"x" * 900))
    refused = Call("test", "GET", "/thing", writes=False).refused(answer, explain_plainly, None)
    assert refused.message == f"test: {status} {'x' * 396} (GET /thing)"


def cut(connection: socket.socket) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"a"')


def silent_close(connection: socket.socket) -> None:
    pass


def no_http(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example ESMTP\r\n")


@pytest.mark.parametrize("talk", [cut, silent_close, no_http])
def test_a_lost_connection_leaves_a_write_unknown(talk: Callable[[socket.socket], None]) -> None:
    with talking(talk) as url:
        with pytest.raises(errors.Transient):
            read(client(url))
        with pytest.raises(errors.Unknown) as caught:
            write(client(url))
    assert caught.value.__suppress_context__, "the exception of the HTTP library holds the request"


UNREADABLE = {
    "html": Response("<html>Service Login</html>", media_type="text/html"),
    "truncated": Response('{"key": "agx', media_type="application/json"),
    "not_a_number": Response("[NaN]", media_type="application/json"),
    "nested": Response("[" * 100_000, media_type="application/json"),
}


@pytest.mark.parametrize("answer", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_answer_leaves_a_write_unknown(answer: Response) -> None:
    with Endpoint(answer).served() as url:
        with pytest.raises(errors.Transient) as caught:
            read(client(url))
        assert caught.value.code == "unreadable"
        with pytest.raises(errors.Unknown):
            write(client(url))


@pytest.mark.parametrize("said", [b'{"id": "SO-1\xff"}', b'{"id": "SO-1", "name": "caf\xe9"}', b'"\xff\xfe"'])
def test_bytes_that_are_no_characters_can_be_read_and_leave_a_write_unknown(said: bytes) -> None:
    """The number of what was made may be damaged, wherever the damage is seen."""
    with Endpoint(Response(said, media_type="application/json")).served() as url:
        assert "\ufffd" in str(read(client(url)))
        with pytest.raises(errors.Unknown) as caught:
            write(client(url))
    assert caught.value.code == "unreadable"


def test_half_an_emoji_in_what_was_written_is_no_damage() -> None:
    """Streak's own text, cut by whoever typed it there: every answer about that record has it."""
    with Endpoint(
        Response(rb'{"id": "SO-1", "name": "\ud83d"}', media_type="application/json")
    ).served() as url:
        assert write(client(url)) == {"id": "SO-1", "name": "\ufffd"}


def test_a_refusal_with_bytes_that_are_no_characters_names_no_record_in_the_way() -> None:
    refusal = Response(b'{"error": "exists", "id": "C-1\xff"}', 409, media_type="application/json")

    def explain(said: Any) -> Refusal:
        return Refusal(existing=said["id"]) if said else Refusal()

    with Endpoint(refusal).served() as url, pytest.raises(errors.Conflict) as caught:
        client(url).write("POST", "/x", decode=body, explain=explain)
    assert caught.value.existing == ""


def test_a_value_of_another_type_than_promised_is_unreadable_and_not_quoted() -> None:
    with Endpoint(ok({"price": "secret-ish"})).served() as url:
        with pytest.raises(errors.Unknown) as caught:
            client(url).write("POST", "/x", decode=lambda answer: answer.body["price"]["amount"])
    assert "secret-ish" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_refusal_found_by_decoding_stays_a_refusal() -> None:
    def refuse(answer: Answer) -> None:
        raise errors.Rejected("NOK in a 200")

    with Endpoint(ok()).served() as url, pytest.raises(errors.Rejected, match="NOK"):
        client(url).write("POST", "/x", decode=refuse)


def test_nobody_listening_is_certainly_not_done() -> None:
    for act in (read, write):
        with pytest.raises(errors.Unavailable) as caught:
            act(client(refused_address()))
        assert caught.value.code == "no_connection"


def test_an_error_names_no_host_no_query_and_no_long_key() -> None:
    with Endpoint(named(400)).served() as url:
        with pytest.raises(errors.Rejected) as caught:
            client(url).read("GET", f"/boxes/{'k' * 60}", params={"email": "a@b.example"}, decode=body)
    assert "a@b.example" not in str(caught.value)
    assert "k" * 20 not in str(caught.value)
    assert url not in str(caught.value)


def test_find_is_none_only_when_the_system_itself_says_404() -> None:
    with Endpoint(named(404)).served() as url:
        assert client(url).find("/boxes", "1", decode=body) is None
    with Endpoint(Response(status_code=404)).served() as url:
        assert client(url).find("/boxes", "1", decode=body) is None
    with Endpoint(PlainTextResponse("<html>no such site</html>", 404)).served() as url:
        with pytest.raises(errors.Transient):
            client(url).find("/boxes", "1", decode=body)
