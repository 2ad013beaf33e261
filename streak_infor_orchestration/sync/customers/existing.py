"""Linking what exists already, all that the rules are certain of.

Nothing is written to either system, only to the ledger.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from streak_infor_orchestration.domain.candidate import Candidate
from streak_infor_orchestration.domain.deal import Deal, Party, PartyKind
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Box, Contact, Organization
from streak_infor_orchestration.sync.customers.agree import first_sight
from streak_infor_orchestration.sync.customers.matching import match
from streak_infor_orchestration.sync.customers.newcomers import DECLARED_NEW
from streak_infor_orchestration.sync.customers.parties import of_survivor
from streak_infor_orchestration.sync.customers.resolve import who
from streak_infor_orchestration.sync.ports.ports import Ports


class CustomerStanding(StrEnum):
    LINKED = "linked"  # before we came
    CERTAIN = "certain"  # one customer by the rules: linked now, or would be
    AMBIGUOUS = "ambiguous"  # a person has to look at the candidates
    NEW = "new"  # made with the first order
    UNCLEAR = "unclear"  # the record in Streak does not say enough


@dataclass(frozen=True)
class ExistingCustomer:
    """One customer of the pipeline's deals. `number` in the ERP where it has one, `why` in plain words."""

    party: str
    name: str
    standing: CustomerStanding
    number: str = ""
    why: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class _Buyer:
    party: Party
    box: Box
    deal: Deal
    contact: Contact | None
    organization: Organization | None


@dataclass(frozen=True)
class _Look:
    buyer: _Buyer
    line: ExistingCustomer
    draft: CustomerDraft | Problems
    customer: Customer | None


def link_existing(ports: Ports, *, dry_run: bool) -> Iterator[ExistingCustomer]:
    """Every organization or contact that buys in one of the pipeline's deals, page by page; in memory are a page
    and the keys seen. The directory has to be fresh. May be run again: what is linked stays."""
    seen: set[str] = set()
    promised: dict[str, str] = {}
    for boxes in ports.streak.box_pages(ports.pipeline_key):
        buyers = _buyers(boxes, seen, ports)
        for look in ports.pool.map(lambda buyer: _look(buyer, ports), buyers):
            yield _linked(look, promised, ports, dry_run)


def _buyers(boxes: Sequence[Box], seen: set[str], ports: Ports) -> list[_Buyer]:
    """Those not seen before, with what Streak knows of them, a hundred a call."""
    found: list[tuple[Party, Box, Deal]] = []
    for box in boxes:
        deal = of_survivor(ports.mapping.glance(box), ports)
        if deal.party is not None and deal.party.link_key not in seen:
            seen.add(deal.party.link_key)
            found.append((deal.party, box, deal))
    contact_keys = {box.key: _contact_key(party, box) for party, box, _ in found}
    contacts = ports.streak.contacts([key for key in contact_keys.values() if key])
    organizations = ports.streak.organizations(
        [party.key for party, _, _ in found if party.kind is PartyKind.ORGANIZATION]
    )
    return [
        _Buyer(
            party,
            box,
            deal,
            contacts.get(contact_keys[box.key] or ""),
            organizations.get(party.key) if party.kind is PartyKind.ORGANIZATION else None,
        )
        for party, box, deal in found
    ]


def _contact_key(party: Party, box: Box) -> str | None:
    return party.key if party.kind is PartyKind.CONTACT else main_link(box.contacts)


def _look(buyer: _Buyer, ports: Ports) -> _Look:
    draft = ports.mapping.customer(
        buyer.deal,
        reference=ports.reference(buyer.party.link_key),
        contact=buyer.contact,
        organization=buyer.organization,
    )
    line, customer = _standing(buyer, draft, ports)
    return _Look(buyer, line, draft, customer)


def _standing(
    buyer: _Buyer, draft: CustomerDraft | Problems, ports: Ports
) -> tuple[ExistingCustomer, Customer | None]:
    """How certain it is who the buyer is in the ERP, and the customer where it is."""
    key = buyer.party.link_key
    name = "" if isinstance(draft, Problems) else draft.name
    linked = ports.store.links.erp_key("customer", key)
    if linked is not None:
        return ExistingCustomer(key, name, CustomerStanding.LINKED, linked), None
    if isinstance(draft, Problems):
        return ExistingCustomer(key, name, CustomerStanding.UNCLEAR, why=draft.items[0].message), None
    if ports.store.audit.has(key, DECLARED_NEW):
        return ExistingCustomer(key, name, CustomerStanding.NEW, why="a person said so"), None
    matched = match(who(draft, buyer.organization, buyer.contact), ports, ask_erp=False)
    candidates = matched.candidates(ports)
    if matched.customer is not None and not candidates[0].linked_to:
        certain = matched.customer
        return ExistingCustomer(
            key, name, CustomerStanding.CERTAIN, certain.id, matched.why, candidates
        ), certain
    if candidates:
        return ExistingCustomer(key, name, CustomerStanding.AMBIGUOUS, candidates=candidates), None
    return ExistingCustomer(key, name, CustomerStanding.NEW), None


def _linked(look: _Look, promised: dict[str, str], ports: Ports, dry_run: bool) -> ExistingCustomer:
    """Two of Streak's records may be certain of the same customer: the first has it, a person decides the other."""
    line = look.line
    if line.standing is CustomerStanding.CERTAIN:
        other = promised.setdefault(line.number, line.party)
        taken = other if other != line.party else ""
        if not taken and not dry_run:
            taken = _add(Link("customer", line.party, line.number), ports)
        if taken:
            candidates = tuple(c.model_copy(update={"linked_to": taken}) for c in line.candidates)
            return ExistingCustomer(line.party, line.name, CustomerStanding.AMBIGUOUS, candidates=candidates)
    if look.customer is not None and not dry_run and not isinstance(look.draft, Problems):
        buyer = look.buyer
        first_sight(buyer.party, buyer.box, buyer.organization, look.draft, look.customer, ports)
    return line


def _add(link: Link, ports: Ports) -> str:
    """Links the two. Returns the key of another party that has the customer already, linked by a run meanwhile."""
    try:
        ports.store.links.add(link)
    except Conflict as conflict:
        return conflict.existing
    return ""
