"""What the deal is told about its order and invoices."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.invoice import Invoice, Payment
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.mapping.models import Tellable
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


def told(*invoices: Invoice, order: SalesOrder | None = None) -> dict[str, str]:
    """Comments by fact."""
    content = Tellable(order=order, invoices=invoices)
    return {remark.fact: remark.text for remark in mapping(write_back=COMMENTS).write_back(content).comments}


def fields(*invoices: Invoice, order: SalesOrder | None = None) -> dict[str, Value]:
    return mapping(write_back=ALL_FIELDS).write_back(Tellable(order=order, invoices=invoices)).fields


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


@pytest.mark.parametrize(
    ("status", "fact"),
    [(OrderStatus.SHIPPED, "order.shipped:SO-1"), (OrderStatus.CANCELLED, "order.cancelled:SO-1")],
)
def test_what_happens_to_an_order_is_told(status: OrderStatus, fact: str) -> None:
    assert set(told(order=an_order(status))) == {"order.created:SO-1", fact}


@pytest.mark.parametrize(
    ("status", "passed", "shipped"),
    [
        (OrderStatus.COMPLETED, (), True),
        (OrderStatus.INVOICED, (OrderStatus.SHIPPED,), True),
        (OrderStatus.INVOICED, (OrderStatus.OPEN,), False),
        (OrderStatus.INVOICED, (), False),
    ],
)
def test_what_an_order_has_passed_is_told_in_its_order(
    status: OrderStatus, passed: tuple[OrderStatus, ...], shipped: bool
) -> None:
    """An order may be invoiced without being shipped; it is completed only by both."""
    rules = """
  - {comment: Paid, once: invoice.paid}
  - {comment: Left, once: order.shipped}
  - {comment: New, once: order.created}"""
    content = Tellable(order=an_order(status), invoices=(an_invoice("300", "300"),), passed=frozenset(passed))
    comments = mapping(write_back=rules).write_back(content).comments
    assert [remark.text for remark in comments] == ["New", *(["Left"] if shipped else []), "Paid"]


def test_parts_that_were_paid_between_two_looks_are_told_each_as_it_stood() -> None:
    payments = tuple(
        Payment(id=f"P-{n}", invoice_id=invoice, customer_id="C-1", amount=Decimal(amount), currency="EUR")
        for n, (invoice, amount) in enumerate(
            [("INV-1", "100"), ("INV-2", "7"), ("INV-1", "50"), ("INV-1", "150")]
        )
    )
    content = Tellable(invoices=(an_invoice("300", "300"),), payments=payments)
    comments = mapping(write_back=COMMENTS).write_back(content).comments
    assert [remark.text for remark in comments[1:]] == [
        "100.00 EUR paid, 200.00 EUR to go",
        "150.00 EUR paid, 150.00 EUR to go",
        "{INV-1} is Paid",
    ]
    one_is_missing = content.model_copy(update={"payments": payments[:-1]})
    assert len(mapping(write_back=COMMENTS).write_back(one_is_missing).comments) == 2


def test_each_invoice_is_told() -> None:
    assert told(an_invoice("100", "0"), an_invoice("50", "0", id_="INV-2"), order=an_order()) == {
        "order.created:SO-1": "Order SO-1 over 1299.90 EUR",
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


NEW_YORK = "{timezone: America/New_York, currency: EUR}"


def shown(rule: str, kind: str = "TEXT_INPUT", *, company: str = NEW_YORK) -> Value:
    """What the one rule puts into a field of this type."""
    order = an_order().model_copy(
        update={"requested_date": date(2026, 3, 31), "custom": {"Tracking no": "T-1", "Rush": "true"}}
    )
    customer = Customer(id="C-1", name="Acme", credit_hold=True, currency="EUR", custom={"Tier": "Gold"})
    of = mapping(write_back=f"[{{field: X, {rule}}}]", company=company, tables=TABLES)
    told = Tellable(order=order, invoices=(an_invoice("300", "100"),), customer=customer, kinds={"X": kind})
    return of.write_back(told).fields.get("X")


TABLES = "{tiers: {rows: {Gold: A-customer}}}"
TO_OPTION = "transform: {map: {Open: In progress, Shipped: On its way}"


@pytest.mark.parametrize(
    ("rule", "kind", "expected"),
    [
        ("from: order.requested_date", "TEXT_INPUT", "2026-03-31"),
        ("from: order.requested_date, transform: {date: '%d.%m.%Y'}", "TEXT_INPUT", "31.03.2026"),
        ("from: 'order.custom.Tracking no'", "TEXT_INPUT", "T-1"),
        ("from: order.custom.Nothing", "TEXT_INPUT", None),
        ("from: customer.custom.Tier", "DROPDOWN", "Gold"),
        ("from: customer.custom.Tier, transform: {lookup: tiers}", "TAG", ("A-customer",)),
        ("from: order.status, " + TO_OPTION + "}", "DROPDOWN", "In progress"),
        ("from: order.id, " + TO_OPTION + "}", "DROPDOWN", "SO-1"),
        ("from: order.id, " + TO_OPTION + ", otherwise: {value: Other}}", "DROPDOWN", "Other"),
        ("from: order.custom.Rush", "CHECKBOX", True),
        ("from: customer.credit_hold", "CHECKBOX", True),
        ("from: customer.credit_hold", "TEXT_INPUT", "yes"),
        (
            "from: invoice.payment_status, transform: {map: {Paid: 'yes'}, otherwise: {value: 'no'}}",
            "CHECKBOX",
            False,
        ),
        *(
            (f"from: order.status, transform: {{map: {{Open: '{word}'}}}}", "CHECKBOX", ticked)
            for word, ticked in [("True", True), ("YES", True), ("1", True), ("false", False), ("0", False)]
        ),
        ("from: order.id", "CHECKBOX", "SO-1"),
        ("from: order.total", "TEXT_INPUT", "1299.90 EUR"),
        ("from: order.total, transform: {number: plain}", "TEXT_INPUT", "1299.90"),
        ("from: order.total, transform: {number: local}", "TEXT_INPUT", "1299.90"),
        ("from: invoice.paid, transform: {number: plain}", "TEXT_INPUT", "100.00"),
    ],
)
def test_a_field_of_any_type_is_told_what_it_takes(rule: str, kind: str, expected: Value) -> None:
    assert shown(rule, kind) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"Open, waiting", "Open", "waiting"}, ("Open, waiting",)),
        ({"Open", "waiting"}, ("Open", "waiting")),
        ({"Open"}, ("Open, waiting",)),
        (set(), ("Open, waiting",)),
    ],
)
def test_a_tag_whose_name_holds_a_comma_is_not_cut_in_two(known: set[str], expected: tuple[str, ...]) -> None:
    of = mapping(write_back='[{field: X, from: order.status, transform: {map: {Open: "Open, waiting"}}}]')
    told = Tellable(order=an_order(), kinds={"X": "TAG"}, tags={"X": frozenset(known)})
    assert of.write_back(told).fields == {"X": expected}


def test_a_day_is_the_companys_midnight() -> None:
    told = shown("from: order.requested_date", "DATE")
    assert isinstance(told, datetime)
    assert told.isoformat() == "2026-03-31T00:00:00-04:00"


def test_an_amount_is_written_as_the_companys_people_write_it() -> None:
    company = "{timezone: Europe/Berlin, currency: EUR, locale: de_DE}"
    assert shown("from: order.total, transform: {number: local}", company=company) == "1.299,90"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("from: order.id, transform: {}", "a transform is one of map, lookup, date, number, not none"),
        (
            "from: order.id, transform: {number: plain, otherwise: keep}",
            "otherwise belongs to a map or lookup",
        ),
        ("from: order.id, transform: {lookup: tier}", 'there is no table "tier"; did you mean "tiers"'),
        ("from: order.custom.", 'unknown source "order.custom."'),
    ],
)
def test_a_rule_that_cannot_work_is_told(rule: str, expected: str) -> None:
    with pytest.raises(InvalidConfiguration, match=expected):
        shown(rule)


def test_the_customer_is_asked_for_only_where_something_is_told_of_it() -> None:
    assert not mapping(write_back=ALL_FIELDS + COMMENTS).tells_of_customers
    assert mapping(write_back="[{field: X, from: customer.custom.Tier}]").tells_of_customers
    comment = "[{comment: 'For {customer.name}', once: order.created}]"
    assert mapping(write_back=comment).tells_of_customers


def test_days_of_several_invoices_are_the_last_made_and_the_first_due() -> None:
    def dated(id_: str, made: int, due: int, paid: str) -> Invoice:
        return an_invoice("100", paid, id_=id_).model_copy(
            update={"invoice_date": date(2026, 3, made), "due_date": date(2026, 4, due)}
        )

    invoices = (dated("I-1", 1, 1, "100"), dated("I-2", 2, 9, "0"), dated("I-3", 3, 8, "0"))
    of = mapping(write_back="[{field: A, from: invoice.invoice_date}, {field: B, from: invoice.due_date}]")
    assert of.write_back(Tellable(invoices=invoices)).fields == {"A": "2026-03-03", "B": "2026-04-08"}
    assert of.write_back(Tellable(invoices=invoices[:1])).fields["B"] == "2026-04-01"
