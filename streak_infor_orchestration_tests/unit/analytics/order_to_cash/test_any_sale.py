"""Whatever is sold, delivered, invoiced and paid: no cent is without a cause."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration_tests.unit.analytics.order_to_cash.business import (
    DIGITS,
    Sale,
    Sold,
    kept,
    merged,
)
from streak_infor_orchestration_tests.unit.analytics.rows import opened

MOST = 25
"""Sales of one example: a look at the tables costs more than a sale."""


def amounts(most: int, decimals: int) -> st.SearchStrategy[str]:
    return st.integers(0, most * 10**decimals).map(lambda n: str(Decimal(n).scaleb(-decimals)))


@st.composite
def lines(draw: st.DrawFn, currency: str) -> Sold:
    quantity = draw(st.integers(1, 40))
    price = draw(amounts(2_000, 4))
    most = int(quantity * Decimal(price))
    return Sold(
        sku=draw(st.sampled_from("ABC")),
        quantity=str(quantity),
        price=price,
        discount=draw(amounts(min(most, 50), DIGITS[currency])),
        taxed=draw(st.sampled_from(["0", "0.07", "0.19", "0.0825"])),
        asked_price=draw(st.sampled_from(["", price]) | amounts(2_000, 4)),
        asked_quantity=draw(st.sampled_from(["", str(quantity + 1)])),
    )


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    currency = draw(st.sampled_from(list(DIGITS)))
    sold = draw(st.lists(lines(currency), min_size=1, max_size=4))
    left = [int(one.quantity) for one in sold]
    bills = []
    for _ in range(draw(st.integers(0, 3))):
        bill = [draw(st.integers(0, most)) for most in left]
        left = [most - part for most, part in zip(left, bill, strict=True)]
        bills.append(tuple(map(str, bill)))
    gone = [int(one.quantity) - draw(st.integers(0, most)) for one, most in zip(sold, left, strict=True)]
    money = st.tuples(st.integers(0, max(len(bills) - 1, 0)), amounts(9_000, DIGITS[currency]))
    settled = st.lists(money, max_size=3).map(tuple) if bills else st.just(())
    return Sale(
        currency=currency,
        lines=tuple(sold),
        freight=draw(amounts(99, DIGITS[currency])),
        bills=tuple(bills),
        delivered=tuple(map(str, gone)),
        paid=draw(settled),
        credited=draw(settled),
        status=draw(st.sampled_from(["Open", "Shipped", "Completed", "Cancelled"])),
        rates={1: "0.913"},
    )


@settings(max_examples=8, deadline=None)
@given(st.lists(sales(), min_size=1, max_size=MOST))
def test_no_cent_is_without_a_cause(several: list[Sale]) -> None:
    numbered = [replace(one, number=f"SO-{n}") for n, one in enumerate(several)]
    with TemporaryDirectory() as folder:
        rows = kept(opened(Path(folder)), merged(*(one.tables() for one in numbered)))
    for one in numbered:
        expected = one.expected()
        assert {name: rows[one.number][name] for name in expected} == expected, one
