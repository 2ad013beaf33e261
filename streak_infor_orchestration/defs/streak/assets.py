"""The entities of Streak as assets."""

from streak_infor_orchestration.analytics.streak_tables import STREAK_TABLES
from streak_infor_orchestration.defs.entities.assets import entity_assets

streak_entities = entity_assets("streak", STREAK_TABLES.values())
