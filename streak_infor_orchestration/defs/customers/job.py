"""Customers, as a job."""

from streak_infor_orchestration.defs.rows import row_job
from streak_infor_orchestration.sync.row.rows import CUSTOMERS

customers = row_job(
    CUSTOMERS,
    description="Drains organizations, contacts and ERP customers that may have changed: links them where the rules "
    "are certain, and copies what changed on one side to the other.",
    keys="link keys: organization:KEY or contact:KEY",
)
