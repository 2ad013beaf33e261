"""Which customer of the ERP somebody in Streak is: by the rules of the configuration, then by likeness.

What a rule finds is the customer, if it is the only one. Likeness of names never decides: a person sees the
candidates. Found are customers by the ERP's own filters and by the ledger's directory, which knows spellings and
works where an ERP has no such filter; whoever comes from the directory is read by its number and compared again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from streak_infor_orchestration.domain.candidate import Candidate, candidate
from streak_infor_orchestration.domain.company_name import ALIKE, SHORTEST, bare, likeness
from streak_infor_orchestration.domain.identity import (
    Identity,
    company_domain,
    email_key,
    name_key,
    tax_key,
)
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.infor.port import CustomerField
from streak_infor_orchestration.ledger.customers import Searched
from streak_infor_orchestration.sync.ports import Ports

if TYPE_CHECKING:
    from streak_infor_orchestration.config.sections import Match as Rule

MOST_ALIKE = 5
MOST_CANDIDATES = 10
"""So many are laid before a person; more are as good as none."""

REASONS: "dict[Rule, str]" = {
    "tax_id": "same tax number",
    "email": "same e-mail address",
    "domain+name": "same name and e-mail domain",
    "name": "same name",
}


@dataclass(frozen=True)
class Matched:
    """`certain`: what the first rule that finds anything finds. `alike`: look-alikes, where no rule finds any."""

    certain: tuple[Customer, ...] = ()
    why: str = ""
    alike: tuple[tuple[Customer, str], ...] = ()

    @property
    def customer(self) -> Customer | None:
        """The one that needs no person: the only one, and still in business."""
        return self.certain[0] if len(self.certain) == 1 and not self.certain[0].is_closed else None

    def candidates(self, ports: Ports) -> tuple[Candidate, ...]:
        """Everybody who may be meant, side by side."""
        found = [*((customer, self.why) for customer in self.certain), *self.alike][:MOST_CANDIDATES]
        taken = ports.store.links.streak_keys("customer", [customer.id for customer, _ in found])
        return tuple(
            candidate(
                customer, f"{why}, but closed" if customer.is_closed else why, taken.get(customer.id, "")
            )
            for customer, why in found
        )


def match(who: Identity, ports: Ports, *, ask_erp: bool = True, alike: bool = True) -> Matched:
    """`ask_erp` False leaves out the ERP's filters: for many at a time, with a fresh directory. `alike` False leaves
    out the look-alikes: where nobody is going to be asked."""
    for rule in ports.config.customer.match:
        found = _by_rule(rule, who, ports, ask_erp)
        if found:
            return Matched(certain=found, why=REASONS[rule])
    if alike and ports.config.customer.similar == "ask":
        return Matched(alike=_alike(who, ports))
    return Matched()


def _by_rule(rule: "Rule", who: Identity, ports: Ports, ask_erp: bool) -> tuple[Customer, ...]:
    agrees = _AGREES[rule]
    found: dict[str, Customer] = {}
    if ask_erp:
        for field, value in _questions(rule, who):
            if field in ports.erp.traits.customer_filters:
                found |= {c.id: c for c in ports.erp.find_customers(field, value) if agrees(who, c)}
    for column, value in _searches(rule, who):
        listed = ports.store.customers.find(column, value)
        unread = [entry.erp_key for entry in listed if entry.erp_key not in found]
        found |= {c.id: c for c in _read(unread, ports) if agrees(who, c)}
    return tuple(found[number] for number in sorted(found))


def _questions(rule: "Rule", who: Identity) -> Iterator[tuple[CustomerField, str]]:
    """What the ERP is asked for. An empty value would match nobody, and asks nobody."""
    match rule:
        case "tax_id" if who.tax_id:
            yield "tax_id", who.tax_id
        case "email" if who.email:
            yield "email", who.email
        case "name" if who.name:
            yield "name", who.name
        case "domain+name" if who.name and who.domains:
            yield "name", who.name


def _searches(rule: "Rule", who: Identity) -> Iterator[tuple[Searched, str]]:
    match rule:
        case "tax_id":
            yield "tax_id", tax_key(who.tax_id)
        case "email":
            yield "email", email_key(who.email)
        case "name":
            yield "bare_name", who.bare_name
        case "domain+name" if who.domains:
            yield "bare_name", who.bare_name


_AGREES: "dict[Rule, Callable[[Identity, Customer], bool]]" = {
    "tax_id": lambda who, customer: tax_key(who.tax_id) == tax_key(customer.tax_id),
    "email": lambda who, customer: email_key(who.email) == email_key(customer.email),
    "name": lambda who, customer: name_key(who.name) == name_key(customer.name),
    "domain+name": lambda who, customer: (
        name_key(who.name) == name_key(customer.name) and company_domain(customer.email) in who.domains
    ),
}


def _alike(who: Identity, ports: Ports) -> tuple[tuple[Customer, str], ...]:
    """By the directory alone: no ERP searches by likeness. The most alike first."""
    name, directory = who.bare_name, ports.store.customers
    near = directory.names(len(name) * SHORTEST, len(name) / SHORTEST) if name else iter(())
    rated = ((likeness(name, other), number) for number, other in near)
    best = nlargest(MOST_ALIKE, (pair for pair in rated if pair[0] >= ALIKE))
    numbers = dict.fromkeys(number for _, number in best)
    for domain in sorted(who.domains):
        numbers |= dict.fromkeys(entry.erp_key for entry in directory.find("domain", domain, MOST_ALIKE))
    read = _read(list(numbers)[:MOST_ALIKE], ports)
    return tuple((customer, why) for customer in read if (why := _likeness_of(who, customer)))


def _likeness_of(who: Identity, customer: Customer) -> str:
    """Why a person should look at it; "" when it has changed meanwhile and no longer is alike."""
    alike = likeness(who.bare_name, bare(customer.name))
    reasons = [
        *(
            ["same name but for the legal form"]
            if alike == 100
            else ["similar name"]
            if alike >= ALIKE
            else []
        ),
        *(["same e-mail domain"] if company_domain(customer.email) in who.domains else []),
    ]
    return " and ".join(reasons)


def _read(numbers: list[str], ports: Ports) -> list[Customer]:
    return [customer for number in numbers if (customer := ports.erp.customer(number)) is not None]
