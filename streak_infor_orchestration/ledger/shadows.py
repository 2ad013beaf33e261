"""What both sides of a pair returned last: the ground on which the next change is told from an echo."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import shadow as table


@dataclass(frozen=True, slots=True)
class Shadow:
    """Of the pair of a link: its kind and both its keys. Another pair begins with a ground of its own.

    A customer is read through the deal `box_key` and its contact. `fields`: by target of the mapping `[what Streak's
    side came to, what the ERP returned]`, both canonical. `changed`: of those that differ from that and were not
    copied yet, by side, the value, when it was seen first, and when first any other was.
    """

    kind: str
    streak_key: str
    erp_key: str
    box_key: str = ""
    contact_key: str = ""
    fields: dict[str, list[Any]] = field(default_factory=dict)
    changed: dict[str, dict[str, list[str]]] = field(default_factory=dict)


class Shadows:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, kind: str, streak_key: str, erp_key: str) -> Shadow | None:
        pair = and_(table.c.kind == kind, table.c.streak_key == streak_key, table.c.erp_key == erp_key)
        found = self._where(pair)
        return found[0] if found else None

    def through_contact(self, contact_key: str) -> list[Shadow]:
        """Those whose customer is read with this contact: a change of it concerns them."""
        return self._where(table.c.contact_key == contact_key) if contact_key else []

    def contacts_among(self, contact_keys: Collection[str]) -> set[str]:
        """Those of the contacts that some customer is read with."""
        statement = select(table.c.contact_key).where(table.c.contact_key.in_(contact_keys))
        with self._database.read() as connection:
            return set(connection.scalars(statement))

    def put(self, shadow: Shadow) -> None:
        """Can be learned anew, but then a change in between is taken for the ground: flushed to disk."""
        latest = {
            "box_key": shadow.box_key,
            "contact_key": shadow.contact_key,
            "fields": shadow.fields,
            "changed": shadow.changed,
            "at": self._clock.now(),
        }
        pair = {"kind": shadow.kind, "streak_key": shadow.streak_key, "erp_key": shadow.erp_key}
        insert = self._database.insert(table).values(**pair, **latest)
        statement = insert.on_conflict_do_update(index_elements=[table.c[name] for name in pair], set_=latest)
        with self._database.write() as connection:
            connection.execute(statement)

    def _where(self, condition: Any) -> list[Shadow]:
        columns = (table.c[name] for name in Shadow.__slots__)
        with self._database.read() as connection:
            rows = connection.execute(select(*columns).where(condition).order_by(table.c.streak_key))
            return [Shadow(**row) for row in rows.mappings()]
