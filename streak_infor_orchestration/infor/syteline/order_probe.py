"""Looking for an order of ours: finished, or begun and left (Infor API contract C.4, F)."""

from collections.abc import Collection

from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.infor.port import Found
from streak_infor_orchestration.infor.syteline.collection import key_in
from streak_infor_orchestration.infor.syteline.filters import either, equal
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.order_records import HEADERS, OrderRecords
from streak_infor_orchestration.infor.syteline.wire import LineRow, OrderRow


def find_order(records: OrderRecords, reference: str, request: OrderDraft) -> Found:
    """By our number or the second reference, in one look: both are exact and show every order at once."""
    orders, second = records.orders, request.second_reference
    names = [equal("CoNum", records.ido.key("CoNum", reference))] if reference else []
    names += [equal(records.said.second_reference, second)] if second else []
    if not names:
        return Found()
    loaded = records.ido.all(HEADERS, orders.header_properties, either(*names), tagged=True)
    # compared here once more, letter by letter: SyteLine ignores case
    named = [
        row
        for row in loaded
        if key_in(row, "CoNum") == reference or (second and orders.second_reference(row) == second)
    ]
    begun = {key_in(row, "CoNum"): row for row in named if records.is_begun(row, second)}
    finished = orders.with_lines([row for row in named if key_in(row, "CoNum") not in begun], whole=True)
    lines = orders.lines_of(list(begun)) if begun else {}
    ways = {number: steps_of(row, lines.get(number, []), request) for number, row in begun.items()}
    ours = next((number for number, steps in ways.items() if steps), "")
    return Found(
        orders=finished, steps=ways.get(ours, {}), foreign=tuple(number for number in ways if number != ours)
    )


def steps_of(row: Row, lines: Collection[Row], request: OrderDraft) -> dict[str, str]:
    """How far a planned order is on its way to the very request; empty where it is on another."""
    header = OrderRow.model_validate(row)
    if (header.cust_num, header.curr_code) != (request.customer_id, request.currency):
        return {}
    steps = {"header": header.co_num}
    for line in map(LineRow.model_validate, lines):
        position = line.co_line
        if not 1 <= position <= len(request.lines) or request.lines[position - 1].sku != line.item:
            return {}
        steps[f"line {position}"] = str(position)
    return steps
