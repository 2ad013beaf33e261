"""The phases of a customer, as `deals/phases.py` has those of a deal: linked where certain, then kept the same.

Looked at is an organization or contact by its link key. It is read through the deal it was linked by: some of its
fields stand there, and its contact does. None is created here, which is what the first order does, unless the policy
says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from streak_infor_orchestration.domain.deal import Deal, Party, PartyKind
from streak_infor_orchestration.domain.errors import IntegrationError, Rejected
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.ledger.links import Link, contact_and_customer
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.customers.agree import agree
from streak_infor_orchestration.sync.customers.holds import note_hold
from streak_infor_orchestration.sync.customers.linked import customer_gone
from streak_infor_orchestration.sync.customers.matching import match
from streak_infor_orchestration.sync.customers.newcomers import DECLARED_NEW
from streak_infor_orchestration.sync.customers.parties import of_survivor, party_named, party_of
from streak_infor_orchestration.sync.customers.people import agree_people
from streak_infor_orchestration.sync.customers.resolve import found_or_made, who
from streak_infor_orchestration.sync.customers.staff import CONTACT
from streak_infor_orchestration.sync.effects.comment import comment_once
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.registry import recover
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.claim import claiming
from streak_infor_orchestration.sync.row.explained import explained
from streak_infor_orchestration.sync.row.outcome import verdict_of, waits
from streak_infor_orchestration.sync.row.phases import each
from streak_infor_orchestration.sync.row.rows import CUSTOMERS
from streak_infor_orchestration.sync.row.settle import settle
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

_GONE = Verdict(Status.CONVERGED, "it is gone from Streak", gone=True)


def _claimed(claims: Sequence[Claimed], ports: Ports) -> tuple[Work, ...]:
    """A changed contact makes the customers due that are read through it."""
    ports.store.inbox.record([event for claim in claims if claim.token for event in _through(claim, ports)])
    return tuple(Work(claim) for claim in claims)


def _through(claim: Claimed, ports: Ports) -> list[Event]:
    kind, _, key = claim.key.partition(":")
    if kind != PartyKind.CONTACT:
        return []
    shadows = ports.store.shadows.through_contact(key)
    at = [contact_and_customer(shadow.streak_key)[1] for shadow in shadows if shadow.kind == CONTACT]
    customers = {
        *(shadow.streak_key for shadow in shadows if shadow.kind == "customer"),
        *ports.store.links.streak_keys("customer", at).values(),
    }
    return [_made_due(link_key, claim) for link_key in sorted(customers - {claim.key})]


def _made_due(link_key: str, claim: Claimed) -> Event:
    return Event(
        "streak",
        "CONTACT",
        Kind.CUSTOMER,
        link_key,
        lane=claim.lane,
        correlation_id=claim.correlation_id,
    )


def fetch_customer(work: Work, ports: Ports, writes: Writes) -> Work:
    """The organization or contact, the deal it is read through, and the ERP's customer where it is linked."""
    if wrong := ports.names.of_customers(work.claim):
        return work.stop(waits(wrong, ports.clock))
    try:
        party = _party(work.claim.key, ports)
    except Rejected:
        return work.stop(_GONE)
    if kept_as := _merged(party, ports):
        return work.stop(Verdict(Status.CONVERGED, f"it was merged: {kept_as} is kept the same"))
    customer_id = ports.store.links.erp_key("customer", party.link_key) or ""
    if not customer_id and party.kind.value != ports.config.customer.source:
        _tell_companies(work, party, ports)
        return work.stop(Verdict(Status.CONVERGED, "a person is a customer only where a deal says so"))
    work = _recovered(work, ports, writes)
    if work.verdict is not None:
        return work
    work = read_party(replace(work, customer_id=customer_id), party, ports)
    if (work.contact if party.kind is PartyKind.CONTACT else work.organization) is None:
        return work.stop(_GONE)
    if not customer_id:
        return work
    customer = ports.erp.customer(customer_id)
    if customer is None:
        return work.stop(customer_gone(customer_id, party))
    if work.claim.token:
        note_hold(customer, ports)
    return replace(work, customer=customer)


def link_customer(work: Work, ports: Ports, writes: Writes) -> Work:
    """Link it where the rules are certain. Anything else waits until a deal asks for an order, or is decided as for a
    deal where the policy makes customers without."""
    if work.customer_id:
        return work
    deal = work.deal
    assert deal is not None and deal.party is not None
    draft = ports.mapping.customer(
        deal,
        reference=ports.reference(deal.party.link_key),
        contact=work.contact,
        organization=work.organization,
    )
    if isinstance(draft, Problems):
        return work.stop(Verdict(Status.CONVERGED, "not enough is known of it yet"))
    if ports.store.audit.has(deal.party.link_key, DECLARED_NEW):
        if ports.config.customer.without_deal:
            return _made(work, deal.party, draft, ports, writes)
        return work.stop(Verdict(Status.CONVERGED, "a person said that it is a new customer"))
    matched = match(who(draft, work.organization, work.contact), ports, ask_erp=False, alike=False)
    found = matched.customer
    if found is None or ports.store.links.streak_key("customer", found.id) is not None:
        if ports.config.customer.without_deal:
            return _made(work, deal.party, draft, ports, writes)
        return work.stop(Verdict(Status.CONVERGED, "no customer yet: the first order makes or finds it"))
    if not work.claim.token:
        return work.did(f"would link customer {found.id}, {matched.why}")
    ports.store.links.add(Link("customer", deal.party.link_key, found.id))
    return work.did(f"customer {found.id} linked, {matched.why}", customer_id=found.id, customer=found)


def _made(work: Work, party: Party, draft: CustomerDraft, ports: Ports, writes: Writes) -> Work:
    work = found_or_made(work, party, draft, ports, writes)
    if work.verdict is not None or not work.claim.token:
        return work
    return replace(work, customer=ports.erp.customer(work.customer_id))


def tell(work: Work, ports: Ports, writes: Writes) -> Work:
    """What a person has to decide is told on the deal that the customer is read through."""
    verdict, box = work.verdict, work.box
    if box is None or verdict is None or verdict.status is not Status.PERSON or not work.claim.token:
        return work
    for problem in verdict.problems:
        text = visible(explained(problem, "The customer needs attention.", box.name))
        fact = f"problem:{problem.fact}"
        if comment_once(writes, work.claim, box, ports.reference(box.key), fact, text).fresh:
            work = work.did(f"told on the box: {text}")
    return work


def _tell_companies(work: Work, party: Party, ports: Ports) -> None:
    """Whoever is new at an organization concerns its customer."""
    contact = ports.streak.contact(party.key) if ports.mapping.people and work.claim.token else None
    keys = [f"{PartyKind.ORGANIZATION}:{key}" for key in contact.organizations] if contact else []
    linked = ports.store.links.erp_keys("customer", keys)
    ports.store.inbox.record([_made_due(link_key, work.claim) for link_key in sorted(linked)])


def _recovered(work: Work, ports: Ports, writes: Writes) -> Work:
    """What earlier looks at it left in doubt comes first; no customer waits for a remark."""
    effects = ports.store.effects
    for effect in effects.unsettled(work.claim.key) if work.claim.token else ():
        try:
            recover(writes, effect, asked=work.claim.lane == ASKED_BY_A_PERSON)
        except (Later, IntegrationError) as doubt:
            verdict = verdict_of(doubt, attempts=work.claim.attempts, now=ports.clock.now())
            if effect.shape != "append":
                return work.stop(verdict)
            work = work.again_at(verdict.due_at)
    left = effects.unsettled(work.claim.key) if work.claim.token else ()
    return work.again_at(min((effect.verify_at for effect in left if effect.verify_at), default=None))


def _merged(party: Party, ports: Ports) -> str:
    """The link key of the one that is looked at in its place: two records kept the same with one would undo each
    other's changes for ever. "" where neither it nor its customer was merged into another."""
    links = ports.store.links
    number = links.erp_key("customer", party.link_key)
    keeper = (
        links.streak_key("customer", number)
        if number
        else ports.store.aliases.survivor("customer", party.link_key)
    )
    return keeper if keeper and keeper != party.link_key else ""


def _party(key: str, ports: Ports) -> Party:
    kind, colon, _ = key.partition(":")
    return party_named(key) if colon and kind in set(PartyKind) else party_of(key, ports)


def read_party(work: Work, party: Party, ports: Ports) -> Work:
    """With the deal that the shadow names, as long as the same one buys there."""
    box, deal = _deal(work.customer_id, party, ports)
    contact_key = main_link(box.contacts) if box is not None else None
    if party.kind is PartyKind.CONTACT:
        contact_key = party.key
    return replace(
        work,
        box=box,
        deal=deal,
        organization=ports.streak.organization(party.key) if party.kind is PartyKind.ORGANIZATION else None,
        contact=ports.streak.contact(contact_key) if contact_key else None,
    )


def _deal(customer_id: str, party: Party, ports: Ports) -> tuple[Box | None, Deal]:
    shadow = ports.store.shadows.get("customer", party.link_key, customer_id)
    box = ports.streak.box(shadow.box_key) if shadow and shadow.box_key else None
    if box is not None and box.pipeline_key == ports.pipeline_key:
        deal = of_survivor(ports.mapping.glance(box), ports)
        if deal.party == party:
            return box, deal
    return None, ports.mapping.stranger(party)


PHASES = (
    claiming(CUSTOMERS, works=_claimed),
    each(fetch_customer),
    each(link_customer),
    each(agree),
    each(agree_people, stopped_too=True),
    each(tell, stopped_too=True),
    settle,
)
