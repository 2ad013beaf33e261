"""One order of ours in SyteLine, by its number: loaded with what a change needs, written, deleted."""

from streak_infor_orchestration.domain.errors import Stale
from streak_infor_orchestration.infor.syteline.collection import key_in
from streak_infor_orchestration.infor.syteline.filters import both, equal
from streak_infor_orchestration.infor.syteline.ido import Ido, Row, Values
from streak_infor_orchestration.infor.syteline.orders import Orders
from streak_infor_orchestration.infor.syteline.settings import SytelineOrders

HEADERS, LINES = "SLCos", "SLCoitems"


class OrderRecords:
    def __init__(self, ido: Ido, said: SytelineOrders, orders: Orders) -> None:
        self.ido = ido
        self.said = said
        self.orders = orders

    def header(self, number: str) -> Row | None:
        return self.ido.one(HEADERS, self.orders.header_properties, self._at(number))

    def lines(self, number: str) -> list[Row]:
        return self.orders.lines_of([number], tagged=True).get(number, [])

    def whole(self, number: str) -> tuple[Row, list[Row]]:
        """Raises `Stale` when it is gone."""
        row = self.header(number)
        if row is None:
            raise Stale(f"infor: order {number} is gone", system="infor")
        return row, self.lines(number)

    def has_line(self, number: str, position: int, item: str) -> bool:
        row = self.ido.one(LINES, ("CoLine", "Item"), self._at(number, position))
        return row is not None and key_in(row, "Item") == item

    def insert_header(self, number: str, customer: str, values: Values) -> None:
        keys = {"CoNum": self.ido.key("CoNum", number), "CustNum": self.ido.key("CustNum", customer)}
        self.ido.insert(HEADERS, {**keys, **values})

    def insert_line(self, number: str, position: int, values: Values) -> None:
        keys = {"CoNum": self.ido.key("CoNum", number), "CoLine": str(position), "CoRelease": "0"}
        self.ido.insert(LINES, {**keys, **values})

    def update_header(self, row: Row, values: Values) -> Row:
        return self.ido.update(HEADERS, row, self._at(key_in(row, "CoNum")), values)

    def update_line(self, row: Row, values: Values) -> None:
        where = self._at(key_in(row, "CoNum"), int(key_in(row, "CoLine")))
        self.ido.update(LINES, row, where, values)

    def delete_lines(self, rows: list[Row]) -> None:
        for row in rows:
            self.ido.delete(LINES, row)

    def delete_header(self, row: Row) -> None:
        self.ido.delete(HEADERS, row)

    def is_begun(self, row: Row, second_reference: str) -> bool:
        """Planned yet, and of that reference."""
        return (
            key_in(row, "Stat") == self.said.planned and self.orders.second_reference(row) == second_reference
        )

    def _at(self, number: str, position: int | None = None) -> str:
        key = equal("CoNum", self.ido.key("CoNum", number))
        return both(key, *([f"CoLine = {position}", "CoRelease = 0"] if position else []))
