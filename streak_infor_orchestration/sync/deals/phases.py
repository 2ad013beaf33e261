"""What every deal goes through, the same for the Dagster job, the command line and the tests."""

from streak_infor_orchestration.sync.customers.linked import linked_customers
from streak_infor_orchestration.sync.customers.resolve import resolve_customer
from streak_infor_orchestration.sync.deals.claim import claim
from streak_infor_orchestration.sync.deals.diagnosis import complete
from streak_infor_orchestration.sync.deals.fetch import fetch
from streak_infor_orchestration.sync.deals.invoices import create_invoice
from streak_infor_orchestration.sync.deals.orders import build_order, create_order
from streak_infor_orchestration.sync.deals.write_back import note_seen, write_back
from streak_infor_orchestration.sync.row.phases import each
from streak_infor_orchestration.sync.row.settle import settle

PHASES = (
    claim,
    each(fetch),
    each(resolve_customer, first=linked_customers),
    each(build_order, first=complete),
    each(create_order),
    each(create_invoice),
    each(write_back, first=note_seen, stopped_too=True),
    settle,
)
