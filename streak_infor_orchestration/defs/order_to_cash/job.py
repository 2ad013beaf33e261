"""Deals, as a job."""

from streak_infor_orchestration.defs.rows import row_job
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH

order_to_cash = row_job(
    ORDER_TO_CASH,
    description="Drains deals that may have changed: reads both sides and does what is missing, "
    "from customer to order to invoice, and tells the box.",
    keys="keys of boxes",
)
