"""Phase 3 of a deal: who buys. Found by link, then by what the configuration matches on, else created, else asked."""

from dataclasses import replace

from streak_infor_orchestration.domain.candidate import Candidate
from streak_infor_orchestration.domain.deal import Party, Problem
from streak_infor_orchestration.domain.identity import Identity, country_of, identity
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.tax_number import tax_number
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.customers.agree import first_sight
from streak_infor_orchestration.sync.customers.linked import to_be_ordered_for
from streak_infor_orchestration.sync.customers.matching import Matched, match
from streak_infor_orchestration.sync.customers.newcomers import DECLARED_NEW, announced
from streak_infor_orchestration.sync.customers.parties import buyer, read_parties
from streak_infor_orchestration.sync.effects.customer import is_customer_under_way, make_customer
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

_TWICE = (
    "The customer stands in Streak twice, or is another company of that name. If it is the same, put the deal on the "
    "record that is linked already; if not, have your administrator say that it is a new customer."
)
_TOLD = 3  # a comment is read on a telephone; the administrator sees them all


def resolve_customer(work: Work, ports: Ports, writes: Writes) -> Work:
    """Finds or makes the customer of a deal that wants an order and has none; any other deal is passed on."""
    deal, party = work.deal, buyer(work)
    if deal is None or party is None:
        return work
    # another deal of the batch may have linked it since
    linked = work.linked or ports.store.customers.linked([party.link_key]).get(party.link_key)
    needs = ports.mapping.needs(deal)
    if not linked or needs.contact or needs.organization:
        work = read_parties(work, deal, ports)
        if work.verdict is not None:
            return work
    if linked:
        return to_be_ordered_for(work, deal, party, linked, ports)
    draft = ports.mapping.customer(
        deal,
        reference=ports.reference(party.link_key),
        contact=work.contact,
        organization=work.organization,
    )
    if isinstance(draft, Problems):
        return work.stop(Verdict(Status.PERSON, "the customer is incomplete", problems=draft.items))
    return found_or_made(work, party, draft, ports, writes)


def found_or_made(work: Work, party: Party, draft: CustomerDraft, ports: Ports, writes: Writes) -> Work:
    """Of somebody who is linked to no customer, whether a deal asks for that or a policy."""
    someone = who(draft, work.organization, work.contact)
    if not work.claim.token:
        return _resolve(work, party, draft, someone, ports, writes)
    with announced(party, someone, ports):
        return _resolve(work, party, draft, someone, ports, writes)


def _resolve(
    work: Work, party: Party, draft: CustomerDraft, someone: Identity, ports: Ports, writes: Writes
) -> Work:
    if work.claim.token and is_customer_under_way(party, ports.store):
        return _create(work, party, draft, ports, writes)
    matched = find(someone, draft, party, ports)
    candidates = matched.candidates(ports)
    own = next((one.number for one in candidates if one.linked_to == party.link_key), "")
    if own:  # linked by another deal since we looked
        return replace(work, customer_id=own)
    if matched.customer is not None and not candidates[0].linked_to:
        return _link(work, party, draft, matched.customer, ports)
    if candidates:
        return work.stop(_undecided(draft, party, candidates))
    if not ports.config.customer.create:
        return work.stop(Verdict(Status.PERSON, "no such customer", problems=(_missing(draft),)))
    if not work.claim.token:
        return work.did(f"would create customer {draft.name}", customer_id="(new)")
    return _create(work, party, draft, ports, writes)


def who(draft: CustomerDraft, organization: Organization | None, contact: Contact | None) -> Identity:
    """What tells the customer from others."""
    return identity(
        draft.name,
        tax_id=draft.tax_id,
        country=country_of(draft),
        emails=(draft.email, *(contact.emails if contact else ())),
        domains=organization.domains if organization else (),
    )


def find(someone: Identity, draft: CustomerDraft, party: Party, ports: Ports) -> Matched:
    """One that was made of the draft comes first, then what a person said, then the rules."""
    ours = ports.erp.find_customer(draft, None).customers
    if ours:
        return Matched(certain=ours, why="made for this customer")
    if ports.store.audit.has(party.link_key, DECLARED_NEW):
        return Matched()
    return match(someone, ports)


def _create(work: Work, party: Party, draft: CustomerDraft, ports: Ports, writes: Writes) -> Work:
    """Also for one that a run which died, or is still at it, has asked for: its effect knows."""
    done = make_customer(writes, work.claim, party, _without_placeholder(draft))
    first_sight(party, work.box, work.organization, draft, done.record, ports)
    made = "created" if done.fresh else "found"
    work = work.did(f"customer {done.record.id} {made}: {draft.name}", customer_id=done.record.id)
    return work.again_at(done.verify_at)


def _without_placeholder(draft: CustomerDraft) -> CustomerDraft:
    """A customer is made without a tax number rather than with "n/a". The ground of later looks keeps what Streak says,
    so that the number goes over when it is entered."""
    return draft if tax_number(draft.tax_id).number else draft.model_copy(update={"tax_id": ""})


def _link(work: Work, party: Party, draft: CustomerDraft, customer: Customer, ports: Ports) -> Work:
    if not work.claim.token:
        return work.did(f"would link customer {customer.id}", customer_id=customer.id)
    ports.store.links.add(Link(kind="customer", streak_key=party.link_key, erp_key=customer.id))
    first_sight(party, work.box, work.organization, draft, customer, ports)
    return work.did(f"customer {customer.id} found: {customer.name}", customer_id=customer.id)


def _undecided(draft: CustomerDraft, party: Party, candidates: tuple[Candidate, ...]) -> Verdict:
    """Every customer that may be meant, told to sales in a sentence and to the administrator side by side."""
    listed = "; ".join(str(candidate) for candidate in candidates[:_TOLD])
    if len(candidates) > _TOLD:
        listed += f"; and {len(candidates) - _TOLD} more"
    problem = Problem(
        code=CustomerCode.AMBIGUOUS_CUSTOMER,
        message=f"{draft.name} may already be a customer in the ERP: {listed}.",
        value=draft.name,
        fix=_TWICE if all(one.linked_to for one in candidates) else CustomerCode.AMBIGUOUS_CUSTOMER.fix,
    )
    return Verdict(
        Status.PERSON, problem.message, problems=(problem,), party=party.link_key, candidates=candidates
    )


def _missing(draft: CustomerDraft) -> Problem:
    return Problem(
        code=CustomerCode.NO_CUSTOMER,
        message=f"{draft.name} is no customer in the ERP, and the configuration does not let one be created",
        value=draft.name,
    )
