"""What the deal is told about its order and invoices."""

from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.mapping.models import Told
from streak_infor_orchestration_tests.unit.mapping.deals import mapping

ALL_FIELDS = """
  - {field: A, from: order.id}
  - {field: B, from: order.status}
  - {field: C, from: order.total}
  - {field: D, from: order.currency}
  - {field: E, from: order.payment_status}
  - {field: F, from: invoice.id}
  - {field: G, from: invoice.total}
  - {field: H, from: invoice.balance}
  - {field: I, from: invoice.paid}
  - {field: J, from: invoice.payment_status}"""
COMMENTS = """
  - {comment: "Order {order.id} over {order.total}", once: order.created}
  - {comment: "Shipped {order.id}", once: order.shipped}
  - {comment: "Cancelled {order.id}", once: order.cancelled}
  - {comment: "Invoice {invoice.id} for {order.id}: {invoice.total}", once: invoice.created}
  - {comment: "{invoice.paid} paid, {invoice.balance} to go", once: invoice.partially_paid}
  - {comment: "{{{invoice.id}}} is {invoice.payment_status}", once: invoice.paid}"""


def an_order(status: OrderStatus = OrderStatus.OPEN) -> SalesOrder:
    return SalesOrder(
        id="SO-1",
        reference="R",
        customer_id="C",
        currency="EUR",
        lines=(),
        total=Decimal("1299.9"),
        status=status,
        payment_status="Unpaid",
    )


def an_invoice(
    total: str, paid: str, id_: str = "INV-1", status: str = "Open", currency: str = "EUR"
) -> Invoice:
    return Invoice(
        id=id_,
        order_id="SO-1",
        customer_id="C",
        currency=currency,
        total=Decimal(total),
        paid=Decimal(paid),
        balance=Decimal(0) if status == "Credited" else Decimal(total) - Decimal(paid),
        status=status,
    )


def told(*invoices: Invoice, order: SalesOrder | None = None, created_order: bool = True) -> dict[str, str]:
    """Comments by fact."""
    content = Told(order=order, invoices=invoices, created_order=created_order)
    return {remark.fact: remark.text for remark in mapping(write_back=COMMENTS).write_back(content).comments}


def fields(*invoices: Invoice, order: SalesOrder | None = None) -> dict[str, Value]:
    return mapping(write_back=ALL_FIELDS).write_back(Told(order=order, invoices=invoices)).fields


def test_nothing_is_shown_before_there_is_anything() -> None:
    assert fields() == {}
    assert told() == {}


def test_an_order_is_shown() -> None:
    assert fields(order=an_order()) == {
        "A": "SO-1",
        "B": "Open",
        "C": "1299.90 EUR",
        "D": "EUR",
        "E": "Unpaid",
    }


def test_invoices_are_summed_up() -> None:
    shown = fields(an_invoice("100", "100"), an_invoice("50.50", "0", id_="INV-2"))
    assert shown == {
        "F": "INV-1, INV-2",
        "G": "150.50 EUR",
        "H": "50.50 EUR",
        "I": "100.00 EUR",
        "J": "PartiallyPaid",
    }


def test_currencies_are_not_added_up() -> None:
    shown = fields(an_invoice("100", "0"), an_invoice("5000", "0", id_="INV-2", currency="JPY"))
    assert shown["G"] == "100.00 EUR, 5000 JPY"


@pytest.mark.parametrize(
    ("invoices", "status"),
    [
        ([an_invoice("100", "0")], "Unpaid"),
        ([an_invoice("100", "0.01")], "PartiallyPaid"),
        ([an_invoice("100", "100")], "Paid"),
        ([an_invoice("100", "120")], "Paid"),
        ([an_invoice("100", "100"), an_invoice("100", "0")], "PartiallyPaid"),
        ([an_invoice("0", "0")], "Paid"),
        ([an_invoice("100", "0", status="Credited"), an_invoice("100", "0")], "Unpaid"),
        ([an_invoice("100", "0", status="Credited"), an_invoice("100", "100")], "Paid"),
        ([an_invoice("100", "0", status="Credited")], "Credited"),
    ],
)
def test_the_payment_status_comes_from_the_invoices(invoices: list[Invoice], status: str) -> None:
    assert fields(*invoices)["J"] == status


def test_an_order_is_told_once_by_its_own_fact() -> None:
    assert told(order=an_order()) == {"order.created:SO-1": "Order SO-1 over 1299.90 EUR"}


def test_an_order_that_was_there_before_is_not_told_as_created() -> None:
    assert told(order=an_order(), created_order=False) == {}


@pytest.mark.parametrize(
    ("status", "fact"),
    [(OrderStatus.SHIPPED, "order.shipped:SO-1"), (OrderStatus.CANCELLED, "order.cancelled:SO-1")],
)
def test_what_happens_to_an_order_is_told(status: OrderStatus, fact: str) -> None:
    assert set(told(order=an_order(status))) == {"order.created:SO-1", fact}


def test_each_invoice_is_told() -> None:
    assert told(
        an_invoice("100", "0"), an_invoice("50", "0", id_="INV-2"), order=an_order(), created_order=False
    ) == {
        "invoice.created:INV-1": "Invoice INV-1 for SO-1: 100.00 EUR",
        "invoice.created:INV-2": "Invoice INV-2 for SO-1: 50.00 EUR",
    }


def test_each_part_payment_is_told_by_what_is_paid_so_far() -> None:
    first, second = told(an_invoice("300", "150")), told(an_invoice("300", "200.5"))
    assert first["invoice.partially_paid:INV-1:150.00"] == "150.00 EUR paid, 150.00 EUR to go"
    assert second["invoice.partially_paid:INV-1:200.50"] == "200.50 EUR paid, 99.50 EUR to go"


def test_a_fact_does_not_depend_on_how_many_zeros_the_erp_sends() -> None:
    assert set(told(an_invoice("300", "150"))) == set(told(an_invoice("300.00", "150.0")))


def test_the_last_payment_is_told() -> None:
    assert told(an_invoice("300", "300"))["invoice.paid:INV-1"] == "{INV-1} is Paid"
    assert "invoice.paid:INV-1" not in told(an_invoice("300", "0", status="Credited"))


def test_the_same_facts_give_the_same_comments_for_ever() -> None:
    assert told(an_invoice("300", "150"), order=an_order()) == told(
        an_invoice("300", "150"), order=an_order()
    )
