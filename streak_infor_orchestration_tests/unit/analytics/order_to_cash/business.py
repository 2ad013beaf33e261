"""A sale as people make it, worked out in fractions, without any of the product's code: what the systems' tables say of
it, and what must come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from streak_infor_orchestration.analytics.derived import derive
from streak_infor_orchestration.analytics.order_to_cash.amounts import DERIVATION
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration_tests.unit.analytics.rows import line, store

DIGITS = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}
Tables = dict[str, list[dict[str, Any]]]


def coins(amount: Fraction, currency: str) -> Decimal:
    """Half to even, as the façade contract has it."""
    unit = 10 ** DIGITS[currency]
    whole, rest = divmod(amount * unit, 1)
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2)
    return Decimal(int(whole) + int(up)).scaleb(-DIGITS[currency])


def exact(text: str | Decimal) -> Fraction:
    return Fraction(Decimal(text))


@dataclass(frozen=True)
class Sold:
    """A line. `taxed`: the tax as a fraction. `asked`: the price the deal asked, where it is another."""

    sku: str
    quantity: str
    price: str
    discount: str = "0"
    taxed: str = "0"
    asked_price: str = ""
    asked_quantity: str = ""

    def net(self, currency: str) -> Decimal:
        return coins(exact(self.quantity) * exact(self.price) - exact(self.discount), currency)

    def tax(self, currency: str) -> Decimal:
        return coins(Fraction(self.net(currency)) * exact(self.taxed), currency)


@dataclass(frozen=True)
class Sale:
    """`bills`: of each invoice how much of each line is on it. `delivered`: of each line, None for what was billed.
    `paid` and `credited`: number of the invoice and amount. `rates`: by day, company currency for one of the order's,
    as the ERP keeps them; orders are of day 1, invoices of day 2, 3, …, money comes on day 20."""

    currency: str
    lines: tuple[Sold, ...]
    freight: str = "0"
    bills: tuple[tuple[str, ...], ...] = ()
    delivered: tuple[str, ...] | None = None
    paid: tuple[tuple[int, str], ...] = ()
    credited: tuple[tuple[int, str], ...] = ()
    status: str = "Open"
    rates: Mapping[int, str] = field(default_factory=dict)
    number: str = "SO-1"

    def amount(self, text: str) -> Decimal:
        return Decimal(text).quantize(Decimal(1).scaleb(-DIGITS[self.currency]), rounding=ROUND_HALF_EVEN)

    @property
    def goods(self) -> Decimal:
        return sum((sold.net(self.currency) for sold in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        return sum((sold.tax(self.currency) for sold in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.goods + self.tax + self.amount(self.freight)

    def parts(self, n: int) -> tuple[Decimal, Decimal, Decimal]:
        """Goods, tax and freight of the n-th invoice."""
        goods = tax = Decimal(0)
        for sold, part in zip(self.lines, self.bills[n], strict=True):
            share = exact(part) / exact(sold.quantity)
            goods += coins(Fraction(sold.net(self.currency)) * share, self.currency)
            tax += coins(Fraction(sold.tax(self.currency)) * share, self.currency)
        return goods, tax, self.amount(self.freight) if n == 0 else Decimal(0)

    def bill(self, n: int) -> Decimal:
        return sum(self.parts(n), Decimal(0))

    def settled(self, n: int, of: tuple[tuple[int, str], ...]) -> Decimal:
        return sum((Decimal(amount) for bill, amount in of if bill == n), Decimal(0))

    @property
    def invoiced(self) -> Decimal:
        return sum((self.bill(n) for n in range(len(self.bills))), Decimal(0))

    def billed(self, position: int) -> Fraction:
        return sum((exact(bill[position]) for bill in self.bills), Fraction(0))

    def gone(self, position: int) -> Fraction:
        return self.billed(position) if self.delivered is None else exact(self.delivered[position])

    def worth(self, position: int, quantity: Fraction) -> Decimal:
        """Of so much of a line, goods and tax each to the coin."""
        sold, share = self.lines[position], quantity / exact(self.lines[position].quantity)
        amounts = (sold.net(self.currency), sold.tax(self.currency))
        return sum((coins(Fraction(amount) * share, self.currency) for amount in amounts), Decimal(0))

    def tables(self) -> Tables:
        ordered = [
            line(
                number=n,
                sku=sold.sku,
                quantity=sold.quantity,
                price=sold.price,
                discount=sold.discount,
                tax=str(sold.tax(self.currency)),
                total=str(sold.net(self.currency)),
                delivered=str(Decimal(self.gone(n - 1).numerator) / self.gone(n - 1).denominator),
                invoiced=str(Decimal(self.billed(n - 1).numerator) / self.billed(n - 1).denominator),
            )
            for n, sold in enumerate(self.lines, 1)
        ]
        asked = [
            line(
                sku=sold.sku,
                quantity=sold.asked_quantity or sold.quantity,
                price=sold.asked_price or sold.price,
            )
            for sold in self.lines
        ]
        of = {"order_id": self.number, "currency": self.currency}
        order = {"id": self.number, "currency": self.currency, "lines": ordered, "status": self.status}
        order |= {"freight": str(self.amount(self.freight)), "tax": None, "total": str(self.total)}
        invoices = []
        for n in range(len(self.bills)):
            goods, tax, freight = self.parts(n)
            paid, credited = self.settled(n, self.paid), self.settled(n, self.credited)
            invoices.append(
                of
                | {
                    "id": f"{self.number}/{n}",
                    "subtotal": str(goods + freight),
                    "tax": str(tax),
                    "freight": str(freight),
                    "total": str(self.bill(n)),
                    "paid": str(paid),
                    "balance": str(self.bill(n) - paid - credited),
                    "invoice_date": f"2026-03-{2 + n:02}",
                }
            )
        return {
            "infor/sales_orders": [order | {"order_date": "2026-03-01"}],
            "ledger/requests": [of | {"box_key": "box", "lines": asked}],
            "ledger/links": [],
            "infor/invoices": invoices,
            "infor/payments": [
                {
                    "id": f"{self.number}/P{n}",
                    "invoice_id": f"{self.number}/{bill}",
                    "currency": self.currency,
                }
                | {"amount": amount, "payment_date": "2026-03-20"}
                for n, (bill, amount) in enumerate(self.paid)
            ],
            "infor/credit_notes": [
                {
                    "id": f"{self.number}/C{n}",
                    "invoice_id": f"{self.number}/{bill}",
                    "currency": self.currency,
                }
                | {"amount": amount, "credit_date": "2026-03-20"}
                for n, (bill, amount) in enumerate(self.credited)
            ],
            "infor/exchange_rates": [
                {"id": f"{self.currency}{day}", "base": self.currency, "quote": "EUR"}
                | {"day": f"2026-03-{day:02}", "rate": rate}
                for day, rate in self.rates.items()
            ],
        }

    def expected(self) -> dict[str, Decimal]:
        """What must come out, in the order's currency."""
        lines = range(len(self.lines))
        ordered = [exact(sold.quantity) for sold in self.lines]
        open_ = [max(ordered[n] - max(self.gone(n), self.billed(n)), Fraction(0)) for n in lines]
        waiting = [max(min(self.gone(n), ordered[n]) - self.billed(n), Fraction(0)) for n in lines]
        asked = sum(
            exact(sold.asked_quantity or sold.quantity) * exact(sold.asked_price or sold.price)
            for sold in self.lines
        )
        paid, credited = (
            sum((Decimal(amount) for _, amount in of), Decimal(0)) for of in (self.paid, self.credited)
        )
        undelivered, uninvoiced = (
            sum((self.worth(n, quantity[n]) for n in lines), Decimal(0)) for quantity in (open_, waiting)
        )
        freight = self.amount(self.freight)
        freight_to_come = Decimal(0) if self.bills else freight
        is_over = self.status in ("Cancelled", "Completed")
        return {
            "asked": Decimal(asked.numerator) / asked.denominator,
            "ordered_discount": -sum((Decimal(sold.discount) for sold in self.lines), Decimal(0)),
            "ordered_tax": self.tax,
            "ordered_freight": freight,
            "ordered": self.total,
            "undelivered": Decimal(0) if is_over else undelivered,
            "uninvoiced": Decimal(0) if is_over else uninvoiced,
            "cancelled": undelivered + uninvoiced if is_over else Decimal(0),
            "invoiced_tax": Decimal(0),
            "invoiced_freight": freight_to_come,
            "invoiced_rounding": self.total - self.invoiced - undelivered - uninvoiced - freight_to_come,
            "invoiced": self.invoiced,
            "credited": credited,
            "paid": paid,
            "balance": self.invoiced - credited - paid,
            **dict.fromkeys(
                ("ordered_unexplained", "invoiced_unexplained", "balance_unexplained", "unexplained"),
                Decimal(0),
            ),
        }


def kept(warehouse: Warehouse, tables: Tables) -> dict[str, dict[str, Any]]:
    """The amounts of these tables, by order."""
    for name, rows in tables.items():
        store(warehouse, name, *rows)
    derive(warehouse, DERIVATION, company="EUR", now=Clock().now())
    handle = warehouse.handle_of("analytics/order_to_cash")
    assert handle is not None
    return {row["order_id"]: row for row in handle.pandas().to_dict("records")}


def merged(*companies: Tables) -> Tables:
    whole: Tables = {}
    for tables in companies:
        for name, rows in tables.items():
            known = {row["id"] for row in whole.get(name, ()) if "id" in row}
            whole.setdefault(name, []).extend(row for row in rows if row.get("id") not in known)
    return whole
