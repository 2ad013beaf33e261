"""Every table there is, by its name."""

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.analytics.ledger_tables import LEDGER_TABLES
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.analytics.streak_tables import STREAK_TABLES

TABLES: dict[str, EntityTable] = {
    table.name: table for table in (*STREAK_TABLES.values(), *INFOR_TABLES.values(), *LEDGER_TABLES.values())
}
