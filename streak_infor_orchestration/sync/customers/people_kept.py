"""One person at a customer who is linked: what changed on one side is copied to the other, and who left is told of or
made inactive."""

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.party import CustomerContact
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.mapping.people import People
from streak_infor_orchestration.sync.customers.asked import changed_on_both_sides, no_phone_number
from streak_infor_orchestration.sync.customers.at_rest import typing_time
from streak_infor_orchestration.sync.customers.people_moved import is_to_arrive
from streak_infor_orchestration.sync.customers.staff import CONTACT, Staff
from streak_infor_orchestration.sync.customers.three_way import Decisions, decide, grounded
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.erp_contact import erp_contact_stands, set_erp_contact
from streak_infor_orchestration.sync.effects.party_fields import party_fields_stand, set_contact
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Work

Told = tuple[Work, tuple[Problem, ...]]


def keep(contact_key: str, staff: Staff, work: Work, people: People, writes: Writes) -> Told:
    """One look at a pair. Without a shadow nothing is written: both sides are noted as they are."""
    ports, number = writes.ports, staff.links[contact_key]
    present = contact_key in staff.ours
    there = staff.theirs.get(number)
    if there is None:
        return _gone_from_the_erp(contact_key, number, staff, work, ports)
    contact = staff.ours.get(contact_key)
    if not present:
        left = ports.streak.contact(contact_key)
        if left is not None and (other := is_to_arrive(left, staff, ports)):
            _due(other, work, ports)
            return work, ()
        if ports.config.contacts is not None and ports.config.contacts.gone == "flag" and there.active:
            return work, (_left(there),)
    shadow = ground(contact_key, staff, ports)
    kept = people.kept(present)
    ours, theirs = people.ours(contact, present), people.theirs(there)
    typing = typing_time(work, ports)
    made = decide(kept, ours, theirs, shadow, ports.clock.now(), typing)
    whose = f"{_called(there)}, contact {there.id},"
    problems = (
        *(changed_on_both_sides(target, whose, pair) for target, pair in made.asked.items()),
        *(no_phone_number(target, whose, pair) for target, pair in made.unreadable.items()),
    )
    properties = people.properties(made.to_streak, contact)
    if not work.claim.token:
        return _planned(work, there, made), problems
    if made.to_infor:
        there = _set(there, made, work, people, writes)
        work = work.did(f"contact {there.id} updated: {', '.join(sorted(made.to_infor))}")
    else:
        erp_contact_stands(writes, there)
    if contact is not None and properties:
        contact = set_contact(writes, work.claim, contact, properties)
        work = work.did(f"contact updated: {', '.join(sorted(properties))}")
    elif contact is not None:
        party_fields_stand(writes, contact, None)
    seen = grounded(shadow, kept, people.ours(contact, present), people.theirs(there), open_=made.open)
    if seen != shadow:
        ports.store.shadows.put(seen)
    return work.again_at(made.again_at), problems


def ground(contact_key: str, staff: Staff, ports: Ports) -> Shadow:
    """Of the pair, empty where nobody has looked at it."""
    pair = (CONTACT, staff.at(contact_key), staff.links[contact_key])
    return ports.store.shadows.get(*pair) or Shadow(*pair, contact_key=contact_key)


def _set(
    there: CustomerContact, made: Decisions, work: Work, people: People, writes: Writes
) -> CustomerContact:
    """Changes the contact by the version that a read by its number shows, for a list does not tell it."""
    read = writes.ports.erp.record("contacts", there.id)
    if not isinstance(read, CustomerContact) or people.theirs(read) != people.theirs(there):
        raise Later(1.0, f"contact {there.id} was changed meanwhile")
    return set_erp_contact(writes, work.claim, read, people.changes(made.to_infor), made.to_infor)


def _gone_from_the_erp(contact_key: str, number: str, staff: Staff, work: Work, ports: Ports) -> Told:
    """The person is not at this customer any more: moved, which the look at the other customer copies, or erased."""
    there = ports.erp.record("contacts", number)
    if isinstance(there, CustomerContact):
        if other := ports.store.links.streak_key("customer", there.customer_id):
            _due(other, work, ports)
        return work, ()
    if ports.config.contacts is None or ports.config.contacts.gone != "flag":
        return work, ()
    problem = Problem(
        code=CustomerCode.CONTACT_GONE,
        message=f"Contact {number} of customer {staff.customer_id} no longer exists in the ERP.",
        field="Contact",
        value=number,
    )
    return work, (problem,) if contact_key in staff.ours else ()


def _due(link_key: str, work: Work, ports: Ports) -> None:
    if work.claim.token:
        event = Event("streak", "MOVED", Kind.CUSTOMER, link_key, correlation_id=work.claim.correlation_id)
        ports.store.inbox.record([event])


def _left(there: CustomerContact) -> Problem:
    return Problem(
        code=CustomerCode.CONTACT_GONE,
        message=f"{_called(there)} is no longer at the organization in Streak, and is at customer "
        f"{there.customer_id} in the ERP.",
        field="Contact",
        value=there.id,
    )


def _planned(work: Work, there: CustomerContact, made: Decisions) -> Work:
    for system, values in (("the ERP", made.to_infor), ("Streak", made.to_streak)):
        for target, value in sorted(values.items()):
            work = work.did(f"would set in {system}: {target} of contact {there.id} = {value}")
    return work


def _called(there: CustomerContact) -> str:
    return f"{there.given_name} {there.family_name}".strip() or there.email or there.id
