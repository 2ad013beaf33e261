"""Making an order: AddBatchHead, lines, Confirm, resumable at every point (Infor API contract, B.6, F)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from streak_infor_orchestration.domain.errors import (
    Conflict,
    Held,
    IntegrationError,
    Rejected,
    Transient,
    Unknown,
)
from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.m3 import order_begun as begun
from streak_infor_orchestration.infor.m3 import order_lookup, order_requests
from streak_infor_orchestration.infor.m3.mi import Mi
from streak_infor_orchestration.infor.m3.values import text
from streak_infor_orchestration.infor.port import Steps

PROGRAM = "OIS100MI"
Read = Callable[[str], SalesOrder | None]


class OrderRequest:
    """The records of an order as they will be sent, all of them checked before the first leaves."""

    def __init__(self, mi: Mi, draft: OrderDraft, units: Mapping[str, str]) -> None:
        section = mi.section
        self.draft = draft
        self.head = order_requests.head(section, draft)
        self.charge = order_requests.charge(section, draft)
        self.lines = [
            order_requests.line(section, draft, position, units.get(wanted.sku, ""))
            for position, wanted in enumerate(draft.lines, 1)
        ]


def make(mi: Mi, request: OrderRequest, steps: Steps) -> str:
    """The number of the order. Raises `Rejected` for what M3 refuses, with nothing left of it; `Held` for what M3
    keeps; `Conflict` where what was begun is gone."""
    if begun.CONFIRM in steps.done:
        return steps.done[begun.CONFIRM]
    resumed = begun.HEAD in steps.done
    if resumed and (made := _resume(mi, request, steps)):
        return made
    number = steps.take(begun.HEAD, partial(_add_head, mi, request))
    try:
        if request.charge:
            steps.take(begun.FREIGHT, partial(_add, mi, "AddBatchHeadChg", number, request.charge))
        for position, record in enumerate(request.lines, 1):
            steps.take(begun.step_of(position), partial(_add_line, mi, number, record))
    except Rejected:
        steps.dismantle(partial(_delete, mi, number))
        raise
    if resumed and not begun.is_whole(begun.lines_of(mi, number), request.lines):
        steps.dismantle(partial(_delete, mi, number))
        raise Transient(
            f"temporary order {number} had other lines than were sent: it is begun anew",
            code=SystemCode.TRANSIENT,
            system="infor",
        )
    try:
        return steps.take(begun.CONFIRM, partial(_confirm, mi, number))
    except Rejected:
        steps.dismantle(partial(_delete, mi, number))
        raise


def _resume(mi: Mi, request: OrderRequest, steps: Steps) -> str:
    """The number of the order if there is one by now. Else what was begun is made so that it can be gone on with: as
    far as `steps` says, or not at all."""
    number = steps.done[begun.HEAD]
    states = order_lookup.states(mi, [number])
    if not states:
        return _order_of_vanished(mi, request, number)
    status = text(states[0], "STAT")
    if real := order_lookup.real_of(states[0]):
        return real
    if status in begun.HELD:
        raise Held(begun.why_held(mi, number, status), system="infor", value=number)
    rows = begun.lines_of(mi, number)
    if not _goes_on(mi, request, steps, number, rows):
        steps.dismantle(partial(_delete, mi, number))
    return ""


def _goes_on(
    mi: Mi, request: OrderRequest, steps: Steps, number: str, rows: Sequence[Mapping[str, str]]
) -> bool:
    """Whether what is there is the beginning of this very order; then `steps` knows all of it, and lines that came
    twice are deleted. What a person changed, and a charge of which nobody can tell, is not gone on with."""
    there = begun.steps_of(number, rows, request.lines, freight=bool(request.charge))
    if there is None or any(step not in there for step in steps.done if step.startswith("line ")):
        return False
    if request.charge and begun.FREIGHT not in {**there, **steps.done}:
        return False
    for several in begun.by_position(rows).values():
        for surplus in several[1:]:
            steps.take(f"surplus {begun.outcome(surplus)}", partial(_delete_line, mi, number, surplus))
    for step, outcome in there.items():
        steps.take(step, partial(str, outcome))
    return True


def _order_of_vanished(mi: Mi, request: OrderRequest, number: str) -> str:
    """The temporary order is not there: it became an order, or somebody deleted it, and then nobody but a person says
    whether it is to be made again."""
    located = order_lookup.locate(mi, request.draft.reference, request.draft.customer_id)
    if len(located.orders) == 1:
        return located.orders[0]
    raise Conflict(
        f"temporary order {number} is no longer in M3, and no order bears the reference {request.draft.reference}",
        code=DealCode.BEGUN_ORDER_GONE,
        system="infor",
        existing=number,
    )


def _add_head(mi: Mi, request: OrderRequest) -> str:
    row = mi.write(
        PROGRAM, "AddBatchHead", request.head, columns="ORNO", targets=order_requests.head_targets(mi.section)
    )
    return _number(row, "AddBatchHead")


def _add(mi: Mi, transaction: str, number: str, record: Mapping[str, str]) -> str:
    mi.write(PROGRAM, transaction, {**record, "ORNO": number})
    return ""


def _add_line(mi: Mi, number: str, record: Mapping[str, str]) -> str:
    row = mi.write(
        PROGRAM,
        "AddBatchLine",
        {**record, "ORNO": number},
        columns="PONR POSX",
        targets=order_requests.LINE_TARGETS,
    )
    return begun.outcome(row)


def _confirm(mi: Mi, number: str) -> str:
    """The number of the real order."""
    record = {"ORNO": number, "CTYP": mi.section.confirm_type}
    try:
        made = text(mi.write(PROGRAM, "Confirm", record, columns="ORNO STAT"), "ORNO")
    except Rejected as refusal:
        return _real(mi, number, refusal)
    return made if made not in ("", number) else _real(mi, number, _unsaid("Confirm"))


def _real(mi: Mi, number: str, otherwise: IntegrationError) -> str:
    """What became of a temporary order that Confirm did not make one of. Raises `Held`, or else `otherwise`."""
    for state in order_lookup.states(mi, [number]):
        if real := order_lookup.real_of(state):
            return real
        if text(state, "STAT") in begun.HELD:
            raise Held(begun.why_held(mi, number, text(state, "STAT")), system="infor", value=number)
    raise otherwise


def _delete(mi: Mi, number: str) -> None:
    """Raises `Held` where M3 does not let it be deleted: then a person has to."""
    try:
        mi.write(PROGRAM, "DelBatchHead", {"ORNO": number})
    except Rejected as refusal:
        if order_lookup.states(mi, [number]):
            raise Held(
                f"temporary order {number} cannot be deleted: {refusal.message}", system="infor", value=number
            ) from None


def _delete_line(mi: Mi, number: str, row: Mapping[str, str]) -> str:
    mi.write(PROGRAM, "DelBatchLine", {"ORNO": number, "PONR": text(row, "PONR"), "POSX": text(row, "POSX")})
    return ""


def _number(row: Mapping[str, str], transaction: str) -> str:
    if not text(row, "ORNO"):
        raise _unsaid(transaction)
    return text(row, "ORNO")


def _unsaid(transaction: str) -> Unknown:
    return Unknown(f"M3 answered {transaction} without a number", system="infor")
