"""Every table there is, by its name."""

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.analytics.schema import Table
from streak_infor_orchestration.analytics.streak_tables import STREAK_TABLES

TABLES: dict[str, Table] = {table.name: table for table in (*STREAK_TABLES.values(), *INFOR_TABLES.values())}
