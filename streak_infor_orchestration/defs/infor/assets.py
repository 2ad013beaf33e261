"""The entities of the ERP as assets."""

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.defs.entities.assets import entity_assets

infor_entities = entity_assets("infor", INFOR_TABLES.values())
