"""When two values of fields are the same, and their form in the ledger."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.deal import Milestone, Problem, UnreadableValue, Value
from streak_infor_orchestration.domain.values import canonical, same

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(["", "7", "7.0", "007", "x", "NaN"]),
    st.sampled_from([Decimal("7"), Decimal("7.00"), Decimal("0.1")]),
    st.sampled_from([(), ("a", "b"), ("b", "a"), ("a",)]),
    st.sampled_from([NOON, NOON.astimezone(timezone(timedelta(hours=1)))]),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        ((), None),
        (Decimal("7"), Decimal("7.00")),
        (Decimal("7"), "7.0"),
        ("7.0", Decimal("7")),
        (("a", "b"), ("b", "a")),
        (NOON, NOON.astimezone(timezone(timedelta(hours=-5)))),
    ],
)
def test_the_same_is_the_same(one: Value, other: Value) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("007", "7"),
        (Decimal(7), "x"),
        (Decimal(7), "NaN"),
        (Decimal(0), None),
        (False, None),
        ("true", True),
        (("a",), "a"),
    ],
)
def test_another_is_another(one: Value, other: Value) -> None:
    assert not same(one, other) and not same(other, one)


@given(VALUES, VALUES)
def test_sameness_has_no_direction(one: Value, other: Value) -> None:
    assert same(one, other) == same(other, one)
    assert same(one, one)


@given(st.permutations(["a", "b", "c"]))
def test_tags_are_kept_in_one_order(tags: list[str]) -> None:
    assert canonical(tuple(tags)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("7.00"), "7.00"),
        (Decimal("1E+3"), "1000"),
        (NOON.astimezone(timezone(timedelta(hours=5))), "2026-03-02T12:00:00+00:00"),
        (UnreadableValue(what="an option", shown="?"), {"unreadable": "?"}),
        (True, True),
        (None, None),
        ("7", "7"),
    ],
)
def test_what_the_ledger_keeps_of_a_value(value: Value, kept: object) -> None:
    assert canonical(value) == kept


def test_who_wants_an_order_and_what_makes_a_problem_another_one() -> None:
    assert [stage for stage in Milestone if stage.wants_order] == [Milestone.ORDER, Milestone.INVOICE]
    facts = {Problem(code=c, message="", field=f, value=v).fact for c in "ab" for f in "ab" for v in "ab"}
    assert len(facts) == 8
