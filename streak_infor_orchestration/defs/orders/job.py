"""Orders that no deal has, as a job."""

from streak_infor_orchestration.defs.rows import row_job
from streak_infor_orchestration.sync.row.rows import ORDERS

orders = row_job(
    ORDERS,
    description="Drains orders of the ERP that no deal has: links each to the deal whose reference it bears, or makes "
    "a box of what was typed there by hand, as the configuration says.",
    keys="the ERP's order numbers",
)
