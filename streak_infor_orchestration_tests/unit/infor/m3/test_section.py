"""What `integration.yaml` may say of M3, and what of it contradicts itself."""

import pytest

from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration_tests.unit.config.minimal import text

ADDRESS = '\n  product: m3\n  base_url: "ionapi:/M3"\n'


def complaint(erp: str, **sections: str) -> str:
    with pytest.raises(InvalidConfiguration) as refused:
        FORMAT.loads(text(erp=ADDRESS + erp, **sections))
    (told,) = refused.value.complaints
    return told


def test_its_defaults_write_into_no_field_that_is_used_twice() -> None:
    section = FORMAT.loads(text(erp=ADDRESS)).erp
    assert isinstance(section, M3Section)
    assert (section.lookup.by, section.discount, section.tax, section.prices) == (
        "customer",
        "net_price",
        "erp",
        "ours",
    )


@pytest.mark.parametrize(
    ("erp", "told"),
    [
        ("  second_reference_field: CUOR", "7: erp.second_reference_field: CUOR of the order is used by"),
        (
            "  description_field: YREF\n  order_fields: {Region: YREF}",
            "8: erp.order_fields.Region: YREF of the order",
        ),
        (
            "  customer_fields: {Region: YRE2}",
            "7: erp.customer_fields.Region: YRE2 of the customer is used by",
        ),
        ("  lookup: {by: transaction}", "7: erp.lookup.orders: the lookup by a transaction needs its name"),
        (
            "  reference_field: PYRE\n  lookup: {by: transaction, orders: CMS100MI/Lst_REF}",
            "8: erp.lookup.input: orders are looked up by another field than PYRE",
        ),
    ],
)
def test_what_contradicts_itself_is_told_with_its_line(erp: str, told: str) -> None:
    assert complaint(erp).startswith(f"integration.yaml:{told}")


@pytest.mark.parametrize(
    ("rule", "option"),
    [
        ("{to: order.custom.Region, from: box.name}", "erp.order_fields"),
        ("{to: customer.custom.Region, from: box.name}", "erp.customer_fields"),
        ('{to: order.freight, from: "field:Freight"}', "erp.freight_charge"),
        ('{to: customer.shipping_address.city, from: "field:City"}', "erp.address_number"),
    ],
)
def test_a_rule_for_what_m3_has_no_field_for_is_refused_at_load(rule: str, option: str) -> None:
    assert option in complaint("", fields=f"[{rule}]")


def test_the_stamp_of_converted_amounts_needs_a_field() -> None:
    lines = (
        '{from: columns, columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}"}, convert: true}'
    )
    assert "erp.order_fields" in complaint("", lines=lines)
    assert FORMAT.loads(text(erp=ADDRESS + "  order_fields: {ExchangeRate: PROJ}", lines=lines))
