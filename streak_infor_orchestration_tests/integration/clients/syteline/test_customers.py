"""Customers in SyteLine: numbers by either side, a row for where goods go, nothing written over unseen."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.errors import Conflict, Misconfigured, Stale, Unknown
from streak_infor_orchestration.domain.party import Address, CustomerChanges, CustomerDraft
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab

MakeLab = Callable[..., SytelineLab]
KAI = Address(line1="Kai 1", line2="Tor B", city="Hamburg", postal_code="20457", country="DE")
DOCK = Address(line1="Dock 7", city="Bremen", postal_code="28195", country="DE")


def draft(**fields: object) -> CustomerDraft:
    given = {
        "reference": "STKABCDEFG",
        "name": "O'Northwind",
        "email": "buyer@northwind.example",
        "currency": "EUR",
    }
    return CustomerDraft.model_validate({**given, **fields})


def test_everything_of_a_new_customer_is_kept(make_lab: MakeLab) -> None:
    lab = make_lab(
        customers={"tax_id": "Uf_TaxId", "countries": {"DE": "Germany"}, "set": {"CustType": "WEB"}}
    )
    wanted = draft(
        contact_name="Ada Lund",
        phone="+49 40 1234",
        tax_id="DE123456789",
        payment_terms="N14",
        salesperson="E-101",
        billing_address=KAI,
        shipping_address=DOCK,
        custom={"Region": "North"},
    )
    made = lab.erp.create_customer(wanted, Steps())
    assert {**wanted.model_dump()}.items() <= made.model_dump().items()
    assert lab.erp.customer(made.id) == made
    assert [found.id for found in lab.erp.find_customers("name", "o'NORTHWIND")] == [made.id]
    (kept,) = lab.control.get("/state")["customers"]
    assert kept["BillingAddress"]["Country"] == "Germany"


def test_what_an_insert_leaves_out_is_written_once_more(lab: SytelineLab) -> None:
    lab.control.post("/settings", {"ignored_at_insert": {"SLCustomers": ["Phone_1", "CrmGuid", "TermsCode"]}})
    steps = Steps()
    made = lab.erp.create_customer(draft(phone="+49 40 1234", payment_terms="N14"), steps)
    assert (made.phone, made.reference, made.payment_terms) == ("+49 40 1234", "STKABCDEFG", "N14")
    assert list(steps.done) == ["customer", "customer again"]


def test_one_without_the_address_for_its_goods_is_found_half_made_and_finished(lab: SytelineLab) -> None:
    wanted = draft(shipping_address=DOCK)
    lab.control.fault("cut_before", method="POST", path="/update/", after=1)
    steps = Steps()
    with pytest.raises(Unknown):
        lab.erp.create_customer(wanted, steps)
    found = lab.erp.find_customer(wanted, None)
    assert found.customers == ()
    assert found.steps == dict(steps.done)
    made = lab.erp.create_customer(wanted, Steps(found.steps))
    assert made.shipping_address == DOCK
    assert [customer.id for customer in lab.erp.find_customer(wanted, None).customers] == [made.id]
    assert lab.customer_ids() == [made.id]


def test_a_number_of_ours_is_its_own_proof_against_a_second_customer(make_lab: MakeLab) -> None:
    lab = make_lab(customers={"number": "ours"}, key_widths={"customer": 7})
    made = lab.erp.create_customer(draft(), Steps())
    assert made.id == "KBCDEFG"
    assert lab.erp.create_customer(draft(), Steps()).id == made.id
    assert lab.customer_ids() == [made.id]
    with pytest.raises(Conflict) as taken:
        lab.erp.create_customer(draft(reference="XXXBCDEFG"), Steps())
    assert taken.value.existing == made.id


def test_an_address_for_goods_is_added_and_changed(lab: SytelineLab) -> None:
    made = lab.erp.create_customer(draft(billing_address=KAI), Steps())
    added = lab.erp.update_customer(made, CustomerChanges(shipping_address=DOCK))
    assert (added.billing_address, added.shipping_address) == (KAI, DOCK)
    moved = lab.erp.update_customer(added, CustomerChanges(shipping_address=KAI, phone="1", contact_name=""))
    assert (moved.shipping_address, moved.phone, moved.contact_name) == (KAI, "1", "")
    assert lab.customer_ids() == [made.id], "an address is no customer"


def test_a_change_of_one_that_changed_meanwhile_is_stale_whatever_the_text(lab: SytelineLab) -> None:
    made = lab.erp.create_customer(draft(), Steps())
    read = lab.erp.customer(made.id)
    assert read is not None
    lab.erp.update_customer(read, CustomerChanges(phone="1"))
    with pytest.raises(Stale):
        lab.erp.update_customer(read, CustomerChanges(phone="2"))


def test_a_field_whose_property_nobody_named_is_a_setting_to_add(lab: SytelineLab) -> None:
    with pytest.raises(Misconfigured, match=r"erp\.custom_fields\.customers, such as Colour: Uf_Colour"):
        lab.erp.create_customer(draft(custom={"Colour": "red"}), Steps())
    assert lab.customer_ids() == []
