"""Stage 3: who buys. Found by link, then by what the configuration matches on, else created, else asked."""

from dataclasses import replace

from streak_infor_orchestration.domain.candidate import Candidate
from streak_infor_orchestration.domain.deal import Deal, Party, Problem, Source
from streak_infor_orchestration.domain.identity import Identity, identity
from streak_infor_orchestration.domain.names import Stops
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.agree import first_sight
from streak_infor_orchestration.sync.matching import Matched, match
from streak_infor_orchestration.sync.names import waits
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Batch, Status, Verdict, Work
from streak_infor_orchestration.sync.writes import Writes

AMBIGUOUS = "ambiguous_customer"
_TOLD = 3  # a comment is read on a telephone; the administrator sees them all
DECLARED_NEW = "declared a new customer"
"""What the audit says of a party that a person told from its look-alikes."""


def linked_customers(batch: Batch, ports: Ports) -> Batch:
    """The deals whose customer is linked already, with it: asked once for all."""
    parties = {work.claim.key: party for work in batch.open if (party := _buyer(work)) is not None}
    links = ports.store.links.erp_keys("customer", {party.link_key for party in parties.values()})
    linked = {key: links.get(party.link_key, "") for key, party in parties.items()}
    items = (replace(work, customer_id=linked.get(work.claim.key, "")) for work in batch.items)
    return replace(batch, items=tuple(items))


def _buyer(work: Work) -> Party | None:
    """Of a deal that wants an order and has none."""
    deal = work.deal
    wants = deal is not None and deal.milestone.wants_order and work.order is None
    return deal.party if deal is not None and wants else None


def resolve_customer(work: Work, ports: Ports, writes: Writes) -> Work:
    """Only for a deal that wants an order and has none."""
    deal, party = work.deal, _buyer(work)
    if deal is None or party is None:
        return work
    # another deal of the batch may have linked it since
    linked = work.customer_id or ports.store.links.erp_key("customer", party.link_key) or ""
    needs = ports.mapping.needs(deal)
    if not linked or needs.contact or needs.organization:
        work = read_parties(work, deal, ports)
        if work.verdict is not None:
            return work
    if linked:
        return replace(work, customer_id=linked)
    draft = ports.mapping.customer(
        deal,
        reference=ports.reference(party.link_key),
        contact=work.contact,
        organization=work.organization,
    )
    if isinstance(draft, Problems):
        return work.stop(Verdict(Status.PERSON, "the customer is incomplete", problems=draft.items))
    if work.claim.token and writes.is_customer_under_way(party):
        return _create(work, party, draft, ports, writes)
    matched = find(who(draft, work.organization), draft.reference, party, ports)
    candidates = matched.candidates(ports)
    if matched.customer is not None and candidates[0].linked_to in ("", party.link_key):
        return _link(work, party, draft, matched.customer, ports)
    if candidates:
        return work.stop(_undecided(draft, party, candidates))
    if not ports.config.customer.create:
        return work.stop(Verdict(Status.PERSON, "no such customer", problems=(_missing(draft),)))
    if not work.claim.token:
        return work.did(f"would create customer {draft.name}", customer_id="(new)")
    return _create(work, party, draft, ports, writes)


def who(draft: CustomerDraft, organization: Organization | None) -> Identity:
    """By what the customer is told from others."""
    domains = organization.domains if organization else ()
    return identity(draft.name, tax_id=draft.tax_id, email=draft.email, domains=domains)


def find(someone: Identity, reference: str, party: Party, ports: Ports) -> Matched:
    """Our own reference comes first, then what a person said, then the rules."""
    ours = ports.erp.find_customers("reference", reference)
    if ours:
        return Matched(certain=ours, why="made for this customer")
    if ports.store.audit.has(party.link_key, DECLARED_NEW):
        return Matched()
    return match(someone, ports)


def _create(work: Work, party: Party, draft: CustomerDraft, ports: Ports, writes: Writes) -> Work:
    """Also for one that a run which died, or is still at it, has asked for: its effect knows."""
    done = writes.customer(work.claim, party, draft)
    assert work.box is not None
    first_sight(party, work.box, work.organization, draft, done.record, ports)
    made = "created" if done.fresh else "found"
    work = work.did(f"customer {done.record.id} {made}: {draft.name}", customer_id=done.record.id)
    return work.again_at(done.verify_at)


def read_parties(work: Work, deal: Deal, ports: Ports) -> Work:
    """The deal's organization and contact, as the mapping may read them. Stopped where a name of their fields is
    wrong."""
    assert deal.party is not None and work.box is not None
    faults = ports.names.look(work.claim).faults
    if wrong := tuple(fault for fault in faults if fault.stops is Stops.PARTY):
        return work.stop(waits(wrong, ports.clock))
    contact: Contact | None = None
    organization: Organization | None = None
    if deal.party.kind is Source.ORGANIZATION:
        organization = ports.streak.organization(deal.party.key)
        contact_key = main_link(work.box.contacts)
    else:
        contact_key = deal.party.key
    if contact_key is not None:
        contact = ports.streak.contact(contact_key)
    return replace(work, contact=contact, organization=organization)


def _link(work: Work, party: Party, draft: CustomerDraft, customer: Customer, ports: Ports) -> Work:
    if not work.claim.token:
        return work.did(f"would link customer {customer.id}", customer_id=customer.id)
    ports.store.links.add(Link(kind="customer", streak_key=party.link_key, erp_key=customer.id))
    assert work.box is not None
    first_sight(party, work.box, work.organization, draft, customer, ports)
    return work.did(f"customer {customer.id} found: {customer.name}", customer_id=customer.id)


def _undecided(draft: CustomerDraft, party: Party, candidates: tuple[Candidate, ...]) -> Verdict:
    """Every customer that may be meant, told to sales in a sentence and to the administrator side by side."""
    listed = "; ".join(str(candidate) for candidate in candidates[:_TOLD])
    if len(candidates) > _TOLD:
        listed += f"; and {len(candidates) - _TOLD} more"
    problem = Problem(
        code=AMBIGUOUS,
        message=f"{draft.name} may already be a customer in the ERP: {listed}.",
        value=draft.name,
        fix="Say which one it is, or that it is a new customer. When your administrator has linked it, the order "
        "follows by itself.",
    )
    return Verdict(
        Status.PERSON, problem.message, problems=(problem,), party=party.link_key, candidates=candidates
    )


def _missing(draft: CustomerDraft) -> Problem:
    return Problem(
        code="no_customer",
        message=f"{draft.name} is no customer in the ERP, and the configuration does not let one be created",
        value=draft.name,
        fix="Have the customer set up in the ERP, then retry the deal.",
    )
