"""Stage 3: who buys. Found by link, then by what the configuration matches on, else created, else asked."""

from dataclasses import replace

from streak_infor_orchestration.domain.deal import Deal, Party, Problem, Source
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Status, Verdict, Work
from streak_infor_orchestration.sync.writes import Writes


def resolve_customer(work: Work, ports: Ports, writes: Writes) -> Work:
    """Only for a deal that wants an order and has none."""
    deal = work.deal
    assert deal is not None
    if not deal.milestone.wants_order or work.order is not None or deal.party is None:
        return work
    needs = ports.mapping.needs(deal)
    linked = ports.store.links.erp_key("customer", deal.party.link_key)
    if linked is None or needs.contact or needs.organization:
        work = _read_parties(work, deal, ports)
    if linked is not None:
        return replace(work, customer_id=linked)
    draft = ports.mapping.customer(
        deal,
        reference=ports.reference(deal.party.link_key),
        contact=work.contact,
        organization=work.organization,
    )
    if isinstance(draft, Problems):
        return work.stop(Verdict(Status.PERSON, "the customer is incomplete", problems=draft.items))
    if work.claim.token and writes.is_customer_under_way(deal.party):
        return _create(work, deal.party, draft, writes)
    candidates = _match(draft, work.organization, ports)
    if len(candidates) > 1:
        return work.stop(_ambiguous(draft, candidates))
    if candidates:
        return _link(work, deal, candidates[0], ports, dry=not work.claim.token)
    if not ports.config.customer.create:
        return work.stop(Verdict(Status.PERSON, "no such customer", problems=(_missing(draft),)))
    if not work.claim.token:
        return work.did(f"would create customer {draft.name}", customer_id="(new)")
    return _create(work, deal.party, draft, writes)


def _create(work: Work, party: Party, draft: CustomerDraft, writes: Writes) -> Work:
    """Also for one that a run which died, or is still at it, has asked for: its effect knows."""
    done = writes.customer(work.claim, party, draft)
    made = "created" if done.fresh else "found"
    work = work.did(f"customer {done.record.id} {made}: {draft.name}", customer_id=done.record.id)
    return work.again_at(done.verify_at)


def _read_parties(work: Work, deal: Deal, ports: Ports) -> Work:
    assert deal.party is not None and work.box is not None
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


def _match(draft: CustomerDraft, organization: Organization | None, ports: Ports) -> tuple[Customer, ...]:
    """The first rule that finds anything decides. Our own reference always comes first."""
    found = ports.erp.find_customers("reference", draft.reference)
    if found:
        return found
    domains = organization.domains if organization else ()
    for rule in ports.config.customer.match:
        match rule:
            case "tax_id" if draft.tax_id:
                found = ports.erp.find_customers("tax_id", draft.tax_id)
            case "email" if draft.email:
                found = ports.erp.find_customers("email", draft.email)
            case "name":
                found = ports.erp.find_customers("name", draft.name)
            case "domain+name" if domains:
                named = ports.erp.find_customers("name", draft.name)
                found = tuple(c for c in named if c.email.rpartition("@")[2].lower() in domains)
        if found:
            return found
    return ()


def _link(work: Work, deal: Deal, customer: Customer, ports: Ports, *, dry: bool) -> Work:
    assert deal.party is not None
    if dry:
        return work.did(f"would link customer {customer.id}", customer_id=customer.id)
    ports.store.links.add(Link(kind="customer", streak_key=deal.party.link_key, erp_key=customer.id))
    return work.did(f"customer {customer.id} found: {customer.name}", customer_id=customer.id)


def _ambiguous(draft: CustomerDraft, candidates: tuple[Customer, ...]) -> Verdict:
    names = "; ".join(f"{c.id} {c.name}" for c in candidates)
    problem = Problem(
        code="ambiguous_customer",
        message=f"several customers in the ERP match {draft.name}: {names}",
        value=draft.name,
        fix="Decide which one it is, or have the duplicates merged in the ERP.",
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))


def _missing(draft: CustomerDraft) -> Problem:
    return Problem(
        code="no_customer",
        message=f"{draft.name} is no customer in the ERP, and the configuration does not let one be created",
        value=draft.name,
        fix="Have the customer set up in the ERP, then retry the deal.",
    )
