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
from streak_infor_orchestration.domain.company_name import ALIKE, SHORTEST, likeness
from streak_infor_orchestration.domain.identity import Identity, identity_of, name_key
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.infor.port import CustomerField
from streak_infor_orchestration.ledger.customers import Searched
from streak_infor_orchestration.sync.ports.ports import Ports

if TYPE_CHECKING:
    from streak_infor_orchestration.config.sections import Match as Rule

MOST_ALIKE = 5
MOST_ADDRESSES = 5
"""The ERP is asked for no more of a contact's addresses than these; the directory knows them all."""
MOST_CANDIDATES = 10
"""A person is shown no more candidates than these: more would be as good as none."""

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


def may_be(one: Identity, other: Identity, ports: Ports) -> bool:
    """Whether the two would be found as one, or as look-alikes, if one of them were in the ERP."""
    alike = ports.config.customer.similar == "ask" and _likeness(one, other)
    return bool(alike) or is_same(one, other, ports)


def is_same(one: Identity, other: Identity, ports: Ports) -> bool:
    """Whether a rule of the configuration is certain of it."""
    return any(_AGREES[rule](one, other) for rule in ports.config.customer.match)


def _by_rule(rule: "Rule", who: Identity, ports: Ports, ask_erp: bool) -> tuple[Customer, ...]:
    agrees = _AGREES[rule]
    found: dict[str, Customer] = {}
    if ask_erp:
        for field, value in _questions(rule, who):
            if field in ports.erp.traits.customer_filters:
                answered = ports.erp.find_customers(field, value)
                # that an address is one of the customer's people does not show on the customer: the ERP is believed
                found |= {
                    c.id: c for c in answered if field == "contact_email" or agrees(who, identity_of(c))
                }
    for column, value in _searches(rule, who):
        unread = [number for number in ports.store.customers.find(column, value) if number not in found]
        found |= {c.id: c for c in _read(unread, ports) if agrees(who, identity_of(c))}
    return tuple(found[number] for number in sorted(found))


def _questions(rule: "Rule", who: Identity) -> Iterator[tuple[CustomerField, str]]:
    """What an ERP is asked, whose filters know spellings no better than letter by letter, in any case."""
    match rule:
        case "tax_id" if who.tax_number.number:
            yield "tax_id", who.tax_id
        case "email":
            written = (email.strip().casefold() for email in who.emails)
            for address in sorted({*written, *who.email_keys})[:MOST_ADDRESSES]:
                yield "email", address
                yield "contact_email", address
        case "name" if who.name:
            yield "name", who.name
        case "domain+name" if who.name and who.domains:
            yield "name", who.name


def _searches(rule: "Rule", who: Identity) -> Iterator[tuple[Searched, str]]:
    match rule:
        case "tax_id":
            yield "tax_id", who.tax_number.number
        case "email":
            for address in sorted(who.email_keys):
                yield "email", address
        case "name":
            yield "bare_name", who.bare_name
        case "domain+name" if who.domains:
            yield "bare_name", who.bare_name


_AGREES: "dict[Rule, Callable[[Identity, Identity], bool]]" = {
    "tax_id": lambda who, other: who.tax_number.is_same(other.tax_number),
    "email": lambda who, other: bool(who.email_keys & other.email_keys),
    "name": lambda who, other: name_key(who.name) == name_key(other.name),
    "domain+name": lambda who, other: (
        name_key(who.name) == name_key(other.name) and bool(who.domains & other.domains)
    ),
}


def _alike(who: Identity, ports: Ports) -> tuple[tuple[Customer, str], ...]:
    """Look-alikes, the most alike first: from the directory alone, because no ERP searches by likeness."""
    name, directory = who.bare_name, ports.store.customers
    near = directory.names(len(name) * SHORTEST, len(name) / SHORTEST) if name else iter(())
    rated = ((likeness(name, other), number) for number, other in near)
    best = nlargest(MOST_ALIKE, (pair for pair in rated if pair[0] >= ALIKE))
    numbers = dict.fromkeys(number for _, number in best)
    known_by: list[tuple[Searched, str]] = [("tax_id", who.tax_number.number)]
    known_by += [("domain", domain) for domain in sorted(who.domains)]
    for column, value in known_by:
        numbers |= dict.fromkeys(directory.find(column, value, MOST_ALIKE))
    read = _read(list(numbers)[:MOST_ALIKE], ports)
    return tuple((customer, why) for customer in read if (why := _likeness(who, identity_of(customer))))


def _likeness(who: Identity, other: Identity) -> str:
    """Why a person should look at it; "" when it has changed meanwhile and no longer is alike."""
    alike = likeness(who.bare_name, other.bare_name)
    same_name = name_key(who.name) == name_key(other.name)
    reasons = {
        "same name": same_name,
        "same name but for the legal form": alike == 100 and not same_name,
        "similar name": ALIKE <= alike < 100 and not same_name,
        "same e-mail domain": bool(who.domains & other.domains),
        "same tax number but for its country": who.tax_number.may_be_same(other.tax_number),
    }
    return " and ".join(reason for reason, holds in reasons.items() if holds)


def _read(numbers: list[str], ports: Ports) -> list[Customer]:
    return [customer for number in numbers if (customer := ports.erp.customer(number)) is not None]
