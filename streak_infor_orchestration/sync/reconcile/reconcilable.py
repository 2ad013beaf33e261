"""What is reconciled: a kind of record that both systems have, with each side as the tables hold it."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from streak_infor_orchestration.analytics.reconciliation.records import TabledRecords
from streak_infor_orchestration.analytics.reconciliation.sides import InErp, InStreak
from streak_infor_orchestration.domain.drift import Drift
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.sync.ports.ports import Ports


class Keys(NamedTuple):
    """Of a pair; "" on a side that has none."""

    streak: str
    erp: str


class Subject(NamedTuple):
    """A record of the inbox."""

    kind: Kind
    key: str


class Reread(NamedTuple):
    """What is wrong with a pair by what both systems say of it now, and when either last changed (None: unknown)."""

    drifts: tuple[Drift, ...]
    changed: datetime | None = None


def ours_alone(reference: str, ports: Ports) -> str:
    """The reference as far as it may be one of ours, "" for somebody else's."""
    return reference if reference.startswith(ports.config.erp.reference_prefix) else ""


class Reconcilable(Protocol):
    """`tables` it is made of; `width`: how many values of each pair are compared."""

    @property
    def name(self) -> str: ...
    @property
    def tables(self) -> tuple[str, ...]: ...
    @property
    def width(self) -> int: ...

    def in_streak(self, records: TabledRecords) -> Iterator[list[InStreak]]: ...

    def in_erp(self, records: TabledRecords) -> Iterator[list[InErp]]: ...

    def subject(self, streak_key: str, erp_key: str) -> Subject | None:
        """Whose look would cure it."""

    def read(self, streak_key: str, erp_key: str) -> Reread:
        """Both sides by their keys, now. Raises what the systems' reads raise."""
