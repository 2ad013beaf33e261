"""Everything that keeps a deal from being ordered, at once: who mends one thing shall not hear of the next a day later.

Phases stop at the first thing that is wrong. For a deal that one of them has stopped, what the ones behind it would
have found is looked up here, by no more calls than a deal that is well needs.
"""

from dataclasses import replace

from streak_infor_orchestration.domain.deal import Deal, Problem
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.sync.customers.parties import read_parties
from streak_infor_orchestration.sync.deals.facts import facts
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Batch, Status, Work

_OF_THE_WHOLE = (LineCode.DEAL_VALUE, LineCode.DISCOUNT)
"""What does not add up where some of the lines could not be read."""


def complete(batch: Batch, ports: Ports) -> Batch:
    """The batch with the diagnoses of its deals completed."""
    return replace(batch, items=tuple(ports.pool.map(lambda work: _completed(work, ports), batch.items)))


def _completed(work: Work, ports: Ports) -> Work:
    verdict, box = work.verdict, work.box
    if verdict is None or verdict.status is not Status.PERSON or not verdict.problems or work.order_id:
        return work
    milestone = ports.config.stages.classify(box.stage) if box is not None else None
    if box is None or milestone is None or not milestone.wants_order:
        return work
    deal = work.deal or ports.mapping.besides(box)
    if deal is None:
        return work
    try:
        found = _behind(work, deal, ports)
    except IntegrationError:  # what is known already is told; the next look tells more
        return work
    known = {problem.fact for problem in verdict.problems}
    new = {problem.fact: problem for problem in found if problem.fact not in known}
    return work.stop(replace(verdict, problems=(*verdict.problems, *new.values())))


def _behind(work: Work, deal: Deal, ports: Ports) -> tuple[Problem, ...]:
    """What the customer and the order would have been stopped for. Work that was stopped reading has no deal."""
    unread, party = work.deal is None, deal.party
    found: tuple[Problem, ...] = ()
    if unread and party is not None:
        work = read_parties(replace(work, verdict=None), deal, ports)
        if not work.verdict and not ports.store.links.erp_key("customer", party.link_key):
            customer = ports.mapping.customer(
                deal,
                reference=ports.reference(party.link_key),
                contact=work.contact,
                organization=work.organization,
            )
            found = customer.items if isinstance(customer, Problems) else ()
    order = ports.mapping.order(deal, facts(work, deal, work.customer_id, ports))
    if isinstance(order, Problems):
        found += tuple(p for p in order.items if not (unread and p.code in _OF_THE_WHOLE))
    return found
