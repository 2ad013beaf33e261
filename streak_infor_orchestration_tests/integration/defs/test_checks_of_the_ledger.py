"""What the checks of the ledger say, whole: when they are red, how loud, and what is shown of it."""

from datetime import timedelta
from typing import Any

import dagster as dg

from streak_infor_orchestration.defs.operations.checks import (
    dead_letters_result,
    lag_result,
    left_out_result,
    unsettled_result,
)
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.ledger.support import edited, planned, sent

ERROR, WARN = dg.AssetCheckSeverity.ERROR, dg.AssetCheckSeverity.WARN


def told(result: dg.AssetCheckResult) -> tuple[str, str, bool, dg.AssetCheckSeverity, dict[str, Any]]:
    assert result.asset_key is not None and result.check_name is not None
    shown = {name: getattr(value, "value", value) for name, value in result.metadata.items()}
    return result.asset_key.path[1], result.check_name, result.passed, result.severity, shown


def test_of_an_empty_ledger_all_is_well(store: Store) -> None:
    assert [told(check(store)) for check in (dead_letters_result, left_out_result, unsettled_result)] == [
        ("dead_letters", "none_open", True, ERROR, {"open": 0, "first": []}),
        ("dead_letters", "nothing_left_out", True, ERROR, {}),
        ("unsettled_writes", "none_overdue", True, WARN, {"writes": 0, "overdue": 0, "first": []}),
    ]


def test_a_deal_that_has_been_due_for_a_minute_is_late(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited("b1")])
    began = clock.now()
    for seconds, well in ((59.0, True), (60.0, False)):
        clock.advance(seconds - (clock.now() - began).total_seconds())
        assert told(lag_result(store)) == ("inbox_lag", "below_a_minute", well, WARN, {"seconds": seconds})


def test_of_what_waits_for_a_person_ten_are_named_and_no_more_than_that(store: Store) -> None:
    for number in range(12):
        store.dead_letters.open(
            "deal", f"b{number:02}", error_class="", code="c", message="a name", diagnosis={}, attempts=1
        )
    where, name, well, severity, shown = told(dead_letters_result(store))
    assert (where, name, well, severity, shown["open"]) == ("dead_letters", "none_open", False, ERROR, 12)
    assert len(shown["first"]) == 10 and set(shown["first"]) <= {f"deal b{n:02}: c" for n in range(12)}


def test_a_write_is_overdue_five_minutes_after_it_should_have_settled(
    store: Store, clock: ManualClock
) -> None:
    began = clock.now()
    effect = sent(store, planned(store))
    assert effect.settle_until is not None
    limit = effect.settle_until + timedelta(minutes=5) - began
    for after, overdue in ((limit, 0), (limit + timedelta(seconds=1), 1)):
        clock.advance((began + after - clock.now()).total_seconds())
        where, name, well, severity, shown = told(unsettled_result(store))
        assert (where, name, well, severity) == ("unsettled_writes", "none_overdue", not overdue, WARN)
        assert (shown["writes"], shown["overdue"]) == (1, overdue)
        assert shown["first"] == [
            {
                "write": "deal:b1:sales_order:1",
                "state": "sent",
                "age": f"{after.total_seconds():.0f} s",
                "next probe": effect.next_look.isoformat() if effect.next_look else "",
            }
        ]
