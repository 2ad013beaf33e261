"""The company the twin plays: every record of every collection, its number ranges and its time."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from streak_infor_orchestration.twins.erp.problems import FieldError, Problem
from streak_infor_orchestration.twins.erp.values import instant_text
from streak_infor_orchestration.twins.harness import Now
from streak_infor_orchestration.twins.infor.contract import COLLECTIONS, Collection
from streak_infor_orchestration.twins.infor.table import Record, Table

FIRST_NUMBER = 100_001


class Company:
    """All state of the business. Hold :attr:`lock` while committing; every write stamps ``ModifiedAt``."""

    def __init__(self, now: Now) -> None:
        self.lock = threading.RLock()
        self._now = now
        self._pinned: datetime | None = None
        self.clear()

    def clear(self) -> None:
        self.tables = {name: _table(collection) for name, collection in COLLECTIONS.items()}
        self.shipped_orders: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def now(self) -> datetime:
        return self._pinned or self._now()

    def today(self) -> str:
        return self.now().date().isoformat()

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Within it, the company's time is ``moment``: for what happened earlier and is recorded only now."""
        self._pinned = moment
        try:
            yield
        finally:
            self._pinned = None

    def number(self, prefix: str) -> str:
        """The next key of a number range: ``SO-100001``."""
        self._numbers[prefix] += 1
        return f"{prefix}-{FIRST_NUMBER - 1 + self._numbers[prefix]}"

    def get(self, collection: str, key: str | None) -> Record | None:
        return self.tables[collection].get(key) if key is not None else None

    def insert(self, collection: str, record: Record) -> Record:
        at = instant_text(self.now())
        complete = {**record, "CreatedAt": at, "ModifiedAt": at}
        self.tables[collection].put(complete)
        return complete

    def update(self, collection: str, record: Record, changes: dict[str, Any]) -> Record:
        """A new version of ``record``, whose ``ModifiedAt`` never goes back."""
        at = max(instant_text(self.now()), record["ModifiedAt"])
        changed = {**record, **changes, "ModifiedAt": at}
        self.tables[collection].put(changed)
        return changed

    def customer(self, key: str) -> Record:
        """Raises 422 ``unknown_customer``."""
        customer = self.get("customers", key)
        if customer is None:
            raise unknown("unknown_customer", "CustomerID", key)
        return customer


def unknown(code: str, field: str, key: str) -> Problem:
    """422: a member refers to a record that does not exist."""
    return Problem(
        422, code, f"{field} {key} does not exist", [FieldError(field, "unknown", "does not exist")]
    )


def _table(collection: Collection) -> Table:
    filters = collection.filters.values()
    return Table(
        collection.key,
        [f.member for f in filters if not f.any_case],
        [f.member for f in filters if f.any_case],
    )
