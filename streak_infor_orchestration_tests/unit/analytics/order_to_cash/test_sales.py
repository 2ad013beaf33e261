"""Every cent has a cause, in currencies of none, two and three decimals; a wrong cent has none and is found."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration_tests.unit.analytics.order_to_cash.business import (
    DIGITS,
    Sale,
    Sold,
    Tables,
    coins,
    exact,
    kept,
    merged,
)
from streak_infor_orchestration_tests.unit.analytics.rows import opened

Rows = dict[str, dict[str, Any]]
CENT = {currency: Decimal(1).scaleb(-digits) for currency, digits in DIGITS.items()}


def sale(currency: str, **changed: object) -> Sale:
    """Two part deliveries of three lines, tax, freight and discounts; one invoice is paid in parts, one too much, and
    a part of it is credited. The amounts are such that every division leaves something."""
    coin = CENT[currency]
    whole = Sale(
        currency=currency,
        lines=(
            Sold("BRK-1", "7", str(Decimal("123") * coin * 100 + coin), taxed="0.19"),
            Sold(
                "OIL-5",
                "3",
                str(coin * 3333),
                discount=str(coin * 50),
                taxed="0.07",
                asked_price=str(coin * 3300),
            ),
            Sold("TYR-9", "11", "1.2345", asked_quantity="10"),
        ),
        freight=str(coin * 999),
        bills=(("2", "1", "4"), ("3", "1", "7")),
        delivered=("6", "2", "11"),
        rates={1: "0.9137", 2: "0.9211", 3: "0.91", 15: "0.93335"},
        number=f"SO-{currency}",
    )
    settled = replace(
        whole,
        paid=((0, str(coin * 1000)), (0, str(coin * 501)), (1, str(whole.bill(1)))),
        credited=((1, str(coin * 777)),),
    )
    return replace(settled, **changed)  # type: ignore[arg-type]


SALES = [sale(currency) for currency in DIGITS]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return kept(opened(tmp_path_factory.mktemp("tables")), merged(*(one.tables() for one in SALES)))


@pytest.mark.parametrize("one", SALES, ids=lambda one: one.currency)
def test_each_step_and_each_cause_is_what_it_is_worked_out_to_be(one: Sale, rows: Rows) -> None:
    row = rows[one.number]
    expected = one.expected()
    assert {name: row[name] for name in expected} == expected
    assert row["balance"] < one.bill(0) and one.settled(1, one.paid) + one.settled(
        1, one.credited
    ) > one.bill(1)


@pytest.mark.parametrize("one", SALES, ids=lambda one: one.currency)
def test_the_steps_add_up(one: Sale, rows: Rows) -> None:
    row = rows[one.number]
    causes = ("quantity", "price", "discount", "rounding", "tax", "freight")
    assert row["ordered"] == row["asked"] + sum(row[f"ordered_{cause}"] for cause in causes)
    still = ("undelivered", "uninvoiced", "overdelivered", "cancelled")
    others = ("invoiced_tax", "invoiced_freight", "invoiced_rounding")
    assert row["ordered"] == row["invoiced"] + sum(row[name] for name in (*still, *others))
    assert row["balance"] == row["invoiced"] - row["credited"] - row["paid"]
    priced = (
        exact(sold.quantity) * (exact(sold.price) - exact(sold.asked_price or sold.price))
        for sold in one.lines
    )
    assert exact(row["ordered_price"]) == sum(priced, Fraction(0))
    assert row["ordered_quantity"] == Decimal("1.2345")
    assert abs(row["ordered_rounding"]) <= CENT[one.currency] / 2 * len(one.lines)
    roundings = 2 * len(one.lines) * (len(one.bills) + 1)
    assert abs(row["invoiced_rounding"]) <= CENT[one.currency] / 2 * roundings


@pytest.mark.parametrize("one", SALES, ids=lambda one: one.currency)
def test_in_the_company_s_currency_each_amount_has_the_rate_of_its_day(one: Sale, rows: Rows) -> None:
    rates = {day: Fraction(1) if one.currency == "EUR" else exact(rate) for day, rate in one.rates.items()}
    row = rows[one.number]

    def euros(amounts: list[tuple[Decimal, Fraction]]) -> Decimal:
        return sum((coins(Fraction(amount) * rate, "EUR") for amount, rate in amounts), Decimal(0))

    bills = [(one.bill(n), rates[2 + n]) for n in range(2)]
    paid, credited = ([(Decimal(amount), rates[15]) for _, amount in of] for of in (one.paid, one.credited))
    fx = sum(
        (exact(amount) * (rates[15] - rates[2 + bill]) for bill, amount in (*one.paid, *one.credited)),
        Fraction(0),
    )
    assert row["ordered_company"] == euros([(one.total, rates[1])])
    assert (row["invoiced_company"], row["paid_company"], row["credited_company"]) == tuple(
        map(euros, (bills, paid, credited))
    )
    assert row["paid_fx"] == coins(fx, "EUR") and (row["paid_fx"] != 0) == (one.currency != "EUR")
    assert row["invoiced_fx"] == coins(
        sum((Fraction(total) * (rate - rates[1]) for total, rate in bills), Fraction(0)), "EUR"
    )
    balance = row["invoiced_company"] - row["credited_company"] - row["paid_company"] + row["paid_fx"]
    assert row["balance_company"] - balance == pytest.approx(row["rounding_company"])
    assert row["unexplained_company"] == 0
    assert abs(row["rounding_company"]) <= Decimal("0.005") * (2 + 2 + len(paid) + len(credited) + 1)


def plant(tables: Tables, table: str, field: str, coin: Decimal) -> Tables:
    first, *rest = tables[table]
    if field.startswith("lines."):
        one, *others = first["lines"]
        part = field.removeprefix("lines.")
        planted = first | {"lines": [one | {part: str(Decimal(one[part]) + coin)}, *others]}
    else:
        planted = first | {field: str(Decimal(first[field]) + coin)}
    return tables | {table: [planted, *rest]}


PLACES = [
    ("infor/sales_orders", "total"),
    ("infor/sales_orders", "freight"),
    ("infor/sales_orders", "lines.total"),
    ("infor/sales_orders", "lines.tax"),
    ("infor/sales_orders", "lines.discount"),
    ("infor/invoices", "total"),
    ("infor/invoices", "subtotal"),
    ("infor/invoices", "tax"),
    ("infor/invoices", "balance"),
    ("infor/payments", "amount"),
    ("infor/credit_notes", "amount"),
]


def test_a_wrong_coin_is_found_wherever_it_stands(tmp_path: Path) -> None:
    """In none of the amounts of a sale can one coin be too much or too little; a sale without one is explained."""
    planted, sound = [], []
    for currency in DIGITS:
        for n, (table, field) in enumerate(PLACES):
            for sign in (1, -1):
                one = sale(currency, number=f"{currency} {field} {sign} {n}")
                planted.append(plant(one.tables(), table, field, sign * CENT[currency]))
        sound.append(sale(currency))
    rows = kept(opened(tmp_path), merged(*planted, *(one.tables() for one in sound)))
    found = {number for number, row in rows.items() if row["unexplained"] >= CENT[row["currency"]]}
    assert set(rows) - found == {one.number for one in sound} and len(found) == 4 * 2 * len(PLACES)
