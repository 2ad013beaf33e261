"""What each record of the façade is in our words, and what of it may be missing."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Misconfigured, Transient, Unreadable
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import OrderStatus
from streak_infor_orchestration_tests.unit.infor.conftest import Answering
from streak_infor_orchestration_tests.unit.infor.facade import STAMPS, Facade, one, page
from streak_infor_orchestration_tests.unit.infor.records import (
    ADDRESS,
    COLLECTIONS,
    LINE,
    OURS,
    PROMISED,
    SENT,
)

ENTITIES = list(SENT)
MAY_LACK = [
    (entity, member)
    for entity, (_, record) in SENT.items()
    for member in record
    if member not in (*PROMISED[entity], "ModifiedAt")
]
MUST_HAVE = [(entity, member) for entity in ENTITIES for member in (*PROMISED[entity], "ModifiedAt")]
UNSET: dict[str, Any] = {
    "CreditHold": False,
    "Active": True,
    "Blocked": False,
    "CustomFields": {},
    "Discount": Decimal(0),
    "Tax": Decimal(0),
    "Freight": Decimal(0),
    "TaxRate": Decimal(0),
}
"""What a member that is missing means, where it is neither None nor the empty text."""


def walked(facade: Facade, entity: Entity) -> list[Record]:
    return [record for found in facade.erp.records(entity) for record in found]


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_member_arrives_in_our_words(answering: Answering, entity: Entity) -> None:
    key, sent = SENT[entity]
    facade = answering(page([sent]), one(sent, etag='"v7"'))
    assert walked(facade, entity) == [OURS[entity]]
    assert facade.last.line == f"GET /{COLLECTIONS[entity]}"
    read = facade.erp.record(entity, key)
    versioned = {"version": '"v7"'} if entity in ("customers", "contacts", "sales_orders") else {}
    assert read == OURS[entity].model_copy(update=versioned)
    assert facade.last.line == f"GET /{COLLECTIONS[entity]}/{key}"
    assert facade.left_out == []


@pytest.mark.parametrize("entity", ENTITIES)
def test_members_nobody_promised_are_ignored(answering: Answering, entity: Entity) -> None:
    facade = answering(page([SENT[entity][1] | {"Colour": "red"}]))
    assert walked(facade, entity) == [OURS[entity]]


@pytest.mark.parametrize(("entity", "member"), MAY_LACK)
@pytest.mark.parametrize("how", ["null", "missing"])
def test_what_may_lack_reads_as_unset(answering: Answering, entity: Entity, member: str, how: str) -> None:
    _, sent = SENT[entity]
    without = {name: value for name, value in sent.items() if name != member}
    facade = answering(page([without | ({member: None} if how == "null" else {})]))
    (read,) = walked(facade, entity)
    full, got = OURS[entity].model_dump(), read.model_dump()
    (changed,) = [name for name in full if full[name] != got[name]]
    assert got[changed] == UNSET.get(member, "" if isinstance(full[changed], str) else None) or (
        member == "Status" and entity == "products" and got[changed] is False
    )


@pytest.mark.parametrize(("entity", "member"), MUST_HAVE)
@pytest.mark.parametrize("value", [None, {}], ids=["null", "of another type"])
def test_what_must_be_there_leaves_its_record_out_and_no_other(
    answering: Answering, entity: Entity, member: str, value: object
) -> None:
    key, sent = SENT[entity]
    facade = answering(page([sent | {member: value}, sent]))
    assert walked(facade, entity) == [OURS[entity]]
    (odd,) = facade.left_out
    assert (odd.system, odd.entity) == ("infor", entity)
    assert member in odd.why
    keyed = member not in {"inventory_items": ("ProductID", "Warehouse")}.get(entity, PROMISED[entity][:1])
    if entity == "exchange_rates":
        keyed = member in ("Rate", "ModifiedAt")
    assert (odd.key == key) is keyed and odd.key


@pytest.mark.parametrize("entity", ENTITIES)
def test_one_that_is_read_alone_and_is_not_as_promised_is_named(answering: Answering, entity: Entity) -> None:
    key, sent = SENT[entity]
    facade = answering(one(sent | {"ModifiedAt": "yesterday"}))
    with pytest.raises(Unreadable) as caught:
        facade.erp.record(entity, key)
    assert (caught.value.field, caught.value.value, caught.value.system) == (entity, key, "infor")
    assert "ModifiedAt" in caught.value.message and "yesterday" not in caught.value.message


@pytest.mark.parametrize(
    "answer", [{}, [], None, {"hello": "world"}, {"CustomerID": None}, {"CustomerID": ""}]
)
def test_what_is_no_record_is_a_bad_answer(answering: Answering, answer: object) -> None:
    facade = answering(one(answer))
    with pytest.raises(Transient):
        facade.erp.customer("C-1")


@pytest.mark.parametrize("amount", ["1.5", "-1.50", "0", "+3", "123456789012.123456789012", "7."], ids=str)
def test_an_amount_is_a_plain_decimal(answering: Answering, amount: str) -> None:
    facade = answering(page([SENT["payments"][1] | {"Amount": amount}]))
    (read,) = walked(facade, "payments")
    assert read.amount == Decimal(amount)  # type: ignore[attr-defined]  # a payment


@pytest.mark.parametrize(
    "amount",
    [
        1,
        1.5,
        True,
        "",
        " ",
        "1e3",
        "NaN",
        "Infinity",
        "1,50",
        "1234567890123",
        "0.1234567890123",
        "٣",
        "1.5 EUR",
        [],
        {},
    ],
    ids=repr,
)
def test_anything_else_is_none(answering: Answering, amount: object) -> None:
    facade = answering(page([SENT["payments"][1] | {"Amount": amount}]))
    assert walked(facade, "payments") == [] and len(facade.left_out) == 1


@pytest.mark.parametrize("status", list(OrderStatus))
def test_a_status_of_ours_is_ours(answering: Answering, status: OrderStatus) -> None:
    facade = answering(one(SENT["sales_orders"][1] | {"OrderStatus": status.value}))
    order = facade.erp.order("SO-1")
    assert order is not None and order.status is status


def test_a_status_that_nobody_knows_is_kept(answering: Answering) -> None:
    facade = answering(one(SENT["sales_orders"][1] | {"OrderStatus": "On Hold"}))
    order = facade.erp.order("SO-1")
    assert order is not None and order.status == "On Hold" and not isinstance(order.status, OrderStatus)
    assert type(order).model_validate(order.model_dump(mode="json")) == order


@pytest.mark.parametrize("status", [None, "", 7, ["Open"]])
def test_an_order_without_a_status_cannot_be_read(answering: Answering, status: object) -> None:
    facade = answering(one(SENT["sales_orders"][1] | {"OrderStatus": status}))
    with pytest.raises(Unreadable):
        facade.erp.order("SO-1")


@pytest.mark.parametrize("member", ["Description", "GLAccount", "LineNumber", "LineTotal", "Discount", "Tax"])
@pytest.mark.parametrize("how", ["null", "missing"])
def test_of_a_line_only_what_was_bought_is_promised(answering: Answering, member: str, how: str) -> None:
    line = {name: value for name, value in LINE.items() if name != member}
    if how == "null" and member != "LineNumber":
        line[member] = None
    order = answering(one(SENT["sales_orders"][1] | {"LineItems": [line]})).erp.order("SO-1")
    assert order is not None
    (read,) = order.lines
    full = OURS["sales_orders"].lines[0]  # type: ignore[attr-defined]  # an order
    (changed,) = [n for n in type(read).model_fields if getattr(read, n) != getattr(full, n)]
    unset = {"LineNumber": 0, "LineTotal": None, "Discount": Decimal(0), "Tax": Decimal(0)}
    assert getattr(read, changed) == unset.get(member, "")


@pytest.mark.parametrize("member", ["Product", "Quantity", "Price"])
def test_a_line_without_its_product_quantity_or_price_is_no_line(answering: Answering, member: str) -> None:
    facade = answering(one(SENT["sales_orders"][1] | {"LineItems": [LINE | {member: None}]}))
    with pytest.raises(Unreadable) as caught:
        facade.erp.order("SO-1")
    assert member in caught.value.message


@pytest.mark.parametrize("member", list(ADDRESS))
def test_every_part_of_an_address_may_lack(answering: Answering, member: str) -> None:
    facade = answering(one(SENT["customers"][1] | {"BillingAddress": ADDRESS | {member: None}}))
    customer = facade.erp.customer("C-1")
    assert customer is not None and customer.billing_address is not None
    parts = list(customer.billing_address.model_dump().values())
    assert parts.count("") == 1 and len(set(parts) & set(ADDRESS.values())) == len(ADDRESS) - 1


def test_custom_fields_without_a_value_are_none(answering: Answering) -> None:
    facade = answering(one(SENT["customers"][1] | {"CustomFields": {"Tier": None, "Region": "North"}}))
    customer = facade.erp.customer("C-1")
    assert customer is not None and customer.custom == {"Region": "North"}


@pytest.mark.parametrize("status", ["Active", None, "", "obsolete"])
def test_a_product_is_obsolete_where_the_erp_says_just_that(answering: Answering, status: object) -> None:
    facade = answering(one(SENT["products"][1] | {"Status": status}))
    assert facade.erp.products(["BRK-1001"])["BRK-1001"].obsolete is False


@pytest.mark.parametrize("length", [1, 250, 251])
def test_a_key_has_a_length_that_the_ledger_can_hold(answering: Answering, length: int) -> None:
    facade = answering(page([SENT["vendors"][1] | {"VendorID": "V" * length}]))
    assert [len(record.id) for record in walked(facade, "vendors")] == ([length] if length < 251 else [])


def test_an_instant_without_a_zone_is_none(answering: Answering) -> None:
    facade = answering(page([SENT["vendors"][1] | {"ModifiedAt": "2026-01-01T00:00:00"}]))
    assert walked(facade, "vendors") == [] and "ModifiedAt" in facade.left_out[0].why


def test_an_entity_is_filtered_only_by_what_it_has(answering: Answering) -> None:
    facade = answering(page([]))
    with pytest.raises(Misconfigured) as caught:
        list(facade.erp.records("gl_accounts", where={"colour": "red", "size": "1"}))
    assert caught.value.code == "no_such_filter" and "colour, size" in caught.value.message
    assert facade.asked == []


FILTERS: dict[Entity, dict[str, str]] = {
    "customers": {
        "email": "email",
        "name": "name",
        "tax_id": "taxId",
        "reference": "externalReference",
        "status": "status",
    },
    "contacts": {"customer_id": "customerId", "email": "email"},
    "sales_orders": {"customer_id": "customerId", "reference": "externalReference", "status": "status"},
    "invoices": {"order_id": "orderId", "customer_id": "customerId", "status": "status"},
    "credit_notes": {"invoice_id": "invoiceId", "customer_id": "customerId"},
    "payments": {"invoice_id": "invoiceId", "customer_id": "customerId"},
    "products": {"description": "name", "status": "status"},
    "inventory_items": {"product_id": "productId"},
    "vendors": {"name": "name"},
    "employees": {"email": "email"},
    "exchange_rates": {"base": "base", "quote": "quote", "day": "date"},
}


@pytest.mark.parametrize(
    ("entity", "ours", "theirs"), [(e, o, t) for e, filters in FILTERS.items() for o, t in filters.items()]
)
def test_each_filter_goes_by_its_name_in_the_contract(
    answering: Answering, entity: Entity, ours: str, theirs: str
) -> None:
    facade = answering(page([SENT[entity][1]]))
    assert [*facade.erp.records(entity, where={ours: "a&b=c"})] == [(OURS[entity],)]
    assert facade.last.query == {theirs: "a&b=c", "limit": "500"}


@pytest.mark.parametrize("entity", FILTERS)
def test_an_empty_filter_asks_for_nothing(answering: Answering, entity: Entity) -> None:
    facade = answering(page([SENT[entity][1]]))
    assert [*facade.erp.records(entity, where=dict.fromkeys(FILTERS[entity], ""))] == []
    assert facade.asked == []


@pytest.mark.parametrize("entity", FILTERS)
def test_the_answer_to_a_filter_is_whole_or_none(answering: Answering, entity: Entity) -> None:
    key, sent = SENT[entity]
    facade = answering(page([sent, sent | {"ModifiedAt": None}]))
    with pytest.raises(Unreadable) as caught:
        list(facade.erp.records(entity, where={next(iter(FILTERS[entity])): "x"}))
    assert caught.value.value == key and facade.left_out == []


def test_since_is_asked_in_utc(answering: Answering) -> None:
    facade = answering(page([]))
    since = datetime.fromisoformat("2026-03-01T13:00:00.5+02:00")
    assert [*facade.erp.records("customers", since=since)] == [()]
    assert facade.last.query == {"modifiedSince": "2026-03-01T11:00:00.500000Z", "limit": "500"}


def test_pages_follow_each_other_by_their_cursor_whatever_is_on_them(answering: Answering) -> None:
    _, sent = SENT["vendors"]
    odd = {"VendorID": "V-9", **STAMPS, "Name": 5}
    facade = answering(page([], "c 1"), page([odd], "c2"), page([], "c3"), page([sent]))
    assert [len(found) for found in facade.erp.records("vendors", since=OURS["vendors"].modified)] == [
        0,
        0,
        0,
        1,
    ]
    assert [asked.query.get("cursor") for asked in facade.asked] == [None, "c 1", "c2", "c3"]
    assert len({asked.query["modifiedSince"] for asked in facade.asked}) == 1
    assert [one.key for one in facade.left_out] == ["V-9"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"Items": []},
        {"NextCursor": None},
        {"Items": {}, "NextCursor": None},
        {"Items": [], "NextCursor": 5},
        [],
        None,
    ],
    ids=str,
)
def test_what_is_no_page_is_no_end(answering: Answering, body: object) -> None:
    facade = answering(one(body))
    with pytest.raises(Transient):
        list(facade.erp.records("vendors"))
