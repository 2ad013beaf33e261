"""The company the twin plays: every table, its number ranges, its people's doings and its time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import partial
from typing import Any

from streak_infor_orchestration.twins.erp.money import rounded
from streak_infor_orchestration.twins.harness import Now
from streak_infor_orchestration.twins.syteline.event_handlers import EventHandlers
from streak_infor_orchestration.twins.syteline.ido import Ido
from streak_infor_orchestration.twins.syteline.idos import idos
from streak_infor_orchestration.twins.syteline.kinds import Key
from streak_infor_orchestration.twins.syteline.numbers import Numbers
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.settings import Settings
from streak_infor_orchestration.twins.syteline.table import Record, Table
from streak_infor_orchestration.twins.syteline.totals import ZERO, charges, line_net, lines_net
from streak_infor_orchestration.twins.syteline.widths import Widths

INDEXED = {
    "customer": ("CrmGuid", "Name"),
    "co": ("CustNum", "CustPo", "ExternalConfirmationRef"),
    "inv_hdr": ("CoNum", "CustNum"),
    "artran": ("InvNum", "ApplyToInvNum", "CoNum"),
}
WAREHOUSES = ("MAIN", "100", "200")
CREDITS = ("P", "C")
"""Types of SLArtrans rows that lower what a customer owes."""


class Company:
    """All state of the business. Hold :attr:`lock` while committing. ``zone``: the server's local time."""

    currency = "EUR"
    site = "MAIN"

    def __init__(self, now: Now, zone: tzinfo, widths: Widths, settings: Settings) -> None:
        self._now = now
        self._zone = zone
        self.keys = {
            "CustNum": Key(widths.customer),
            "CoNum": Key(widths.order),
            "InvNum": Key(widths.invoice),
            "VendNum": Key(widths.vendor),
            "EmpNum": Key(widths.employee),
        }
        self.idos = idos(self.keys)
        self._settings = settings
        self.lock = threading.RLock()
        self._pinned: datetime | None = None
        self.events = EventHandlers()
        self.clear()

    def clear(self) -> None:
        self.events.clear()
        self.settings = self._settings
        self.numbers = Numbers()
        self.tax_rates: dict[str, Decimal] = {}
        self.tables: dict[str, Table] = {}
        for ido in self.idos.values():
            if ido.table not in self.tables:
                self.tables[ido.table] = Table(
                    ido.table, ido.keys, INDEXED.get(ido.table, ()), partial(self._written, ido)
                )

    def _written(self, ido: Ido, row: Record, is_new: bool) -> None:
        if self.events.wants(ido.name):
            texts = {name: kind.write(row.get(name)) for name, kind in ido.properties.items()}
            self.events.tell(ido.name, texts, is_new)

    def moment(self) -> datetime:
        """Now, aware."""
        return self._pinned or self._now()

    def now(self) -> datetime:
        """Now by the server's clock on the wall, without a zone, as RecordDate has it."""
        return self.moment().astimezone(self._zone).replace(tzinfo=None)

    def today(self) -> datetime:
        return self.now().replace(hour=0, minute=0, second=0, microsecond=0)

    def aware(self, stamp: datetime) -> datetime:
        return stamp.replace(tzinfo=self._zone)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Within it, the company's time is ``moment``: for what happened earlier and is recorded only now."""
        self._pinned = moment
        try:
            yield
        finally:
            self._pinned = None

    def ido(self, name: str) -> Ido:
        """Raises Refusal."""
        if name not in self.idos:
            raise Refusal(f"IDO not found: {name}", "unknown_ido")
        return self.idos[name]

    def table(self, ido: Ido) -> Table:
        return self.tables[ido.table]

    def insert(self, table: str, **values: Any) -> Record:
        return self.tables[table].insert(values, self.now())

    def update(self, table: str, row: Record, changes: Record) -> Record:
        return self.tables[table].update(row, changes, self.now())

    def lines(self, order: Any) -> list[Record]:
        return self.tables["coitem"].where(CoNum=order["CoNum"])

    def total(self, order: Any) -> Decimal:
        """What the order amounts to with everything."""
        return self.net(order) + charges(order)

    def net(self, order: Any) -> Decimal:
        nets = [line_net(line, order["CurrCode"]) for line in self.lines(order)]
        return lines_net(order, nets)

    def tax(self, order: Any) -> Decimal:
        """By the lines' tax codes."""
        rates = ((line, self.tax_rates.get(line["TaxCode1"] or "", ZERO)) for line in self.lines(order))
        taxes = (rounded(line_net(line, order["CurrCode"]) * rate, order["CurrCode"]) for line, rate in rates)
        return sum(taxes, ZERO)

    def signed(self, item: Any) -> Decimal:
        """An open item's amount as it changes what the customer owes, whatever sign it is kept with."""
        names = ("Amount", "SalesTax", "Freight", "MiscCharges")
        amount = sum((item[name] or ZERO for name in names), ZERO)
        return -amount if item["Type"] in CREDITS and not self.settings.payments_negative else amount
