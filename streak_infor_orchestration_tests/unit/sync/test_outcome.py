"""What becomes of a deal after an error: the table, and the ladder of three days."""

from datetime import UTC, datetime, timedelta

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.errors import (
    Conflict,
    Misconfigured,
    Rejected,
    Stale,
    Transient,
    Unauthorized,
    Unavailable,
    Unknown,
    Unreadable,
)
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.domain.names import NameFault, Stops
from streak_infor_orchestration.ledger.database import LedgerUnavailable
from streak_infor_orchestration.sync.effects.early import Later, LeaseLost
from streak_infor_orchestration.sync.row.outcome import (
    LADDER,
    PAUSE_SECONDS,
    diagnose,
    ladder,
    verdict_of,
    waits,
)
from streak_infor_orchestration.sync.row.work import Status, Verdict

UNREADABLE = Unreadable(
    LeftOut(system="infor", entity="sales_orders", key="SO-1", why="its total is no number")
)
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
    (UNREADABLE, Status.PERSON, 3600),
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


def test_the_rungs_and_how_long_a_system_is_left_alone() -> None:
    hour = 3600
    assert [rung.total_seconds() for rung in LADDER] == [
        5, 15, 60, 300, 900, hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour, 24 * hour
    ]  # fmt: skip
    assert PAUSE_SECONDS == 15


@pytest.mark.parametrize(("error", "status", "_seconds"), TABLE)
def test_a_verdict_says_why_and_keeps_the_error_that_was_the_reason(
    error: Exception, status: Status, _seconds: float | None
) -> None:
    verdict = verdict_of(error, attempts=0, now=NOW)
    match error:
        case Later() | LeaseLost() | LedgerUnavailable():
            assert verdict.error is None
        case KeyError():
            assert verdict.error is not None
            assert (verdict.error.code, verdict.error.message) == ("defect", verdict.reason)
            assert verdict.reason == "KeyError: 'a defect of ours'"
        case _:
            assert verdict.error is error and verdict.reason == str(error)
    asks = status in (Status.PERSON, Status.ADMINISTRATOR)
    assert [problem.message for problem in verdict.problems] == [verdict.reason] * asks


def test_who_gives_up_after_three_days_says_so_in_reason_and_problem() -> None:
    error = Transient("500", code="busy", field="Total", value="7")
    given_up = ladder(error, "500", len(LADDER), NOW)
    told = "still failing after three days: 500"
    problem = diagnose(error).model_copy(update={"message": told})
    assert given_up == Verdict(Status.PERSON, told, problems=(problem,), error=error)
    assert (problem.code, problem.field, problem.value) == ("busy", "Total", "7")
    assert ladder(error, "500", 2, NOW) == Verdict(
        Status.RETRY, "500", due_at=NOW + timedelta(minutes=1), error=error
    )


def test_what_cannot_be_read_is_told_of_as_people_call_it() -> None:
    told = diagnose(UNREADABLE)
    assert (told.code, told.field, told.value) == ("unreadable_record", "Order", "SO-1")
    assert told.message == "order SO-1 in the ERP cannot be read: its total is no number"


def test_each_refusal_that_is_known_has_a_cure_of_its_own_and_others_that_of_their_kind() -> None:
    known = (
        "unknown_product",
        "credit_hold",
        "unknown_customer",
        "twice",
        "unreadable_record",
        "conflict",
    )
    fixes = [diagnose(Rejected("no", code=code)).fix for code in known]
    general = [diagnose(error).fix for error in (Transient("no"), Rejected("no"), Misconfigured("no"))]
    assert len({*fixes, *general}) == len(known) + 3
    assert [
        diagnose(kind("no", code="other")).fix for kind in (Transient, Rejected, Misconfigured)
    ] == general
    assert "administrator" in general[0] and "edited" in general[1] and "configuration" in general[2]


def test_who_waits_for_names_is_held_by_all_of_them_and_looked_at_again_in_an_hour() -> None:
    clock = ManualClock()
    faults = [
        NameFault(
            name=name,
            problem=Problem(code="name_missing", message=f"{name} is gone", rule="fields.1"),
            stops=Stops.ORDERS,
        )
        for name in ("field Price", "stage Won")
    ]
    assert waits(faults, clock) == Verdict(
        Status.WAITING,
        "waits for an administrator: fields.1: field Price is gone",
        due_at=clock.now() + timedelta(hours=1),
        held_by=("field Price", "stage Won"),
    )
