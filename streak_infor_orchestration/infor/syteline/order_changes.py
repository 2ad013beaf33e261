"""Orders changed and cancelled after they were made (Infor API contract C.3, C.5)."""

from collections.abc import Sequence
from datetime import date

from streak_infor_orchestration.domain.errors import Conflict, Stale
from streak_infor_orchestration.domain.order import Line, OrderChanges, SalesOrder
from streak_infor_orchestration.infor.syteline.collection import key_in
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.internal import day, number
from streak_infor_orchestration.infor.syteline.items import Units
from streak_infor_orchestration.infor.syteline.kept import unkept
from streak_infor_orchestration.infor.syteline.order_records import OrderRecords
from streak_infor_orchestration.infor.syteline.order_values import OrderValues, in_pairs
from streak_infor_orchestration.infor.syteline.orders import version_of
from streak_infor_orchestration.infor.syteline.wire import LineRow, OrderRow

_OF_LINES = frozenset({"lines", "requested_date", "freight"})
"""What cannot change any more when something of the order was shipped or invoiced."""


class OrderEdits:
    """Each writes what differs from what SyteLine has now, so that one which was cut short goes on where it stopped."""

    def __init__(self, records: OrderRecords, values: OrderValues, units: Units) -> None:
        self._records = records
        self._values = values
        self._units = units

    def change(self, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        """Raises `Stale` if it changed since it was read, `Conflict` where it may not be changed any more."""
        row, rows = self._as_read(order)
        given = changes.model_fields_set
        self._demand_open(row, rows if given & _OF_LINES else [])
        header = self._header(order, changes)
        if differing := unkept(header, row):
            self._records.update_header(row, differing)
        if "lines" in given and self._replace(order, changes, rows):
            self._replace(order, changes, self._records.lines(order.id))  # an insert may leave something out
        if "requested_date" in given and "lines" not in given:
            self._set_due(rows, changes.requested_date or order.order_date)
        return self._read(order.id)

    def cancel(self, order: SalesOrder) -> SalesOrder:
        """Its lines first: SyteLine lets nobody touch those of one that is complete."""
        row, rows = self._as_read(order)
        said = self._records.said
        if self._records.orders.read(row, rows).is_over:
            return self._read(order.id)
        self._demand_untouched(order.id, rows)
        if said.cancelled == "complete":
            for line in rows:
                if key_in(line, "Stat") != said.complete:
                    self._records.update_line(line, {"Stat": said.complete})
            row = self._records.whole(order.id)[0] if rows else row
        self._records.update_header(
            row, {"Stat": said.complete if said.cancelled == "complete" else said.stopped}
        )
        return self._read(order.id)

    def _as_read(self, order: SalesOrder) -> tuple[Row, list[Row]]:
        row, rows = self._records.whole(order.id)
        if order.version and version_of(row, rows) != order.version:
            raise Stale(f"infor: order {order.id} changed since it was read", system="infor")
        return row, rows

    def _read(self, order_id: str) -> SalesOrder:
        return self._records.orders.read(*self._records.whole(order_id))

    def _demand_open(self, row: Row, rows: Sequence[Row]) -> None:
        said, order_id = self._records.said, key_in(row, "CoNum")
        if OrderRow.model_validate(row).stat not in (said.planned, said.ordered):
            raise Conflict(f"infor: order {order_id} is closed", system="infor", existing=order_id)
        self._demand_untouched(order_id, rows)

    def _demand_untouched(self, order_id: str, rows: Sequence[Row]) -> None:
        lines = map(LineRow.model_validate, rows)
        if any(line.qty_shipped or line.qty_invoiced for line in lines):
            raise Conflict(
                f"infor: something of order {order_id} was shipped or invoiced",
                system="infor",
                existing=order_id,
            )

    def _header(self, order: SalesOrder, changes: OrderChanges) -> dict[str, str | None]:
        given = changes.model_fields_set
        texts = {"description", "shipping_method", "salesperson"} & given
        values = self._values.words({name: getattr(changes, name) for name in texts})
        if "custom" in given:
            values.update(self._values.custom(changes.custom))
        if "freight" in given:
            values["Freight"] = number(changes.freight)
        if "lines" in given and self._records.said.tax == "ours":
            values["SalesTax"] = self._values.tax(changes.lines, order.currency)
        return values

    def _replace(self, order: SalesOrder, changes: OrderChanges, rows: Sequence[Row]) -> bool:
        """By position: changed, added, and what is too many deleted. Whether any was added."""
        units = self._units.of(line.sku for line in changes.lines)
        due = self._due(order, changes)
        warehouse = next((key_in(row, "Whse") for row in rows if key_in(row, "Whse")), "")
        highest = max((int(key_in(row, "CoLine")) for row in rows), default=0)
        for position, line in enumerate(changes.lines):
            kept = rows[position] if position < len(rows) else None
            values = self._line(line, order.currency, units, due, warehouse, new=kept is None)
            if kept is None:
                highest += 1
                self._records.insert_line(order.id, highest, values)
            elif differing := unkept(values, kept):
                self._records.update_line(kept, in_pairs(values, differing))
        self._records.delete_lines(list(rows[len(changes.lines) :]))
        return len(changes.lines) > len(rows)

    def _line(
        self, line: Line, currency: str, units: dict[str, str], due: date, warehouse: str, *, new: bool
    ) -> dict[str, str | None]:
        unit = units.get(line.sku, "")
        return self._values.line(line, currency, unit=unit, due=due, warehouse=warehouse, new=new)

    def _due(self, order: SalesOrder, changes: OrderChanges) -> date:
        asked = (
            changes.requested_date if "requested_date" in changes.model_fields_set else order.requested_date
        )
        due = asked or order.order_date
        assert due is not None, "an order of ours has a date"
        return due

    def _set_due(self, rows: Sequence[Row], due: date | None) -> None:
        for row in rows:
            values = {"DueDate": day(due) if due else None}
            if unkept(values, row):
                self._records.update_line(row, values)
