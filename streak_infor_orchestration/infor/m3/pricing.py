"""M3's own prices, where orders are priced by it: OIS320MI (Infor API contract, B.8)."""

from decimal import Decimal

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.money import line_total, plain, round_money
from streak_infor_orchestration.domain.order import Line, OrderDraft
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import number, written

PROGRAM = "OIS320MI"


def compare(mi: Mi, draft: OrderDraft) -> None:
    """What M3 would price the lines at, against what the deal says: all of them in one call, before anything is sent.

    Raises `Rejected` for the first that would come to another amount.
    """
    rows = mi.all(PROGRAM, [_call(mi, draft, line) for line in draft.lines])
    for wanted, found in zip(draft.lines, rows, strict=True):
        ours = line_total(wanted.quantity, wanted.price, wanted.discount, draft.currency)
        theirs = round_money(number(found[0], "LNAM") if found else Decimal(0), draft.currency)
        if ours != theirs:
            raise Rejected(
                f'"{wanted.sku}" comes to {plain(ours)} {draft.currency} on the deal, and to {plain(theirs)} by '
                "M3's prices.",
                code=LineCode.PRICE_TOLERANCE,
                system="infor",
                field="lines.price",
                value=plain(wanted.price),
            )


def _call(mi: Mi, draft: OrderDraft, line: Line) -> MiCall:
    record = {
        "CUNO": draft.customer_id,
        "ITNO": line.sku,
        "FACI": mi.section.facility,
        "WHLO": draft.warehouse,
        "ORDT": written(draft.order_date),
        "ORQA": plain(line.quantity.normalize()),
        "CUCD": draft.currency,
        "ORTP": mi.section.order_type,
    }
    return MiCall("GetPriceLine", {code: value for code, value in record.items() if value}, "SAPR NETP LNAM")
