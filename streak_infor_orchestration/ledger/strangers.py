"""Records that only somebody outside has named: a webhook's key that may be invented.

Their lane is the last one. A record is known, for good, once it was read; until then it has a share of its own: every
fourth claim, and not more reads than `PER_SECOND`, over all processes. What turns out not to exist leaves no row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import count

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    tuple_,
    update,
)

from streak_infor_orchestration.ledger.columns import LANES, UNKNOWN, greater
from streak_infor_orchestration.ledger.inbox_table import InboxTable
from streak_infor_orchestration.ledger.intake import BULK_PAUSE_SECONDS, BULK_PORTION
from streak_infor_orchestration.ledger.schema import inbox, nudge

PER_SECOND = 2
_TURN = "strangers"
_EVERY = 4
_MOST_COUNTED = 1000

_record = tuple_(inbox.c.kind, inbox.c.key)

MOST, _SHARE = bindparam("most", type_=Integer()), bindparam("share", type_=Integer())


@dataclass(frozen=True, slots=True)
class StrangersWaiting:
    """Strangers that nobody works on, `count` up to a thousand; `since` is when the first was told of."""

    count: int
    since: datetime | None


class Strangers(InboxTable):
    @cached_property
    def _claims(self) -> "count[int]":
        return count(1)

    def strangers(self, kind: str, told_before: datetime) -> StrangersWaiting:
        first = (
            select(inbox.c.first_due_at)
            .where(*self._of(kind), inbox.c.first_due_at <= told_before)
            .order_by(inbox.c.due_at)
            .limit(_MOST_COUNTED)
            .subquery()
        )
        with self._database.read() as connection:
            row = connection.execute(select(func.count(), func.min(first.c.first_due_at))).one()
        return StrangersWaiting(*row)

    def strangers_due(self, kind: str, most: int) -> list[str]:
        """The keys of those that could be looked at now, the longest due first."""
        first = select(inbox.c.key).where(*self._of(kind), inbox.c.due_at <= self._clock.now())
        with self._database.read() as connection:
            return list(connection.scalars(first.order_by(inbox.c.due_at).limit(most)))

    def put_off(self, kind: str, keys: Collection[str], until: datetime) -> None:
        """Makes due at `until` those of them that are strangers still."""
        named = sorted(keys)
        for start in range(0, len(named), BULK_PORTION):
            these = inbox.c.key.in_(named[start : start + BULK_PORTION])
            with self._database.write(durable=False, alone=True) as connection:
                connection.execute(update(inbox).where(*self._of(kind), these).values(due_at=until))

    def recognize(self, kind: str, keys: Collection[str]) -> int:
        """These exist: from now on they are looked at live. Returns how many were strangers."""
        recognized, named = 0, sorted(keys)
        for start in range(0, len(named), BULK_PORTION):
            portion = inbox.c.key.in_(named[start : start + BULK_PORTION])
            known = update(inbox).where(inbox.c.kind == kind, inbox.c.lane == UNKNOWN, portion)
            with self._database.write(durable=False, alone=True) as connection:
                recognized += connection.execute(known.values(lane=LANES[0])).rowcount
        return recognized

    def disown(self, kind: str, told_before: datetime) -> int:
        """Forgets the strangers that were told of before then: they do not exist. In portions with a pause between,
        because SQLite has one writer at a time."""
        forgotten = 0
        while True:
            portion = (
                select(inbox.c.kind, inbox.c.key)
                .where(*self._of(kind), inbox.c.first_due_at <= told_before)
                .order_by(inbox.c.kind, inbox.c.key)
                .limit(BULK_PORTION)
                .with_for_update(skip_locked=True)
                .cte("portion")
            )
            doomed = delete(inbox).where(_record.in_(select(portion.c.kind, portion.c.key)))
            with self._database.write(durable=False, alone=True) as connection:
                gone = len(connection.execute(doomed.returning(inbox.c.key)).all())
            forgotten += gone
            if gone < BULK_PORTION:
                return forgotten
            self._clock.sleep(BULK_PAUSE_SECONDS)

    def rest_strangers(self, seconds: float) -> None:
        """No stranger is claimed for so many seconds."""
        now, identity = self._lease_clock.now(), self._lease_clock.identity
        insert = self._database.insert(nudge).values(name=_TURN, until=now + seconds, clock=identity)
        running = case((nudge.c.clock == identity, greater(nudge.c.until, now)), else_=now)
        statement = insert.on_conflict_do_update(
            index_elements=[nudge.c.name],
            set_={"until": running + seconds, "clock": insert.excluded.clock},
        )
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(statement)

    def _of(self, kind: str) -> tuple[ColumnElement[bool], ...]:
        waits = inbox.c.due_at.is_not(None)
        return (inbox.c.lane == UNKNOWN, waits, inbox.c.kind == kind, self._free())

    def _strangers_turn(self) -> ColumnElement[bool]:
        """Whether one of them may be read now."""
        boot: ColumnElement[str] = bindparam(
            "boot", callable_=lambda: self._lease_clock.identity, unique=True
        )
        resting = and_(nudge.c.name == _TURN, nudge.c.clock == boot, nudge.c.until > self._lease_clock.now())
        return ~exists(select(nudge.c.name).where(resting))

    def _is_their_turn(self) -> bool:
        """Whether strangers come first this time: every fourth time somebody asks."""
        return not next(self._claims) % _EVERY

    def _note_reads(self, lanes: Sequence[str]) -> None:
        """Notes how many strangers were claimed: each takes its part of a second, in which no other is."""
        if strangers := lanes.count(UNKNOWN):
            self.rest_strangers(strangers / PER_SECOND)


def with_share(known: Select[str, str], strangers: Select[str, str], strangers_first: bool) -> CTE:
    """`most` of both in all: strangers take what the others leave of their `share`, or come first."""
    if strangers_first:
        first = strangers.limit(_SHARE).cte("strangers")
        second = known.limit(_left_by(first)).cte("known")
    else:
        first = known.limit(MOST).cte("known")
        room = _left_by(first)
        second = strangers.limit(case((room < _SHARE, room), else_=_SHARE)).cte("strangers")
    return select(first).union_all(select(second)).cte("due")


def _left_by(first: CTE) -> ColumnElement[int]:
    return MOST - select(func.count()).select_from(first).scalar_subquery()
