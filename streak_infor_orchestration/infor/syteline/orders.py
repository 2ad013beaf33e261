"""Customer orders as SyteLine has them: a header, and its lines (Infor API contract C.5, G.1)."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from streak_infor_orchestration.domain.money import round_money
from streak_infor_orchestration.domain.order import (
    AnyStatus,
    OrderedLine,
    OrderStatus,
    SalesOrder,
    order_total,
)
from streak_infor_orchestration.infor.syteline.collection import RowSource, key_in
from streak_infor_orchestration.infor.syteline.grouped import GroupedCollection
from streak_infor_orchestration.infor.syteline.ido import ITEM_ID, Row
from streak_infor_orchestration.infor.syteline.wire import LineRow, OrderRow

HEADER = RowSource("SLCos", "CoNum")
LINES = RowSource("SLCoitems", "CoNum")
_PERCENT = Decimal(100)


class Orders(GroupedCollection[SalesOrder]):
    entity = "sales_orders"
    sources = (HEADER, LINES)

    @property
    def filters(self) -> Mapping[str, str]:
        return {"customer_id": "CustNum", "reference": "CoNum"}

    @property
    def header_properties(self) -> tuple[str, ...]:
        said = self.section.orders
        own = (said.second_reference, said.description, *self.section.custom_fields.orders.values())
        return (*OrderRow.properties(), *filter(None, own), *said.set, *said.from_customer)

    @property
    def line_properties(self) -> tuple[str, ...]:
        said = self.section.orders
        return (*LineRow.properties(), *filter(None, (said.gl_account,)), *said.set_lines)

    def of(self, keys: Collection[str], *, whole: bool, tagged: bool = False) -> tuple[SalesOrder, ...]:
        headers = self.rows_of(HEADER, keys, self.header_properties, tagged=tagged)
        return self.with_lines(headers, whole=whole, tagged=tagged)

    def with_lines(
        self, headers: Collection[Row], *, whole: bool, tagged: bool = False
    ) -> tuple[SalesOrder, ...]:
        """By one load of all their lines; `tagged`: with the version that a change needs."""
        if not headers:
            return ()
        lines = self.lines_of([key_in(row, "CoNum") for row in headers], tagged=tagged)
        built = [(row, lines.get(key_in(row, "CoNum"), [])) for row in headers]
        return self.readable(
            built, lambda one: self.read(*one), lambda one: key_in(one[0], "CoNum"), whole=whole
        )

    def lines_of(self, keys: Collection[str], *, tagged: bool = False) -> dict[str, list[Row]]:
        rows = self.rows_of(
            LINES, keys, self.line_properties, order_by="CoNum, CoLine, CoRelease", tagged=tagged
        )
        grouped: dict[str, list[Row]] = {}
        for row in rows:
            grouped.setdefault(key_in(row, "CoNum"), []).append(row)
        return grouped

    def second_reference(self, header: Row) -> str:
        return text(header, self.section.orders.second_reference)

    def read(self, header: Row, lines: Iterable[Row]) -> SalesOrder:
        order, rows = OrderRow.model_validate(header), [(row, LineRow.model_validate(row)) for row in lines]
        currency, said = order.curr_code, self.section.orders
        nets = [net(line, order.disc, currency) for _, line in rows]
        tax = round_money(order.sales_tax + order.sales_tax_2, currency)
        ordered = tuple(
            OrderedLine(
                sku=line.item,
                description=line.description,
                quantity=line.qty_ordered,
                price=line.price,
                discount=line.qty_ordered * line.price - amount if line.disc or order.disc else Decimal(0),
                gl_account=text(row, said.gl_account),
                number=line.co_line,
                total=amount,
                delivered=line.qty_shipped,
                invoiced=line.qty_invoiced,
            )
            for (row, line), amount in zip(rows, nets, strict=True)
        )
        freight = order.freight + order.misc_charges
        due = {line.due_date for _, line in rows if line.due_date}
        return SalesOrder(
            id=order.co_num,
            **self.times(order, *(line for _, line in rows)),
            reference=order.co_num,
            second_reference=self.second_reference(header),
            customer_id=order.cust_num,
            currency=currency,
            lines=ordered,
            total=order_total(ordered, freight, currency) + tax,
            tax=tax,
            status=self.status(order, [line for _, line in rows]),
            order_date=order.order_date,
            requested_date=min(due) if due else None,
            description=text(header, said.description),
            shipping_method=order.ship_code,
            salesperson=order.slsman,
            freight=freight,
            custom=custom(header, self.section.custom_fields.orders),
            version=version_of(header, [row for row, _ in rows]),
        )

    def status(self, order: OrderRow, lines: Collection[LineRow]) -> AnyStatus:
        """By the header, and where that counts by what of the lines was shipped and invoiced (contract C.5)."""
        said = self.section.orders
        untouched = not any(line.qty_shipped or line.qty_invoiced for line in lines)
        cancelled = said.complete if said.cancelled == "complete" else said.stopped
        if order.stat == said.planned:
            return OrderStatus.DRAFT
        if order.stat == cancelled and untouched:
            return OrderStatus.CANCELLED
        if order.stat == said.complete:
            return OrderStatus.COMPLETED
        if order.stat == said.stopped:
            return "Stopped"
        if lines and all(line.qty_shipped >= line.qty_ordered for line in lines):
            return OrderStatus.SHIPPED
        if lines and all(line.qty_invoiced >= line.qty_ordered for line in lines):
            return OrderStatus.INVOICED
        if not untouched:
            return "Partially shipped"
        return "Credit hold" if order.credit_hold else OrderStatus.OPEN


def version_of(header: Row, lines: Iterable[Row]) -> str:
    """Of all of the order: a line that changes need not change the header. "" where it was not loaded to be changed."""
    tags = [str(row.get(ITEM_ID) or "") for row in (header, *lines)]
    return hashlib.sha256("\n".join(tags).encode()).hexdigest()[:20] if all(tags) else ""


def net(line: LineRow, order_discount: Decimal, currency: str) -> Decimal:
    """What a line comes to before tax. Both discounts are per cent, the order's of what the line's leaves."""
    left = (1 - line.disc / _PERCENT) * (1 - order_discount / _PERCENT)
    return round_money(line.qty_ordered * line.price * left, currency)


def text(row: Row, name: str) -> str:
    """The text of the property that the section names; "" where it names none."""
    value = row.get(name) if name else None
    if value is not None and not isinstance(value, str):
        raise TypeError(name)
    return (value or "").strip()


def custom(row: Row, properties: Mapping[str, str]) -> dict[str, str]:
    """By the names of the file; those with a value."""
    return {name: value for name, prop in properties.items() if (value := text(row, prop))}
