"""Which of an item's list prices counts (Infor API contract C.5: SLItemprices)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from streak_infor_orchestration.infor.syteline.collection import key_in
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.internal import amount


class Price(NamedTuple):
    amount: Decimal | None
    currency: str


def newest(rows: Iterable[Row], level: str, currency: str) -> Mapping[str, Price]:
    """By item: the latest in `currency` where there is one in it, else the latest of all. One that is no number is as
    good as none: the deal then states its price."""
    best: dict[str, tuple[tuple[bool, str], Price]] = {}
    for row in rows:
        told, price = key_in(row, "CurrCode"), amount(row.get(level))
        rank = (told == currency, key_in(row, "EffectDate"))
        item = key_in(row, "Item")
        if price is not None and (item not in best or rank > best[item][0]):
            best[item] = (rank, Price(price, told))
    return {item: price for item, (_, price) in best.items()}
