"""What may be changed in the façade: only what is named changes, and never over somebody else's change."""

from datetime import date
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.errors import Conflict, Rejected, Stale
from streak_infor_orchestration.domain.order import Line, OrderChanges, SalesOrder
from streak_infor_orchestration.domain.party import (
    Address,
    ContactChanges,
    ContactDraft,
    Customer,
    CustomerChanges,
    CustomerContact,
)
from streak_infor_orchestration_tests.conformance.erp.facade_lab import FacadeLab


def read_customer(facade: FacadeLab) -> Customer:
    made = facade.customer(
        email="old@northwind.example", phone="+49 40 1", custom={"Region": "N", "Tier": "1"}
    )
    customer = facade.erp.customer(made.id)
    assert customer is not None
    return customer


def read_contact(facade: FacadeLab) -> CustomerContact:
    draft = ContactDraft(
        customer_id=facade.customer().id,
        given_name="Ada",
        family_name="Lund",
        email="ada@northwind.example",
        phone="+49 40 2",
        role="Buyer",
        reference="CONTACT-1",
        custom={"Shoe size": "38"},
    )
    made = facade.erp.create_contact(draft)
    contact = facade.erp.record("contacts", made.id)
    assert isinstance(contact, CustomerContact)
    assert {name: getattr(contact, name) for name in ContactDraft.model_fields} == draft.model_dump()
    return contact


def read_order(facade: FacadeLab) -> SalesOrder:
    order = facade.erp.order(facade.order(description="Brakes", custom={"Region": "N"}).id)
    assert order is not None
    return order


@pytest.mark.covers("PUT /infor/api/v1/customers", by="PUT /infor/api/v1/customers/{customer}")
def test_only_what_is_named_of_a_customer_changes(facade: FacadeLab) -> None:
    customer = read_customer(facade)
    changes = CustomerChanges(
        email="new@northwind.example",
        phone="",
        shipping_address=Address(line1="Dock 7", city="Kiel", country="DE"),
        custom={"Region": "S", "Tier": None},
    )
    changed = facade.erp.update_customer(customer, changes)
    expected = customer.model_copy(
        update={
            "email": "new@northwind.example",
            "phone": "",
            "shipping_address": Address(line1="Dock 7", city="Kiel", country="DE"),
            "custom": {"Region": "S"},
            "modified": changed.modified,
            "version": changed.version,
        }
    )
    assert changed == expected
    again = facade.erp.customer(customer.id)
    assert again is not None
    assert again.model_copy(update={"version": changed.version}) == expected
    assert again.version != customer.version


@pytest.mark.covers("POST /infor/api/v1/contacts")
@pytest.mark.covers("PUT /infor/api/v1/contacts", by="PUT /infor/api/v1/contacts/{contact}")
def test_only_what_is_named_of_a_contact_changes(facade: FacadeLab) -> None:
    contact = read_contact(facade)
    changed = facade.erp.update_contact(contact, ContactChanges(role="", active=False))
    expected = {"role": "", "active": False, "modified": changed.modified, "version": changed.version}
    assert changed == contact.model_copy(update=expected)


@pytest.mark.covers("PUT /infor/api/v1/salesorders", by="PUT /infor/api/v1/salesorders/{order}")
def test_only_what_is_named_of_an_order_changes(facade: FacadeLab) -> None:
    order = read_order(facade)
    changes = OrderChanges(
        description="Brakes, urgent",
        requested_date=date(2026, 4, 1),
        shipping_method="AIR",
        custom={"Region": None, "Gate": "7"},
    )
    changed = facade.erp.update_order(order, changes)
    expected = {
        "description": "Brakes, urgent",
        "requested_date": date(2026, 4, 1),
        "shipping_method": "AIR",
        "custom": {"Gate": "7"},
        "modified": changed.modified,
        "version": changed.version,
    }
    assert changed == order.model_copy(update=expected)


def test_lines_are_replaced_and_both_sides_come_to_the_same_cent(facade: FacadeLab) -> None:
    order = read_order(facade)
    lines = (
        Line(sku=facade.second_sku, quantity=Decimal("2.5"), price=Decimal("8.99"), tax=Decimal("4.27")),
        Line(sku=facade.sku, quantity=Decimal(1), price=Decimal("189.90"), discount=Decimal("9.90")),
    )
    changed = facade.erp.update_order(order, OrderChanges(lines=lines, freight=Decimal("12.00")))
    assert [(line.number, line.sku, line.total) for line in changed.lines] == [
        (1, facade.second_sku, Decimal("22.48")),
        (2, facade.sku, Decimal("180.00")),
    ]
    assert changed.total == Decimal("22.48") + Decimal("4.27") + Decimal("180.00") + Decimal("12.00")
    lighter = facade.erp.update_order(changed, OrderChanges(freight=Decimal(0)))
    assert lighter.total == changed.total - Decimal("12.00")
    cleared = facade.erp.update_order(lighter, OrderChanges(requested_date=None, description=""))
    assert (cleared.requested_date, cleared.description) == (None, "")


def test_nobody_elses_change_is_overwritten(facade: FacadeLab) -> None:
    customer, contact, order = read_customer(facade), read_contact(facade), read_order(facade)
    facade.erp.update_customer(customer, CustomerChanges(phone="+49 40 2"))
    facade.erp.update_contact(contact, ContactChanges(phone="+49 40 3"))
    facade.erp.update_order(order, OrderChanges(description="Theirs"))
    with pytest.raises(Stale):
        facade.erp.update_customer(customer, CustomerChanges(phone="ours"))
    with pytest.raises(Stale):
        facade.erp.update_contact(contact, ContactChanges(phone="ours"))
    with pytest.raises(Stale):
        facade.erp.update_order(order, OrderChanges(description="Ours"))
    now = facade.erp.order(order.id)
    assert now is not None
    assert now.description == "Theirs"


def test_a_change_that_comes_too_late_is_a_conflict(facade: FacadeLab) -> None:
    order = read_order(facade)
    facade.control.post(f"/orders/{order.id}/ship")
    shipped = facade.erp.order(order.id)
    assert shipped is not None
    with pytest.raises(Conflict):
        facade.erp.update_order(shipped, OrderChanges(lines=(order.lines[0],), freight=Decimal(5)))


def test_what_the_erp_refuses_of_a_change_names_the_field(facade: FacadeLab) -> None:
    customer = read_customer(facade)
    facade.expect_violations("format")
    with pytest.raises(Rejected) as caught:
        facade.erp.update_customer(customer, CustomerChanges(currency="DOLLARS"))
    assert caught.value.field == "Currency"
