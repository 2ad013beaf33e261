"""What goes into the inbox and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from streak_infor_orchestration.ledger.columns import LANES

MAX_KEY_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody says that a record may have changed. Nothing is done because of what it says, only because it came.

    `source` is streak, erp, push (the ERP of its own accord), sweep or manual; `kind` is one of `domain.kinds`.
    `min_version` is the version a read must at least show (Streak's `lastUpdatedTimestamp`, milliseconds), 0 when
    unknown.
    `may_echo`: a write of ours is announced by such an event too; of no other is a version taken for our own.
    `due_at` None means now; `lane` is live, manual or bulk, or unknown for a key that may be invented: it is live if
    the record was read before, else it waits for its turn among the strangers.

    Raises ValueError for what neither database could store: it would fail all the events committed with it.
    """

    source: str
    name: str
    kind: str
    key: str
    body_hash: str = ""
    min_version: int = 0
    may_echo: bool = False
    lane: str = "live"
    due_at: datetime | None = None
    correlation_id: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= MAX_KEY_LENGTH:
            raise ValueError("an event needs the key of a record")
        if self.lane not in LANES:
            raise ValueError(f"no such lane: {self.lane}")
        if not 0 <= self.min_version < 2**63:
            raise ValueError("not a version")
        text = self.source + self.name + self.kind + self.key + self.body_hash + self.correlation_id
        if "\0" in text or (not text.isascii() and _has_surrogates(text)):
            raise ValueError("an event holds characters that cannot be stored")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A record under our lease. `seq` is what had arrived when it was claimed, `token` proves the lease is ours.

    `first_due_at` is since when somebody waits for this look, None for a look that came from no event.
    """

    kind: str
    key: str
    lane: str
    seq: int
    attempts: int
    min_version: int
    token: str
    correlation_id: str
    first_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pending:
    """A row as status shows it. `due_at` None: nothing is waiting; `leased`: somebody is at it right now."""

    kind: str
    key: str
    lane: str
    seq: int
    claimed_seq: int
    due_at: datetime | None
    first_due_at: datetime | None
    attempts: int
    min_version: int
    correlation_id: str
    lease_owner: str | None
    leased: bool


@dataclass(frozen=True, slots=True)
class Due:
    """The records that could be claimed now."""

    count: int
    oldest_due_at: datetime | None
    by_lane: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Backlog:
    """Rows of one kind and lane: all that wait, those due now, those under a lease."""

    kind: str
    lane: str
    waiting: int
    due: int
    leased: int


class LoggedEvent(NamedTuple):
    """An entry of the event log with its record."""

    kind: str
    key: str
    name: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Received:
    """An entry of the event log. `body_hash`: what is kept of its body. `echo`: it announced our own write and was
    dropped."""

    at: datetime
    source: str
    name: str
    lane: str
    version: int
    body_hash: str
    correlation_id: str
    echo: bool


def _has_surrogates(text: str) -> bool:
    """Half a character, as JSON can spell it: no database takes it."""
    return any("\ud800" <= character <= "\udfff" for character in text)
