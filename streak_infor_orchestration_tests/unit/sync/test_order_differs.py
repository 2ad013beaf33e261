"""When an order is what was asked for: to the cent, also where the ERP works the tax out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.order import Line, OrderDraft, OrderedLine, OrderStatus, SalesOrder
from streak_infor_orchestration.sync.effects.order_differs import order_differs

LINES = (
    Line(sku="A", quantity=Decimal(3), price=Decimal("3.333"), discount=Decimal("0.10"), tax=Decimal("1.98")),
    Line(sku="B", quantity=Decimal("1.50"), price=Decimal(10)),
)
DRAFT = OrderDraft(
    reference="R",
    customer_id="C",
    order_date=date(2026, 3, 2),
    currency="EUR",
    lines=LINES,
    freight=Decimal("4.90"),
)


def order(**changed: Any) -> SalesOrder:
    kept = DRAFT.model_dump(include={"reference", "customer_id", "currency", "freight"})
    lines = tuple(OrderedLine(**line.model_dump()) for line in reversed(LINES))
    made: dict[str, Any] = {
        "id": "1",
        **kept,
        "lines": lines,
        "total": DRAFT.total,
        "status": OrderStatus.OPEN,
    }
    return SalesOrder(**{**made, **changed})


def test_the_same_order_does_not_differ_whatever_the_order_of_its_lines() -> None:
    assert order_differs(order(), DRAFT) == ""
    assert DRAFT.total == Decimal("31.78")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"customer_id": "D"}, "is for customer D, not C"),
        ({"currency": "USD"}, "is in USD, not EUR"),
        ({"total": Decimal("31.79")}, "comes to 31.79, not 31.78 EUR"),
        ({"lines": order().lines[:1]}, "has other lines"),
    ],
)
@pytest.mark.parametrize("tax", ["ours", "erp"])
def test_what_is_ours_to_say_differs(changed: dict[str, Any], told: str, tax: Any) -> None:
    difference = order_differs(order(**changed), DRAFT, tax)
    assert (
        difference == told if tax == "ours" or "total" not in changed else difference.startswith("comes to")
    )


TAXED = tuple(line.model_copy(update={"tax": Decimal("2.00")}) for line in order().lines)
NET = Decimal("29.80")  # 9.90 + 15.00 + 4.90


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"lines": TAXED, "total": NET + 4}, ""),
        ({"tax": Decimal("5.66"), "total": NET + Decimal("5.66")}, ""),
        ({"tax": Decimal(0), "total": NET}, ""),
        (
            {"tax": Decimal("5.66"), "total": NET + Decimal("5.67")},
            "comes to 35.47, but its lines, freight and tax to 35.46 EUR",
        ),
        ({"lines": TAXED, "total": NET}, "comes to 29.80, but its lines, freight and tax to 33.80 EUR"),
        (
            {"freight": Decimal(5), "tax": Decimal(0), "total": NET + Decimal("0.10")},
            "has freight of 5, not 4.90 EUR",
        ),
    ],
)
def test_the_erps_tax_is_adopted_once_its_sum_is_right(changed: dict[str, Any], told: str) -> None:
    assert order_differs(order(**changed), DRAFT, "erp") == told


def test_of_net_lines_a_cent_is_a_difference() -> None:
    dearer = order().lines[0].model_copy(update={"price": Decimal("10.01")})
    assert order_differs(order(lines=(dearer, order().lines[1])), DRAFT, "erp") == "has other lines"
