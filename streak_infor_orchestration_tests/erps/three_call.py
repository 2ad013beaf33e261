"""An ERP that makes an order in three kinds of call: head (a temporary number), lines, confirm.

Infor API contract B.6: nothing is a real order before Confirm; a head left behind is found by its reference, and a
person may release or delete it.
"""

from dataclasses import dataclass, field
from functools import partial

from streak_infor_orchestration.domain.errors import Held, Rejected
from streak_infor_orchestration.domain.order import Line, OrderDraft, SalesOrder
from streak_infor_orchestration.infor.port import Found, Steps, Traits
from streak_infor_orchestration_tests.erps.base import SmallErp
from streak_infor_orchestration_tests.erps.wire import Wire


@dataclass
class Temporary:
    number: str
    draft: OrderDraft
    lines: list[Line] = field(default_factory=list)
    final: str = ""
    held: str = ""
    by_hand: bool = False


class ThreeCallErp(SmallErp):
    """Twenty characters of reference (CUOR), a settle time as behind the ION gateway. `stops`: why heads that are
    confirmed are kept from now on; `refuses_to_confirm`: so that what is half-made stays; `refuses_lines`: so that it
    does not."""

    traits = Traits(name="three-call", reference_length=20, settle_seconds=330.0)

    def __init__(self, wire: Wire | None = None) -> None:
        super().__init__(wire)
        self.temporary: dict[str, Temporary] = {}
        self.begun = 0
        self.stops = ""
        self.refuses_to_confirm = self.refuses_lines = False

    # what a person does in the ERP

    def release(self, number: str) -> str:
        """The real order's number."""
        head = self.temporary[number]
        head.held, head.by_hand = "", True
        return self._finish(head)

    def delete(self, number: str) -> None:
        del self.temporary[number]

    def half_made(self) -> list[str]:
        return [head.number for head in self.temporary.values() if not head.final]

    # the port

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        def serve() -> Found:
            orders = tuple(o for o in self.committed.values() if o.reference == reference)
            heads = [t for t in self.temporary.values() if t.draft.reference == reference and not t.final]
            ours = [t for t in heads if _is_on_its_way(t, request)]
            head = None if orders else max(ours, key=lambda t: len(t.lines), default=None)
            foreign = tuple(t.number for t in heads if t is not head)
            if head is None:
                return Found(orders=orders, foreign=foreign)
            lines = {f"line {n}": "" for n, _ in enumerate(head.lines, 1)}
            return Found(orders=orders, steps={"head": head.number, **lines}, held=head.held, foreign=foreign)

        return self.wire.read(serve)

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        write = self.wire.write
        number = steps.take("head", lambda: write("add_head", lambda: self._add_head(draft)))
        try:
            for n, line in enumerate(draft.lines, 1):
                steps.take(f"line {n}", partial(write, "add_line", partial(self._add_line, number, line)))
        except Rejected:
            steps.dismantle(lambda: write("delete_head", lambda: self.delete(number)))
            raise
        final = steps.take("confirm", lambda: write("confirm", lambda: self._confirm(number)))
        return self.committed[final]

    def _add_head(self, draft: OrderDraft) -> str:
        self.begun += 1
        number = f"T{self.begun:04}"
        self.temporary[number] = Temporary(number, draft)
        return number

    def _add_line(self, number: str, line: Line) -> str:
        self._unfinished(number)
        if self.refuses_lines or line.sku not in self.stock:
            raise Rejected(
                f"item {line.sku} does not exist", code="unknown_product", system="infor", value=line.sku
            )
        self.temporary[number].lines.append(line)
        return ""

    def _confirm(self, number: str) -> str:
        head = self._unfinished(number)
        if self.refuses_to_confirm:
            raise Rejected("the order cannot be confirmed", code="not_confirmed", system="infor")
        head.held = self.stops
        if head.held:
            raise Held(f"temporary order {number}: {head.held}", system="infor")
        return self._finish(head)

    def _unfinished(self, number: str) -> Temporary:
        if number not in self.temporary or self.temporary[number].by_hand:
            raise Rejected(f"there is no temporary order {number}", code="no_such_order", system="infor")
        return self.temporary[number]

    def _finish(self, head: Temporary) -> str:
        if not head.final:
            head.final = f"{len(self.committed) + 1:010}"
            self._commit(head.final, head.draft.model_copy(update={"lines": tuple(head.lines)}))
        return head.final


def _is_on_its_way(head: Temporary, request: OrderDraft) -> bool:
    """The lines so far are the request's: another head was begun before the deal was edited."""
    same = head.draft.customer_id == request.customer_id
    return same and tuple(head.lines) == request.lines[: len(head.lines)]
