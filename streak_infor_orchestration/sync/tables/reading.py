"""What the tables of one system are read with: its client and no other's, beside the ledger and the configuration."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streak_infor_orchestration.config.integration import Integration
    from streak_infor_orchestration.infor.port import Erp
    from streak_infor_orchestration.ledger.store import Store
    from streak_infor_orchestration.mapping.mapping import Mapping
    from streak_infor_orchestration.streak.client import StreakClient


@dataclass(frozen=True)
class Reading:
    """Of the ledger itself: it is its own system."""

    store: "Store"
    config: "Integration"


@dataclass(frozen=True)
class StreakReading(Reading):
    """`mapping` says what the boxes of the deals' pipeline are worth."""

    streak: "StreakClient"
    mapping: "Mapping"
    team_key: str
    pipeline_key: str


@dataclass(frozen=True)
class InforReading(Reading):
    erp: "Erp"
