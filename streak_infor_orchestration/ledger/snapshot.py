"""What the ledger knows now, whole and a portion at a time in the order of the keys: for tables that others read."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true, tuple_

from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.opening import Databases
from streak_infor_orchestration.ledger.schema import dead_letter, effect, inbox, invoice, link, shadow

PORTION = 5_000

Row = dict[str, Any]


class Snapshot:
    """A portion is read by itself, so no writer waits for a reader; what changes in between is in or not."""

    def __init__(self, databases: Databases) -> None:
        self._inbox, self._ledger = databases

    def links(self) -> Iterator[list[Row]]:
        columns = (link.c.streak_key, link.c.erp_key, link.c.closed, link.c.at)
        return _portions(self._ledger, (link.c.kind, link.c.streak_key), columns)

    def order_invoices(self) -> Iterator[list[Row]]:
        return _portions(
            self._ledger, (invoice.c.invoice_id,), (invoice.c.order_id, invoice.c.kind, invoice.c.at)
        )

    def shadows(self) -> Iterator[list[Row]]:
        """A row per field: what each side returned when it was seen last."""
        columns = (shadow.c.box_key, shadow.c.contact_key, shadow.c.fields, shadow.c.at)
        pair = (shadow.c.kind, shadow.c.streak_key, shadow.c.erp_key)
        for portion in _portions(self._ledger, pair, columns):
            yield [
                {
                    "kind": row["kind"],
                    "streak_key": row["streak_key"],
                    "erp_key": row["erp_key"],
                    "target": target,
                    "box_key": row["box_key"],
                    "contact_key": row["contact_key"],
                    "streak": streak,
                    "infor": infor,
                    "at": row["at"],
                }
                for row in portion
                for target, (streak, infor) in sorted(row["fields"].items())
            ]

    def open_effects(self) -> Iterator[list[Row]]:
        """Writes that are not over: neither confirmed for good nor refused."""
        under_way = effect.c.state.in_(("planned", "sent", "unknown"))
        columns = (effect.c.subject, effect.c.shape, effect.c.state, effect.c.updated_at.label("at"))
        return _portions(
            self._ledger, (effect.c.key,), columns, or_(under_way, effect.c.verify_at.is_not(None))
        )

    def confirmed(self, shape: str, part: str) -> Iterator[list[Row]]:
        """Writes of this shape whose key has `part` in it."""
        of_kind = (effect.c.shape == shape, effect.c.state == "confirmed")
        wanted = and_(*of_kind, effect.c.key.contains(part, autoescape=True))
        columns = (
            effect.c.external_id,
            effect.c.subject,
            effect.c.body,
            effect.c.created_at,
            effect.c.updated_at,
        )
        return _portions(self._ledger, (effect.c.key,), columns, wanted)

    def waiting(self) -> Iterator[list[Row]]:
        """Records that are to be looked at, now or later."""
        columns = (inbox.c.due_at, inbox.c.attempts)
        return _portions(self._inbox, (inbox.c.kind, inbox.c.key), columns, inbox.c.due_at.is_not(None))

    def open_letters(self) -> Iterator[list[Row]]:
        columns = (dead_letter.c.code, dead_letter.c.opened_at)
        still_open = dead_letter.c.resolved_at.is_(None)
        return _portions(self._ledger, (dead_letter.c.kind, dead_letter.c.key), columns, still_open)


def _portions(
    database: Database,
    key: tuple[ColumnElement[Any], ...],
    columns: tuple[ColumnElement[Any], ...],
    only: ColumnElement[bool] | None = None,
) -> Iterator[list[Row]]:
    """The rows of the key's table for which `only` holds, a portion at a time; instants as text."""
    wanted = [true() if only is None else only]
    named = {column.name: column for column in (*key, *columns)}.values()
    last: list[ColumnElement[bool]] = []
    while True:
        statement = select(*named).where(*wanted, *last).order_by(*key).limit(PORTION)
        with database.read() as connection:
            rows = [
                {
                    name: value.isoformat() if isinstance(value, datetime) else value
                    for name, value in row.items()
                }
                for row in connection.execute(statement).mappings()
            ]
        if rows:
            yield rows
        if len(rows) < PORTION:
            return
        last = [tuple_(*key) > tuple(rows[-1][column.name] for column in key)]
