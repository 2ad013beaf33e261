"""Group commit, without a database: who is told what, and when."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from typing import Any

import pytest

from streak_infor_orchestration.gateway.committer import Committer, Overloaded
from streak_infor_orchestration.ledger.inbox_rows import Event

WAIT_SECONDS = 10.0


class Disk:
    """Each commit begins, and then ends when it is let through; or fails with `error`."""

    def __init__(self) -> None:
        self.commits: list[list[str]] = []
        self.begun = threading.Semaphore(0)
        self.let_through = threading.Semaphore(0)
        self.error: Exception | None = None

    def record(self, events: Sequence[Event]) -> int:
        self.begun.release()
        assert self.let_through.acquire(timeout=WAIT_SECONDS)
        if self.error:
            raise self.error
        self.commits.append([event.key for event in events])
        return len(events)


def event(key: str) -> Event:
    return Event("streak", "BOX_EDIT", "deal", key)


@contextmanager
def committing(disk: Disk, **options: Any) -> Iterator[Committer]:
    committer = Committer(disk.record, **options)
    committer.start()
    try:
        yield committer
    finally:
        for _ in range(100):
            disk.let_through.release()
        committer.close()


def test_nobody_is_answered_before_the_commit() -> None:
    disk = Disk()
    with committing(disk) as committer:
        future = committer.submit([event("a")])
        assert disk.begun.acquire(timeout=WAIT_SECONDS)
        assert not future.done()
        disk.let_through.release()
        future.result(WAIT_SECONDS)
        assert disk.commits == [["a"]]


def test_what_arrives_during_a_commit_shares_the_next() -> None:
    disk = Disk()
    with committing(disk) as committer:
        committer.submit([event("first")])
        assert disk.begun.acquire(timeout=WAIT_SECONDS)
        futures = [committer.submit([event(key)]) for key in "abc"]
        disk.let_through.release(2)
        for future in futures:
            future.result(WAIT_SECONDS)
    assert disk.commits == [["first"], ["a", "b", "c"]]


def test_a_failed_commit_is_told_to_all_who_shared_it_and_to_nobody_else() -> None:
    disk = Disk()
    told: list[Event] = []
    with committing(disk, committed=told.extend) as committer:
        disk.error = OSError("disk full")
        failed = committer.submit([event("a")])
        disk.let_through.release()
        with pytest.raises(OSError, match="disk full"):
            failed.result(WAIT_SECONDS)
        disk.error = None
        disk.let_through.release()
        committer.submit([event("b")]).result(WAIT_SECONDS)
    assert [event.key for event in told] == ["b"]


def test_more_than_can_wait_is_refused_at_once() -> None:
    disk = Disk()
    with committing(disk, capacity=2) as committer:
        committer.submit([event("being committed")])
        assert disk.begun.acquire(timeout=WAIT_SECONDS)
        taken = [committer.submit([event("b")]), committer.submit([event("c")])]
        with pytest.raises(Overloaded):
            committer.submit([event("d")])
        disk.let_through.release(2)
        for future in taken:
            future.result(WAIT_SECONDS)
        assert "d" not in [key for commit in disk.commits for key in commit]


def test_a_request_that_gave_up_is_not_stored() -> None:
    disk = Disk()
    with committing(disk) as committer:
        committer.submit([event("first")])
        assert disk.begun.acquire(timeout=WAIT_SECONDS)
        gave_up, stayed = committer.submit([event("a")]), committer.submit([event("b")])
        assert gave_up.cancel()
        disk.let_through.release(2)
        stayed.result(WAIT_SECONDS)
        with pytest.raises(CancelledError):
            gave_up.result(0)
    assert disk.commits == [["first"], ["b"]]


def test_closing_commits_what_was_taken_and_takes_nothing_more() -> None:
    disk = Disk()
    futures: list[Future[None]] = []
    with committing(disk) as committer:
        futures += [committer.submit([event(str(n))]) for n in range(50)]
    assert all(future.done() and future.exception() is None for future in futures)
    assert sum(len(commit) for commit in disk.commits) == 50
    with pytest.raises(Overloaded):
        committer.submit([event("late")])
