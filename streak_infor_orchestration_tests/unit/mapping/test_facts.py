"""Every fact that a rule of `write_back:` may name is told once the ERP knows it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.config.vocabulary import CUSTOMER_FACTS, INVOICE_FACTS, ORDER_FACTS
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import OrderedLine, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.mapping.facts import (
    Money,
    customer_facts,
    fact_text,
    invoice_facts,
    order_facts,
)

DAY, LATER = date(2026, 3, 2), date(2026, 4, 1)
ORDER = SalesOrder(
    id="SO-1", reference="R", customer_id="C-1", currency="EUR", total=Decimal("10.5"), tracking="1Z9",
    lines=(OrderedLine(sku="A", quantity=Decimal(5), price=Decimal("1.7"), delivered=Decimal("2.0")),),
    status=OrderStatus.SHIPPED, payment_status="Paid", order_date=DAY, requested_date=LATER, description="Spring",
    shipping_method="UPS", salesperson="Ada", freight=Decimal(2), custom={"Track": "T-1", "None": ""},
)  # fmt: skip
CUSTOMER = Customer(
    id="C-1", name="Granite", email="a@granite.example", phone="+493012", tax_id="DE1", status="Active",
    payment_terms="N30", credit_limit=Decimal(500), credit_hold=True, salesperson="Bo", currency="JPY",
    custom={"Tier": "A"},
)  # fmt: skip


def invoice(**changed: Any) -> Invoice:
    about: dict[str, Any] = {
        "id": "INV-1", "order_id": "SO-1", "customer_id": "C-1", "currency": "EUR", "total": Decimal(9),
        "paid": Decimal(4), "balance": Decimal(5), "status": "Open", "invoice_date": DAY, "due_date": LATER,
    }  # fmt: skip
    return Invoice(**about | changed)


def test_of_an_order_all_is_told_that_may_be_asked_for() -> None:
    facts = order_facts(ORDER)
    assert {name: str(fact) for name, fact in facts.items()} == {
        "order.id": "SO-1",
        "order.status": "Shipped",
        "order.total": "10.50 EUR",
        "order.currency": "EUR",
        "order.payment_status": "Paid",
        "order.order_date": "2026-03-02",
        "order.requested_date": "2026-04-01",
        "order.description": "Spring",
        "order.shipping_method": "UPS",
        "order.salesperson": "Ada",
        "order.freight": "2.00 EUR",
        "order.delivered": "2 of 5",
        "order.tracking": "1Z9",
        "order.custom.Track": "T-1",
    }
    assert set(ORDER_FACTS) <= facts.keys()


def test_of_a_customer_too() -> None:
    facts = customer_facts(CUSTOMER)
    assert {name: fact_text(fact) for name, fact in facts.items()} == {
        "customer.id": "C-1",
        "customer.name": "Granite",
        "customer.email": "a@granite.example",
        "customer.phone": "+493012",
        "customer.tax_id": "DE1",
        "customer.status": "Active",
        "customer.payment_terms": "N30",
        "customer.credit_limit": "500 JPY",
        "customer.credit_hold": "yes",
        "customer.salesperson": "Bo",
        "customer.custom.Tier": "A",
    }
    assert set(CUSTOMER_FACTS) <= facts.keys()


def test_of_invoices_too() -> None:
    facts = invoice_facts((invoice(number="2026/7"),))
    assert {name: fact_text(fact) for name, fact in facts.items()} == {
        "invoice.id": "INV-1",
        "invoice.number": "2026/7",
        "invoice.total": "9.00 EUR",
        "invoice.balance": "5.00 EUR",
        "invoice.paid": "4.00 EUR",
        "invoice.payment_status": "PartiallyPaid",
        "invoice.invoice_date": "2026-03-02",
        "invoice.due_date": "2026-04-01",
        "invoice.credited": "0.00 EUR",
        "invoice.overpaid": "0.00 EUR",
    }
    assert set(INVOICE_FACTS) == facts.keys()


def test_what_is_not_known_is_not_told() -> None:
    bare = Customer(id="C-1", name="Granite")
    assert set(customer_facts(bare)) == {"customer.id", "customer.name", "customer.credit_hold"}
    assert set(invoice_facts((invoice(invoice_date=None, due_date=None),))).isdisjoint(
        {"invoice.invoice_date", "invoice.due_date"}
    )


def test_the_day_is_the_last_ones_and_what_is_due_the_first_that_is_not_paid() -> None:
    paid = invoice(due_date=DAY, balance=Decimal(0))
    open_ = invoice(id="INV-2", invoice_date=LATER)
    assert invoice_facts((open_, paid))["invoice.invoice_date"] == LATER
    assert invoice_facts((open_, paid))["invoice.due_date"] == LATER
    assert invoice_facts((paid, invoice(id="INV-2", balance=Decimal(0))))["invoice.due_date"] == LATER
    assert invoice_facts((invoice(id="INV-3"), invoice(due_date=DAY)))["invoice.due_date"] == DAY


@pytest.mark.parametrize(
    ("money", "shown"),
    [(Money(Decimal("1.006"), "EUR"), "1.01 EUR"), (Money(Decimal("3.4"), "JPY"), "3 JPY")],
)
def test_money_has_its_currencys_decimals(money: Money, shown: str) -> None:
    assert str(money) == fact_text(money) == shown
