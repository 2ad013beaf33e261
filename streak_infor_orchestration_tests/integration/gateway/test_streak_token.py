"""Streak's own token: the secret counts until it was seen, from then on it is required."""

import logging

import httpx
import pytest

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.load import box
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET, in_thread


def post(client: httpx.Client, token: str | None, key: str = "b1", path: str = PATH) -> int:
    headers = {"X-Streak-Webhook-Token": token} if token is not None else {}
    return client.post(path, json=[box(key)], headers=headers).status_code


def test_until_it_was_seen_the_secret_counts_and_then_it_is_required(store: Store) -> None:
    """Nobody is sure that Streak sends it: who requires it from the start may hear nothing any more."""
    with in_thread(create_app(store, secret=SECRET, token="t0ken")) as client:
        assert [post(client, token) for token in (None, "", "wrong", None)] == [200] * 4
        assert post(client, "t0ken") == 200
        assert [post(client, token, "b2") for token in (None, "", "wrong", "t0ken2", "T0KEN")] == [401] * 5
        other = PATH.replace("BOX_EDIT", "ORG_UPDATE")
        assert [post(client, token, "o1", other) for token in (None, "t0ken")] == [401, 200]
        assert post(client, "t0ken") == 200
    assert store.inbox.pending("deal", "b1") and not store.inbox.pending("deal", "b2")


def test_from_when_on_it_is_required_is_told_once(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Who wonders why a delivery is refused finds the moment in the log, and no token."""
    with caplog.at_level(logging.INFO), in_thread(create_app(store, secret=SECRET, token="t0ken")) as client:
        assert [post(client, token) for token in (None, "t0ken", "t0ken")] == [200] * 3
    told = [message for message in caplog.messages if "token" in message]
    assert told == ["Streak sends the webhooks' token: from now on it is required"]


def test_it_is_required_after_every_start_and_of_every_gateway(store: Store) -> None:
    with (
        in_thread(create_app(store, secret=SECRET, token="t0ken")) as first,
        in_thread(create_app(store, secret=SECRET, token="t0ken")) as second,
    ):
        assert post(second, None) == 200
        assert post(first, "t0ken") == 200
        assert (post(second, None), post(second, "t0ken")) == (401, 200)
    with in_thread(create_app(store, secret=SECRET, token="t0ken")) as later:
        assert (post(later, None), post(later, "t0ken")) == (401, 200)


def test_a_new_token_refuses_nobody_before_it_comes(store: Store) -> None:
    """Between its setting here and `webhooks register` Streak sends the old one."""
    with in_thread(create_app(store, secret=SECRET, token="old")) as client:
        assert post(client, "old") == 200
    with in_thread(create_app(store, secret=SECRET, token="new")) as client:
        assert [post(client, token) for token in ("old", None, "new", "old", None)] == [
            200,
            200,
            200,
            401,
            401,
        ]
    with in_thread(create_app(store, secret=SECRET)) as client:
        assert post(client, None) == 200, "taken away, it is not asked for"


@pytest.mark.parametrize("body", [[], [box("b1")]])
def test_what_is_not_stored_shows_nothing(store: Store, body: list[object]) -> None:
    """`check` asks the gateway with the token, too, and is not Streak."""
    with in_thread(create_app(store, secret=SECRET, token="t0ken")) as client:
        ignored = PATH.replace("BOX_EDIT", "STAGE_CREATE")
        headers = {"X-Streak-Webhook-Token": "t0ken"}
        assert client.post(ignored, json=body, headers=headers).text == "ignored"
        assert post(client, "t0ken", path=PATH.replace(SECRET, "wrong")) == 401
        assert post(client, None) == 200


def test_without_the_secret_the_token_opens_nothing(store: Store) -> None:
    with in_thread(create_app(store, secret=SECRET, token="t0ken")) as client:
        assert post(client, "t0ken") == 200
        assert post(client, "t0ken", path=PATH.replace(SECRET, "wrong")) == 401


def test_a_ledger_that_cannot_say_lets_nobody_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_token: str) -> bool:
        raise IntegrationError("the state database does not answer")

    with in_thread(create_app(store, secret=SECRET, token="t0ken")) as client:
        monkeypatch.setattr(store.seen_token, "is_seen", away)
        assert (post(client, None), post(client, "t0ken")) == (503, 200)


def test_a_token_that_could_not_be_noted_is_told_and_noted_with_the_next_delivery(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_token: str) -> None:
        raise OSError("disk full")

    with in_thread(create_app(store, secret=SECRET, token="t0ken")) as client:
        with monkeypatch.context() as trouble:
            trouble.setattr(store.seen_token, "note", full)
            assert [post(client, token) for token in ("t0ken", None)] == [200, 200], "stored all the same"
        assert [m for m in caplog.messages if "token" in m] == ["the webhooks' token was not noted: OSError"]
        assert [post(client, token) for token in ("t0ken", None)] == [200, 401]


def test_the_token_itself_is_not_kept(store: Store) -> None:
    store.seen_token.note("t0ken-of-streak")
    assert store.seen_token.is_seen("t0ken-of-streak") and not store.seen_token.is_seen("t0ken")
    with store._databases.ledger.read() as connection:
        kept = connection.exec_driver_sql("SELECT name, value FROM sio_meta").fetchall()
    assert "webhook_token" in str(kept) and "t0ken-of-streak" not in str(kept)
