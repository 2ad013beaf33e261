"""Which records each product's messages name, by the keys its port knows them by."""

import json
from typing import Any

import pytest

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.infor.products import PRODUCTS
from streak_infor_orchestration.infor.push.message import NotUnderstood
from streak_infor_orchestration.infor.push.read import read
from streak_infor_orchestration.infor.push.unpacked import PushDelivery
from streak_infor_orchestration_tests.unit.infor.push.test_read import BOD, INVOICE, ORDER


def section(name: str, **options: Any) -> Any:
    """Of the file, with nothing checked but what is given: hints look at little of it."""
    return PRODUCTS[name].section.model_construct(**options)


def told(name: str, body: Any, *, push: PushSection | None = None, **options: Any) -> list[tuple[str, str]]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    settings, said = push or PushSection(), section(name, **options)
    _, found = read(
        PushDelivery("", content, {}), lambda message: PRODUCTS[name].hints(said, settings, message)
    )
    return [(hint.entity, hint.key) for hint in found]


def event(table: str, **columns: object) -> dict[str, object]:
    return {"documentName": table, "elements": [{"name": n, "value": v} for n, v in columns.items()]}


def test_m3_names_an_order_by_the_column_of_any_of_its_tables() -> None:
    assert told("m3", event("OOHEAD", OACONO=100, OAORNO=f"{ORDER} "), divi="") == [("order", ORDER)]
    assert told("m3", event("OOLINE", OBORNO=ORDER, OBPONR=1), divi="AAA") == [("order", ORDER)]
    assert told("m3", {"table": "OOHEAD", "before": {"ORNO": ORDER}, "after": {"ORNO": ORDER}}, divi="") == [
        ("order", ORDER)
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {"UAYEA4": 2026, "UAIVNO": 123456},
        {"ESYEA4": 2027, "ESINYR": 2026, "ESCINO": "123456    "},
        {"INYR": "2026", "CINO": "123456"},
    ],
)
def test_m3_names_an_invoice_by_its_year_and_number_in_our_division(columns: dict[str, object]) -> None:
    assert told("m3", event("FSLEDG", **columns), divi="") == [("invoice", "2026/123456")]
    assert told("m3", event("FSLEDG", **columns), divi="AAA") == [("invoice", "AAA/2026/123456")]


def test_an_invoice_that_names_its_order_too_is_that_order_to_m3() -> None:
    assert told("m3", event("ODHEAD", UAORNO=ORDER, UAYEA4=2026, UAIVNO=1), divi="") == [("order", ORDER)]


def test_syteline_names_orders_and_invoices_by_their_properties_without_their_padding() -> None:
    row = {"IDOName": "SLCos", "Properties": [{"Name": "CoNum", "Value": "  STK00123"}]}
    assert told("syteline", row, idos={}) == [("order", "STK00123")]
    assert told("syteline", {"IDO": "SLArtrans", "InvNum": "  P-9", "ApplyToInvNum": " 1001"}) == [
        ("invoice", "1001")
    ]
    assert told("syteline", {"IDO": "SLInvHdrs", "InvNum": "   1001", "InvSeq": "0", "CoNum": " STK1"}) == [
        ("order", "STK1")
    ]


def test_a_facades_own_records_name_themselves() -> None:
    assert told("facade", {"OrderID": "SO-1", "Lines": [{"ProductID": "P"}]}) == [("order", "SO-1")]
    assert told("facade", {"InvoiceID": "INV-1"}) == [("invoice", "INV-1")]


@pytest.mark.parametrize(("name", "options"), [("m3", {"divi": ""}), ("syteline", {"idos": {}})])
def test_a_bod_names_its_order_to_each_product_that_sends_any(name: str, options: dict[str, Any]) -> None:
    assert told(name, BOD, **options) == [("order", ORDER)]
    other = BOD.replace(b"SalesOrder", b"CustomerPartyMaster")
    assert told(name, other, **options) == []


def test_the_number_in_an_invoices_bod_is_a_key_to_syteline_and_none_to_m3() -> None:
    invoice = INVOICE.format("").encode()
    assert told("syteline", invoice) == [("invoice", "90001")]
    with pytest.raises(NotUnderstood):
        told("m3", invoice, divi="")


def test_a_customer_may_name_the_fields_of_messages_made_by_hand() -> None:
    own = PushSection(order_fields=("OrderNo",), invoice_fields=("Year", "No"))
    for name, options in (("m3", {"divi": ""}), ("syteline", {"idos": {}}), ("facade", {})):
        assert told(name, {"OrderNo": "7"}, push=own, **options) == [("order", "7")]
        assert told(name, {"Year": 2026, "No": "8"}, push=own, **options) == [("invoice", "2026/8")]


def test_a_table_that_concerns_neither_is_left_alone_and_one_that_does_must_name_its_record() -> None:
    assert told("m3", event("OCUSMA", OKCUNO="C1"), divi="") == []
    assert told("syteline", {"IDO": "SLCustomers", "CustNum": "C1"}, idos={}) == []
    for name, body in (
        ("m3", event("OOHEAD", OACUNO="C1")),
        ("syteline", {"IDO": "XX_SLCos", "CustNum": "C1"}),
    ):
        with pytest.raises(NotUnderstood):
            told(name, body, divi="", idos={"SLCos": "XX_SLCos"})


@pytest.mark.parametrize("name", PRODUCTS)
def test_no_product_takes_a_message_without_a_number_for_one(name: str) -> None:
    with pytest.raises(NotUnderstood):
        told(name, {"operation": "UPDATE"}, divi="", idos={})
