"""An order made in steps: a planned header, its lines, and last that it counts (Infor API contract C.4, F).

SyteLine's header is a real order before its lines are there: so it is planned until all of it is as it was asked for.
Its number is ours, and refused when it is taken: what refuses an insert is looked up, never read.
"""

from collections.abc import Sequence
from functools import partial

from streak_infor_orchestration.domain.errors import Conflict, Held, Rejected
from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.infor.syteline.amounts import difference
from streak_infor_orchestration.infor.syteline.collection import key_in
from streak_infor_orchestration.infor.syteline.filters import both, equal
from streak_infor_orchestration.infor.syteline.ido import Row, Values
from streak_infor_orchestration.infor.syteline.items import Units
from streak_infor_orchestration.infor.syteline.kept import unkept
from streak_infor_orchestration.infor.syteline.labels import called
from streak_infor_orchestration.infor.syteline.order_records import OrderRecords
from streak_infor_orchestration.infor.syteline.order_values import OrderValues, in_pairs

_DECIDED = frozenset({"CoNum", "CoLine", "CoRelease", "CustNum", "Stat"})
"""Not compared: the keys, and what steps change."""


class OrderCreation:
    def __init__(self, records: OrderRecords, values: OrderValues, units: Units) -> None:
        self._records = records
        self._values = values
        self._units = units

    def create(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        """Raises `Rejected` for what SyteLine refuses or would keep otherwise, when all of it is taken away again, and
        `Held` where it cannot be."""
        lines = self._lines(draft)
        header = self._values.header(draft, self._from_customer(draft.customer_id))
        number = steps.take("header", partial(self._insert_header, draft, header), settle_seconds=0)
        try:
            for position, line in enumerate(lines, 1):
                steps.take(f"line {position}", partial(self._insert_line, number, position, line))
            return self._finish(draft, number, header, lines, steps)
        except Rejected as refused:
            self._dismantle(number, draft.second_reference, steps, refused)
            raise

    def _finish(
        self, draft: OrderDraft, number: str, header: Values, lines: Sequence[Values], steps: Steps
    ) -> SalesOrder:
        """Loaded, corrected where an insert left something out, compared, and only then ordered."""
        said, orders = self._records.said, self._records.orders
        row, rows = self._records.whole(number)
        if self._correct(row, rows, header, lines, steps):
            row, rows = self._records.whole(number)
            self._demand_kept(number, [(header, row), *zip(lines, rows, strict=False)])
        if told := difference(draft, row, rows, orders):
            raise Rejected(f"infor: order {number} {told}", system="infor", field="Order", value=number)
        changed = steps.take("ordered", partial(self._set_ordered, row), settle_seconds=0)
        ordered = {**row, "Stat": said.ordered, **({"RecordDate": changed} if changed else {})}
        return orders.read(ordered, rows).model_copy(update={"version": ""})

    def _correct(
        self, row: Row, rows: Sequence[Row], header: Values, lines: Sequence[Values], steps: Steps
    ) -> bool:
        """Whether anything was to be corrected: each record by a step of its own."""
        number, corrected = key_in(row, "CoNum"), False
        if left := unkept(header, row, apart_from=_DECIDED):
            steps.take("header again", partial(self._update_header, row, left))
            corrected = True
        for line, kept in zip(lines, rows, strict=False):
            if left := unkept(line, kept, apart_from=_DECIDED):
                position = key_in(kept, "CoLine")
                steps.take(
                    f"line {position} again", partial(self._update_line, number, kept, in_pairs(line, left))
                )
                corrected = True
        return corrected

    def _demand_kept(self, number: str, compared: Sequence[tuple[Values, Row]]) -> None:
        for sent, kept in compared:
            if left := unkept(sent, kept, apart_from=_DECIDED):
                raise Rejected(
                    f"infor: SyteLine does not keep {', '.join(map(called, left))} of order {number} as it was sent",
                    system="infor",
                    field=called(next(iter(left))),
                )

    def _lines(self, draft: OrderDraft) -> list[Values]:
        """Raises `Rejected` for an item that SyteLine does not have, before anything is sent."""
        units = self._units.of(line.sku for line in draft.lines)
        for line in draft.lines:
            if line.sku not in units:
                raise Rejected(
                    f"infor: SyteLine has no item {line.sku}",
                    code=LineCode.UNKNOWN_PRODUCT,
                    system="infor",
                    field="Item",
                    value=line.sku,
                )
        due = draft.requested_date or draft.order_date
        return [
            self._values.line(line, draft.currency, unit=units[line.sku], due=due, warehouse=draft.warehouse)
            for line in draft.lines
        ]

    def _from_customer(self, customer_id: str) -> dict[str, str | None]:
        names, ido = self._records.said.from_customer, self._records.ido
        if not names:
            return {}
        where = both(equal("CustNum", ido.key("CustNum", customer_id)), "CustSeq = 0")
        row = ido.one("SLCustomers", names, where) or {}
        return {name: key_in(row, name) for name in names}

    def _insert_header(self, draft: OrderDraft, header: Values) -> str:
        number, said = draft.reference, self._records.said
        try:
            self._records.insert_header(number, draft.customer_id, {**header, "Stat": said.planned})
        except Rejected:
            there = self._records.header(number)
            if there is None:
                raise
            if not self._records.is_begun(there, draft.second_reference):
                raise Conflict(
                    f"infor: order number {number} is taken", system="infor", existing=number
                ) from None
        return number

    def _insert_line(self, number: str, position: int, values: Values) -> str:
        try:
            self._records.insert_line(number, position, values)
        except Rejected:
            if not self._records.has_line(number, position, values["Item"] or ""):
                raise
        return str(position)

    def _update_header(self, row: Row, values: Values) -> str:
        self._records.update_header(row, values)
        return key_in(row, "CoNum")

    def _update_line(self, number: str, row: Row, values: Values) -> str:
        self._records.update_line(row, values)
        return number

    def _set_ordered(self, row: Row) -> str:
        """When that was, by SyteLine's clock: the version in which its list of changes will tell our own write."""
        refreshed = self._records.update_header(row, {"Stat": self._records.said.ordered})
        return key_in(refreshed, "RecordDate")

    def _dismantle(self, number: str, second_reference: str, steps: Steps, why: Rejected) -> None:
        try:
            steps.dismantle(partial(self._take_away, number, second_reference))
        except Rejected as kept:
            raise Held(
                f"{why.message}; and the planned order {number} cannot be deleted: {kept.message}",
                system="infor",
                value=number,
            ) from why

    def _take_away(self, number: str, second_reference: str) -> None:
        """Lines, then the header. Raises `Conflict` for one that a person has ordered meanwhile."""
        row = self._records.header(number)
        if row is None:
            return
        if not self._records.is_begun(row, second_reference):
            raise Conflict(f"infor: order {number} counts already", system="infor", existing=number)
        lines = self._records.lines(number)
        self._records.delete_lines(lines)
        # deleting its lines changes a header's sums, and with them its version
        header = self._records.header(number) if lines else row
        if header is not None:
            self._records.delete_header(header)
