"""Every answer to a delivery, with what is counted and logged of it; the committer is real, its disk is a list."""

import asyncio
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from types import SimpleNamespace

import pytest
from starlette.requests import Request
from starlette.responses import Response

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.gateway import storing
from streak_infor_orchestration.gateway import webhooks as module
from streak_infor_orchestration.gateway.committer import Committer
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.gateway.serve import GRACE_SECONDS
from streak_infor_orchestration.gateway.streak_token import StreakToken
from streak_infor_orchestration.gateway.webhooks import MOST_BYTES, StreakWebhooks
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox_rows import Event

SECRET = "s3cret-in-the-url"
BOX = [{"key": "b1", "lastUpdatedTimestamp": 1_767_225_600_123}]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Gateway:
    """`kept` is what is on disk; `capacity` deliveries may wait for it."""

    def __init__(self, store: Store, *, capacity: int = 10) -> None:
        self.kept: list[Event] = []
        self.metrics = Metrics(store)
        self.committer = Committer(self._record, capacity=capacity)
        token = StreakToken(store.seen_token, None)
        self.webhooks = StreakWebhooks(self.committer, self.metrics, ManualClock(NOW), token, secret=SECRET)

    def _record(self, events: Sequence[Event]) -> None:
        if any(event.key == "unwritable" for event in events):
            raise OSError("disk full")
        self.kept += events

    def answer(
        self, body: bytes, *, name: str = "BOX_EDIT", secret: str = SECRET, cut: bool = False
    ) -> Response:
        """To a delivery with this body, or with this beginning of one."""
        messages: Iterator[dict[str, object]] = iter(
            [{"type": "http.request", "body": body, "more_body": cut}, {"type": "http.disconnect"}]
        )

        async def receive() -> dict[str, object]:
            return next(messages)

        scope = {
            "type": "http",
            "method": "POST",
            "headers": [],
            "path_params": {"event": name, "secret": secret},
        }
        return asyncio.run(self.webhooks.receive(Request(scope, receive)))

    def counted(self) -> dict[str, float]:
        """Outcome → how often."""
        samples = [sample for family in self.metrics._seconds.collect() for sample in family.samples]
        return {one.labels["outcome"]: one.value for one in samples if one.name.endswith("_count")}


@pytest.fixture
def gateway(store: Store) -> Iterator[Gateway]:
    gateway = Gateway(store)
    gateway.committer.start()
    yield gateway
    gateway.committer.close()


@pytest.mark.parametrize(
    ("name", "body", "status", "outcome", "level"),
    [
        ("BOX_EDIT", BOX, 200, "stored", logging.INFO),
        ("ORG_UPDATE", [{"key": "o1"}], 200, "stored", logging.INFO),
        ("BOX_EDIT", "nothing of ours", 200, "sweep", logging.INFO),
        ("BOX_EDIT", [*BOX, {}], 200, "sweep", logging.INFO),
        ("BOX_RENAMED", BOX, 200, "sweep", logging.INFO),
        ("COMMENT_CREATE", BOX, 200, "ignored", logging.INFO),
        ("BOX_EDIT", [{"key": "unwritable"}], 503, "not stored", logging.ERROR),
    ],
)
def test_each_delivery_is_answered_counted_and_logged_by_what_became_of_it(
    gateway: Gateway,
    caplog: pytest.LogCaptureFixture,
    name: str,
    body: object,
    status: int,
    outcome: str,
    level: int,
) -> None:
    caplog.set_level(logging.INFO)
    answer = gateway.answer(json.dumps(body).encode(), name=name)
    assert (answer.status_code, bytes(answer.body)) == (status, outcome.encode())
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert gateway.counted() == {outcome: 1.0}
    (line,) = [record for record in caplog.records if record.name == module.__name__]
    assert line.getMessage().startswith(f"webhook {name} {outcome} {status} in ")
    assert max(record.levelno for record in caplog.records) == level


def test_a_wrong_secret_is_refused_before_the_body_is_read(gateway: Gateway) -> None:
    answer = gateway.answer(b"", secret=SECRET + "x", cut=True)
    assert (answer.status_code, bytes(answer.body)) == (401, b"refused")
    assert gateway.counted() == {"refused": 1.0} and gateway.kept == []


def test_a_delivery_that_was_cut_is_counted_and_not_stored(gateway: Gateway) -> None:
    answer = gateway.answer(json.dumps(BOX).encode(), cut=True)
    assert (answer.status_code, bytes(answer.body)) == (400, b"cut")
    assert gateway.counted() == {"cut": 1.0} and gateway.kept == []


def test_what_finds_no_room_is_to_come_again(store: Store) -> None:
    gateway = Gateway(store, capacity=0)
    gateway.committer.start()
    answer = gateway.answer(json.dumps(BOX).encode())
    gateway.committer.close()
    assert (answer.status_code, bytes(answer.body)) == (503, b"overloaded")
    assert gateway.counted() == {"overloaded": 1.0} and gateway.kept == []


def test_a_commit_that_takes_too_long_is_to_come_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody commits: the committer takes what comes and was never started. A stop leaves a commit its time."""
    assert storing.PATIENCE_SECONDS == 10.0 and GRACE_SECONDS == 15
    gateway = Gateway(store)
    gateway.committer._open = True
    monkeypatch.setattr(storing, "PATIENCE_SECONDS", 0.05)
    answer = gateway.answer(json.dumps(BOX).encode())
    assert (answer.status_code, bytes(answer.body)) == (503, b"not stored")
    assert gateway.counted() == {"not stored": 1.0}


def test_the_whole_of_what_is_stored(gateway: Gateway) -> None:
    body = json.dumps([*BOX, {"key": "b2"}]).encode()
    gateway.answer(body)
    one, other = gateway.kept
    assert one == Event(
        source="streak",
        name="BOX_EDIT",
        kind="deal",
        key="b1",
        body_hash=sha256(body).hexdigest(),
        min_version=1_767_225_600_123,
        may_echo=True,
        lane="unknown",
        correlation_id=one.correlation_id,
    )
    assert one.correlation_id == other.correlation_id and len(one.correlation_id) == 16
    gateway.answer(body)
    assert gateway.kept[-1].correlation_id != one.correlation_id, "each delivery has its own"


def test_of_what_is_too_large_its_measure_is_kept_up_to_where_reading_was_given_up(gateway: Gateway) -> None:
    for size in (MOST_BYTES, MOST_BYTES + 1):
        gateway.answer(b" " * size)
    assert [(event.kind, event.name, event.body_hash) for event in gateway.kept] == [
        ("sweep", f"BOX_EDIT, not understood, {size} bytes", sha256(b" " * size).hexdigest())
        for size in (1_048_576, 1_048_577)
    ]


def test_clocks_may_differ_by_ten_minutes(gateway: Gateway) -> None:
    newest = int((NOW + timedelta(minutes=10)).timestamp() * 1000)
    for version in (newest, newest + 1):
        gateway.answer(json.dumps([{"key": "b1", "lastUpdatedTimestamp": version}]).encode())
    assert [event.min_version for event in gateway.kept] == [newest, 0]


def test_the_time_an_answer_took_is_counted_in_seconds_and_logged_in_milliseconds(
    gateway: Gateway, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    ticks = count(100)
    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: float(next(ticks))))
    gateway.answer(json.dumps(BOX).encode())
    assert "webhook BOX_EDIT stored 200 in 1000.0 ms" in caplog.messages
    (seconds,) = [
        sample.value
        for family in gateway.metrics._seconds.collect()
        for sample in family.samples
        if sample.name == "streak_infor_webhook_seconds_sum"
    ]
    assert seconds == 1.0


def test_no_gateway_without_a_secret(store: Store) -> None:
    token = StreakToken(store.seen_token, None)
    committer = Committer(lambda events: None)
    with pytest.raises(ValueError, match="secret"):
        StreakWebhooks(committer, Metrics(store), ManualClock(), token, secret="")
