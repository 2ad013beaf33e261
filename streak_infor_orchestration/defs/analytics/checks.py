"""What must hold of what was worked out: above all that no cent is without a cause."""

from streak_infor_orchestration.analytics.tables import DERIVED
from streak_infor_orchestration.defs.entities.checks import entity_checks

analytics_checks = entity_checks("analytics", DERIVED.values())
