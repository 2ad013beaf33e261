"""All that this company has in its M3: the files, the number series, the time. Field names are M3's."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from streak_infor_orchestration.twins.erp.values import instant_text
from streak_infor_orchestration.twins.harness import Now
from streak_infor_orchestration.twins.m3.dates import BOOKS
from streak_infor_orchestration.twins.m3.habits import Habits
from streak_infor_orchestration.twins.m3.order import OrderFile
from streak_infor_orchestration.twins.m3.table import Row, Table

COMPANY, DIVISION, FACILITY, WAREHOUSE, LOCAL_CURRENCY = "100", "AAA", "100", "100", "EUR"
USER = "MIUSER"

SERIES = {
    "order": ("", 10, 10_000_001),
    "temporary": ("", 10, 54_321),
    "customer": ("C", 5, 10_001),
    "invoice": ("", 9, 100_000_001),
    "voucher": ("", 8, 50_000_001),
    "journal": ("", 7, 1_000_001),
    "delivery": ("", 11, 1_001),
    "job": ("", 8, 1),
}
"""Number series: prefix, digits, first number. Orders and temporary orders have their own (contract, B.6)."""


class Books:
    """Hold :attr:`lock` while looking or committing; every commit stamps its row."""

    def __init__(self, now: Now) -> None:
        self.lock = threading.RLock()
        self._now = now
        self._pinned: datetime | None = None
        self.clear()

    def clear(self) -> None:
        self.habits = Habits()
        self.customers = Table("CUNO")
        self.addresses = Table("CUNO", "ADRT", "ADID")
        self.items = Table("ITNO")
        self.prices = Table("CUNO", "ITNO", "CUCD")
        self.balances = Table("WHLO", "ITNO")
        self.suppliers = Table("SUNO")
        self.employees = Table("EMNO")
        self.accounts = Table("AITP", "AITM")
        self.rates = Table("CUCD", "CRTP", "CUTD")
        self.order_types = Table("ORTP")
        self.facilities = Table("FACI")
        self.warehouses = Table("WHLO")
        self.delivery_methods = Table("MODL")
        self.payment_terms = Table("TEPY")
        self.charges = Table("CRID")
        self.temporary = OrderFile()
        self.orders = OrderFile()
        self.invoices = Table("YEA4", "IVNO", also=(("ORNO",), ("_printed", "YEA4")))
        self.invoice_lines = Table("YEA4", "IVNO", "_n", also=(("YEA4", "IVNO"),))
        self.ledger = Table("YEA4", "JRNO", "JSNO", also=(("CINO", "INYR"),))
        self.held_confirms: list[Row] = []  # what the next Confirms end in, set by a lever
        self.forbidden: set[str] = set()  # programs, or PROGRAM/TRANSACTION, that the user has no right to
        self._numbers: Counter[str] = Counter()

    def now(self) -> datetime:
        return self._pinned or self._now()

    def today(self) -> str:
        return self.now().strftime(BOOKS)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Within it, the company's time is ``moment``: for what happened earlier and is recorded only now."""
        self._pinned = moment
        try:
            yield
        finally:
            self._pinned = None

    def number(self, series: str) -> str:
        """The next of a number series, with its leading zeros, which are significant."""
        prefix, digits, first = SERIES[series]
        self._numbers[series] += 1
        return f"{prefix}{first - 1 + self._numbers[series]:0{digits}}"

    def stamp(self, row: Row) -> Row:
        """Entry and change: by whom, when, how often. ``LMTS`` as the habits say."""
        now = self.now()
        row.setdefault("RGDT", now.strftime(BOOKS))
        row.setdefault("RGTM", now.strftime("%H%M%S"))
        row.setdefault("_made", instant_text(now))
        row["LMDT"] = now.strftime(BOOKS)
        milliseconds = str(int(now.timestamp() * 1000))
        row["LMTS"] = milliseconds if self.habits.stamps_are_milliseconds else f"{now:%Y%m%d%H%M%S%f}"[:18]
        row["CHID"] = USER
        row["CHNO"] = str(int(row.get("CHNO") or 0) % 999 + 1)
        row["_changed"] = max(instant_text(now), row.get("_changed", ""))
        return row

    def is_indexed(self, row: Row) -> bool:
        """Whether the search engine knows the row's newest state by now. Contract, B.9."""
        lag = timedelta(seconds=self.habits.search_seconds)
        return datetime.fromisoformat(row["_changed"]) <= self.now() - lag
