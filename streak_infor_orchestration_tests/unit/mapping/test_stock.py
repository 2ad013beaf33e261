"""Whether there is enough: summed over an order's lines, in its warehouse, of what is stocked at all."""

from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.deal import DealLine, Problem, Typed
from streak_infor_orchestration.domain.order import Line, OrderDraft
from streak_infor_orchestration.domain.product import InventoryItem
from streak_infor_orchestration.mapping.stock import shortages
from streak_infor_orchestration_tests.unit.config.minimal import integration
from streak_infor_orchestration_tests.unit.mapping.deals import TODAY


def item(warehouse: str, available: str) -> InventoryItem:
    number = Decimal(available)
    return InventoryItem(
        id=warehouse,
        product_id="A",
        warehouse=warehouse,
        on_hand=number,
        allocated=Decimal(0),
        available=number,
    )


def short(
    stock: dict[str, tuple[InventoryItem, ...]], *quantities: str, warehouse: str = "100"
) -> tuple[Problem, ...]:
    draft = OrderDraft(
        reference="R",
        customer_id="C",
        order_date=TODAY,
        currency="EUR",
        warehouse=warehouse,
        lines=tuple(Line(sku="A", quantity=Decimal(q), price=Decimal(1)) for q in quantities),
    )
    stated = [
        DealLine(sku="A", quantity=Decimal(q), typed={"quantity": Typed(f"Qty {n}", q)})
        for n, q in enumerate(quantities, 1)
    ]
    return shortages(draft, stated, stock, integration())


@pytest.mark.parametrize(
    ("quantities", "warehouse", "is_short"),
    [
        (["10"], "100", False),
        (["10.5"], "100", True),
        (["6", "4"], "100", False),
        (["6", "5"], "100", True),
        (["11"], "", False),
        (["16"], "", True),
        (["1"], "300", True),
    ],
)
def test_all_lines_of_a_product_count_against_what_is_available_there(
    quantities: list[str], warehouse: str, is_short: bool
) -> None:
    found = short({"A": (item("100", "10"), item("200", "5"))}, *quantities, warehouse=warehouse)
    assert len(found) == is_short


def test_what_is_stocked_nowhere_is_never_short_and_what_is_owed_always() -> None:
    assert short({}, "5") == short({"A": ()}, "5") == ()
    (told,) = short({"A": (item("100", "-3"),)}, "1")
    assert told.message == 'Of "A" 1 are ordered, but -3 are available in warehouse 100.'


def test_what_is_short_is_told_at_the_quantities_that_ask_for_it() -> None:
    (told,) = short({"A": (item("100", "10"),)}, "6", "5")
    assert (told.field, told.value) == ("Qty 1 + Qty 2", "6 + 5")
