"""Which invoices and credit notes belong to which order of the ERP: one order may have several."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, Select, bindparam, select, update

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import invoice as table


@dataclass(frozen=True, slots=True)
class OrderInvoice:
    """`kind` is invoice or credit_note; `seen` the invoice's stamp as it was looked at last, "" before."""

    order_id: str
    invoice_id: str
    kind: str = "invoice"
    seen: str = field(default="", compare=False)


class Invoices:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put(self, order_id: str, invoice_id: str, kind: str = "invoice") -> None:
        """Nothing happens if it is known already. Raises Conflict if the invoice belongs to another order."""
        with self._database.write() as connection:
            self.put_in(connection, OrderInvoice(order_id, invoice_id, kind))

    def put_in(self, connection: Connection, invoice: OrderInvoice) -> None:
        """`put` within the caller's transaction, which the Conflict must end."""
        insert = self._database.insert(table).values(
            invoice_id=invoice.invoice_id,
            order_id=invoice.order_id,
            kind=invoice.kind,
            seen=invoice.seen,
            at=self._clock.now(),
        )
        connection.execute(insert.on_conflict_do_nothing())
        order_id = connection.scalar(_order_of(invoice.invoice_id))
        if order_id != invoice.order_id:
            raise Conflict(
                "this invoice belongs to another order",
                code=DealCode.INVOICE_TAKEN,
                system="ledger",
                field="invoice_id",
                value=invoice.invoice_id,
                existing=order_id or "",
            )

    def seen(self, invoice_ids: Collection[str]) -> dict[str, str]:
        """The stamps of those of the invoices that are known."""
        statement = select(table.c.invoice_id, table.c.seen).where(table.c.invoice_id.in_(invoice_ids))
        with self._database.read() as connection:
            return {row.invoice_id: row.seen for row in connection.execute(statement)}

    def saw(self, invoices: Iterable[tuple[str, str]]) -> None:
        """Which version of them a look has before it: number and stamp."""
        rows = [{"number": number, "stamp": stamp} for number, stamp in invoices]
        if rows:
            with self._database.write(durable=False, alone=True) as connection:
                connection.execute(_SAW, rows)

    def order_of(self, invoice_id: str) -> str | None:
        with self._database.read() as connection:
            return connection.scalar(_order_of(invoice_id))

    def of(self, order_id: str) -> list[OrderInvoice]:
        """In the order they became known."""
        statement = select(table.c.order_id, table.c.invoice_id, table.c.kind, table.c.seen).where(
            table.c.order_id == order_id
        )
        with self._database.read() as connection:
            rows = connection.execute(statement.order_by(table.c.at, table.c.invoice_id))
            return [OrderInvoice(**row) for row in rows.mappings()]


_SAW = update(table).where(table.c.invoice_id == bindparam("number")).values(seen=bindparam("stamp"))


def _order_of(invoice_id: str) -> Select[str]:
    return select(table.c.order_id).where(table.c.invoice_id == invoice_id)
