"""Every table there is, by its name: those that are read."""

from streak_infor_orchestration.analytics.customer_360.tables import CONTACT_360, CUSTOMER_360, TIMELINE
from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.analytics.ledger_tables import LEDGER_TABLES
from streak_infor_orchestration.analytics.order_to_cash.table import ORDER_TO_CASH
from streak_infor_orchestration.analytics.reconciliation.tables import DRIFT, DRIFT_COUNTS
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.analytics.streak_tables import STREAK_TABLES
from streak_infor_orchestration.analytics.times.tables import TIMES, WEEKS

TABLES: dict[str, EntityTable] = {
    table.name: table for table in (*STREAK_TABLES.values(), *INFOR_TABLES.values(), *LEDGER_TABLES.values())
}
DERIVED: dict[str, EntityTable] = {
    table.name: table for table in (ORDER_TO_CASH, CUSTOMER_360, TIMELINE, CONTACT_360, TIMES, WEEKS)
}
"""Those that are worked out of others."""
RECONCILED: dict[str, EntityTable] = {table.name: table for table in (DRIFT, DRIFT_COUNTS)}
"""Those that a reconciliation of both systems leaves behind."""
