"""Currency conversion by the ERP's dated rates, and which of them were applied."""

from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal

from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.domain.money import plain, round_money
from streak_infor_orchestration.domain.order import AppliedRate

_PRECISE = Context(prec=40)
_HIGHEST = Decimal(10) ** 7
"""A rate beyond it, or below its inverse, makes no sense: it is none."""
Pair = tuple[str, str]


def paths(base: str, quote: str, pivot: str) -> tuple[tuple[Pair, ...], ...]:
    """The ways from `base` to `quote`, the best first: at once, or over the company's currency."""
    if pivot in (base, quote):
        return (((base, quote),),)
    return (((base, quote),), ((base, pivot), (pivot, quote)))


class Converter:
    """Converts for one order. A rate that is kept the other way round counts too; one from before `since` does not."""

    def __init__(
        self, rates: Iterable[ExchangeRate | AppliedRate], pivot: str, since: date | None = None
    ) -> None:
        self._rates = {
            (rate.base, rate.quote): rate for rate in rates if 1 / _HIGHEST <= rate.rate <= _HIGHEST
        }
        self._pivot = pivot
        self._since = since
        self._applied: dict[Pair, AppliedRate] = {}

    @property
    def applied(self) -> tuple[AppliedRate, ...]:
        return tuple(self._applied[pair] for pair in sorted(self._applied))

    @property
    def stamp(self) -> str:
        """What was applied, for people: "EUR/USD 1.0850 of 2026-03-02"."""
        return "; ".join(f"{r.base}/{r.quote} {plain(r.rate)} of {r.day.isoformat()}" for r in self.applied)

    def convert(self, amount: Decimal, base: str, quote: str) -> Decimal | None:
        """Rounded to the minor unit of `quote`; None without a rate, see `lacking`."""
        if base == quote:
            return amount
        for path in paths(base, quote, self._pivot):
            steps = [self._step(pair) for pair in path]
            found = [step for step in steps if step is not None]
            if len(found) < len(steps):
                continue
            for rate, forward in found:
                self._applied[rate.base, rate.quote] = AppliedRate(
                    base=rate.base, quote=rate.quote, day=rate.day, rate=rate.rate
                )
                amount = (_PRECISE.multiply if forward else _PRECISE.divide)(amount, rate.rate)
            return round_money(amount, quote)
        return None

    def lacking(self, base: str, quote: str) -> str:
        """Why `base` cannot be converted to `quote`, as a sentence for people."""
        old = sorted(
            f"{rate.base}/{rate.quote} of {rate.day.isoformat()}"
            for path in paths(base, quote, self._pivot)
            for pair in path
            for way in (pair, _turned(pair))
            if (rate := self._rates.get(way)) and not self._counts(rate)
        )
        if not old:
            return f"the ERP has no exchange rate from {base} to {quote} for the day"
        return f"the ERP's last exchange rate from {base} to {quote} is too old: {', '.join(old)}"

    def _step(self, pair: Pair) -> tuple[ExchangeRate | AppliedRate, bool] | None:
        for way in (pair, _turned(pair)):
            if (rate := self._rates.get(way)) and self._counts(rate):
                return rate, way == pair
        return None

    def _counts(self, rate: ExchangeRate | AppliedRate) -> bool:
        return self._since is None or rate.day >= self._since


def _turned(pair: Pair) -> Pair:
    return pair[1], pair[0]
