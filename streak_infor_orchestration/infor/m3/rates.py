"""Exchange rates (Infor API contract, B.8: CRS175MI LstCurrRates, CRS055MI LstRatesPerType).

M3 keeps the rate of each currency to the division's own: between two others it is worked out through that one.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import Row, day, number, text

_RATE = "CUCD CUTD ARAT LOCD DMCU RAFA"
_DIGITS = 12
"""Significant digits of a rate that is worked out."""


def listed(mi: Mi) -> Iterator[Sequence[ExchangeRate]]:
    """All rates of the configured type to the division's currency, by currency and day."""
    yield sorted(of_currencies(mi, currencies(mi)), key=lambda rate: rate.id)


def currencies(mi: Mi) -> list[str]:
    """That have a rate. Which of the two that a row names is the division's own, Infor does not say: asked for its
    rates, that one has none."""
    rows = mi.rows("CRS175MI", MiCall("LstCurrRates", {"CRTP": str(mi.section.rate_type)}, "CUC1 CUC2"))
    named = (text(row, code) for row in rows for code in ("CUC1", "CUC2"))
    return list(dict.fromkeys(filter(None, named)))


def of_currencies(mi: Mi, wanted: Sequence[str]) -> list[ExchangeRate]:
    """Every dated rate of these currencies."""
    kind = str(mi.section.rate_type)
    calls = [MiCall("LstRatesPerType", {"CUCD": currency, "CRTP": kind}, _RATE) for currency in wanted]
    return [rate_of(mi, row) for rows in mi.all("CRS055MI", calls) for row in rows]


def rate_of(mi: Mi, row: Row) -> ExchangeRate:
    """Of one unit of the currency. `RAFA` is how many units M3's rate is for; whether it multiplies or divides is told
    by `DMCU`. Raises ValueError for what is no rate."""
    base, quote, said = text(row, "CUCD"), text(row, "LOCD"), day(row, "CUTD")
    told, units = number(row, "ARAT"), number(row, "RAFA") or Decimal(1)
    if not (base and quote and said and told):
        raise ValueError("a rate without currency, day or value")
    divides = text(row, "DMCU") in mi.section.dividing_rates
    rate = units / told if divides else told / units
    return ExchangeRate(
        id=f"{base}:{quote}:{said.isoformat()}", base=base, quote=quote, day=said, rate=_short(rate)
    )


def latest(mi: Mi, base: str, quote: str, on: date) -> ExchangeRate | None:
    """The latest on or before the day; worked out through the division's currency, it is of the older of both days."""
    if not (base and quote) or base == quote:
        return None
    known = of_currencies(mi, [base, quote])
    to_local = {c: _newest([r for r in known if r.base == c and r.day <= on]) for c in (base, quote)}
    ours, theirs = to_local[base], to_local[quote]
    if ours is not None and ours.quote == quote:
        return ours
    if theirs is not None and theirs.quote == base:
        return _made(base, quote, theirs.day, 1 / theirs.rate)
    if ours is None or theirs is None or ours.quote != theirs.quote:
        return None
    return _made(base, quote, min(ours.day, theirs.day), ours.rate / theirs.rate)


def find(mi: Mi, rate_id: str) -> ExchangeRate | None:
    base, _, _ = rate_id.partition(":")
    return next((rate for rate in of_currencies(mi, [base]) if rate.id == rate_id), None)


def _newest(rates: Sequence[ExchangeRate]) -> ExchangeRate | None:
    return max(rates, key=lambda rate: rate.day, default=None)


def _made(base: str, quote: str, on: date, rate: Decimal) -> ExchangeRate:
    return ExchangeRate(
        id=f"{base}:{quote}:{on.isoformat()}", base=base, quote=quote, day=on, rate=_short(rate)
    )


def _short(rate: Decimal) -> Decimal:
    return Decimal(f"{rate:.{_DIGITS}g}")
