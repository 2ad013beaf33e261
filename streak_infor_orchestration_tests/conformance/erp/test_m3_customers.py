"""Customers of M3: made after a template, found by what marks them, changed with their change number."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured, Rejected, Unknown
from streak_infor_orchestration.domain.party import Address, Customer, CustomerChanges, CustomerDraft
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab

MakeM3 = Callable[..., M3Lab]
KEPT = {"address_number": "STREAK", "customer_fields": {"Region": "CFC1"}}
ADDRESS = Address(line1="Kai 1", city="Hamburg", postal_code="20457", country="DE")
ELSEWHERE = Address(
    line1="Main St 1", line2="Dock 4", city="Springfield", region="IL", postal_code="62701", country="US"
)


def draft(**fields: Any) -> CustomerDraft:
    given = {
        "reference": "STKCUSTOMER00000001",
        "name": "Northwind Ltd",
        "contact_name": "Ada Lund",
        "email": "buyer@northwind.example",
        "phone": "+49 40 1234",
        "tax_id": "DE123456789",
        "currency": "USD",
        "payment_terms": "014",
        "salesperson": "E-101",
        "billing_address": ADDRESS,
        "shipping_address": ELSEWHERE,
        "custom": {"Region": "NORTH"},
    }
    return CustomerDraft(**{**given, **fields})


def test_it_is_as_drafted_in_four_calls_and_a_look(make_m3: MakeM3) -> None:
    lab = make_m3(**KEPT)
    n = lab.control.last_call()
    made = lab.erp.create_customer(draft(), Steps())
    assert lab.wrote(n) == ["POST Add", "POST ChgFinancial", "POST AddAddress", "POST GetBasicData"]
    wanted = draft().model_dump()
    assert {name: value for name, value in made.model_dump().items() if name in wanted} == wanted
    assert lab.erp.find_customer(draft(), None).customers == (made,)


def test_without_details_it_is_one_call_and_a_look_and_its_address_is_unknown(make_m3: MakeM3) -> None:
    lab = make_m3()
    n = lab.control.last_call()
    made = lab.erp.create_customer(CustomerDraft(reference="STK1", name="Northwind"), Steps())
    assert lab.wrote(n) == ["POST Add", "POST GetBasicData"]
    assert (made.billing_address, made.shipping_address, made.currency) == (None, None, "EUR")


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_an_answer_that_is_lost_leads_to_one_customer(make_m3: MakeM3, nth: int) -> None:
    lab = make_m3(**KEPT)
    lab.lose("after", nth=nth)
    with pytest.raises(Unknown):
        lab.erp.create_customer(draft(), Steps())
    found = lab.erp.find_customer(draft(), datetime(2026, 3, 2, tzinfo=UTC))
    if found.customers:
        (made,) = found.customers
    else:
        assert set(found.steps) == {"customer"}
        made = lab.erp.create_customer(draft(), Steps(found.steps))
    assert (made.currency, made.tax_id, made.shipping_address) == ("USD", "DE123456789", ELSEWHERE)
    assert lab.customer_ids() == [made.id]


def test_one_that_we_number_is_found_by_its_number_and_cannot_be_made_twice(make_m3: MakeM3) -> None:
    lab = make_m3(customer_number="ours", **KEPT)
    made = lab.erp.create_customer(draft(), Steps())
    assert made.id == "STKCUSTOME" == draft().reference[:10]
    n = lab.control.last_call()
    assert lab.erp.find_customer(draft(), None).customers == (made,)
    assert lab.wrote(n) == ["POST GetBasicData"]
    with pytest.raises(Rejected):
        lab.erp.create_customer(draft(), Steps())
    other = draft(reference="STKCUSTOMER00000002")
    assert lab.erp.find_customer(other, None).customers == (), "somebody else's number is not ours"


def test_by_the_search_key_it_is_found_in_one_call(make_m3: MakeM3) -> None:
    lab = make_m3(customer_lookup="search_key", **KEPT)
    made = lab.erp.create_customer(draft(), Steps())
    lab.erp.create_customer(draft(reference="STKCUSTOMER00000002", name="Other"), Steps())
    n = lab.control.last_call()
    assert lab.erp.find_customer(draft(), None).customers == (made,)
    assert lab.wrote(n) == ["GET LstBySearchKey", "POST GetBasicData"]
    assert lab.erp.find_customer(draft(reference="STKCUSTOMER0000000"), None).customers == ()


def test_two_with_one_mark_are_both_told(make_m3: MakeM3) -> None:
    lab = make_m3()
    made = {lab.erp.create_customer(draft(custom={}), Steps()).id for _ in range(2)}
    assert {customer.id for customer in lab.erp.find_customer(draft(custom={}), None).customers} == made


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"name": "N" * 37}, "too_long", "customer.name"),
        (
            {"billing_address": Address(city="A city of more than twenty")},
            "too_long",
            "customer.billing_address.city",
        ),
        ({"salesperson": "e-101"}, "wrong_type", "customer.salesperson"),
        ({"custom": {"Region": "N" * 11}}, "too_long", "customer.custom.Region"),
        (
            {"shipping_address": Address(line1="Main St 1")},
            "missing",
            "customer.shipping_address.postal_code",
        ),
    ],
)
def test_what_m3_could_only_refuse_is_refused_before_anything_is_sent(
    make_m3: MakeM3, fields: dict[str, Any], code: str, field: str
) -> None:
    lab = make_m3(**KEPT)
    n = lab.control.last_call()
    with pytest.raises(Rejected) as caught:
        lab.erp.create_customer(draft(**fields), Steps())
    assert (caught.value.code, caught.value.field) == (code, field)
    assert field in caught.value.message and lab.wrote(n) == []


def test_an_administrator_is_told_what_is_not_set_up(make_m3: MakeM3) -> None:
    with pytest.raises(Misconfigured) as caught:
        make_m3(template_customer="").erp.create_customer(draft(custom={}), Steps())
    assert caught.value.field == "erp.template_customer"
    with pytest.raises(Misconfigured) as caught:
        make_m3().erp.create_customer(draft(), Steps())
    assert caught.value.code == "no_such_field" and "erp.customer_fields" in caught.value.message


def test_all_that_changes_is_one_call(make_m3: MakeM3) -> None:
    lab = make_m3(**KEPT)
    made = lab.erp.create_customer(draft(shipping_address=None), Steps())
    changes = CustomerChanges(
        name="Northwind AG", tax_id="DE999999999", payment_terms="030", custom={"Region": "SOUTH"}
    )
    n = lab.control.last_call()
    after = lab.erp.update_customer(made, changes)
    assert lab.wrote(n) == ["POST ChgBasicData", "POST GetBasicData"]
    assert (after.name, after.tax_id, after.payment_terms) == ("Northwind AG", "DE999999999", "030")
    assert (after.custom, after.phone, after.currency) == ({"Region": "SOUTH"}, made.phone, "USD")


def test_a_delivery_address_is_added_and_then_changed(make_m3: MakeM3) -> None:
    lab = make_m3(**KEPT)
    made = lab.erp.create_customer(draft(shipping_address=None), Steps())
    moved = lab.erp.update_customer(made, CustomerChanges(shipping_address=ELSEWHERE))
    assert moved.shipping_address == ELSEWHERE and moved.billing_address == ADDRESS
    further = ELSEWHERE.model_copy(update={"line2": "Dock 5"})
    again = lab.erp.update_customer(moved, CustomerChanges(shipping_address=further))
    assert again.shipping_address == further


def test_a_field_that_should_be_emptied_is_left_to_a_person(make_m3: MakeM3) -> None:
    lab = make_m3()
    made = lab.erp.create_customer(draft(custom={}), Steps())
    for changes, field in (
        (CustomerChanges(phone=""), "customer.phone"),
        (CustomerChanges(billing_address=Address(line1="Kai 2")), "customer.billing_address.city"),
    ):
        with pytest.raises(Rejected) as caught:
            lab.erp.update_customer(made, changes)
        assert caught.value.field == field


def test_a_hold_and_a_limit_are_told_and_a_closed_one_is_closed(make_m3: MakeM3) -> None:
    lab = make_m3()
    made = lab.erp.create_customer(draft(custom={}), Steps())
    lab.control.post(f"/customers/{made.id}/credit-hold")
    lab.control.post(f"/records/customers/{made.id}", {"CRLM": "5000", "STAT": "90"})
    read = lab.erp.customer(made.id)
    assert read is not None
    assert (read.credit_hold, read.credit_limit, read.is_closed) == (True, Decimal(5000), True)


def test_what_changed_is_told_at_a_call_a_page_and_everything_with_stops_and_addresses(
    make_m3: MakeM3,
) -> None:
    lab = make_m3(**KEPT)
    made = lab.erp.create_customer(draft(), Steps())
    lab.control.post(f"/customers/{made.id}/credit-hold")
    n = lab.control.last_call()
    changed = told(lab, made.id, since=datetime(2026, 3, 2, tzinfo=UTC))
    assert lab.wrote(n) == ["GET LstByNumber"]
    n = lab.control.last_call()
    whole = told(lab, made.id)
    assert lab.wrote(n) == ["GET LstByNumber", "POST GetFinancial", "POST GetAddress"]
    read = lab.erp.customer(made.id)
    assert read is not None and whole == read.model_copy(update={"version": ""})
    assert whole.credit_hold and not changed.credit_hold
    assert changed.stamp == read.stamp, "what a list says tells one version from another"
    lab.erp.update_customer(read, CustomerChanges(phone="+49 40 4321"))
    assert told(lab, made.id, since=datetime(2026, 3, 2, tzinfo=UTC)).stamp != changed.stamp


def told(lab: M3Lab, number: str, since: datetime | None = None) -> Customer:
    pages = lab.erp.records("customers", since=since)
    (customer,) = [c for page in pages for c in page if c.id == number]
    assert isinstance(customer, Customer)
    return customer
