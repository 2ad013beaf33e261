"""What the ERP sells, and what its people maintain beside it, remembered for five minutes per process."""

import threading
from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime, timedelta
from typing import TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.master_data import ExchangeRate, GLAccount, Vendor
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.mapping.exchange import Pair, paths
from streak_infor_orchestration.streak.models import User

_LIFE = timedelta(minutes=5)
_STOCK_LIFE = timedelta(seconds=30)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Catalogue:
    """Thread-safe. What the ERP does not have is asked for every time."""

    def __init__(self, erp: Erp, clock: Clock) -> None:
        self._erp = erp
        self._clock = clock
        self._products: dict[str, tuple[datetime, Product]] = {}
        self._named: dict[str, tuple[datetime, tuple[Product, ...]]] = {}
        self._rates: dict[tuple[Pair, date], tuple[datetime, ExchangeRate]] = {}
        self._accounts: dict[str, tuple[datetime, GLAccount]] = {}
        self._vendors: dict[str, tuple[datetime, tuple[Vendor, ...]]] = {}
        self._stock: dict[str, tuple[datetime, tuple[InventoryItem, ...]]] = {}
        self._salespeople: dict[str, tuple[datetime, str]] = {}
        self._lock = threading.Lock()

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        """Those that exist, by SKU."""
        return self._remembered(self._products, skus, self._erp.products)

    def named(self, names: Collection[str]) -> dict[str, tuple[Product, ...]]:
        """All products that bear each of the names, in any case."""
        return self._remembered(self._named, names, self._fetch_named)

    def rates(self, pairs: Collection[Pair], pivot: str, day: date, since: date) -> tuple[ExchangeRate, ...]:
        """What converts each pair at `day`: at once, or over the `pivot`, whichever the ERP has, either way round.
        Rates from before `since` only where there are no others: they convert nothing, but people are told of them."""
        found: dict[Pair, ExchangeRate] = {}
        for base, quote in pairs:
            best: list[ExchangeRate] = []
            for path in paths(base, quote, pivot):
                steps = [self._either_way(pair, day, since) for pair in path]
                whole = [rate for rate in steps if rate is not None]
                if len(whole) < len(steps):
                    continue
                fresh = all(rate.day >= since for rate in whole)
                best = whole if fresh else best or whole
                if fresh:
                    break
            found |= {(rate.base, rate.quote): rate for rate in best}
        return tuple(found.values())

    def accounts(self, numbers: Collection[str]) -> dict[str, GLAccount] | None:
        """Those that exist, by number; None where the ERP keeps no accounts that could be asked for."""
        try:
            return self._remembered(self._accounts, numbers, self._fetch_accounts)
        except Misconfigured as error:
            if error.code != SetupCode.NO_SUCH_ENTITY:
                raise
            return None

    def vendors(self, asked: Collection[str]) -> dict[str, tuple[Vendor, ...]]:
        """By number, else all that bear the name."""
        return self._remembered(self._vendors, asked, self._fetch_vendors)

    def stock(self, skus: Collection[str]) -> dict[str, tuple[InventoryItem, ...]]:
        """Remembered for half a minute only: it changes with every order."""
        return self._remembered(self._stock, skus, self._erp.inventory, _STOCK_LIFE)

    def salesperson(self, creator: str, user: Callable[[str], User | None]) -> str:
        """The employee who has the e-mail address of Streak's user with the key `creator`, "" for none: by number."""

        def fetch(keys: Collection[str]) -> dict[str, str]:
            people = {key: user(key) for key in keys}
            return {key: self._employee(person.email if person else "") for key, person in people.items()}

        return self._remembered(self._salespeople, [creator], fetch)[creator] if creator else ""

    def _employee(self, email: str) -> str:
        employee = self._erp.find_employee(email) if email else None
        return employee.id if employee is not None and employee.active else ""

    def _fetch_accounts(self, numbers: Collection[str]) -> dict[str, GLAccount]:
        found = {number: self._erp.record("gl_accounts", number) for number in numbers}
        return {number: account for number, account in found.items() if isinstance(account, GLAccount)}

    def _fetch_vendors(self, asked: Collection[str]) -> dict[str, tuple[Vendor, ...]]:
        found = {}
        for text in asked:
            numbered = self._erp.record("vendors", text)
            found[text] = (numbered,) if isinstance(numbered, Vendor) else self._vendors_named(text)
        return {text: vendors for text, vendors in found.items() if vendors}

    def _vendors_named(self, name: str) -> tuple[Vendor, ...]:
        pages = self._erp.records("vendors", where={"name": name})
        return tuple(vendor for page in pages for vendor in page if isinstance(vendor, Vendor))

    def _either_way(self, pair: Pair, day: date, since: date) -> ExchangeRate | None:
        old: ExchangeRate | None = None
        for way in (pair, (pair[1], pair[0])):
            rate = self._remembered(self._rates, [(way, day)], self._fetch_rates).get((way, day))
            if rate is not None and rate.day >= since:
                return rate
            old = old or rate
        return old

    def _fetch_rates(self, asked: Collection[tuple[Pair, date]]) -> dict[tuple[Pair, date], ExchangeRate]:
        rates = {(pair, day): self._erp.exchange_rate(*pair, day) for pair, day in asked}
        return {key: rate for key, rate in rates.items() if rate is not None}

    def _fetch_named(self, names: Collection[str]) -> dict[str, tuple[Product, ...]]:
        found = {
            name: tuple(
                product
                for page in self._erp.records("products", where={"description": name})
                for product in page
                if isinstance(product, Product)
            )
            for name in names
        }
        return {name: products for name, products in found.items() if products}

    def _remembered(
        self,
        known: dict[K, tuple[datetime, V]],
        keys: Collection[K],
        fetch: Callable[[Collection[K]], dict[K, V]],
        life: timedelta = _LIFE,
    ) -> dict[K, V]:
        fresh = self._clock.now() - life
        with self._lock:
            found = {key: known[key][1] for key in keys if key in known and known[key][0] > fresh}
        missing = [key for key in keys if key not in found]
        if missing:
            asked = fetch(missing)
            with self._lock:
                known.update({key: (self._clock.now(), value) for key, value in asked.items()})
            found |= asked
        return found
