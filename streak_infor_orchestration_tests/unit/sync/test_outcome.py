"""What becomes of a deal after an error: the table, and the ladder of three days."""

from datetime import UTC, datetime, timedelta

import pytest

from streak_infor_orchestration.domain.errors import (
    Conflict,
    Misconfigured,
    Rejected,
    Stale,
    Transient,
    Unauthorized,
    Unavailable,
    Unknown,
)
from streak_infor_orchestration.ledger.database import LedgerUnavailable
from streak_infor_orchestration.sync.effects.early import Later, LeaseLost
from streak_infor_orchestration.sync.row.outcome import LADDER, verdict_of
from streak_infor_orchestration.sync.row.work import Status

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TABLE: list[tuple[Exception, Status, float | None]] = [
    (Later(7.0, "not yet"), Status.WAITING, 7),
    (LeaseLost(), Status.LOST, None),
    (Unavailable("down"), Status.WAITING, 0),
    (Unauthorized("no"), Status.WAITING, 0),
    (Transient("429", retry_after=30), Status.WAITING, 30),
    (Transient("429", retry_after=0), Status.WAITING, 1),
    (Transient("500"), Status.RETRY, 5),
    (Unknown("cut"), Status.RETRY, 5),
    (Stale("changed"), Status.RETRY, 5),
    (LedgerUnavailable("locked"), Status.WAITING, 5),
    (KeyError("a defect of ours"), Status.RETRY, 5),
    (Rejected("no"), Status.PERSON, None),
    (Conflict("other"), Status.PERSON, None),
    (Misconfigured("no such field"), Status.ADMINISTRATOR, None),
]


@pytest.mark.parametrize(("error", "status", "seconds"), TABLE, ids=[type(row[0]).__name__ for row in TABLE])
def test_each_error_has_its_verdict(error: Exception, status: Status, seconds: float | None) -> None:
    verdict = verdict_of(error, attempts=0, now=NOW)
    due_at = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert (verdict.status, verdict.due_at) == (status, due_at)


def test_the_ladder_takes_three_days_and_then_it_is_a_persons() -> None:
    assert sum(LADDER, timedelta()) >= timedelta(days=2, hours=22)
    assert sum(LADDER, timedelta()) <= timedelta(days=4)
    verdicts = [verdict_of(Transient("500"), attempts=n, now=NOW) for n in range(len(LADDER) + 1)]
    assert [verdict.due_at for verdict in verdicts] == [*(NOW + rung for rung in LADDER), None]
    assert {verdict.status for verdict in verdicts[:-1]} == {Status.RETRY}
    assert verdicts[-1].status is Status.PERSON


def test_what_a_person_must_do_is_said() -> None:
    (problem,) = verdict_of(
        Rejected("on hold", code="credit_hold", field="CustomerID"), attempts=0, now=NOW
    ).problems
    assert (problem.code, problem.field) == ("credit_hold", "CustomerID")
    assert "credit hold" in problem.fix
