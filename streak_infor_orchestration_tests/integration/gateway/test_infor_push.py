"""What the ERP's systems are told when they say that something changed, and what is in the ledger by then."""

import base64
import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.infor_events import SWEEP_AFTER
from streak_infor_orchestration.gateway.infor_proof import SharedSecret, StandardSignature
from streak_infor_orchestration.gateway.infor_push import MOST_BYTES, Push
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET, in_thread
from streak_infor_orchestration_tests.unit.infor.push.test_read import BOD, DEFLATED, ORDER, hints, multipart

WORD = "the-erps-own-word"
AT = f"/webhooks/infor/{WORD}"
EVENT = {"documentName": "OOHEAD", "elements": [{"name": "ORNO", "value": ORDER}]}


def push(proof: Any = None) -> Push:
    return Push(proof or SharedSecret(WORD), hints, PushSection().protocol)


@pytest.fixture
def gateway(store: Store) -> Iterator[httpx.Client]:
    with in_thread(create_app(store, secret=SECRET, push=push())) as client:
        yield client


def is_untouched(store: Store) -> bool:
    return store.inbox.counts() == []


def test_an_order_that_is_told_of_is_one_to_look_at_as_a_poll_would_say_it(
    gateway: httpx.Client, store: Store
) -> None:
    body = httpx.Request("POST", "http://x", json=EVENT).content
    answer = gateway.post(AT, content=body)
    assert (answer.status_code, answer.text) == (200, "stored")
    pending = store.inbox.pending("erp_order", ORDER)
    assert pending and pending.due_at and pending.lane == "unknown", (
        "whoever has the address can invent numbers"
    )
    (event,) = store.inbox.events("erp_order", ORDER)
    assert (event.source, event.name) == ("push", "OOHEAD")
    assert event.body_hash == hashlib.sha256(body).hexdigest()
    assert event.correlation_id == pending.correlation_id != ""


def test_one_that_was_looked_at_before_does_not_wait_among_the_unknown(
    gateway: httpx.Client, store: Store
) -> None:
    gateway.post(AT, json=EVENT)
    store.inbox.recognize("erp_order", [ORDER])
    gateway.post(AT, json=EVENT)
    pending = store.inbox.pending("erp_order", ORDER)
    assert pending and pending.lane == "live"


def test_a_replay_is_a_duplicate(gateway: httpx.Client, store: Store) -> None:
    assert [gateway.post(AT, json=EVENT).status_code for _ in range(3)] == [200] * 3
    (backlog,) = store.inbox.counts()
    assert backlog.waiting == 1


WAYS_IN: dict[str, Callable[[httpx.Client], httpx.Response]] = {
    "address": lambda client: client.post(AT, json=EVENT),
    "header": lambda client: client.post("/webhooks/infor", json=EVENT, headers={"X-Webhook-Secret": WORD}),
    "bearer": lambda client: client.post(
        "/webhooks/infor", json=EVENT, headers={"Authorization": f"Bearer {WORD}"}
    ),
    "basic": lambda client: client.post("/webhooks/infor", json=EVENT, auth=("ion", WORD)),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_the_secret_may_come_in_any_place_a_sender_can_put_it(
    gateway: httpx.Client, store: Store, way: str
) -> None:
    assert WAYS_IN[way](gateway).status_code == 200
    assert store.inbox.pending("erp_order", ORDER)


@pytest.mark.parametrize("secret", ["wrong", WORD[:-1], WORD + "x", WORD.upper(), SECRET, "%00", "ä"])
def test_a_wrong_secret_is_refused_and_nothing_is_written(
    gateway: httpx.Client, store: Store, secret: str
) -> None:
    for body in (b'{"ORNO": "1"}', b"not json", b"x" * (MOST_BYTES + 1)):
        assert gateway.post(f"/webhooks/infor/{secret}", content=body).status_code == 401
    sent = secret.encode()
    for name, value in (
        (b"X-Webhook-Secret", sent),
        (b"Authorization", b"Bearer " + sent),
        (b"Authorization", b"Basic !"),
    ):
        headers = {name: value}
        assert gateway.post("/webhooks/infor", json=EVENT, headers=headers).status_code == 401
    assert gateway.post("/webhooks/infor", json=EVENT).status_code == 401
    for path in ("ping", "protocol"):
        assert gateway.get(f"/webhooks/infor/{secret}/service/{path}").status_code == 401
    assert is_untouched(store)


def test_streaks_secret_opens_nothing_here_nor_this_one_there(gateway: httpx.Client, store: Store) -> None:
    assert gateway.post(PATH.replace(SECRET, WORD), json=[{"key": "b1"}]).status_code == 401
    assert is_untouched(store)


def test_where_the_erp_is_not_set_up_to_tell_there_is_no_such_place(store: Store) -> None:
    with in_thread(create_app(store, secret=SECRET)) as client:
        assert client.post(AT, json=EVENT).status_code == 404
        assert client.get(f"{AT}/service/ping").status_code == 404


ION = {"documentName": "Sync.SalesOrder", "encoding": "DEFLATE", "messageId": "m-1"}


@pytest.mark.parametrize("version", ["v2/multipartMessage", "v3/multipartMessage"])
def test_ion_delivers_a_document_and_is_answered_in_its_own_words(
    gateway: httpx.Client, store: Store, version: str
) -> None:
    body, content_type = multipart(DEFLATED, ION)
    answer = gateway.post(f"{AT}/service/{version}", content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()) == (201, {"status": "OK"})
    (event,) = store.inbox.events("erp_order", ORDER)
    assert event.name == "SalesOrder"


def test_ion_may_send_its_parameters_beside_the_document(gateway: httpx.Client, store: Store) -> None:
    at = f"{AT}/service/v3/message/multipart"
    assert (
        gateway.post(f"{at}?documentName=Sync.SalesOrder&encoding=DEFLATE", content=DEFLATED).status_code
        == 201
    )
    assert gateway.post(at, content=DEFLATED, headers={"encoding": "DEFLATE"}).status_code == 201
    assert gateway.post(f"{AT}/service/v2/message", content=BOD).status_code == 201
    assert len(store.inbox.events("erp_order", ORDER)) == 3


def test_ion_asks_whether_we_are_there_and_what_we_speak(gateway: httpx.Client, store: Store) -> None:
    for base, auth in ((AT, None), ("/webhooks/infor", ("ion", WORD))):
        assert gateway.get(f"{base}/service/ping", auth=auth).json() == {"status": "OK"}
        protocol = gateway.get(f"{base}/service/protocol", auth=auth).json()
        assert protocol == {"version": "v3", "versions": ["v2", "v3"], "discovery": False}
    assert is_untouched(store)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"Jane Roe", "neither XML nor JSON, not understood, 8 bytes"),
        (b'{"operation": "UPDATE"}', "(no name) names no record: operation, not understood, 23 bytes"),
    ],
)
def test_what_nobody_understands_is_acknowledged_and_looked_for(
    gateway: httpx.Client, store: Store, body: bytes, told: str
) -> None:
    answer = gateway.post(AT, content=body)
    assert (answer.status_code, answer.text) == (200, "sweep")
    pending = store.inbox.pending("sweep", "infor")
    assert pending and pending.due_at and pending.lane == "bulk"
    (event,) = store.inbox.events("sweep", "infor")
    assert (event.source, event.name, event.body_hash) == ("push", told, hashlib.sha256(body).hexdigest())


def test_a_sender_that_nobody_understands_does_not_have_everything_read_all_the_time(
    gateway: httpx.Client, store: Store
) -> None:
    began = Clock().now()
    for _ in range(3):
        gateway.post(AT, content=b"?")
        time.sleep(0.01)
    pending = store.inbox.pending("sweep", "infor")
    assert pending and pending.due_at
    assert began + SWEEP_AFTER <= pending.due_at <= began + SWEEP_AFTER + timedelta(seconds=10)
    assert not store.inbox.due(("sweep",)).count


@pytest.mark.parametrize("chunked", [False, True])
def test_an_oversized_body_is_acknowledged_and_looked_for(
    gateway: httpx.Client, store: Store, chunked: bool
) -> None:
    body = b" " * (MOST_BYTES + 1)
    content = iter([body[: MOST_BYTES // 2]] * 3) if chunked else body
    assert gateway.post(AT, content=content).status_code == 200
    (event,) = store.inbox.events("sweep", "infor")
    assert event.name.startswith("too large, not understood")
    assert gateway.post(AT, json=EVENT).status_code == 200, "the next is served as ever"


def test_the_largest_body_allowed_is_read(gateway: httpx.Client, store: Store) -> None:
    assert gateway.post(AT, content=BOD.ljust(MOST_BYTES)).status_code == 200
    assert store.inbox.pending("erp_order", ORDER)


def test_what_concerns_no_order_is_acknowledged_and_not_stored(gateway: httpx.Client, store: Store) -> None:
    answer = gateway.post(AT, content=BOD.replace(b"SalesOrder", b"ItemMaster"))
    assert (answer.status_code, answer.text) == (200, "ignored")
    assert is_untouched(store)


def test_what_cannot_be_stored_is_to_be_sent_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.inbox, "record", lambda _events: 1 / 0)
    body, content_type = multipart(DEFLATED, ION)
    at, headers = f"{AT}/service/v3/multipartMessage", {"Content-Type": content_type}
    with in_thread(create_app(store, secret=SECRET, push=push())) as client:
        assert client.post(AT, json=EVENT).status_code == 503
        answer = client.post(at, content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (503, {"message": "not stored"})
    assert is_untouched(store)


def test_it_is_on_disk_when_it_is_acknowledged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    record = store.inbox.record

    def slowly(events: Any) -> int:
        time.sleep(0.2)
        order.append("committed")
        return record(events)

    monkeypatch.setattr(store.inbox, "record", slowly)
    with in_thread(create_app(store, secret=SECRET, push=push())) as client:
        client.post(AT, json=EVENT)
        order.append("answered")
    assert order == ["committed", "answered"]


def test_a_run_is_asked_for_at_once(store: Store) -> None:
    asked: list[str] = []
    with in_thread(
        create_app(store, secret=SECRET, push=push(), launch=lambda job, _tags: asked.append(job))
    ) as client:
        time.sleep(0.3)
        assert asked == []
        client.post(AT, json=EVENT)
        deadline = time.monotonic() + 5
        while not asked and time.monotonic() < deadline:
            time.sleep(0.01)
    assert asked[:1] == ["order_to_cash"]


def test_neither_secret_nor_content_is_ever_logged(
    gateway: httpx.Client, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # this test's own client
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    gateway.post(AT, json={"ORNO": "of-Jane-Roe"})
    gateway.post(AT, json={"Jane-Roe": "Jane-Roe"})
    gateway.post(AT, content=b"Jane-Roe")
    gateway.post(f"{AT}x", json={})
    gateway.get(f"{AT}/service/ping")
    assert "push (no name) stored 200" in caplog.text
    assert "not understood" in caplog.text, "an administrator reads there how a message is built"
    assert WORD not in caplog.text
    assert "Jane-Roe" not in caplog.text


KEY = base64.b64encode(b"a signing key of 24 byte").decode()


def signed(body: bytes, *, key: str = KEY, age: float = 0, sender: str = "msg_1") -> dict[str, str]:
    """Headers as Standard Webhooks has them, made here with nothing of ours."""
    moment = str(int(time.time() - age))
    digest = hmac.new(base64.b64decode(key), f"{sender}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": sender,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


@pytest.fixture
def hub(store: Store) -> Iterator[httpx.Client]:
    proof = StandardSignature(f"whsec_{KEY}", Clock().now)
    with in_thread(create_app(store, secret=SECRET, push=push(proof))) as client:
        yield client


def test_a_signature_opens_as_a_secret_does(hub: httpx.Client, store: Store) -> None:
    body = b'{"ORNO": "1"}'
    assert hub.post("/webhooks/infor", content=body, headers=signed(body)).status_code == 200
    rotated = signed(body)
    rotated["webhook-signature"] = f"v1,AAAA v1a,BBBB {rotated['webhook-signature']}"
    assert hub.post("/webhooks/infor", content=body, headers=rotated).status_code == 200
    assert store.inbox.pending("erp_order", "1")


def test_a_signature_of_something_else_opens_nothing(hub: httpx.Client, store: Store) -> None:
    body = b'{"ORNO": "1"}'
    other = base64.b64encode(b"another key of ours").decode()
    wrong = [
        {},
        signed(body, key=other),
        signed(b'{"ORNO": "2"}'),
        signed(body, age=301),
        signed(body, age=-310),
        signed(body) | {"webhook-id": "msg_2"},
        signed(body) | {"webhook-timestamp": str(int(time.time()) - 1)},
        signed(body) | {"webhook-timestamp": "soon"},
        {k: v.removeprefix("v1,") for k, v in signed(body).items()},
        {"X-Webhook-Secret": KEY},
    ]
    for headers in wrong:
        assert hub.post("/webhooks/infor", content=body, headers=headers).status_code == 401
    large = b" " * (MOST_BYTES + 1)
    assert hub.post("/webhooks/infor", content=large, headers=signed(large)).status_code == 401
    assert is_untouched(store)


def test_what_is_no_signing_key_is_told_without_showing_it() -> None:
    for secret in ("not base64!", "whsec_", "whsec_ä"):
        with pytest.raises(Misconfigured, match="INFOR_WEBHOOK_SECRET is no signing key") as caught:
            StandardSignature(secret, Clock().now)
        assert secret not in str(caught.value) or secret == "whsec_"
    with pytest.raises(ValueError, match="secret"):
        SharedSecret("")
