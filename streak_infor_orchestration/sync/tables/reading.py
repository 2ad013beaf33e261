"""What the tables of one system are read with: its client and no other's, beside the ledger and the configuration."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streak_infor_orchestration.config.integration import Integration
    from streak_infor_orchestration.infor.port import Erp
    from streak_infor_orchestration.ledger.store import Store
    from streak_infor_orchestration.mapping.mapping import Mapping
    from streak_infor_orchestration.streak.client import StreakClient
    from streak_infor_orchestration.sync.ports.ports import Ports


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


def reading_of(table: str, ports: "Ports") -> Reading:
    """What the table's own system is read with, by who works with both."""
    known = ports.store, ports.config
    match table.partition("/")[0]:
        case "streak":
            return StreakReading(*known, ports.streak, ports.mapping, ports.team_key, ports.pipeline_key)
        case "infor":
            return InforReading(*known, ports.erp)
    return Reading(*known)
