"""What the façade refuses, and in which words it reaches the person who can mend it."""

from datetime import date
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.errors import Conflict, Rejected, Stale, Unauthorized
from streak_infor_orchestration.domain.invoice import Invoiced
from streak_infor_orchestration.domain.order import Line, OrderDraft, OrderStatus
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.conformance.erp.facade_lab import FacadeLab


def test_a_customer_on_credit_hold_is_refused_by_that_code(facade: FacadeLab) -> None:
    customer = facade.customer()
    facade.control.post(f"/customers/{customer.id}/credit-hold")
    with pytest.raises(Rejected) as caught:
        facade.order(customer_id=customer.id)
    assert caught.value.code == "credit_hold"
    held = facade.erp.customer(customer.id)
    assert held is not None
    assert held.credit_hold


def test_an_obsolete_product_is_refused_and_known_as_obsolete(facade: FacadeLab) -> None:
    with pytest.raises(Rejected) as caught:
        facade.order(lines=(Line(sku="BRK-0900", quantity=Decimal(1), price=Decimal("21.00")),))
    assert caught.value.code == "unknown_product"
    assert facade.erp.products(["BRK-0900"])["BRK-0900"].obsolete


def test_an_unknown_customer_is_refused_by_that_code(facade: FacadeLab) -> None:
    with pytest.raises(Rejected) as caught:
        facade.order(customer_id="C-0")
    assert caught.value.code == "unknown_customer"


def test_a_refused_value_names_its_field(facade: FacadeLab) -> None:
    with pytest.raises(Rejected) as caught:
        facade.order(currency="XQX")
    assert (caught.value.code, caught.value.field) == ("validation", "Currency")
    facade.expect_violations("format")


@pytest.mark.parametrize("custom", [{"Region": "x" * 401}, {"R" * 61: "x"}])
def test_what_is_too_long_for_a_custom_field_is_refused_before_it_is_sent(
    facade: FacadeLab, custom: dict[str, str]
) -> None:
    with pytest.raises(Rejected) as caught:
        facade.order(custom=custom)
    assert (caught.value.code, caught.value.field) == ("too_long", next(iter(custom))[:60])
    assert facade.order_ids() == []


class Miscounted(OrderDraft):
    """A draft whose cents we got wrong."""

    @property
    def total(self) -> Decimal:
        return super().total + Decimal("0.01")


def test_the_erp_checks_our_cents(facade: FacadeLab) -> None:
    draft = Miscounted(**facade.draft().model_dump())
    with pytest.raises(Rejected) as caught:
        facade.erp.create_order(draft, Steps())
    assert caught.value.field == "TotalAmount"
    assert facade.order_ids() == []


@pytest.mark.parametrize(
    ("currency", "price", "discount", "tax", "freight"),
    [
        ("EUR", "0.25", "0", "0.01", "3.10"),
        ("JPY", "14803", "1", "100", "500"),
        ("KWD", "1.2345", "0.001", "0.010", "0.500"),
        ("CLF", "1.00005", "0", "0", "0"),
    ],
)
def test_both_sides_come_to_the_same_cent(
    facade: FacadeLab, currency: str, price: str, discount: str, tax: str, freight: str
) -> None:
    line = Line(
        sku="FLD-5001",
        quantity=Decimal("0.5"),
        price=Decimal(price),
        discount=Decimal(discount),
        tax=Decimal(tax),
    )
    draft = facade.draft(currency=currency, lines=(line, line), freight=Decimal(freight))
    assert facade.erp.create_order(draft, Steps()).total == draft.total


def test_everything_a_draft_can_say_arrives(facade: FacadeLab) -> None:
    address = Address(line1="Main St 1", city="Springfield", region="IL", postal_code="62701", country="US")
    customer = facade.customer(
        contact_name="Bo Li",
        phone="+1 555 0100",
        currency="EUR",
        payment_terms="NET14",
        billing_address=address,
        shipping_address=address,
        salesperson="E-101",
        custom={"Segment": "Retail"},
    )
    line = Line(
        sku=facade.sku, quantity=Decimal("1E+1"), price=Decimal(1), description="caliper", gl_account="4000"
    )
    facade.order(
        customer_id=customer.id,
        lines=(line,),
        description="Spring order",
        requested_date=date(2026, 4, 1),
        shipping_method="UPSG",
        salesperson="E-102",
        freight=Decimal("12.00"),
        custom={"Region": "EU"},
    )
    state = facade.control.get("/state")
    assert (
        state["customers"][0]
        | {
            "BillingAddress": {
                "Line1": "Main St 1",
                "Line2": None,
                "City": "Springfield",
                "Region": "IL",
                "PostalCode": "62701",
                "Country": "US",
            },
            "PaymentTerms": "NET14",
            "CustomFields": {"Segment": "Retail"},
            "SalespersonID": "E-101",
        }
        == state["customers"][0]
    )
    assert (
        state["salesorders"][0]
        | {
            "OrderDate": "2026-03-02",
            "RequestedDate": "2026-04-01",
            "OrderDescription": "Spring order",
            "Freight": "12.00",
            "ShippingMethod": "UPSG",
            "SalespersonID": "E-102",
            "CustomFields": {"Region": "EU"},
        }
        == state["salesorders"][0]
    )
    assert state["salesorders"][0]["LineItems"][0]["Quantity"] == "10"
    assert state["salesorders"][0]["LineItems"][0]["GLAccount"] == "4000"


def test_asking_twice_gives_the_first_invoice(facade: FacadeLab) -> None:
    order = facade.order()
    first = facade.erp.request_invoice(order.id)
    assert facade.erp.request_invoice(order.id) == first
    assert len(facade.invoice_ids()) == 1


def test_a_conflict_that_is_no_earlier_invoice_stays_a_conflict(facade: FacadeLab) -> None:
    order = facade.order()
    facade.erp.cancel_order(order)
    with pytest.raises(Conflict):
        facade.erp.request_invoice(order.id)
    assert facade.invoice_ids() == []


def test_an_invoice_named_by_a_conflict_must_be_for_this_order(facade: FacadeLab) -> None:
    other = facade.erp.request_invoice(facade.order().id)
    assert isinstance(other, Invoiced)
    order = facade.order(reference="STKCCCCCCC")
    body = {"code": "conflict", "InvoiceID": other.invoice.id}
    facade.control.fault("status", status=409, method="POST", path="/invoices", body=body)
    with pytest.raises(Conflict) as caught:
        facade.erp.request_invoice(order.id)
    assert caught.value.existing == other.invoice.id


def test_an_order_that_changed_since_it_was_read_is_not_cancelled(facade: FacadeLab) -> None:
    read = facade.erp.order(facade.order().id)
    assert read is not None
    facade.control.post(f"/orders/{read.id}/status", {"OrderStatus": "Allocated"})
    with pytest.raises(Stale):
        facade.erp.cancel_order(read)
    again = facade.erp.order(read.id)
    assert again is not None
    assert again.status is OrderStatus.ALLOCATED


def test_a_shipped_order_is_not_cancelled(facade: FacadeLab) -> None:
    order = facade.order()
    facade.control.post(f"/orders/{order.id}/ship")
    with pytest.raises(Conflict):
        facade.erp.cancel_order(order)


def test_a_permission_that_is_not_granted_is_an_administrators_errand(facade: FacadeLab) -> None:
    facade.control.post("/scopes", {"revoke": ["write:salesorders", "read:invoices"]})
    with pytest.raises(Unauthorized):
        facade.order()
    with pytest.raises(Unauthorized):
        facade.erp.invoice("INV-1")
