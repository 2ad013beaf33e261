"""The people at one linked customer as both systems have them, and which of them are linked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from streak_infor_orchestration.domain.deal import PartyKind
from streak_infor_orchestration.domain.party import CustomerContact
from streak_infor_orchestration.ledger.links import at_customer, contact_and_customer
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.ports.ports import Ports

CONTACT = "contact"
"""The kind of their links and shadows."""


@dataclass
class Staff:
    """`ours` by Streak's key: whom the organization has. `theirs` by the ERP's number: who is at the customer there,
    active or not. `links`: of whom either is here, the number by the key in Streak, for this customer alone."""

    organization: Organization
    customer_id: str
    ours: dict[str, Contact]
    theirs: dict[str, CustomerContact]
    links: dict[str, str]
    # the ERP's people here who are linked at another customer: number, the link's key
    elsewhere: dict[str, str]
    # the keys in Streak of people of whom it is not sure yet that they arrive here
    waiting: set[str] = field(default_factory=set)

    def at(self, contact_key: str) -> str:
        return at_customer(contact_key, self.customer_id)

    @property
    def ours_unlinked(self) -> list[Contact]:
        return [one for key, one in self.ours.items() if key not in self.links and key not in self.waiting]

    @property
    def theirs_unlinked(self) -> list[CustomerContact]:
        linked = {*self.links.values(), *self.elsewhere}
        return [one for number, one in self.theirs.items() if number not in linked and one.active]


def staff_of(organization: Organization, customer_id: str, ports: Ports) -> Staff:
    """One call to either system."""
    ours = ports.streak.contacts(organization.contacts)
    pages = ports.erp.records("contacts", where={"customer_id": customer_id})
    theirs = {one.id: one for page in pages for one in page if isinstance(one, CustomerContact)}
    links = ports.store.links
    keys = {at_customer(key, customer_id): key for key in ours}
    linked = {keys[streak_key]: number for streak_key, number in links.erp_keys(CONTACT, keys).items()}
    elsewhere: dict[str, str] = {}
    for number, streak_key in links.streak_keys(CONTACT, theirs).items():
        contact_key, at = contact_and_customer(streak_key)
        if at == customer_id:
            linked[contact_key] = number
        else:
            elsewhere[number] = streak_key
    return Staff(organization, customer_id, ours, theirs, linked, elsewhere)


def known_elsewhere(contact_key: str, customer_id: str, ports: Ports) -> Iterator[Shadow]:
    """The pairs of a contact at other customers, as they are linked now."""
    for shadow in ports.store.shadows.through_contact(contact_key):
        _, at = contact_and_customer(shadow.streak_key)
        if shadow.kind != CONTACT or at == customer_id:
            continue
        if ports.store.links.streak_key(CONTACT, shadow.erp_key) == shadow.streak_key:
            yield shadow


def organization_at(customer_id: str, ports: Ports) -> str:
    """The key of the organization that is linked to a customer, "" where none is."""
    link_key = ports.store.links.streak_key("customer", customer_id) or ""
    kind, _, key = link_key.partition(":")
    return key if kind == PartyKind.ORGANIZATION else ""
