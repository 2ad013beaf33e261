"""The ledger's knowledge as assets."""

from streak_infor_orchestration.analytics.ledger_tables import LEDGER_TABLES
from streak_infor_orchestration.defs.entities.assets import entity_assets

ledger_entities = entity_assets("ledger", LEDGER_TABLES.values())
