"""The integration's own tables, as assets the `ledger_state` sensor reports on: no run is spent on them."""

from datetime import timedelta

import dagster as dg

_GROUP = "sync"
_OWNERS = ["team:integration"]
_DEALS = [["streak", "boxes"]]
_CUSTOMERS = [["streak", "organizations"], ["streak", "contacts"], ["infor", "customers"]]
_BOOKED = [["infor", "sales_orders"], ["infor", "invoices"], ["infor", "payments"]]

LINKS = dg.AssetSpec(
    key=["sync", "links"],
    description="Cross-reference: which Streak record is which ERP record. A bijection.",
    deps=[*_DEALS, *_CUSTOMERS, *_BOOKED[:2]],
    group_name=_GROUP,
    owners=_OWNERS,
    kinds={"sqlite", "postgres"},
)
DEAD_LETTERS = dg.AssetSpec(
    key=["sync", "dead_letters"],
    description="What waits for a person, each with a diagnosis. `streak-infor dead-letters list` shows them.",
    deps=[*_DEALS, *_CUSTOMERS],
    group_name=_GROUP,
    owners=_OWNERS,
    kinds={"sqlite", "postgres"},
)
UNSETTLED_WRITES = dg.AssetSpec(
    key=["sync", "unsettled_writes"],
    description="Writes nobody has an answer to yet, and records made again that are to be looked for once more.",
    deps=[*_DEALS, ["sync", "links"]],
    group_name=_GROUP,
    owners=_OWNERS,
    kinds={"sqlite", "postgres"},
)
INBOX_LAG = dg.AssetSpec(
    key=["sync", "inbox_lag"],
    description="How long the oldest due deal has been waiting. Stale when nothing reports any more.",
    deps=[*_DEALS, *_BOOKED, ["sync", "sweep"]],
    group_name=_GROUP,
    owners=_OWNERS,
    kinds={"sqlite", "postgres"},
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(minutes=30)),
)


@dg.definitions
def assets() -> dg.Definitions:
    return dg.Definitions(assets=[LINKS, DEAD_LETTERS, UNSETTLED_WRITES, INBOX_LAG])
