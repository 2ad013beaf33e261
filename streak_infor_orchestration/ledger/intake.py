"""How events get into the inbox: appended to the log, and collapsed into one row per record."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Table,
    and_,
    case,
    distinct,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.sql.dml import ReturningInsert

from streak_infor_orchestration.ledger.columns import LANES, UNKNOWN, Lane, greater, lesser
from streak_infor_orchestration.ledger.inbox_rows import Event, LoggedEvent, Received
from streak_infor_orchestration.ledger.inbox_table import InboxTable
from streak_infor_orchestration.ledger.schema import event as event_log
from streak_infor_orchestration.ledger.schema import inbox

T = TypeVar("T")

BULK_PORTION = 500
BULK_PAUSE_SECONDS = 0.02


class Intake(InboxTable):
    def record(self, events: Sequence[Event]) -> int:
        """Commits the events durably and makes their records due. Returns how many records that were.

        One transaction; only bulk events on SQLite go in portions with a pause between: SQLite has one writer at a
        time, and the gateway's commits must get in.
        """
        records = 0
        for position, portion in enumerate(self._portions(events)):
            if position:
                self._clock.sleep(BULK_PAUSE_SECONDS)
            with self._database.write() as connection:
                records += self.record_in(connection, portion)
        return records

    def record_in(self, connection: Connection, events: Sequence[Event]) -> int:
        """`record` within the caller's transaction."""
        if not events:
            return 0
        now = self._clock.now()
        echoes = _echoes(connection, events)
        log = [_log_entry(event, echo, now) for event, echo in zip(events, echoes, strict=True)]
        connection.execute(insert(event_log), log)
        rows = _collapse([event for event, echo in zip(events, echoes, strict=True) if not echo], now)
        if rows:
            connection.execute(self._upsert, rows)
        return len(rows)

    def note(self, events: Sequence[Event]) -> None:
        """Into the log alone: worth remembering, and no reason for a look."""
        if events:
            now = self._clock.now()
            with self._database.write() as connection:
                connection.execute(insert(event_log), [_log_entry(event, False, now) for event in events])

    def logged(
        self, source: str, kinds: Sequence[str], since: datetime, until: datetime
    ) -> list[LoggedEvent]:
        """The events of a source about records of these kinds, after `since` and not after `until`."""
        statement = (
            select(*(event_log.c[name] for name in LoggedEvent._fields))
            .where(event_log.c.at > since, event_log.c.at <= until)
            .where(event_log.c.source == source, event_log.c.kind.in_(kinds))
        )
        with self._database.read() as connection:
            return [LoggedEvent(**row) for row in connection.execute(statement).mappings()]

    def note_own_version(self, kind: str, key: str, version: int) -> None:
        """Our own write returned this version: an event that carries it, of those that announce writes like ours, is
        our echo, and is dropped.

        Only an equal one is: a lower version may be a person's edit between our read and our write. And only one: of
        two that differ in their bodies, the other tells of a person's edit in the same millisecond. A webhook that
        overtook the answer is taken back, if it is all that came since the claim.
        """
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(self._note_own, _row(kind, key, own_version=version))

    def events(self, kind: str, key: str, limit: int = 50) -> list[Received]:
        """The last events of one record, newest first."""
        statement = (
            select(*(event_log.c[name] for name in Received.__dataclass_fields__))
            .where(event_log.c.kind == kind, event_log.c.key == key)
            .order_by(event_log.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [Received(**row) for row in connection.execute(statement).mappings()]

    def unseen(self, events: Sequence[Event]) -> list[Event]:
        """Those of `events` that are not in the log yet: same source, record and body hash. For polls, whose
        inclusive watermark shows the last records again."""
        columns = (event_log.c.source, event_log.c.kind, event_log.c.key, event_log.c.body_hash)
        seen: set[tuple[str, ...]] = set()
        with self._database.read() as connection:
            for portion in _portioned(events):
                hashes = {event.body_hash for event in portion}
                statement = select(*columns).where(
                    *_among(portion, event_log), event_log.c.body_hash.in_(hashes)
                )
                seen.update(tuple(row) for row in connection.execute(statement))
        return [e for e in events if (e.source, e.kind, e.key, e.body_hash) not in seen]

    def records_told_of(self, source: str, name: str, since: datetime) -> int:
        """How many records events of this source and name were about, since then."""
        events = select(func.count(distinct(event_log.c.key))).where(
            event_log.c.at >= since, event_log.c.source == source, event_log.c.name == name
        )
        with self._database.read() as connection:
            return connection.scalar(events) or 0

    def _portions(self, events: Sequence[Event]) -> Iterator[Sequence[Event]]:
        bulk = [event for event in events if event.lane == "bulk"] if self._database.is_sqlite else []
        if len(bulk) <= BULK_PORTION:
            yield events
            return
        if len(bulk) < len(events):
            yield [event for event in events if event.lane != "bulk"]
        yield from _portioned(bulk)

    @cached_property
    def _note_own(self) -> Insert:
        insert_ = self._database.insert(inbox)
        version = insert_.excluded.own_version
        overtaken = and_(inbox.c.lease_token.is_not(None), inbox.c.seq == inbox.c.claimed_seq + 1)
        is_echo = and_(overtaken, inbox.c.last_version == version)
        return insert_.on_conflict_do_update(
            index_elements=[inbox.c.kind, inbox.c.key],
            set_={
                "own_version": greater(inbox.c.own_version, version),
                "seq": case((is_echo, inbox.c.claimed_seq), else_=inbox.c.seq),
            },
        )

    @cached_property
    def _upsert(self) -> ReturningInsert[str]:
        insert_ = self._database.insert(inbox)
        new = insert_.excluded
        is_open = inbox.c.due_at.is_not(None)
        # an earlier event that nobody has claimed yet
        waits = and_(is_open, inbox.c.claimed_seq < inbox.c.seq)
        is_known = and_(new.lane == UNKNOWN, inbox.c.lane != UNKNOWN)
        upsert = insert_.on_conflict_do_update(
            index_elements=[inbox.c.kind, inbox.c.key],
            set_={
                "seq": inbox.c.seq + new.seq,
                "due_at": case((is_open, lesser(inbox.c.due_at, new.due_at)), else_=new.due_at),
                "first_due_at": case((waits, inbox.c.first_due_at), else_=new.first_due_at),
                "correlation_id": case((waits, inbox.c.correlation_id), else_=new.correlation_id),
                "lane": case(
                    (is_known, literal(LANES[0], Lane())),
                    (is_open, lesser(inbox.c.lane, new.lane)),
                    else_=new.lane,
                ),
                "attempts": new.attempts,
                "min_version": greater(inbox.c.min_version, new.min_version),
                "last_version": new.last_version,
            },
        )
        # SQLAlchemy sends many rows in one statement only where the statement returns something
        return upsert.returning(inbox.c.key)


def _echoes(connection: Connection, events: Sequence[Event]) -> list[bool]:
    """Which of them announce our own writes: one body for each version, however often it is delivered."""
    own = _own_versions(connection, [event for event in events if event.may_echo and event.min_version])
    alike = [e.may_echo and own.get((e.kind, e.key)) == e.min_version for e in events]
    if not any(alike):
        return alike
    bodies = _bodies(connection, [event for event, is_alike in zip(events, alike, strict=True) if is_alike])
    return [
        is_alike and bodies.setdefault((e.kind, e.key, e.min_version), e.body_hash) == e.body_hash
        for e, is_alike in zip(events, alike, strict=True)
    ]


def _bodies(connection: Connection, events: Sequence[Event]) -> dict[tuple[str, str, int], str]:
    """The first body that the log holds of each record's version."""
    found: dict[tuple[str, str, int], str] = {}
    for portion in _portioned(events):
        versions = {event.min_version for event in portion}
        columns = (event_log.c.kind, event_log.c.key, event_log.c.version, event_log.c.body_hash)
        statement = (
            select(*columns)
            .where(*_among(portion, event_log), event_log.c.version.in_(versions))
            .where(event_log.c.source.in_({event.source for event in portion}))
            .order_by(event_log.c.id)
        )
        for kind, key, version, body_hash in connection.execute(statement):
            found.setdefault((kind, key, version), body_hash)
    return found


def _own_versions(connection: Connection, events: Sequence[Event]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for portion in _portioned(events):
        statement = select(inbox.c.kind, inbox.c.key, inbox.c.own_version).where(
            *_among(portion, inbox), inbox.c.own_version > 0
        )
        found.update({(row.kind, row.key): row.own_version for row in connection.execute(statement)})
    return found


def _among(events: Sequence[Event], table: Table) -> tuple[ColumnElement[bool], ...]:
    """At least the records of these events. Not by a list of pairs, for which SQLite reads the whole table."""
    kinds, keys = {event.kind for event in events}, {event.key for event in events}
    return table.c.kind.in_(kinds), table.c.key.in_(keys)


def _portioned(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BULK_PORTION):
        yield items[start : start + BULK_PORTION]


def _log_entry(event: Event, echo: bool, now: datetime) -> dict[str, Any]:
    return {
        "at": now,
        "source": event.source,
        "name": event.name,
        "kind": event.kind,
        "key": event.key,
        "lane": event.lane,
        "version": event.min_version,
        "body_hash": event.body_hash,
        "correlation_id": event.correlation_id,
        "echo": echo,
    }


def _row(kind: str, key: str, **values: Any) -> dict[str, Any]:
    closed = {
        "lane": LANES[0],
        "seq": 0,
        "claimed_seq": 0,
        "due_at": None,
        "first_due_at": None,
        "attempts": 0,
        "min_version": 0,
        "own_version": 0,
        "last_version": 0,
        "correlation_id": "",
    }
    return closed | {"kind": kind, "key": key} | values


def _collapse(events: Sequence[Event], now: datetime) -> list[dict[str, Any]]:
    """One row per record, in one order everywhere: two processes that lock rows crosswise would wait for ever."""
    by_record: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        by_record.setdefault((event.kind, event.key), []).append(event)
    rows = []
    for (kind, key), same in sorted(by_record.items()):
        due_at = min(event.due_at or now for event in same)
        rows.append(
            _row(
                kind,
                key,
                seq=len(same),
                lane=min((event.lane for event in same), key=LANES.index),
                due_at=due_at,
                first_due_at=due_at,
                min_version=max(event.min_version for event in same),
                last_version=same[-1].min_version if same[-1].may_echo else 0,
                correlation_id=next((event.correlation_id for event in same if event.correlation_id), ""),
            )
        )
    return rows
