"""What SyteLine brings as a product: its section and what it refuses, its words, its texts and amounts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.entities import RECORDS
from streak_infor_orchestration.infor.syteline import filters, internal
from streak_infor_orchestration.infor.syteline.orders import net
from streak_infor_orchestration.infor.syteline.product import SYTELINE
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.wire import LineRow


def section(**said: Any) -> SytelineSection:
    known = {"product": "syteline", "base_url": "https://erp.example.com", "configuration": "ACME_PRD"}
    return SytelineSection.model_validate({**known, **said})


def test_every_entity_but_contacts_has_a_word() -> None:
    assert RECORDS.keys() - SYTELINE.labels.keys() == {"contacts"}
    assert SYTELINE.name == "syteline"


@pytest.mark.parametrize(
    "tail", ["", "/", "/IDORequestService", "/IDORequestService/ido", "/IDORequestService/ido/"]
)
def test_the_address_may_be_written_with_the_service_s_path(tail: str) -> None:
    assert section(base_url=f"https://erp.example.com/x{tail}").base_url == "https://erp.example.com/x"
    assert section(base_url=f"ionapi:/CSI{tail}").base_url == "ionapi:/CSI"


@pytest.mark.parametrize(
    ("prefix", "width", "fine"), [("STK", 10, True), ("STK", 9, True), ("STKX", 9, False)]
)
def test_numbers_keep_six_characters_to_tell_deals_apart(prefix: str, width: int, fine: bool) -> None:
    said = {"reference_prefix": prefix, "key_widths": {"order": width}}
    if fine:
        assert section(**said).key_widths.order == width
    else:
        with pytest.raises(ValueError, match="leave 5 to tell deals apart"):
            section(**said)


@pytest.mark.parametrize(
    "said",
    [
        {"custom_fields": {"orders": {"PO": "CustPo"}}},
        {"orders": {"set": {"CustPo": "X"}}},
        {"orders": {"description": "CustPo"}},
        {"custom_fields": {"customers": {"Guid": "CrmGuid"}}},
        {"customers": {"set": {"CrmGuid": "X"}}},
    ],
)
def test_nothing_else_is_written_where_records_are_found_by(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="holds the reference that records are found by"):
        section(**said)


def test_customer_numbers_of_ours_need_a_width() -> None:
    with pytest.raises(ValueError, match="begin with K and take 5 characters more"):
        section(customers={"number": "ours"})
    assert section(customers={"number": "ours"}, key_widths={"customer": 6}).customers.number == "ours"


def test_accounts_need_a_property() -> None:
    for said in ({"gl_accounts": {"BRK-": "4010"}}, {"defaults": {"gl_account": "4000"}}):
        with pytest.raises(ValueError, match="no property for an account"):
            section(**said)
        assert section(orders={"gl_account": "Uf_Account"}, **said)


@pytest.mark.parametrize(
    ("target", "option"),
    [
        ("order.custom.Region", "erp.custom_fields.orders"),
        ("customer.custom.Region", "erp.custom_fields.customers"),
        ("order.description", "erp.orders.description"),
        ("customer.tax_id", "erp.customers.tax_id"),
        ("order.shipping_method", ""),
        ("customer.shipping_address", ""),
    ],
)
def test_a_rule_for_what_has_no_property_is_told_what_to_set(target: str, option: str) -> None:
    assert option in section().unkept(target)
    assert bool(section().unkept(target)) is bool(option)
    whole = section(
        orders={"description": "Uf_Description"},
        customers={"tax_id": "Uf_TaxId"},
        custom_fields={"orders": {"Region": "Uf_Region"}, "customers": {"Region": "Uf_Region"}},
    )
    assert whole.unkept(target) == ""


def test_a_method_needs_its_ido() -> None:
    with pytest.raises(ValueError, match="a method needs its IDO"):
        section(ready={"method": "MarkReadyToInvoiceSp"})


@pytest.mark.parametrize("name", ["1st", "A B", "x'", "A,B", "A=1"])
def test_a_property_is_a_word(name: str) -> None:
    with pytest.raises(ValueError, match="second_reference"):
        section(orders={"second_reference": name})


def test_a_quote_in_a_filter_is_doubled() -> None:
    assert filters.equal("Name", "O'Neil' OR 1=1") == "Name = N'O''Neil'' OR 1=1'"
    assert filters.one_of("Item", ["A", "B'", "A"]) == "Item IN (N'A', N'B''')"
    assert filters.both("A = 1", "", filters.either("B = 1", "C = 1")) == "A = 1 AND (B = 1 OR C = 1)"


@pytest.mark.parametrize(
    ("sent", "kept", "same"),
    [
        ("2", "2.00000000", True),
        ("2.5", "2.50", True),
        ("2", "2.01", False),
        ("STK1", "      STK1", True),
        ("N14", None, False),
        ("", None, True),
        (None, "", True),
        (None, "x", False),
        ("007", "7", True),
        ("1E2", "100", False),
    ],
)
def test_what_is_kept_is_compared_whatever_its_spelling(sent: str | None, kept: object, same: bool) -> None:
    assert internal.same(sent, kept) is same


@pytest.mark.parametrize(
    ("value", "text"), [("100", "100"), ("1E+2", "100"), ("0.10", "0.1"), ("-0", "0"), ("1E-8", "0.00000001")]
)
def test_a_number_is_written_plainly(value: str, text: str) -> None:
    assert internal.number(Decimal(value)) == text


def test_times_and_days_are_in_the_internal_format() -> None:
    assert internal.moment(datetime(2026, 3, 2, 9, 0, 0, 123999, tzinfo=UTC)) == "20260302 09:00:00.123"
    assert internal.day(date(2026, 3, 2)) == "20260302 00:00:00.000"
    for wrong in ("2026-03-02", "20261302 00:00:00.000", "", None, 20260302):
        with pytest.raises(ValueError, match="is no time"):
            internal.moment_of(wrong)


def line(**said: str) -> LineRow:
    row = {
        "CoNum": "STK", "CoLine": "1", "Item": "A", "QtyOrdered": "3", "QtyOrderedConv": "3", "QtyShipped": "0",
        "QtyInvoiced": "0", "Price": "10.35", "PriceConv": "10.35", "Disc": "0", "RecordDate": "20260302 09:00:00.000",
    }  # fmt: skip
    return LineRow.model_validate({**row, **said})


@pytest.mark.parametrize(
    ("said", "order_discount", "comes_to"),
    [
        ({}, "0", "31.05"),
        ({"Disc": "10"}, "0", "27.94"),
        ({"Disc": "10"}, "50", "13.97"),
        ({"Price": ".005", "QtyOrdered": "1"}, "0", "0.00"),
    ],
)
def test_a_line_comes_to_what_both_discounts_leave(
    said: dict[str, str], order_discount: str, comes_to: str
) -> None:
    assert str(net(line(**said), Decimal(order_discount), "EUR")) == comes_to


@pytest.mark.parametrize("value", ["", None, "ten", "1,5", 3, "1e5", "Infinity"])
def test_an_amount_that_is_none_is_no_line(value: object) -> None:
    with pytest.raises(ValueError, match="no number as text"):
        line(Price=value)  # type: ignore[arg-type]
