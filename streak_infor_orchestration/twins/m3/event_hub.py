"""Event Hub: M3 posts what was created, updated or deleted in its tables, the whole record. Contract, E.4.

The form is not published: here the table, the operation, and each field with its value and the one before.
"""

from dataclasses import dataclass, field
from typing import Any

from streak_infor_orchestration.twins.erp.members import Field, Fields, read_members
from streak_infor_orchestration.twins.erp.posting import Poster
from streak_infor_orchestration.twins.erp.values import any_text, choice, strings
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.lookups import FILES
from streak_infor_orchestration.twins.m3.table import Row

KEYS = {
    "OOHEAD": ("ORNO",),
    "OXHEAD": ("ORNO",),
    "OOLINE": ("ORNO", "PONR", "POSX"),
    "OCUSMA": ("CUNO",),
    "MITMAS": ("ITNO",),
    "FSLEDG": ("YEA4", "JRNO", "JSNO"),
}
_SUBSCRIPTION: Fields = {"url": Field(any_text, required=True), "tables": Field(strings, required=True)}

Rows = dict[tuple[str, ...], Row]


@dataclass
class Subscription:
    """``seen``: what the tables held when they were last looked at."""

    url: str
    tables: tuple[str, ...]
    seen: dict[str, Rows] = field(default_factory=dict)


class EventHub:
    """Fire and forget: no retry is promised."""

    def __init__(self) -> None:
        self._poster = Poster()
        self.clear()

    def clear(self) -> None:
        self._subscriptions: list[Subscription] = []

    def subscribe(self, books: Books, body: Any) -> dict[str, Any]:
        """``{"url", "tables"}``, as CMS045 and CMS049 say it. Raises the control surface's 400."""
        told = read_members(_SUBSCRIPTION, body, complete=True)
        tables = tuple(choice(*KEYS)(table) for table in told["tables"])
        seen = {table: _rows(books, table) for table in tables}
        self._subscriptions.append(Subscription(told["url"], tables, seen))
        return told

    def tell(self, books: Books) -> None:
        """What has been written since the last time."""
        for subscription in self._subscriptions:
            for table in subscription.tables:
                rows = _rows(books, table)
                for message in _differences(table, subscription.seen[table], rows):
                    self._poster.post(subscription.url, message)
                subscription.seen[table] = rows


def _rows(books: Books, table: str) -> Rows:
    _, read = FILES[table]
    return {
        tuple(row[name] for name in KEYS[table]): {name: row[name] for name in row if name[0] not in "_!"}
        for row in read(books)
    }


def _differences(table: str, before: Rows, after: Rows) -> list[dict[str, Any]]:
    """Tables that lean on each other are told in the order of the subscription."""
    return [
        _message(table, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _message(table: str, old: Row | None, new: Row | None) -> dict[str, Any]:
    operation = "CREATE" if old is None else "DELETE" if new is None else "UPDATE"
    shown = new or old or {}
    return {
        "publisher": "M3",
        "documentName": table,
        "operation": operation,
        "elements": [
            {"name": name, "value": value, "oldValue": (old or {}).get(name, "")}
            for name, value in shown.items()
        ],
    }
