"""Which incident is told to whom: one row each, so that it is told once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select, update

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import alert as table

AGAIN = timedelta(minutes=5)
"""A telling that nobody confirmed is tried again after so long: whoever had claimed it died, or the channel refused."""


@dataclass(frozen=True, slots=True)
class Incident:
    """`name` is unique for ever (`dead_letter:17`), `kind` one of those a channel asks for, `text` for people."""

    name: str
    kind: str
    text: str


class Alerts:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open(self, channel: str, incidents: Collection[Incident]) -> None:
        """What the channel has not heard of yet is to be told; nothing happens for the rest."""
        known = set(self._known(channel, [incident.name for incident in incidents]))
        new = [incident for incident in incidents if incident.name not in known]
        if not new:
            return
        now = self._clock.now()
        rows = [
            {"incident": incident.name, "channel": channel, "text": incident.text, "opened_at": now}
            for incident in new
        ]
        with self._database.write() as connection:
            connection.execute(self._database.insert(table).on_conflict_do_nothing(), rows)

    def claim(self, channel: str, limit: int = 200) -> list[tuple[str, str]]:
        """(incident, text) that are to be told now, the oldest first: nobody else gets them for five minutes."""
        now = self._clock.now()
        free = or_(table.c.claimed_at.is_(None), table.c.claimed_at <= now - AGAIN)
        untold = and_(table.c.channel == channel, table.c.told_at.is_(None), free)
        oldest = select(table.c.incident).where(untold).order_by(table.c.opened_at).limit(limit)
        statement = (
            update(table)
            .where(untold, table.c.incident.in_(oldest))
            .values(claimed_at=now)
            .returning(table.c.incident, table.c.text, table.c.opened_at)
        )
        with self._database.write() as connection:
            rows = sorted(connection.execute(statement), key=lambda row: (row.opened_at, row.incident))
        return [(row.incident, row.text) for row in rows]

    def told(self, channel: str, incidents: Collection[str]) -> None:
        statement = (
            update(table)
            .where(table.c.channel == channel, table.c.incident.in_(incidents))
            .values(told_at=self._clock.now())
        )
        with self._database.write() as connection:
            connection.execute(statement)

    def _known(self, channel: str, names: list[str]) -> list[str]:
        statement = select(table.c.incident).where(table.c.channel == channel, table.c.incident.in_(names))
        with self._database.read() as connection:
            return list(connection.scalars(statement))
