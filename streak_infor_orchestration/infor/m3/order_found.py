"""What a probe sees of an order (Infor API contract, B.9, F)."""

from collections.abc import Callable, Mapping

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.infor.m3 import order_begun as begun
from streak_infor_orchestration.infor.m3 import order_lookup, orders
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.ordering import OrderRequest
from streak_infor_orchestration.infor.port import Found


def find(mi: Mi, reference: str, request: OrderDraft, units: Callable[[], Mapping[str, str]]) -> Found:
    """Orders under the reference; else the temporary order that is on its way to the request, as far as it has come,
    why M3 holds it, and those that are on their way to something else. `units`: basic units by item.

    One call where there is nothing; two where there are orders.
    """
    located = order_lookup.locate(mi, reference, request.customer_id)
    found = orders.read(mi, located.orders, all_of_them=True)
    made = tuple(order for order in found if order.reference == reference)
    if made or not located.temporary:
        return Found(orders=made, foreign=tuple(one.number for one in located.temporary))
    records = _lines(mi, request, units)
    numbers = [one.number for one in located.temporary]
    listed = mi.all("OIS100MI", [MiCall("LstBatchLine", {"ORNO": n}, begun.LINES) for n in numbers])
    rows_of = dict(zip(numbers, listed, strict=True))
    steps = {
        n: begun.steps_of(n, rows, records, freight=bool(request.freight)) for n, rows in rows_of.items()
    }
    ours = {n: known for n, known in steps.items() if known is not None}
    best = max(ours, key=lambda n: len(ours[n]), default="")
    held = next(
        (one.status for one in located.temporary if one.number == best and one.status in begun.HELD), ""
    )
    return Found(
        steps=ours.get(best, {}),
        held=begun.why_held(mi, best, held) if held else "",
        foreign=tuple(n for n in numbers if n != best and (n not in ours or rows_of[n])),
    )


def _lines(mi: Mi, request: OrderDraft, units: Callable[[], Mapping[str, str]]) -> list[dict[str, str]]:
    """The records of the request; of one that could not be sent at all, nothing can be on its way."""
    try:
        return OrderRequest(mi, request, units()).lines
    except IntegrationError:
        return []
