"""What the ERP sells and at what exchange rates, remembered for five minutes per process."""

import threading
from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime, timedelta
from typing import TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.mapping.exchange import Pair, paths

_LIFE = timedelta(minutes=5)
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
        self._lock = threading.Lock()

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        """Those that exist, by SKU."""
        return self._remembered(self._products, skus, self._erp.products)

    def named(self, names: Collection[str]) -> dict[str, tuple[Product, ...]]:
        """All products that bear each of the names, in any case."""
        return self._remembered(self._named, names, self._fetch_named)

    def rates(self, pairs: Collection[Pair], pivot: str, day: date) -> tuple[ExchangeRate, ...]:
        """What converts each pair at `day`: at once, or over the `pivot`, whichever the ERP has, either way round."""
        found: dict[Pair, ExchangeRate] = {}
        for base, quote in pairs:
            for path in paths(base, quote, pivot):
                steps = [self._either_way(pair, day) for pair in path]
                if all(steps):
                    found |= {(rate.base, rate.quote): rate for rate in steps if rate is not None}
                    break
        return tuple(found.values())

    def _either_way(self, pair: Pair, day: date) -> ExchangeRate | None:
        for way in (pair, (pair[1], pair[0])):
            known = self._remembered(self._rates, [(way, day)], self._fetch_rates)
            if known:
                return known[way, day]
        return None

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
    ) -> dict[K, V]:
        fresh = self._clock.now() - _LIFE
        with self._lock:
            found = {key: known[key][1] for key in keys if key in known and known[key][0] > fresh}
        missing = [key for key in keys if key not in found]
        if missing:
            asked = fetch(missing)
            with self._lock:
                known.update({key: (self._clock.now(), value) for key, value in asked.items()})
            found |= asked
        return found
