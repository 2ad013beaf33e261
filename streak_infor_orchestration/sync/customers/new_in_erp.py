"""The phases of a customer that is new in the ERP and of which no record in Streak is known: linked where the rules are
certain, else made into an organization, or a person's.

From then on it is a linked customer like any other.
"""

from collections.abc import Sequence
from dataclasses import replace

from streak_infor_orchestration.domain.deal import PartyKind, Problem
from streak_infor_orchestration.domain.identity import company_domain, identity, identity_of
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.streak.models import Organization
from streak_infor_orchestration.sync.customers.matching import is_same, may_be
from streak_infor_orchestration.sync.effects.registry import recover
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON
from streak_infor_orchestration.sync.effects.streak_organization import make_streak_organization
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.claim import claiming
from streak_infor_orchestration.sync.row.phases import each
from streak_infor_orchestration.sync.row.rows import NEW_CUSTOMERS
from streak_infor_orchestration.sync.row.settle import settle
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work


def _claimed(claims: Sequence[Claimed], _ports: Ports) -> tuple[Work, ...]:
    return tuple(Work(claim, customer_id=claim.key) for claim in claims)


def fetch_new_customer(work: Work, ports: Ports, writes: Writes) -> Work:
    """The customer as it is now, unless somebody in Streak is it by now."""
    for effect in ports.store.effects.unsettled(work.claim.key) if work.claim.token else ():
        work = work.again_at(recover(writes, effect, asked=work.claim.lane == ASKED_BY_A_PERSON))
    linked = ports.store.links.streak_key("customer", work.customer_id)
    if linked is not None:
        _look_at(linked, work, ports)
        return work.stop(_nothing(f"it is {linked} in Streak"))
    if not ports.config.customer.makes_organizations:
        return work.stop(_nothing("customers that are new in the ERP are left alone"))
    customer = ports.erp.customer(work.customer_id)
    if customer is None or customer.is_closed:
        return work.stop(_nothing("it is gone from the ERP, or closed"))
    if customer.reference.startswith(ports.config.erp.reference_prefix):
        return work.stop(
            _nothing("it was made of a record in Streak: reconciliation finds the link that is missing")
        )
    return replace(work, customer=customer)


def make_organization(work: Work, ports: Ports, writes: Writes) -> Work:
    """Of a customer whom no organization may be already."""
    customer = work.customer
    assert customer is not None
    organizations = [one for page in ports.streak.organization_pages(ports.team_key) for one in page]
    someone = identity_of(customer)
    known = [(one, identity(one.name, domains=one.domains)) for one in organizations]
    maybe = [one for one, who in known if may_be(who, someone, ports)]
    certain = [one for one, who in known if is_same(who, someone, ports)]
    if len(maybe) == 1 and certain == maybe and not _is_linked(certain[0], ports):
        return _linked(certain[0], work, ports)
    if maybe:
        return work.stop(_undecided(customer, maybe))
    if not work.claim.token:
        return work.did(f"would create an organization: {customer.name}")
    done = make_streak_organization(writes, work.claim, customer.id, _properties(customer, organizations))
    _look_at(f"{PartyKind.ORGANIZATION}:{done.record.key}", work, ports)
    return work.did(f"organization {done.record.key} created").again_at(done.verify_at)


def _linked(one: Organization, work: Work, ports: Ports) -> Work:
    link_key = f"{PartyKind.ORGANIZATION}:{one.key}"
    if not work.claim.token:
        return work.did(f"would link {link_key}")
    ports.store.links.add(Link("customer", link_key, work.customer_id))
    _look_at(link_key, work, ports)
    return work.did(f"{link_key} linked")


def _is_linked(one: Organization, ports: Ports) -> bool:
    return ports.store.links.erp_key("customer", f"{PartyKind.ORGANIZATION}:{one.key}") is not None


def _properties(customer: Customer, organizations: Sequence[Organization]) -> dict[str, list[str] | str]:
    """A domain is one organization's alone (§3.9): a branch is made without."""
    domain = company_domain(customer.email)
    taken = {name for one in organizations for name in one.domains}
    return {
        "name": customer.name,
        **({"domains": [domain]} if domain and domain not in taken else {}),
        **({"phones": [customer.phone]} if customer.phone else {}),
    }


def _look_at(link_key: str, work: Work, ports: Ports) -> None:
    """The ground of both sides is laid by the first look at the pair."""
    if work.claim.token:
        event = Event("erp", "LINKED", Kind.CUSTOMER, link_key, correlation_id=work.claim.correlation_id)
        ports.store.inbox.record([event])


def _undecided(customer: Customer, maybe: Sequence[Organization]) -> Verdict:
    keys = ", ".join(f"{one.name} ({PartyKind.ORGANIZATION}:{one.key})" for one in maybe[:3])
    problem = Problem(
        code=CustomerCode.AMBIGUOUS_ORGANIZATION,
        message=f"Customer {customer.id} {customer.name} is new in the ERP, and may be in Streak already: {keys}.",
        value=customer.id,
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))


def _nothing(reason: str) -> Verdict:
    return Verdict(Status.CONVERGED, reason)


PHASES = (
    claiming(NEW_CUSTOMERS, works=_claimed),
    each(fetch_new_customer),
    each(make_organization),
    settle,
)
