"""People who arrive at a customer from another one: moved in the ERP, or in Streak. Whoever looks at the customer they
arrive at does all of it; the one they left is told nothing and does nothing."""

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.party import ContactChanges, CustomerContact
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.ledger.links import Link, contact_and_customer
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.streak.models import Contact
from streak_infor_orchestration.sync.customers.staff import CONTACT, Staff, known_elsewhere, organization_at
from streak_infor_orchestration.sync.effects.erp_contact import set_erp_contact
from streak_infor_orchestration.sync.effects.party_fields import set_contact
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Work


def moved_in_the_erp(number: str, staff: Staff, work: Work, writes: Writes) -> tuple[Work, Problem | None]:
    """The ERP has them here, and their link is of another customer: Streak follows."""
    ports, link_key = writes.ports, staff.elsewhere[number]
    contact_key, customer_before = contact_and_customer(link_key)
    if contact_key not in staff.ours:
        contact = ports.streak.contact(contact_key)
        if contact is None:
            return work, None
        before = organization_at(customer_before, ports)
        if before not in contact.organizations:
            return work, _apart(contact, staff)
        if not work.claim.token:
            return work.did(f"would move {_called(contact)} to {staff.organization.name} in Streak"), None
        others = [key for key in contact.organizations if key not in (before, staff.organization.key)]
        organizations = [*others, staff.organization.key]
        contact = set_contact(writes, work.claim, contact, {"organizations": organizations})
        staff.ours[contact_key] = contact
        work = work.did(f"{_called(contact)} moved to {staff.organization.name} in Streak")
    elif not work.claim.token:
        return work, None
    ports.store.links.rename(Link(CONTACT, link_key, number), staff.at(contact_key))
    del staff.elsewhere[number]
    staff.links[contact_key] = number
    return work, None


def moved_in_streak(
    contact: Contact, staff: Staff, work: Work, writes: Writes
) -> tuple[Work, Problem | None]:
    """The organization has them, and they are linked at a customer whose organization has them no more: the ERP
    follows. Whoever is at both is known at both."""
    ports = writes.ports
    for shadow in known_elsewhere(contact.key, staff.customer_id, ports):
        _, customer_before = contact_and_customer(shadow.streak_key)
        if organization_at(customer_before, ports) in contact.organizations:
            continue
        there = ports.erp.record("contacts", shadow.erp_key)
        if not isinstance(there, CustomerContact):
            continue
        staff.waiting.add(contact.key)
        if there.customer_id != customer_before:
            return work, _apart(contact, staff)
        return _follow(contact, there, shadow, staff, work, writes), None
    return work, None


def _follow(
    contact: Contact, there: CustomerContact, shadow: Shadow, staff: Staff, work: Work, writes: Writes
) -> Work:
    if not work.claim.token:
        return work.did(f"would move contact {there.id} to customer {staff.customer_id}")
    wanted = {"contact.customer": staff.customer_id}
    changes = ContactChanges(customer_id=staff.customer_id)
    staff.theirs[there.id] = set_erp_contact(writes, work.claim, there, changes, wanted)
    writes.ports.store.links.rename(Link(CONTACT, shadow.streak_key, there.id), staff.at(contact.key))
    staff.links[contact.key] = there.id
    staff.waiting.discard(contact.key)
    return work.did(f"contact {there.id} moved to customer {staff.customer_id}")


def is_to_arrive(contact: Contact, staff: Staff, ports: Ports) -> str:
    """The link key of another customer whose organization has them, and where they are not linked yet; "" where there
    is none: they have left."""
    linked_at = {contact_and_customer(s.streak_key)[1] for s in known_elsewhere(contact.key, "", ports)}
    keys = {f"organization:{key}": key for key in contact.organizations}
    customers = ports.store.links.erp_keys("customer", keys)
    return next((key for key, number in customers.items() if number not in linked_at), "")


def _apart(contact: Contact, staff: Staff) -> Problem:
    name = _called(contact)
    return Problem(
        code=CustomerCode.CONTACT_MOVED,
        message=f"{name} was moved to {staff.organization.name} in one system, and elsewhere in the other.",
        field="Contact",
        value=name,
    )


def _called(contact: Contact) -> str:
    return f"{contact.given_name} {contact.family_name}".strip() or "".join(contact.emails[:1]) or contact.key
