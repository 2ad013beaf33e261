"""A customer that is linked already: whether it may still be ordered for, and the ground of its two-way sync.

Where all is well the ERP is asked nothing: the directory knows who is closed, and is read for all deals together.
"""

from dataclasses import replace

from streak_infor_orchestration.domain.deal import Deal, Party, Problem
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.ledger.customers import Linked
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.sync.customers.agree import first_sight
from streak_infor_orchestration.sync.customers.directory import keep_fresh
from streak_infor_orchestration.sync.customers.parties import buyer, read_parties
from streak_infor_orchestration.sync.effects.listed import listed
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Batch, Status, Verdict, Work


def linked_customers(batch: Batch, ports: Ports) -> Batch:
    """What is known of the customers of all deals that want an order, by a directory that is fresh: so are its
    look-alikes of the others. Whoever has a deal looked at by hand may have changed its customer just now."""
    parties = {work.claim.key: party.link_key for work in batch.open if (party := buyer(work)) is not None}
    if parties and not batch.dry_run:
        asked = any(work.claim.lane == ASKED_BY_A_PERSON for work in batch.open)
        tell_new = ports.config.customer.makes_organizations
        keep_fresh(ports.erp, ports.store, now=asked, tell_new=tell_new)
    known = ports.store.customers.linked(parties.values())
    items = (replace(work, linked=known.get(parties.get(work.claim.key, ""))) for work in batch.items)
    return replace(batch, items=tuple(items))


def to_be_ordered_for(work: Work, deal: Deal, party: Party, linked: Linked, ports: Ports) -> Work:
    """With the number of the customer; stopped where it is closed or gone. One that the directory does not know, or
    that was linked by whoever could not see both sides, is looked at in the ERP once."""
    work = replace(work, customer_id=linked.erp_key)
    if linked.closed is False and (linked.has_shadow or not work.claim.token):
        return work
    customer = ports.erp.customer(linked.erp_key)
    if customer is None:
        return work.stop(customer_gone(linked.erp_key, party))
    if work.claim.token:
        ports.store.customers.put([listed(customer)])
    if customer.is_closed:
        return work.stop(_customer_closed(customer, party))
    return (
        work if linked.has_shadow or not work.claim.token else _seen_first(work, deal, party, customer, ports)
    )


def _seen_first(work: Work, deal: Deal, party: Party, customer: Customer, ports: Ports) -> Work:
    """A link is also made by a probe, a person or a restored ledger: none of them sees the deal."""
    if work.organization is None and work.contact is None:
        work = read_parties(work, deal, ports)
        if work.verdict is not None:
            return work
    draft = ports.mapping.customer(
        deal,
        reference=ports.reference(party.link_key),
        contact=work.contact,
        organization=work.organization,
    )
    if not isinstance(draft, Problems):
        assert work.box is not None
        first_sight(party, work.box, work.organization, draft, customer, ports)
    return work


def customer_gone(number: str, party: Party) -> Verdict:
    """The verdict where the linked customer is not in the ERP any more: it was merged into another one, or erased."""
    problem = Problem(
        code=CustomerCode.CUSTOMER_GONE,
        message=f"Customer {number} no longer exists in the ERP.",
        field=party.kind.value.capitalize(),
        value=number,
        fix="Have the customer restored in the ERP, or link the one that stands in its place: "
        f"streak-infor link customer {party.key} NUMBER --instead",
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,), party=party.link_key)


def _customer_closed(customer: Customer, party: Party) -> Verdict:
    problem = Problem(
        code=CustomerCode.CUSTOMER_CLOSED,
        message=f"Customer {customer.id} {customer.name} is closed in the ERP.",
        field=party.kind.value.capitalize(),
        value=customer.id,
        fix="Have the customer opened again in the ERP, or link the one that stands in its place: "
        f"streak-infor link customer {party.key} NUMBER --instead. The order follows by itself.",
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,), party=party.link_key)
