"""An ERP that makes an order in three kinds of call: head (a temporary number), lines, confirm.

Infor API contract B.6: nothing is a real order before Confirm; a head left behind is found by its reference.
"""

from dataclasses import dataclass, field
from functools import partial

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.order import Line, OrderDraft, SalesOrder
from streak_infor_orchestration.infor.port import Found, Steps, Traits
from streak_infor_orchestration_tests.erps.base import SmallErp
from streak_infor_orchestration_tests.erps.wire import Wire


@dataclass
class Temporary:
    number: str
    reference: str
    customer_id: str
    lines: list[Line] = field(default_factory=list)
    final: str = ""


class ThreeCallErp(SmallErp):
    """Twenty characters of reference (CUOR), a settle time as behind the ION gateway."""

    traits = Traits(name="three-call", reference_length=20, settle_seconds=330.0)

    def __init__(self, wire: Wire | None = None) -> None:
        super().__init__(wire)
        self.temporary: dict[str, Temporary] = {}

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        def serve() -> Found:
            orders = tuple(o for o in self.committed.values() if o.reference == reference)
            # the lines so far must be the request's: another head was begun before the deal was edited
            begun = [
                t
                for t in self.temporary.values()
                if (t.reference, t.customer_id, t.final) == (reference, request.customer_id, "")
                and tuple(t.lines) == request.lines[: len(t.lines)]
            ]
            if orders or not begun:
                return Found(orders=orders)
            head = max(begun, key=lambda t: len(t.lines))
            return Found(
                steps={"head": head.number, **{f"line {n}": "" for n, _ in enumerate(head.lines, 1)}}
            )

        return self.wire.read(serve)

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        write = self.wire.write
        number = steps.take("head", lambda: write("add_head", lambda: self._add_head(draft)))
        for n, line in enumerate(draft.lines, 1):
            steps.take(f"line {n}", partial(write, "add_line", partial(self._add_line, number, line)))
        final = steps.take("confirm", lambda: write("confirm", lambda: self._confirm(number, draft)))
        return self.committed[final]

    def _add_head(self, draft: OrderDraft) -> str:
        number = f"T{len(self.temporary) + 1:04}"
        self.temporary[number] = Temporary(number, draft.reference, draft.customer_id)
        return number

    def _add_line(self, number: str, line: Line) -> str:
        if line.sku not in self.stock:
            raise Rejected(
                f"item {line.sku} does not exist", code="unknown_product", system="infor", value=line.sku
            )
        self.temporary[number].lines.append(line)
        return ""

    def _confirm(self, number: str, draft: OrderDraft) -> str:
        head = self.temporary[number]
        if not head.final:
            head.final = f"{len(self.committed) + 1:010}"
            self._commit(head.final, draft.model_copy(update={"lines": tuple(head.lines)}))
        return head.final
