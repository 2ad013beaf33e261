"""What must hold of what the ERP holds."""

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.defs.entities.checks import entity_checks

infor_checks = entity_checks("infor", INFOR_TABLES.values())
