"""Days in fields: typed or picked, they must be able to be true; an order's are near the deal."""

from datetime import UTC, date, datetime

import pytest

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration_tests.unit.mapping.deals import (
    ONE_LINE,
    deal,
    facts,
    mapping,
    only_problem,
    order,
)

COMPANY = "{timezone: Europe/Berlin, currency: EUR, locale: %s}"
RULE = "[{to: order.requested_date, from: 'field:When'}]"
GERMAN = mapping(company=COMPANY % "de_DE", fields=RULE)
ACCEPTED = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-03-01", date(2025, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        ("31.12.2030", date(2030, 12, 31)),
        (datetime(2026, 3, 31, 22, 30, tzinfo=UTC), date(2026, 4, 1)),
    ],
)
def test_a_day_near_the_deal_is_taken(typed: Value, day: date) -> None:
    assert order(GERMAN, {"When": typed}, stage_changed=ACCEPTED).requested_date == day


@pytest.mark.parametrize(
    ("typed", "locale"),
    [
        ("2206-03-01", "de_DE"),
        ("2036-03-01", "de_DE"),
        ("1926-03-01", "de_DE"),
        ("2016-03-01", "de_DE"),
        ("2025-02-27", "de_DE"),
        ("2031-03-07", "de_DE"),
        ("03.04.62", "de_DE"),
        ("03/04/2569", "th_TH"),  # Buddhist
        ("1448-01-01", "en_AE"),  # Islamic
        ("1405/01/01", "fa_IR"),  # Persian
        ("1948-01-01", "en_IN"),  # Saka
        ("5786-07-01", "he_IL"),
        ("2018-07-01", "am_ET"),
        (datetime(2206, 3, 1, tzinfo=UTC), "de_DE"),
        (datetime(1970, 1, 21, 12, tzinfo=UTC), "de_DE"),  # seconds, kept as milliseconds
        (datetime(1, 1, 1, tzinfo=UTC), "de_DE"),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), "de_DE"),
    ],
)
def test_a_year_that_cannot_be_meant_is_for_a_person(typed: Value, locale: str) -> None:
    of = mapping(company=COMPANY % locale, fields=RULE)
    problem = only_problem(of.order(deal(of, ONE_LINE | {"When": typed}, stage_changed=ACCEPTED), facts()))
    assert (problem.code, problem.field) == ("improbable_date", "When")
    assert problem.value and problem.rule == "integration.yaml:7: fields" and "2026" in problem.fix


@pytest.mark.parametrize(
    ("typed", "allowed"),
    [("01.01.2206", False), ("03.04.1448", False), ("01.03.2036", True), ("03.04.1926", True)],
)
def test_only_what_the_window_could_admit_is_said_to_be_allowed_by_it(typed: str, allowed: bool) -> None:
    read = deal(GERMAN, ONE_LINE | {"When": typed}, stage_changed=ACCEPTED)
    problem = only_problem(GERMAN.order(read, facts()))
    assert (problem.value, typed in problem.message) == (typed, True)
    assert ("administrator can allow it" in problem.fix) is allowed


@pytest.mark.parametrize("typed", ["2026-02-30", "31.06.2026", "00.01.2026", "2026-13-01"])
def test_a_day_that_does_not_exist_is_for_a_person(typed: str) -> None:
    read = deal(GERMAN, ONE_LINE | {"When": typed}, stage_changed=ACCEPTED)
    assert only_problem(GERMAN.order(read, facts())).code == "not_a_date"


def test_the_window_is_a_setting() -> None:
    wide = mapping(company=COMPANY % "de_DE", fields=RULE, dates="{years_back: 20, years_ahead: 30}")
    for typed in ("2016-03-01", "2050-03-01"):
        assert str(order(wide, {"When": typed}, stage_changed=ACCEPTED).requested_date) == typed


def test_the_window_does_not_move_with_the_clock() -> None:
    """An order that is looked at years later is still what it was."""
    read = deal(GERMAN, ONE_LINE | {"When": "2026-03-09"}, stage_changed=ACCEPTED)
    assert GERMAN.order(read, facts()) == GERMAN.order(read, facts(today=date(2031, 1, 1))).model_copy(
        update={"order_date": facts().today}
    )


def test_what_streaks_clock_says_is_no_slip() -> None:
    of = mapping(fields="[{to: order.order_date, from: box.created}]")
    old = datetime(2019, 5, 6, 12, tzinfo=UTC)
    assert order(of, created=old, stage_changed=ACCEPTED).order_date == date(2019, 5, 6)


@pytest.mark.parametrize(
    ("typed", "told"), [("1961-05-06", False), ("2206-05-06", True), ("1448-01-01", True)]
)
def test_another_day_only_has_to_be_possible(typed: str, told: bool) -> None:
    rule = "{to: order.custom.Founded, from: 'field:When', transform: {date: '%Y-%m-%d', format: '%d.%m.%Y'}}"
    of = mapping(fields=f"[{rule}]")
    read = deal(of, ONE_LINE | {"When": typed}, stage_changed=ACCEPTED)
    if told:
        assert only_problem(of.order(read, facts())).code == "improbable_date"
    else:
        assert order(of, {"When": typed}).custom == {"Founded": "06.05.1961"}


def test_the_day_of_the_rates_is_near_the_deal_too() -> None:
    of = mapping(exchange='{day: "field:When"}')
    read = deal(of, ONE_LINE | {"When": "2206-03-01"}, stage_changed=ACCEPTED)
    assert of.needs(read).rate_day is None
    problem = only_problem(of.order(read, facts()))
    assert (problem.code, problem.rule) == ("improbable_date", "integration.yaml:7: exchange.day")
