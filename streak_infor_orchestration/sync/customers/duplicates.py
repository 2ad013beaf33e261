"""Customers that may be there twice, side by side with what each has. Read only: a person joins them, or nobody.

A name, tax number or address in common makes a suspicion. A domain does not: branches share one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from streak_infor_orchestration.domain.candidate import candidate
from streak_infor_orchestration.domain.company_name import bare
from streak_infor_orchestration.domain.deal import PartyKind
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.ledger.customers import Searched
from streak_infor_orchestration.sync.ports.ports import Ports

_TELLS: dict[Searched, str] = {
    "tax_id": "same tax number",
    "email": "same e-mail address",
    "bare_name": "same name",
}


@dataclass(frozen=True)
class Twin:
    """One of those that may be the same: its key, how it is told from the others, and the partner it is linked to.
    `orders` and `open` (the balance by currency) are those of the ERP's customer; None where the product cannot tell.
    """

    key: str
    name: str
    seen: str = ""
    linked_to: str = ""
    orders: int | None = None
    open: dict[str, Decimal] | None = None


@dataclass(frozen=True)
class Twins:
    system: Literal["streak", "infor"]
    why: str
    them: tuple[Twin, ...] = field(default=())


def duplicates(ports: Ports) -> Iterator[Twins]:
    """Of the ERP by the ledger's directory, which has to be fresh; of Streak by its list. A group in memory, and the
    names of the organizations."""
    for column, why in _TELLS.items():
        for numbers in ports.store.customers.repeated(column):
            yield Twins("infor", why, tuple(_in_erp(numbers, ports)))
    named: defaultdict[str, list[Twin]] = defaultdict(list)
    for page in ports.streak.organization_pages(ports.team_key):
        links = ports.store.links.erp_keys(
            "customer", [f"{PartyKind.ORGANIZATION}:{one.key}" for one in page]
        )
        for one in page:
            key = f"{PartyKind.ORGANIZATION}:{one.key}"
            named[bare(one.name)].append(Twin(key, one.name, ", ".join(one.domains), links.get(key, "")))
    for name in sorted(filter(None, named)):
        if len(named[name]) > 1:
            yield Twins("streak", "same name", tuple(_with_books(named[name], ports)))


def _in_erp(numbers: list[str], ports: Ports) -> Iterator[Twin]:
    links = ports.store.links.streak_keys("customer", numbers)
    for number in numbers:
        customer = ports.erp.customer(number)
        if customer is None:
            continue
        told = candidate(customer, "closed" if customer.is_closed else "")
        seen = ", ".join(filter(None, (told.city, told.email, told.tax_id, told.why)))
        orders, due = _books(number, ports)
        yield Twin(number, customer.name, seen, links.get(number, ""), orders, due)


def _with_books(them: Iterable[Twin], ports: Ports) -> Iterator[Twin]:
    for one in them:
        orders, due = _books(one.linked_to, ports) if one.linked_to else (0, {})
        yield Twin(one.key, one.name, one.seen, one.linked_to, orders, due)


def _books(number: str, ports: Ports) -> tuple[int | None, dict[str, Decimal] | None]:
    """How many orders a customer has, and what of its invoices is not paid."""
    at = {"customer_id": number}
    try:
        orders = sum(len(page) for page in ports.erp.records("sales_orders", where=at))
        due: defaultdict[str, Decimal] = defaultdict(Decimal)
        for page in ports.erp.records("invoices", where=at):
            for invoice in page:
                if isinstance(invoice, Invoice):
                    due[invoice.currency] += invoice.balance
    except Misconfigured:  # the product's lists have no such filter
        return None, None
    return orders, {currency: amount for currency, amount in due.items() if amount}
