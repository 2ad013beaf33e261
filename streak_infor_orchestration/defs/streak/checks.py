"""What must hold of what Streak holds."""

from streak_infor_orchestration.analytics.streak_tables import STREAK_TABLES
from streak_infor_orchestration.defs.entities.checks import entity_checks

streak_checks = entity_checks("streak", STREAK_TABLES.values())
