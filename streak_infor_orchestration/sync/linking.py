"""Linking what exists already: one by one, as a person decides, or all that the rules are certain of.

Nothing is written to either system, only to the ledger.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from streak_infor_orchestration.domain.candidate import Candidate
from streak_infor_orchestration.domain.deal import Deal, Party, Source
from streak_infor_orchestration.domain.errors import Conflict, Rejected
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Box, Contact, Organization
from streak_infor_orchestration.sync.agree import first_sight
from streak_infor_orchestration.sync.customers import AMBIGUOUS, who
from streak_infor_orchestration.sync.directory import CLOSED
from streak_infor_orchestration.sync.matching import match
from streak_infor_orchestration.sync.newcomers import DECLARED_NEW
from streak_infor_orchestration.sync.ports import Ports

# -- a person's decision --------------------------------------------------------------------------------


def party_of(key: str, ports: Ports) -> Party:
    """`key` of an organization or contact, with or without its kind before it. Raises Rejected."""
    kind, colon, bare = key.rpartition(":")
    kinds = [Source(kind)] if colon and kind in set(Source) else list(Source)
    for source in kinds:
        there = ports.streak.organization if source is Source.ORGANIZATION else ports.streak.contact
        if there(bare) is not None:
            return Party(kind=source, key=bare)
    raise Rejected(f"Streak has no organization or contact {key}", code="unknown_party", value=key)


def link_customer(party: Party, number: str, *, by: str, ports: Ports, instead: bool = False) -> Customer:
    """Audited. The deals that waited for it are due at once. Raises Rejected for a number that the ERP does not
    have, Conflict where either side is linked already: a link is one to one. `instead` ends the other link: for
    records that were merged into one."""
    customer = ports.erp.customer(number)
    if customer is None:
        raise Rejected(f"the ERP has no customer {number}", code="unknown_customer", value=number)
    try:
        ports.store.links.decide(Link("customer", party.link_key, customer.id), by, instead=instead)
    except Conflict as conflict:
        taken = party.link_key if conflict.field == "streak_key" else f"customer {number}"
        raise Conflict(
            f"{taken} is linked to {conflict.existing} already; a link is one to one",
            code=conflict.code,
            existing=conflict.existing,
        ) from None
    _go_on(party, ports)
    return customer


def declare_new(party: Party, *, by: str, ports: Ports) -> int:
    """None of the candidates is it: a new customer is made. Returns how many deals waited for that."""
    ports.store.audit.write(by, DECLARED_NEW, party.link_key)
    return _go_on(party, ports)


def _go_on(party: Party, ports: Ports) -> int:
    letters = [
        letter
        for code in (AMBIGUOUS, CLOSED, "customer_gone")
        for letter in ports.store.dead_letters.of_code(code)
        if letter.diagnosis.get("party") == party.link_key
    ]
    ports.store.inbox.record([Event("manual", "LINKED", letter.kind, letter.key) for letter in letters])
    return len(letters)


# -- everything that the rules are certain of -----------------------------------------------------------


class Standing(StrEnum):
    LINKED = "linked"  # before we came
    CERTAIN = "certain"  # one customer by the rules: linked now, or would be
    AMBIGUOUS = "ambiguous"  # a person has to look at the candidates
    NEW = "new"  # made with the first order
    UNCLEAR = "unclear"  # the record in Streak does not say enough


@dataclass(frozen=True)
class Line:
    """One customer of the pipeline's deals. `number` in the ERP where it has one, `why` in plain words."""

    party: str
    name: str
    standing: Standing
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
    line: Line
    draft: CustomerDraft | Problems
    customer: Customer | None


def link_existing(ports: Ports, *, dry_run: bool) -> Iterator[Line]:
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
        deal = ports.mapping.glance(box)
        if deal.party is not None and deal.party.link_key not in seen:
            seen.add(deal.party.link_key)
            found.append((deal.party, box, deal))
    contact_keys = {box.key: _contact_key(party, box) for party, box, _ in found}
    contacts = ports.streak.contacts([key for key in contact_keys.values() if key])
    organizations = ports.streak.organizations(
        [party.key for party, _, _ in found if party.kind is Source.ORGANIZATION]
    )
    return [
        _Buyer(
            party,
            box,
            deal,
            contacts.get(contact_keys[box.key] or ""),
            organizations.get(party.key) if party.kind is Source.ORGANIZATION else None,
        )
        for party, box, deal in found
    ]


def _contact_key(party: Party, box: Box) -> str | None:
    return party.key if party.kind is Source.CONTACT else main_link(box.contacts)


def _look(buyer: _Buyer, ports: Ports) -> _Look:
    draft = ports.mapping.customer(
        buyer.deal,
        reference=ports.reference(buyer.party.link_key),
        contact=buyer.contact,
        organization=buyer.organization,
    )
    line, customer = _standing(buyer, draft, ports)
    return _Look(buyer, line, draft, customer)


def _standing(buyer: _Buyer, draft: CustomerDraft | Problems, ports: Ports) -> tuple[Line, Customer | None]:
    """And the ERP's customer where it is certain."""
    key = buyer.party.link_key
    name = "" if isinstance(draft, Problems) else draft.name
    linked = ports.store.links.erp_key("customer", key)
    if linked is not None:
        return Line(key, name, Standing.LINKED, linked), None
    if isinstance(draft, Problems):
        return Line(key, name, Standing.UNCLEAR, why=draft.items[0].message), None
    if ports.store.audit.has(key, DECLARED_NEW):
        return Line(key, name, Standing.NEW, why="a person said so"), None
    matched = match(who(draft, buyer.organization, buyer.contact), ports, ask_erp=False)
    candidates = matched.candidates(ports)
    if matched.customer is not None and not candidates[0].linked_to:
        certain = matched.customer
        return Line(key, name, Standing.CERTAIN, certain.id, matched.why, candidates), certain
    if candidates:
        return Line(key, name, Standing.AMBIGUOUS, candidates=candidates), None
    return Line(key, name, Standing.NEW), None


def _linked(look: _Look, promised: dict[str, str], ports: Ports, dry_run: bool) -> Line:
    """Two of Streak's records may be certain of the same customer: the first has it, a person decides the other."""
    line = look.line
    if line.standing is Standing.CERTAIN:
        other = promised.setdefault(line.number, line.party)
        taken = other if other != line.party else ""
        if not taken and not dry_run:
            taken = _add(Link("customer", line.party, line.number), ports)
        if taken:
            candidates = tuple(c.model_copy(update={"linked_to": taken}) for c in line.candidates)
            return Line(line.party, line.name, Standing.AMBIGUOUS, candidates=candidates)
    if look.customer is not None and not dry_run and not isinstance(look.draft, Problems):
        buyer = look.buyer
        first_sight(buyer.party, buyer.box, buyer.organization, look.draft, look.customer, ports)
    return line


def _add(link: Link, ports: Ports) -> str:
    """Whose it is instead, if a run was quicker."""
    try:
        ports.store.links.add(link)
    except Conflict as conflict:
        return conflict.existing
    return ""
