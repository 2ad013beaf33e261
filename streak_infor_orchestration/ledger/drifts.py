"""On what the two systems disagree, since when, and how often a look was to cure it; and how many there were."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.drift import Drift, DriftKind
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import drift as table
from streak_infor_orchestration.ledger.schema import drift_count

_A_TIME = 500
_NAMED = ("entity", "kind", "streak_key", "erp_key", "field")


@dataclass(frozen=True, slots=True)
class StandingDrift:
    """One that was found by some run and not seen cured since: without its values, which are the systems' to tell.
    `healed`: how often its record was looked at for it."""

    drift: Drift
    first_seen: datetime
    healed: int = 0
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class DriftCount:
    """How many of a kind a run found; `kind` "" is how many records it compared."""

    at: datetime
    entity: str
    kind: str
    count: int


class Drifts:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def standing(self) -> dict[str, StandingDrift]:
        """The drifts that stand, by fingerprint."""
        with self._database.read() as connection:
            rows = connection.execute(select(table).order_by(table.c.first_seen, table.c.fingerprint))
            return {
                row.fingerprint: StandingDrift(
                    Drift(row.entity, DriftKind(row.kind), row.streak_key, row.erp_key, row.field),
                    row.first_seen,
                    row.healed,
                    row.alarm,
                )
                for row in rows
            }

    def keep(self, found: Collection[StandingDrift]) -> None:
        """Replaces what is known of these drifts; when each was first seen stays."""
        if not found:
            return
        rows = [
            {
                "fingerprint": one.drift.fingerprint,
                **{name: getattr(one.drift, name) for name in _NAMED},
                "first_seen": one.first_seen,
                "healed": one.healed,
                "alarm": one.alarm,
            }
            for one in found
        ]
        insert = self._database.insert(table)
        latest = {"healed": insert.excluded.healed, "alarm": insert.excluded.alarm}
        statement = insert.on_conflict_do_update(index_elements=[table.c.fingerprint], set_=latest)
        with self._database.write() as connection:
            connection.execute(statement, rows)

    def forget(self, fingerprints: Collection[str]) -> None:
        """Drops drifts that are cured."""
        gone = sorted(fingerprints)
        for start in range(0, len(gone), _A_TIME):
            with self._database.write() as connection:
                connection.execute(
                    delete(table).where(table.c.fingerprint.in_(gone[start : start + _A_TIME]))
                )

    def alarms(self) -> list[StandingDrift]:
        """Those that a look did not cure, or none could."""
        return [one for one in self.standing().values() if one.alarm]

    def counted(self, at: datetime, counts: Mapping[tuple[str, str], int]) -> None:
        """What the run that began at `at` found, by entity and kind."""
        rows = [
            {"at": at, "entity": entity, "kind": kind, "count": count}
            for (entity, kind), count in counts.items()
        ]
        if rows:
            with self._database.write(durable=False) as connection:
                connection.execute(self._database.insert(drift_count).on_conflict_do_nothing(), rows)

    def trend(self, since: datetime) -> list[DriftCount]:
        """The oldest first."""
        statement = select(drift_count).where(drift_count.c.at >= since)
        with self._database.read() as connection:
            rows = connection.execute(
                statement.order_by(drift_count.c.at, drift_count.c.entity, drift_count.c.kind)
            )
            return [DriftCount(**row) for row in rows.mappings()]
