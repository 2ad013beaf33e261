"""A customer order, temporary or real: the same parts, under another number and status. Contract, B.6 and B.7."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from streak_infor_orchestration.twins.m3.table import Row

HEAD_ERROR, HEAD_OK, LINE_ERROR, CREDIT_STOPPED, INTERRUPTED, CREATED = "15", "20", "25", "30", "55", "90"
"""Status of a temporary order."""

PRELIMINARY, DELETED, CLOSED = "10", "90", "99"
"""Status of a real order without lines, of what is deleted, of what is complete without full delivery."""

ZERO = Decimal(0)


@dataclass
class Order:
    """``texts`` are those of the head; ``messages`` are what LstErrMsgOrder tells of a temporary order."""

    head: Row
    lines: list[Row] = field(default_factory=list)
    charges: dict[str, Row] = field(default_factory=dict)
    addresses: dict[str, Row] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    deliveries: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.head["ORNO"]

    def line(self, number: Decimal, suffix: Decimal = ZERO) -> Row | None:
        wanted = (f"{number:f}", f"{suffix:f}")
        return next((line for line in self.lines if (line["PONR"], line["POSX"]) == wanted), None)

    @property
    def statuses(self) -> tuple[str, str]:
        """ORSL and ORST: the lowest and the highest of the lines that are not over; of all, where all are."""
        if self.head.get("_over"):
            return self.head["_over"], self.head["_over"]
        found = [line_status(line) for line in self.lines]
        counted = [status for status in found if status < DELETED] or found or [PRELIMINARY]
        return min(counted), max(counted)


def quantity(line: Row, name: str = "ORQT") -> Decimal:
    return Decimal(line.get(name) or 0)


def line_status(line: Row) -> str:
    """ORST of a line: the lowest and the highest digit of what its quantity has reached."""
    if line.get("_over"):
        return line["_over"]
    rest = quantity(line)
    invoiced, delivered = quantity(line, "IVQT"), quantity(line, "DLQT")
    parts = {
        "7": invoiced,
        "6": delivered - invoiced,
        "4": quantity(line, "_picked"),
        "3": quantity(line, "ALQT"),
    }
    reached = []
    for digit, reached_by in parts.items():
        part = min(reached_by, rest)
        rest -= part
        if part > 0:
            reached.append(digit)
    if rest > 0 or not reached:
        reached.append("2")
    return min(reached) + max(reached)


class OrderFile:
    """Orders by number, and by what they are looked up by."""

    _INDEXED = ("CUNO", "CUOR", "PYRE")

    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}
        self._indexed: dict[str, tuple[tuple[str, str], ...]] = {}
        self._index: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self.doubles: dict[str, Row] = {}

    def get(self, number: str) -> Order | None:
        return self._orders.get(number)

    def put(self, order: Order) -> Order:
        """Also after a change of what it is looked up by."""
        self._forget(order.number)
        self._orders[order.number] = order
        entries = tuple((name, order.head.get(name, "")) for name in self._INDEXED)
        self._indexed[order.number] = entries
        for entry in entries:
            self._index[entry].add(order.number)
        return order

    def remove(self, number: str) -> bool:
        self._forget(number)
        self.doubles.pop(number, None)
        return self._orders.pop(number, None) is not None

    def all(self) -> Iterable[Order]:
        return [self._orders[number] for number in sorted(self._orders)]

    def of(self, name: str, value: str) -> list[Order]:
        return [self._orders[number] for number in sorted(self._index[name, value])]

    def _forget(self, number: str) -> None:
        for entry in self._indexed.pop(number, ()):
            self._index[entry].discard(number)
