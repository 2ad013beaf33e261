"""Whether there is enough of everything that is ordered."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from streak_infor_orchestration.domain.deal import DealLine, Problem, Typed, together
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.domain.product import InventoryItem
from streak_infor_orchestration.mapping.values import number_text

if TYPE_CHECKING:  # every process of Dagster imports this module, few read a configuration
    from streak_infor_orchestration.config.integration import Integration


def shortages(
    draft: OrderDraft,
    stated: Sequence[DealLine],
    stock: Dictionary[str, Sequence[InventoryItem]],
    config: "Integration",
) -> tuple[Problem, ...]:
    """One per product; `stated` are the lines that the draft's were made of, one by one. Counted is what is available
    in the order's warehouse, where it has one, else anywhere; what is stocked nowhere at all (a service) is never
    short."""
    ordered: dict[str, Decimal] = {}
    typed: dict[str, list[Typed]] = {}
    for line, said in zip(draft.lines, stated, strict=True):
        ordered[line.sku] = ordered.get(line.sku, Decimal(0)) + line.quantity
        typed.setdefault(line.sku, []).append(said.at("quantity"))
    found = (
        (sku, quantity, _available(stock[sku], draft.warehouse))
        for sku, quantity in ordered.items()
        if stock.get(sku)
    )
    return tuple(
        _short(sku, quantity, available, draft.warehouse, together(typed[sku]), config)
        for sku, quantity, available in found
        if available < quantity
    )


def _available(items: Sequence[InventoryItem], warehouse: str) -> Decimal:
    return sum((item.available for item in items if warehouse in ("", item.warehouse)), Decimal(0))


def _short(
    sku: str, quantity: Decimal, available: Decimal, warehouse: str, at: Typed, config: "Integration"
) -> Problem:
    where = f" in warehouse {warehouse}" if warehouse else ""
    return Problem(
        code=LineCode.OUT_OF_STOCK,
        message=f'Of "{sku}" {number_text(quantity)} are ordered, but {number_text(available)} are available{where}.',
        field=at.field,
        value=at.value,
        rule=config.place("policies", "stock"),
    )
