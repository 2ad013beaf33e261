"""What is sent for each write, to the letter, and what its answer means."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Conflict, Rejected, Stale, Unknown
from streak_infor_orchestration.domain.invoice import Invoiced
from streak_infor_orchestration.domain.order import Line, OrderChanges, OrderDraft, SalesOrder
from streak_infor_orchestration.domain.party import (
    Address,
    ContactChanges,
    ContactDraft,
    Customer,
    CustomerChanges,
    CustomerContact,
    CustomerDraft,
)
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.unit.infor.conftest import Answering
from streak_infor_orchestration_tests.unit.infor.facade import Json, one, problem
from streak_infor_orchestration_tests.unit.infor.records import ADDRESS, OUR_ADDRESS, OURS, SENT

NO_STEPS = Steps()
CUSTOMER = OURS["customers"].model_copy(update={"version": '"v1"'})
CONTACT = OURS["contacts"].model_copy(update={"version": '"v1"'})
ORDER = OURS["sales_orders"].model_copy(update={"version": '"v1"'})
assert (
    isinstance(CUSTOMER, Customer) and isinstance(CONTACT, CustomerContact) and isinstance(ORDER, SalesOrder)
)

LINE = Line(
    sku="BRK-1001",
    quantity=Decimal("2.5"),
    price=Decimal("180.00"),
    discount=Decimal("1.10"),
    tax=Decimal("3.20"),
    description="Bracket",
    gl_account="4000",
)
LINE_SENT = {
    "Product": "BRK-1001",
    "Quantity": "2.5",
    "Price": "180.00",
    "Discount": "1.10",
    "Tax": "3.20",
    "Description": "Bracket",
    "GLAccount": "4000",
}
DRAFT = OrderDraft(
    reference="STK-1",
    customer_id="C-1",
    order_date=date(2026, 3, 1),
    currency="EUR",
    lines=(LINE, Line(sku="FREE", quantity=Decimal(1), price=Decimal(0))),
    description="Brackets",
    requested_date=date(2026, 3, 9),
    shipping_method="UPSG",
    salesperson="E-1",
    warehouse="100",
    freight=Decimal("5.00"),
    custom={"Campaign": "Spring"},
)
Write = Callable[[FacadeErp], Any]

WRITES: dict[str, tuple[Write, str, Json, Json]] = {
    "a customer with everything": (
        lambda erp: erp.create_customer(
            CustomerDraft(
                reference="REF-1",
                name="Northwind GmbH",
                contact_name="Ada Lund",
                email="buyer@northwind.example",
                phone="+49401234",
                tax_id="DE1",
                currency="EUR",
                payment_terms="NET14",
                billing_address=OUR_ADDRESS,
                shipping_address=Address(city="Kiel"),
                salesperson="E-1",
                custom={"Region": "North"},
            ),
            Steps(),
        ),
        "POST /customers",
        {
            name: value
            for name, value in SENT["customers"][1].items()
            if name not in ("CustomerID", "CreditLimit", "CreditHold", "Status", "CreatedAt", "ModifiedAt")
        },
        SENT["customers"][1],
    ),
    "a customer with its name": (
        lambda erp: erp.create_customer(
            CustomerDraft(reference="REF-1", name="Northwind GmbH", billing_address=Address()), Steps()
        ),
        "POST /customers",
        {"Name": "Northwind GmbH", "ExternalReference": "REF-1"},
        SENT["customers"][1],
    ),
    "changes of a customer": (
        lambda erp: erp.update_customer(
            CUSTOMER,
            CustomerChanges(
                name="Northwind AG",
                phone="",
                billing_address=OUR_ADDRESS,
                shipping_address=None,
                custom={"Region": None, "Tier": "A"},
            ),
        ),
        "PUT /customers/C-1",
        {
            "Name": "Northwind AG",
            "Phone": None,
            "BillingAddress": ADDRESS,
            "ShippingAddress": None,
            "CustomFields": {"Region": None, "Tier": "A"},
        },
        SENT["customers"][1],
    ),
    "every change of a customer": (
        lambda erp: erp.update_customer(
            CUSTOMER,
            CustomerChanges(
                contact_name="A",
                email="B",
                tax_id="C",
                currency="D",
                payment_terms="E",
                salesperson="F",
                reference="G",
            ),
        ),
        "PUT /customers/C-1",
        {
            "ContactName": "A",
            "Email": "B",
            "TaxID": "C",
            "Currency": "D",
            "PaymentTerms": "E",
            "SalespersonID": "F",
            "ExternalReference": "G",
        },
        SENT["customers"][1],
    ),
    "a contact": (
        lambda erp: erp.create_contact(
            ContactDraft(
                customer_id="C-1",
                given_name="Ada",
                family_name="Lund",
                email="ada@northwind.example",
                phone="+49405678",
                role="Buyer",
                reference="REF-2",
                custom={"Desk": "3"},
            )
        ),
        "POST /contacts",
        {
            name: value
            for name, value in SENT["contacts"][1].items()
            if name not in ("ContactID", "Active", "CreatedAt", "ModifiedAt")
        },
        SENT["contacts"][1],
    ),
    "changes of a contact": (
        lambda erp: erp.update_contact(CONTACT, ContactChanges(active=False, role="", custom={"Desk": None})),
        "PUT /contacts/P-1",
        {"Active": False, "Role": None, "CustomFields": {"Desk": None}},
        SENT["contacts"][1],
    ),
    "an order": (
        lambda erp: erp.create_order(DRAFT, NO_STEPS),
        "POST /salesorders",
        {
            "CustomerID": "C-1",
            "OrderDate": "2026-03-01",
            "RequestedDate": "2026-03-09",
            "OrderDescription": "Brackets",
            "Currency": "EUR",
            "LineItems": [
                {"LineNumber": 1, **LINE_SENT},
                {"LineNumber": 2, "Product": "FREE", "Quantity": "1", "Price": "0"},
            ],
            "Freight": "5.00",
            "TotalAmount": "457.10",
            "ShippingMethod": "UPSG",
            "SalespersonID": "E-1",
            "ExternalReference": "STK-1",
            "CustomFields": {"Campaign": "Spring"},
        },
        SENT["sales_orders"][1],
    ),
    "changed lines with their total": (
        lambda erp: erp.update_order(ORDER, OrderChanges(lines=(LINE,))),
        "PUT /salesorders/SO-1",
        {"LineItems": [{"LineNumber": 1, **LINE_SENT}], "TotalAmount": "457.10"},
        SENT["sales_orders"][1],
    ),
    "another freight with its total": (
        lambda erp: erp.update_order(ORDER, OrderChanges(freight=Decimal("6.25"))),
        "PUT /salesorders/SO-1",
        {"Freight": "6.25", "TotalAmount": "458.35"},
        SENT["sales_orders"][1],
    ),
    "no freight any more": (
        lambda erp: erp.update_order(ORDER, OrderChanges(freight=Decimal(0))),
        "PUT /salesorders/SO-1",
        {"Freight": "0", "TotalAmount": "452.10"},
        SENT["sales_orders"][1],
    ),
    "lines and freight": (
        lambda erp: erp.update_order(ORDER, OrderChanges(lines=(LINE,), freight=Decimal(1))),
        "PUT /salesorders/SO-1",
        {"LineItems": [{"LineNumber": 1, **LINE_SENT}], "Freight": "1", "TotalAmount": "453.10"},
        SENT["sales_orders"][1],
    ),
    "what is no amount without a total": (
        lambda erp: erp.update_order(
            ORDER,
            OrderChanges(
                description="",
                requested_date=None,
                shipping_method="UPSN",
                salesperson="E-2",
                custom={"Campaign": None},
            ),
        ),
        "PUT /salesorders/SO-1",
        {
            "OrderDescription": None,
            "RequestedDate": None,
            "ShippingMethod": "UPSN",
            "SalespersonID": "E-2",
            "CustomFields": {"Campaign": None},
        },
        SENT["sales_orders"][1],
    ),
    "a cancellation": (
        lambda erp: erp.cancel_order(ORDER),
        "PUT /salesorders/SO-1",
        {"OrderStatus": "Cancelled"},
        SENT["sales_orders"][1],
    ),
    "an invoice": (
        lambda erp: erp.request_invoice("SO-1").invoice,
        "POST /invoices",
        {"OrderID": "SO-1"},
        SENT["invoices"][1],
    ),
    "an invoice booked to an account": (
        lambda erp: erp.request_invoice("SO-1", "4000").invoice,
        "POST /invoices",
        {"OrderID": "SO-1", "GLAccount": "4000"},
        SENT["invoices"][1],
    ),
}
RECORDS = {
    "customers": "customers",
    "contacts": "contacts",
    "salesorders": "sales_orders",
    "invoices": "invoices",
}


@pytest.mark.parametrize(("write", "line", "body", "answer"), WRITES.values(), ids=WRITES.keys())
def test_a_write_sends_just_that_and_answers_the_record(
    answering: Answering, write: Write, line: str, body: Json, answer: Json
) -> None:
    facade = answering(one(answer, 201 if line.startswith("POST") else 200, etag='"v2"'))
    record = write(facade.erp)
    assert (facade.last.line, facade.last.body, len(facade.asked)) == (line, body, 1)
    assert facade.last.headers.get("if-match") == ('"v1"' if line.startswith("PUT") else None)
    ours = OURS[RECORDS[line.split("/")[1]]]  # type: ignore[index]  # a name of an entity
    versioned = {"version": '"v2"'} if "version" in type(ours).model_fields else {}
    assert record == ours.model_copy(update=versioned)


@pytest.mark.parametrize(("write", "line", "body", "answer"), WRITES.values(), ids=WRITES.keys())
@pytest.mark.parametrize("odd", [{"ModifiedAt": None}, None], ids=["unreadable record", "no record"])
def test_a_write_whose_answer_cannot_be_read_may_have_been_done(
    answering: Answering, write: Write, line: str, body: Json, answer: Json, odd: Json | None
) -> None:
    facade = answering(one(None if odd is None else answer | odd))
    with pytest.raises(Unknown):
        write(facade.erp)
    assert len(facade.asked) == 1


def test_a_record_of_a_list_carries_no_version_and_is_changed_whatever_happened(answering: Answering) -> None:
    facade = answering(one(SENT["customers"][1]))
    listed = OURS["customers"]
    assert isinstance(listed, Customer)
    assert facade.erp.update_customer(listed, CustomerChanges(phone="1")).version == ""
    assert "if-match" not in facade.last.headers


def test_a_key_stays_one_segment_of_the_path(answering: Answering) -> None:
    facade = answering(one(SENT["customers"][1]))
    odd = CUSTOMER.model_copy(update={"id": "C/1?x"})
    assert isinstance(odd, Customer)
    facade.erp.update_customer(odd, CustomerChanges(phone="1"))
    assert facade.last.path == "/customers/C/1?x" and facade.last.query == {}, "as the server unquotes it"


def test_a_change_that_comes_after_another_is_stale(answering: Answering) -> None:
    facade = answering(problem(412, "stale"))
    with pytest.raises(Stale):
        facade.erp.cancel_order(ORDER)


@pytest.mark.parametrize(("what", "name", "value"), [("name", "n" * 61, "v"), ("value", "Tier", "v" * 401)])
def test_what_is_too_long_for_a_custom_field_is_not_sent(
    answering: Answering, what: str, name: str, value: str
) -> None:
    facade = answering(one(SENT["customers"][1]))
    with pytest.raises(Rejected) as caught:
        facade.erp.update_customer(CUSTOMER, CustomerChanges(custom={name: value}))
    error = caught.value
    assert (error.code, error.system, error.field) == ("too_long", "infor", name[:60])
    assert what in error.message and str(len(name if what == "name" else value)) in error.message
    assert facade.asked == []
    facade.erp.update_customer(CUSTOMER, CustomerChanges(custom={name[:60]: value[:400]}))
    assert facade.last.body == {"CustomFields": {name[:60]: value[:400]}}


def test_the_first_invoice_is_the_answer_where_there_is_one(answering: Answering) -> None:
    facade = answering(problem(409, "duplicate", InvoiceID="INV-1"), one(SENT["invoices"][1]))
    assert facade.erp.request_invoice("SO-1") == Invoiced(invoice=OURS["invoices"])
    assert [asked.line for asked in facade.asked] == ["POST /invoices", "GET /invoices/INV-1"]


@pytest.mark.parametrize("named", ["INV-1", ""], ids=["of another order", "nothing named"])
def test_a_conflict_that_names_no_invoice_of_the_order_stays_one(answering: Answering, named: str) -> None:
    other = one(SENT["invoices"][1] | {"OrderID": "SO-2"})
    facade = answering(problem(409, "duplicate", InvoiceID=named), other)
    with pytest.raises(Conflict) as caught:
        facade.erp.request_invoice("SO-1")
    assert caught.value.existing == named


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            {"detail": "no", "code": "validation", "errors": [{"field": "Name", "message": "m"}]},
            ("no", "validation", "Name"),
        ),
        (
            {"code": "validation", "errors": [{"field": "Name", "message": "too long"}, {"field": "Email"}]},
            ("too long", "validation", "Name"),
        ),
        ({"errors": []}, ("400", "http_400", "")),
        ({"errors": ["text"], "code": 7}, ("400", "http_400", "")),
        ({"errors": {"field": "Name"}, "title": "Bad"}, ("Bad", "http_400", "")),
        ({"errors": [{"field": 5, "message": None}]}, ("400", "http_400", "")),
        ([1], ("400", "http_400", "")),
    ],
    ids=str,
)
def test_a_refusal_says_what_and_which_field(
    answering: Answering, body: object, told: tuple[str, str, str]
) -> None:
    with pytest.raises(Rejected) as caught:
        answering(one(body, 400)).erp.cancel_order(ORDER)
    message, code, field = told
    assert message in caught.value.message
    assert (caught.value.code, caught.value.field) == (code, field)
