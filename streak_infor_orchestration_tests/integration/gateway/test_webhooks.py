"""What Streak is told, and what is in the ledger by then."""

import hashlib
import json
import logging
import time

import httpx
import pytest

from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.webhooks import MOST_BYTES
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.load import box
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET, in_thread


def is_untouched(store: Store) -> bool:
    nothing = store.inbox.counts() == []
    return nothing and not any(
        store.inbox.events(kind, key) for kind, key in (("deal", "b1"), ("sweep", "streak"))
    )


def test_an_edited_box_is_a_deal_to_look_at(gateway: httpx.Client, store: Store) -> None:
    content = json.dumps([box("b1", version=1_767_225_600_123)]).encode()
    assert gateway.post(PATH, content=content).status_code == 200
    pending = store.inbox.pending("deal", "b1")
    assert (
        pending and pending.due_at and pending.lane == "unknown" and pending.min_version == 1_767_225_600_123
    )
    (event,) = store.inbox.events("deal", "b1")
    assert (event.source, event.name) == ("streak", "BOX_EDIT")
    assert event.body_hash == hashlib.sha256(content).hexdigest()
    assert event.correlation_id == pending.correlation_id != ""


def test_a_replay_is_a_duplicate(gateway: httpx.Client, store: Store) -> None:
    assert [gateway.post(PATH, json=[box("b1")]).status_code for _ in range(3)] == [200, 200, 200]
    (backlog,) = store.inbox.counts()
    assert backlog.waiting == 1
    assert len({event.body_hash for event in store.inbox.events("deal", "b1")}) == 1


def test_a_contact_is_a_customer_to_look_at(gateway: httpx.Client, store: Store) -> None:
    path = PATH.replace("BOX_EDIT", "CONTACT_UPDATE")
    assert gateway.post(path, json=[{"key": "c1"}]).status_code == 200
    assert store.inbox.pending("customer", "contact:c1")


@pytest.mark.parametrize("secret", ["wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "%00", "ä"])
def test_a_wrong_secret_is_refused_and_nothing_is_written(
    gateway: httpx.Client, store: Store, secret: str
) -> None:
    for body in (b'[{"key": "b1"}]', b"not json", b"x" * (MOST_BYTES + 1)):
        assert gateway.post(f"/webhooks/streak/BOX_EDIT/{secret}", content=body).status_code == 401
    assert is_untouched(store)


def test_without_a_secret_there_is_no_gateway(store: Store) -> None:
    with pytest.raises(ValueError, match="secret"):
        create_app(store, secret="")


def test_an_unreadable_body_is_acknowledged_and_the_pipeline_swept(
    gateway: httpx.Client, store: Store
) -> None:
    assert gateway.post(PATH, content=b"Jane Roe").status_code == 200
    assert store.inbox.pending("sweep", "streak")
    (event,) = store.inbox.events("sweep", "streak")
    assert event.name == "BOX_EDIT, not understood, 8 bytes"
    assert event.body_hash == hashlib.sha256(b"Jane Roe").hexdigest()


@pytest.mark.parametrize("chunked", [False, True])
def test_an_oversized_body_is_acknowledged_and_the_pipeline_swept(
    gateway: httpx.Client, store: Store, chunked: bool
) -> None:
    body = b" " * (3 * MOST_BYTES)
    content = iter([body[: MOST_BYTES // 2]] * 6) if chunked else body
    assert gateway.post(PATH, content=content).status_code == 200
    assert store.inbox.pending("sweep", "streak")
    assert gateway.post(PATH, json=[box("b1")]).status_code == 200, "the next is served as ever"


def test_the_largest_body_allowed_is_read(gateway: httpx.Client, store: Store) -> None:
    body = b'[{"key": "b1"}]'.ljust(MOST_BYTES)
    assert gateway.post(PATH, content=body).status_code == 200
    assert store.inbox.pending("deal", "b1")
    assert not store.inbox.pending("sweep", "streak")


def test_an_event_nobody_documented_is_kept_as_a_reason_to_sweep(gateway: httpx.Client, store: Store) -> None:
    assert gateway.post(PATH.replace("BOX_EDIT", "BOX_RENAMED"), json=[box("b1")]).status_code == 200
    (event,) = store.inbox.events("sweep", "streak")
    assert event.name.startswith("BOX_RENAMED")


def test_what_concerns_no_order_is_acknowledged_and_not_stored(gateway: httpx.Client, store: Store) -> None:
    assert gateway.post(PATH.replace("BOX_EDIT", "COMMENT_CREATE"), json=[{"key": "x"}]).status_code == 200
    assert is_untouched(store)


def test_a_key_no_database_could_store_spoils_nobody_elses_commit(
    gateway: httpx.Client, store: Store
) -> None:
    body = json.dumps([{"key": "a\0b"}, box("b1"), {"key": "\ud800"}]).encode()
    assert gateway.post(PATH, content=body).status_code == 200
    assert store.inbox.pending("deal", "b1")


def test_streak_is_never_told_410_which_would_delete_the_webhook(gateway: httpx.Client) -> None:
    paths = [
        PATH,
        "/",
        "/webhooks",
        "/webhooks/streak",
        "/webhooks/streak/BOX_EDIT",
        PATH + "/",
        PATH + "/x",
        "/deals/x",
    ]
    statuses = {
        gateway.request(verb, path).status_code for verb in ("GET", "POST", "DELETE") for path in paths
    }
    assert 410 not in statuses


def test_neither_secret_nor_content_is_ever_logged(
    gateway: httpx.Client, store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # this test's own client
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    gateway.post(PATH, json=[box("b1-of-Jane-Roe")])
    gateway.post(PATH, content=b"Jane-Roe")
    gateway.post(PATH + "x", json=[])
    gateway.get(PATH)
    monkeypatch.setattr(store.inbox, "record", lambda events: 1 / 0)
    monkeypatch.setattr("streak_infor_orchestration.gateway.webhooks.events_of", lambda *_, **__: 1 / 0)
    assert gateway.post(PATH, json=[box("b1-of-Jane-Roe")]).status_code == 500
    assert "webhook BOX_EDIT stored 200" in caplog.text
    assert SECRET not in caplog.text
    assert "Jane-Roe" not in caplog.text


def test_while_dagster_does_not_answer_webhooks_do(store: Store) -> None:
    def launch(job: str, tags: object) -> None:
        time.sleep(2.0)

    with in_thread(create_app(store, secret=SECRET, launch=launch)) as client:
        started = time.monotonic()
        assert [client.post(PATH, json=[box(f"b{n}")]).status_code for n in range(10)] == [200] * 10
        assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    ("ahead", "waited_for"), [(9 * 60, True), (11 * 60, False), (10 * 365 * 86_400, False)]
)
def test_a_version_from_the_future_is_waited_for_no_longer_than_clocks_differ(
    gateway: httpx.Client, store: Store, ahead: int, waited_for: bool
) -> None:
    """Else whoever knows the address could have a deal wait for a version that never comes."""
    version = int((time.time() + ahead) * 1000)
    assert gateway.post(PATH, json=[box("b1", version=version)]).status_code == 200
    pending = store.inbox.pending("deal", "b1")
    assert pending and pending.min_version == (version if waited_for else 0)


def test_an_answer_tells_nothing_of_the_server(gateway: httpx.Client) -> None:
    for path in ("/healthz", "/nowhere", PATH):
        assert "server" not in gateway.get(path).headers


def test_a_proxy_is_not_believed_who_it_speaks_for(gateway: httpx.Client) -> None:
    """A client's address from a header anybody can send would make it this machine's."""
    assert gateway.get("/readyz", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401
