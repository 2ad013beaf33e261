"""The whole state database behind one name: opens it, hands out its parts, closes it."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, select, text

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.alerts import Alerts
from streak_infor_orchestration.ledger.aliases import Aliases
from streak_infor_orchestration.ledger.audit import Audit
from streak_infor_orchestration.ledger.backfill import Backfill
from streak_infor_orchestration.ledger.customers import Customers
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.dead_letters import DeadLetters
from streak_infor_orchestration.ledger.drifts import Drifts
from streak_infor_orchestration.ledger.effects import Effects
from streak_infor_orchestration.ledger.held import HeldRecords
from streak_infor_orchestration.ledger.inbox import Event, Inbox
from streak_infor_orchestration.ledger.invoices import Invoices
from streak_infor_orchestration.ledger.lease_clock import BootLeaseClock, DatabaseLeaseClock, LeaseClock
from streak_infor_orchestration.ledger.left_out import LeftOuts
from streak_infor_orchestration.ledger.links import Links
from streak_infor_orchestration.ledger.metadata import Metadata
from streak_infor_orchestration.ledger.newcomers import Newcomers
from streak_infor_orchestration.ledger.nudges import Nudges
from streak_infor_orchestration.ledger.opening import Databases, open_databases
from streak_infor_orchestration.ledger.outcomes import Outcomes
from streak_infor_orchestration.ledger.pauses import Pauses
from streak_infor_orchestration.ledger.pins import Pins
from streak_infor_orchestration.ledger.rereads import OrderSeen, Rereads
from streak_infor_orchestration.ledger.retention import Retention
from streak_infor_orchestration.ledger.schema import meta
from streak_infor_orchestration.ledger.seen_token import SeenToken
from streak_infor_orchestration.ledger.shadows import Shadows
from streak_infor_orchestration.ledger.snapshot import Snapshot
from streak_infor_orchestration.ledger.watermarks import Watermarks

_CONNECTIONS = text(
    "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
)


class Store:
    """`epoch` names this database: it is made with it, and made anew after a backup was restored. `restored_at` is
    when that was, None if never: from then on effects may be missing, and every create is probed for first."""

    @classmethod
    def open(
        cls, url: str | None, state_dir: Path, *, clock: Clock, lease_clock: LeaseClock | None = None
    ) -> Self:
        """`url` None: SQLite in `state_dir`; else a Postgres address. Creates and migrates what is missing.

        Raises Misconfigured for another kind of address or a database of a newer version, LedgerUnavailable.
        """
        databases = open_databases(url, state_dir)
        default = BootLeaseClock() if url is None else DatabaseLeaseClock()
        return cls(databases, clock, lease_clock or default)

    def __init__(self, databases: Databases, clock: Clock, lease_clock: LeaseClock) -> None:
        self._databases = databases
        self.clock = clock
        ledger = databases.ledger
        self.epoch, self.restored_at = _epoch(ledger, clock)
        self.inbox = Inbox(databases.inbox, clock, lease_clock)
        self.nudges = Nudges(databases.inbox, lease_clock)
        self.audit = Audit(ledger, clock)
        self.aliases = Aliases(ledger, clock, self.audit)
        self.links = Links(ledger, clock, self.audit, self.aliases)
        self.invoices = Invoices(ledger, clock)
        self.customers = Customers(ledger, self.aliases)
        self.newcomers = Newcomers(ledger, clock)
        self.effects = Effects(
            ledger,
            clock,
            links=self.links,
            invoices=self.invoices,
            customers=self.customers,
            audit=self.audit,
            epoch=self.epoch,
        )
        self.backfill = Backfill(ledger, clock)
        self.shadows = Shadows(ledger, clock)
        self.dead_letters = DeadLetters(ledger, clock)
        self.left_out = LeftOuts(self.dead_letters)
        self.watermarks = Watermarks(ledger, clock)
        self.rereads = Rereads(ledger, clock)
        self.pauses = Pauses(ledger, clock, lease_clock)
        self.pins = Pins(ledger, self.audit)
        self.metadata = Metadata(ledger, clock, self.nudges)
        self.held = HeldRecords(ledger, clock)
        self.outcomes = Outcomes(ledger)
        self.drifts = Drifts(ledger, clock)
        self.alerts = Alerts(ledger, clock)
        self.seen_token = SeenToken(ledger, clock)
        self.snapshot = Snapshot(databases)
        self.retention = Retention(databases, clock, self.watermarks)

    def advance(self, events: Sequence[Event], watermark: str, value: datetime) -> int:
        """Records the events of a poll and moves its watermark. Returns the records touched.

        Postgres: one transaction. SQLite, two files: the events first, so that a death in between polls them again.
        """
        return self._recorded(events, lambda connection: self.watermarks.set_in(connection, watermark, value))

    def saw_again(self, events: Sequence[Event], seen: Sequence[OrderSeen]) -> int:
        """As `advance`, with what orders look like by now in the place of a watermark."""
        return self._recorded(events, lambda connection: self.rereads.saw_in(connection, seen))

    def _recorded(self, events: Sequence[Event], note: Callable[[Connection], None]) -> int:
        if self._databases.inbox is not self._databases.ledger:
            touched = self.inbox.record(events)
            with self._databases.ledger.write() as connection:
                note(connection)
            return touched
        with self._databases.ledger.write() as connection:
            touched = self.inbox.record_in(connection, events)
            note(connection)
            return touched

    def connections(self) -> int | None:
        """How many the server has for us and its other users; None on SQLite, where nobody counts them."""
        ledger = self._databases.ledger
        if ledger.is_sqlite:
            return None
        with ledger.read() as connection:
            return int(connection.execute(_CONNECTIONS).scalar_one())

    def keeper(self, what: str, claimant: str) -> str:
        """Who keeps a thing that there is once outside of this database: whoever claimed it first, for good."""
        ledger = self._databases.ledger
        name = f"keeper of {what}"
        made = ledger.insert(meta).values(name=name, value=claimant, at=self.clock.now())
        with ledger.write(alone=True) as connection:
            connection.execute(made.on_conflict_do_nothing())
        with ledger.read() as connection:
            return str(connection.scalar(select(meta.c.value).where(meta.c.name == name)))

    def renew_epoch(self, by: str) -> None:
        """After a backup was restored, audited. Every process, this one too, has to open the store anew."""
        ledger = self._databases.ledger
        now = self.clock.now()
        with ledger.write() as connection:
            for name, value in (("epoch", secrets.token_hex(8)), ("restored", by)):
                insert = ledger.insert(meta).values(name=name, value=value, at=now)
                latest = {"value": value, "at": now}
                connection.execute(insert.on_conflict_do_update(index_elements=[meta.c.name], set_=latest))
            self.audit.write_in(connection, by, "epoch renewed", "ledger", {"previous": self.epoch})

    def close(self) -> None:
        for database in set(self._databases):
            database.close()


def _epoch(database: Database, clock: Clock) -> tuple[str, datetime | None]:
    with database.write(durable=False) as connection:
        made = database.insert(meta).values(name="epoch", value=secrets.token_hex(8), at=clock.now())
        connection.execute(made.on_conflict_do_nothing())
        rows = {row.name: row for row in connection.execute(select(meta))}
    return rows["epoch"].value, rows["restored"].at if "restored" in rows else None
