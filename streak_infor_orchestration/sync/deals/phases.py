"""The row of phases every deal goes through, the same for the Dagster job, the command line and the tests."""

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.sync.customers.linked import linked_customers
from streak_infor_orchestration.sync.customers.resolve import resolve_customer
from streak_infor_orchestration.sync.deals.claim import ERP_KINDS, NAME, claim
from streak_infor_orchestration.sync.deals.diagnosis import complete
from streak_infor_orchestration.sync.deals.fetch import fetch
from streak_infor_orchestration.sync.deals.invoices import create_invoice
from streak_infor_orchestration.sync.deals.orders import build_order, create_order
from streak_infor_orchestration.sync.deals.write_back import note_seen, write_back
from streak_infor_orchestration.sync.row.phases import each
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.row.settle import settle
from streak_infor_orchestration.sync.watch.sweep import enqueue_since

ORDER_TO_CASH = Row(
    name=NAME,
    kinds=(Kind.DEAL, *ERP_KINDS),
    lanes={"live": ("live", "manual", "unknown"), "bulk": ("bulk",)},
    limit=40,
    phases=(
        ("claim", claim),
        ("fetch", each(fetch)),
        ("resolve_customers", each(resolve_customer, first=linked_customers)),
        ("build_orders", each(build_order, first=complete)),
        ("create_orders", each(create_order)),
        ("create_invoices", each(create_invoice)),
        ("write_back", each(write_back, first=note_seen, stopped_too=True)),
        ("settle", settle),
    ),
    asked_since=enqueue_since,
)
