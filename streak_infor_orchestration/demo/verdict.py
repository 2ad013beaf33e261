"""The oracle: did every deal end as it should? It reads both systems and knows nothing of how it came about."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rich.table import Table

from streak_infor_orchestration.demo.evidence import Case, Evidence, cents
from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.demo.promises import Promises
from streak_infor_orchestration.demo.streak import without_token

Finding = tuple[str, str]
"""What was looked at, and what is wrong with it; empty when nothing is."""


AWAITED = re.compile(r"The deal is won; the invoice of order \S+ is awaited: ")
"""Told where the ERP invoices by itself, unless it was faster than that."""


@dataclass(frozen=True)
class Ruling:
    rule: str
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> list[Finding]:
        return [finding for finding in self.findings if finding[1]]


def judge(evidence: Evidence, promises: Promises) -> list[Ruling]:
    return [Ruling(rule, tuple(check(evidence, promises))) for rule, check in RULES.items()]


def wrongs(rulings: list[Ruling]) -> list[str]:
    """One line for everything that is not as it should be."""
    return [
        f"{ruling.rule}: {subject}: {what}"
        for ruling in rulings
        for subject, what in ruling.wrong or _unseen(ruling)
    ]


def _unseen(ruling: Ruling) -> list[Finding]:
    """A rule that had nothing to look at has shown nothing."""
    return [] if ruling.findings else [("nothing", "there was nothing to look at")]


def as_table(rulings: list[Ruling]) -> Table:
    table = Table("", "rule", "looked at", "wrong", box=None, pad_edge=False)
    for numeric in table.columns[2:]:
        numeric.justify = "right"
    for ruling in rulings:
        good = ruling.findings and not ruling.wrong
        mark = "[green]✓" if good else "[red]✗"
        table.add_row(mark, ruling.rule, str(len(ruling.findings)), str(len(ruling.wrong)))
    return table


def _one_order(evidence: Evidence, _: Promises) -> Iterator[Finding]:
    for case in evidence.cases:
        wanted = int(evidence.asks_for_order(case))
        yield case.name, differs(len(case.orders), wanted, "orders")
    deals = {case.name for case in evidence.cases}
    for order in evidence.orders:
        if order["OrderDescription"] not in deals:
            yield order["OrderID"], "belongs to no deal"


def _one_invoice(evidence: Evidence, _: Promises) -> Iterator[Finding]:
    for case in evidence.cases:
        wanted = int(case.box["stageName"] in evidence.pipeline.invoice)
        yield case.name, differs(len(case.invoices), wanted, "invoices")


def lines_agree(evidence: Evidence, _: Promises) -> Iterator[Finding]:
    for case in evidence.ordered:
        for order in case.orders:
            sold = [
                (line["Product"], Decimal(line["Quantity"]), Decimal(line["Price"]))
                for line in order["LineItems"]
            ]
            yield case.name, differs(sold, list(_typed_lines(case, evidence)), "lines")


def cents_agree(evidence: Evidence, _: Promises) -> Iterator[Finding]:
    for case in evidence.ordered:
        for order in case.orders:
            currency = order["Currency"]
            due = sum(
                (cents(quantity * price, currency) for _, quantity, price in _typed_lines(case, evidence)),
                Decimal(0),
            )
            yield f"{case.name}, order", differs(Decimal(order["TotalAmount"]), due, currency)
            for invoice in case.invoices:
                paid = sum((Decimal(payment["Amount"]) for payment in case.payments), Decimal(0))
                credited = sum((Decimal(note["Amount"]) for note in case.credits), Decimal(0))
                found = (
                    Decimal(invoice["TotalAmount"]),
                    Decimal(invoice["PaidAmount"]),
                    Decimal(invoice["Balance"]),
                )
                yield f"{case.name}, invoice", differs(found, (due, paid, due - paid - credited), currency)


def details_carried(evidence: Evidence, promises: Promises) -> Iterator[Finding]:
    for case in evidence.ordered:
        for order in case.orders:
            wanted = promises.details(case.box)
            yield case.name, differs({name: order[name] for name in wanted}, wanted, "")


def _one_customer(evidence: Evidence, promises: Promises) -> Iterator[Finding]:
    customers: defaultdict[str, set[str]] = defaultdict(set)
    for case in evidence.ordered:
        (buyer,) = (link["key"] for link in case.box[promises.buyer] if link["isStarred"])
        customers[buyer] |= {order["CustomerID"] for order in case.orders}
    for buyer, found in customers.items():
        yield buyer, differs(len(found), 1, "customers")
    used = Counter(key for found in customers.values() for key in found)
    for customer in evidence.customers:
        yield customer["CustomerID"], differs(used[customer["CustomerID"]], 1, "buyers")


def shown(evidence: Evidence, promises: Promises) -> Iterator[Finding]:
    for case in evidence.cases:
        known = facts(case)
        wanted = {name: known[fact] for name, fact in promises.shows.items() if known.get(fact)}
        found = {name: case.fields[name] for name in promises.shows if name in case.fields}
        yield case.name, differs(found, wanted, "")


def _told_once(evidence: Evidence, promises: Promises) -> Iterator[Finding]:
    for case in evidence.cases:
        told = sorted(once_awaited(map(without_token, case.comments)))
        yield case.name, differs(told, sorted(text for _, text in happened(case, promises)), "")


def once_awaited(told: Iterable[str]) -> Iterator[str]:
    """Without what need not be told; a second time it is one too many."""
    seen = set()
    for text in told:
        if text in seen or not AWAITED.match(text):
            yield text
        seen.add(text)


def in_order(evidence: Evidence, _: Promises) -> Iterator[Finding]:
    yield "both logs", "; ".join(f"{v['method']} {v['path']}: {v['detail']}" for v in evidence.violations)


RULES: dict[str, Callable[[Evidence, Promises], Iterator[Finding]]] = {
    "one order for each deal that asks for one, else none": _one_order,
    "one invoice for each deal that was won, else none": _one_invoice,
    "the lines typed on the box are the lines of the order": lines_agree,
    "box, order, invoice, payments and balance agree to the cent": cents_agree,
    "dates, shipping and region of the box are on the order": details_carried,
    "one customer for each buyer, whatever the number of deals": _one_customer,
    "the box shows order, status, invoice and payment": shown,
    "the box was told everything that happened, once": _told_once,
    "neither system was called against its contract": in_order,
}


def _typed_lines(case: Case, evidence: Evidence) -> Iterator[tuple[str, Decimal, Decimal]]:
    sku, quantity, price = evidence.pipeline.columns
    for n in range(1, evidence.pipeline.rows + 1):
        if product := case.fields.get(sku.format(n=n)):
            typed = case.fields.get(price.format(n=n)) or evidence.prices[product]
            yield product, Decimal(case.fields[quantity.format(n=n)]), Decimal(typed)


def facts(case: Case) -> dict[str, str]:
    """What a box may show and be told of its order and invoice, by the names of integration.yaml."""
    known: dict[str, str] = {}
    for order in case.orders:
        known |= _of_order(order)
    for invoice in case.invoices:
        standing = "Unpaid" if invoice["Status"] == "Open" else invoice["Status"]
        known |= {"invoice.id": invoice["InvoiceID"], "invoice.payment_status": standing}
    return known


def _of_order(order: Json) -> dict[str, str]:
    return {
        "order.id": order["OrderID"],
        "order.status": order["OrderStatus"],
        "order.total": f"{order['TotalAmount']} {order['Currency']}",
    }


def happened(case: Case, promises: Promises) -> Iterator[tuple[str, str]]:
    """What the box should have been told by now: the `once:` name and the comment."""
    known = facts(case)

    def tell(fact: str, **more: str) -> Iterator[tuple[str, str]]:
        if fact in promises.tells:
            yield fact, promises.comment(fact, known | more)

    for order in case.orders:
        itself = _of_order(order)
        yield from tell("order.created", **itself)
        if order["OrderStatus"] in ("Shipped", "Completed"):
            yield from tell("order.shipped", **itself)
    for invoice in case.invoices:
        yield from tell("invoice.created")
        credited = sum((Decimal(note["Amount"]) for note in case.credits), Decimal(0))
        total, paid, currency = Decimal(invoice["TotalAmount"]) - credited, Decimal(0), invoice["Currency"]
        for payment in case.payments:
            paid += Decimal(payment["Amount"])
            if 0 < paid < total:
                amounts = {"paid": f"{paid} {currency}", "balance": f"{total - paid} {currency}"}
                yield from tell("invoice.partially_paid", **amounts)
        if paid >= total > 0:
            yield from tell("invoice.paid")


def differs(found: object, wanted: object, unit: str) -> str:
    return "" if found == wanted else f"{found} {unit}, not {wanted}".replace(" ,", ",")
