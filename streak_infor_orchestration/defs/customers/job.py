"""Customers, as jobs: those that somebody in Streak is, and those that are new in the ERP."""

from streak_infor_orchestration.defs.rows import row_job
from streak_infor_orchestration.sync.row.rows import CUSTOMERS, NEW_CUSTOMERS

customers = row_job(
    CUSTOMERS,
    description="Drains organizations, contacts and ERP customers that may have changed: links them where the rules "
    "are certain, and copies what changed on one side to the other.",
    keys="link keys: organization:KEY or contact:KEY",
)
new_customers = row_job(
    NEW_CUSTOMERS,
    description="Drains customers that are new in the ERP and unknown in Streak: links each to the organization that "
    "it certainly is, or makes one, as the configuration says.",
    keys="the ERP's customer numbers",
)
