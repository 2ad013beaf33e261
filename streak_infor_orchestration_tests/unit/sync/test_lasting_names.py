"""Names that outlive a release: Dagster's history knows the phases, the ledger and people's queries the statuses."""

from datetime import timedelta

import pytest

from streak_infor_orchestration.sync.backfill import deals as backfill_deals
from streak_infor_orchestration.sync.customers import directory, matching, newcomers
from streak_infor_orchestration.sync.customers import sweep as customer_sweep
from streak_infor_orchestration.sync.customers.existing import CustomerStanding
from streak_infor_orchestration.sync.deals import cancelling, reaccepted
from streak_infor_orchestration.sync.effects import half_made, sending, writes
from streak_infor_orchestration.sync.ports import catalogue, lease, names, ports
from streak_infor_orchestration.sync.reconcile import confirming, reconcile
from streak_infor_orchestration.sync.reconcile import contacts as of_contacts
from streak_infor_orchestration.sync.reconcile import customers as of_customers
from streak_infor_orchestration.sync.reconcile import deals as of_deals
from streak_infor_orchestration.sync.reconcile import invoices as of_invoices
from streak_infor_orchestration.sync.row import outcome
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.row.rows import CUSTOMERS, NEW_CUSTOMERS, ORDER_TO_CASH, ORDERS, ROWS
from streak_infor_orchestration.sync.row.work import Batch, Status
from streak_infor_orchestration.sync.tables import extract, tables
from streak_infor_orchestration.sync.watch import (
    feedback,
    open_orders,
    strangers,
    sweep,
    told,
    unlinked,
    untold,
)

DEAL_PHASES = "claim fetch resolve_customers build_orders create_orders create_invoices write_back settle"
CUSTOMER_PHASES = (
    "claim_customers fetch_customers link_customers agree agree_people tell_customers settle_customers"
)
ORDER_PHASES = "claim_orders fetch_orders link_orders make_boxes settle_orders"
NEW_CUSTOMER_PHASES = "claim_new_customers fetch_new_customers make_organizations settle_new_customers"


@pytest.mark.parametrize(
    ("row", "name", "kinds", "limit", "phases"),
    [
        (ORDER_TO_CASH, "order_to_cash", ["deal", "erp_order", "erp_invoice"], 40, DEAL_PHASES),
        (CUSTOMERS, "customers", ["customer"], 20, CUSTOMER_PHASES),
        (ORDERS, "orders", ["unlinked_order"], 20, ORDER_PHASES),
        (NEW_CUSTOMERS, "new_customers", ["new_customer"], 20, NEW_CUSTOMER_PHASES),
    ],
    ids=["deals", "customers", "orders", "new customers"],
)
def test_a_row_its_kinds_and_its_phases(
    row: Row, name: str, kinds: list[str], limit: int, phases: str
) -> None:
    assert (row.name, [kind.value for kind in row.kinds], row.limit) == (name, kinds, limit)
    assert row.kind == kinds[0]
    assert list(row.phases) == phases.split()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_done_in_a_phase_is_what_it_is_called(row: Row) -> None:
    done = [phase.__name__.split("_")[0] for phase in row.loaded.values()]
    assert done == [name.split("_")[0] for name in row.phases]


def test_the_lanes_a_run_takes_and_the_nudge_that_asks_for_it() -> None:
    assert ORDER_TO_CASH.lanes == {"live": ("live", "manual", "unknown"), "bulk": ("bulk",)}
    assert ROWS == (ORDER_TO_CASH, CUSTOMERS, NEW_CUSTOMERS, ORDERS)
    for row in ROWS[1:]:
        assert row.lanes == {"bulk": ("live", "manual", "bulk")}
    assert (ORDER_TO_CASH.queue, CUSTOMERS.queue) == ("live", "bulk")
    assert [ORDER_TO_CASH.nudge(queue) for queue in ("live", "bulk")] == [
        "order_to_cash",
        "order_to_cash:bulk",
    ]
    assert CUSTOMERS.nudge("bulk") == "customers"


def test_how_a_record_may_leave_the_batch() -> None:
    assert [status.value for status in Status] == [
        "converged",
        "waiting",
        "retry",
        "person",
        "administrator",
        "lost",
    ]


def test_how_a_customer_of_streaks_may_stand() -> None:
    assert [standing.value for standing in CustomerStanding] == [
        "linked",
        "certain",
        "ambiguous",
        "new",
        "unclear",
    ]


def test_what_a_batch_is_that_nobody_asked_anything_of() -> None:
    assert Batch("run") == Batch("run", 40, (), ("live", "manual", "unknown"), False, False, ())


def test_what_the_ledger_of_an_older_release_was_kept_under() -> None:
    """Another word would forget a watermark, a pause, what a person said, or whom a letter is about."""
    assert (sweep.WATERMARK, customer_sweep.WATERMARK) == ("streak:sweep", "streak:contacts")
    assert (directory.WATERMARK, directory.READ) == ("erp:customers", "erp:customers:read")
    assert (cancelling.CANCELLING, names.CONFIGURATION) == ("cancelling", "configuration")
    assert (cancelling.ALLOWED, cancelling.REFUSED) == ("cancellation allowed", "cancellation refused")
    assert (unlinked._LISTED, open_orders._READ) == ("erp:entered", "erp:reread")
    assert (told._NAME, strangers._NAME) == ("invoices told of", "strangers listed")
    assert (backfill_deals.RAN, reconcile.SOURCE, half_made.DISMANTLING) == (
        "backfill",
        "reconcile",
        "dismantling",
    )
    named = (of_deals.NAME, of_customers.NAME, of_invoices.NAME, of_contacts.NAME)
    assert named == ("deals", "customers", "invoices", "contacts")
    assert (reaccepted._BACK, cancelling._DONE) == ("deal taken back", "order cancelled")
    assert (newcomers.DECLARED_NEW, reaccepted.LEFT) == ("declared a new customer", "left without an order")


def test_times_and_numbers_that_administrators_are_told_of() -> None:
    minutes = [sweep.OVERLAP, sweep.UNDER_WAY, feedback.OVERLAP, tables.STREAK_OVERLAP, directory.FRESH]
    assert [time / timedelta(minutes=1) for time in minutes] == [10, 1, 5, 5, 1]
    hours = [
        unlinked.EVERY,
        reconcile.OVERLAP,
        outcome._NAME_AGAIN,
        outcome._UNREADABLE_AGAIN,
        cancelling._HOUR,
    ]
    assert [time / timedelta(hours=1) for time in hours] == [1, 1, 1, 1, 1]
    days = [unlinked._OVERLAP, open_orders.SETTLED_FOR, untold.LONGEST]
    assert [time / timedelta(days=1) for time in days] == [2, 90, 1]
    apart = [writes.CLOCKS_APART, untold.CLOCKS_DIFFER, confirming.UNDER_WAY]
    assert [time / timedelta(minutes=1) for time in apart] == [10, 5, 5]
    again = [open_orders.EVERY, told.TIME_TO_BE_LINKED, directory._NEW_SETTLES, sending.HELD_AGAIN]
    assert [time / timedelta(minutes=1) for time in again] == [1, 1, 1, 15]
    remembered = [catalogue._LIFE, catalogue._STOCK_LIFE, ports._LINKED_AGAIN]
    assert [time / timedelta(seconds=30) for time in remembered] == [10, 1, 20]
    assert (sending.PROBE_AGAIN, outcome.PAUSE_SECONDS, writes.STREAK_SETTLE_SECONDS) == (2, 15, 10)
    assert (open_orders.SHARE, open_orders.CALLS_PER_ORDER, open_orders._PORTION) == (0.2, 2, 50)
    assert (sweep._FEW, reconcile._FEW, confirming.MOST_READ) == (200, 200, 500)
    seconds = [directory.POLL_SECONDS, feedback.POLL_SECONDS, strangers.AGAIN_SECONDS, sending.CALL_SECONDS]
    assert seconds == [20, 20, 20, 20]
    held = [lease.LIFE_SECONDS, lease.BEAT_SECONDS, lease.FRESH_SECONDS, lease.SILENCE_SECONDS]
    assert held == [20, 5, 2, 60]
    shown = [matching.MOST_ALIKE, matching.MOST_ADDRESSES, matching.MOST_CANDIDATES]
    assert shown == [5, 5, 10]
    at_once = [tables.CONFIRMED_AT_MOST, extract.BOXES_A_TIME, ports.PARALLEL, strangers.FEW]
    assert at_once == [500, 500, 8, 4]
    unasked = [cancelling.FEW, cancelling.SHARE]
    assert unasked == [3, 100]
