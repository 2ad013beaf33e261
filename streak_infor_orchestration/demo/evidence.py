"""Everything both systems hold at one moment, read over HTTP, and sorted by deal."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.demo.infor import Infor
from streak_infor_orchestration.demo.streak import Board, Streak

MINOR_DIGITS = {"JPY": 0}


@dataclass(frozen=True)
class Case:
    """One box, the orders that bear its name, and what came of them, each in the order of its making."""

    box: Json
    comments: tuple[str, ...]
    orders: tuple[Json, ...]
    invoices: tuple[Json, ...]
    payments: tuple[Json, ...]
    credits: tuple[Json, ...] = ()

    @property
    def name(self) -> str:
        return str(self.box["name"])

    @property
    def fields(self) -> Json:
        return dict(self.box["fieldsByName"])


@dataclass(frozen=True)
class Evidence:
    """`cases`: one for each box of the pipeline. The rest are the ERP's records, and both violations logs."""

    pipeline: Board
    cases: tuple[Case, ...]
    orders: tuple[Json, ...]
    customers: tuple[Json, ...]
    prices: dict[str, str]
    violations: tuple[Json, ...]

    def asks_for_order(self, case: Case) -> bool:
        return case.box["stageName"] in (*self.pipeline.order, *self.pipeline.invoice)

    def only(self, *, case: Callable[[Case], bool], order: Callable[[Json], bool]) -> "Evidence":
        """What is left of it."""
        kept = tuple(filter(case, self.cases)), tuple(filter(order, self.orders))
        return replace(self, cases=kept[0], orders=kept[1])

    @property
    def ordered(self) -> tuple[Case, ...]:
        """The deals whose stage asks for an order, with or without an invoice."""
        return tuple(filter(self.asks_for_order, self.cases))


def gather(streak: Streak, infor: Infor) -> Evidence:
    """What both systems hold now."""
    violations = [*streak.control("GET", "/violations"), *infor.control("GET", "/violations")]
    return sort_by_deal(streak.pipeline, streak.state(), infor.control("GET", "/state"), violations)


def sort_by_deal(pipeline: Board, state: Json, books: Json, violations: Iterable[Json]) -> Evidence:
    """Deals are recognised in the ERP by their name, the order's description, and so must not share one."""
    comments = _by(state["comments"], "boxKey")
    orders = _by(books["salesorders"], "OrderDescription")
    invoices, payments = _by(books["invoices"], "OrderID"), _by(books["payments"], "InvoiceID")
    credited = _by(books["creditnotes"], "InvoiceID")
    cases = []
    for box in state["boxes"]:
        ordered = orders[box["name"]]
        invoiced = [invoice for order in ordered for invoice in invoices[order["OrderID"]]]
        cases.append(
            Case(
                box,
                tuple(comment["message"] for comment in comments[box["key"]]),
                tuple(ordered),
                tuple(invoiced),
                tuple(payment for invoice in invoiced for payment in payments[invoice["InvoiceID"]]),
                tuple(note for invoice in invoiced for note in credited[invoice["InvoiceID"]]),
            )
        )
    return Evidence(
        pipeline=pipeline,
        cases=tuple(cases),
        orders=tuple(books["salesorders"]),
        customers=tuple(books["customers"]),
        prices={product["ProductID"]: product["UnitPrice"] for product in books["products"]},
        violations=tuple(violations),
    )


def cents(amount: Decimal, currency: str) -> Decimal:
    """To the currency's smallest unit, half to even (Infor façade contract, Collections)."""
    return amount.quantize(Decimal(1).scaleb(-MINOR_DIGITS.get(currency, 2)), ROUND_HALF_EVEN)


def _by(records: Iterable[Json], member: str) -> defaultdict[str, list[Json]]:
    groups: defaultdict[str, list[Json]] = defaultdict(list)
    for record in records:
        groups[record[member]].append(record)
    return groups
