"""People at linked customers, where both systems have them: whether their fields agree. Who is missing on one side is a
matter of the policy for contacts, which tells of it by itself."""

from collections.abc import Iterator
from datetime import UTC, datetime

from streak_infor_orchestration.analytics.reconciliation.records import Row, TabledRecords
from streak_infor_orchestration.analytics.reconciliation.sides import InErp, InStreak
from streak_infor_orchestration.domain.drift import Drift
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.party import CustomerContact
from streak_infor_orchestration.ledger.links import contact_and_customer
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.mapping.people import People
from streak_infor_orchestration.streak.models import Contact
from streak_infor_orchestration.sync.customers.staff import CONTACT, organization_at
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.fields import differences, expected, there
from streak_infor_orchestration.sync.reconcile.modelled import modelled
from streak_infor_orchestration.sync.reconcile.reconcilable import Reread, Subject

NAME = "contacts"
TABLES = (
    "streak/organizations",
    "streak/contacts",
    "infor/contacts",
    "ledger/links",
    "ledger/shadows",
)


class ContactPairs:
    """Nobody, where the configuration has no `contacts:`."""

    name = NAME
    tables = TABLES

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._people = People(ports.config.contacts) if ports.config.contacts is not None else None
        self._kept = self._people.kept(present=True) if self._people else ()
        self.width = len(self._kept)

    def in_streak(self, records: TabledRecords) -> Iterator[list[InStreak]]:
        if self._people is not None:
            for portion in records.people():
                yield [self._ours(row, self._people) for row in portion]

    def in_erp(self, records: TabledRecords) -> Iterator[list[InErp]]:
        if self._people is not None:
            for portion in records.people_in_erp():
                yield [self._theirs(row, self._people) for row in portion]

    def subject(self, streak_key: str, erp_key: str) -> Subject | None:
        """The customer they are at."""
        _, customer_id = contact_and_customer(streak_key)
        link_key = self._ports.store.links.streak_key("customer", customer_id)
        return Subject(Kind.CUSTOMER, link_key) if link_key else None

    def read(self, streak_key: str, erp_key: str) -> Reread:
        ports, people = self._ports, self._people
        contact_key, customer_id = contact_and_customer(streak_key)
        contact, person = ports.streak.contact(contact_key), ports.erp.record("contacts", erp_key)
        linked = ports.store.links.erp_key(CONTACT, streak_key) == erp_key
        if people is None or contact is None or not isinstance(person, CustomerContact) or not linked:
            return Reread(())
        belongs = organization_at(customer_id, ports) in contact.organizations
        pair = (CONTACT, streak_key, erp_key)
        shadow = ports.store.shadows.get(*pair) or Shadow(*pair)
        sides = (people.kept(belongs), people.ours(contact, belongs), people.theirs(person), shadow)
        drifts = (
            Drift(NAME, one.kind, streak_key, erp_key, *one[1:])
            for one in differences(*sides, ports.clock.now())
        )
        changed = max(datetime.fromtimestamp(contact.version / 1000, UTC), person.modified)
        return Reread(tuple(drifts), changed)

    def _ours(self, row: Row, people: People) -> InStreak:
        """Of whoever the organization has no more only that is told."""
        ours = people.ours(modelled(Contact, row["contact"]), row["belongs"])
        told = {one.target for one in people.kept(row["belongs"])}
        seen = {target: pair for target, pair in (row["seen"] or {}).items() if target in told}
        should = expected(self._kept, ours, seen)
        return InStreak(row["key"], row["partner"], moved=should.moved, values=should.values)

    def _theirs(self, row: Row, people: People) -> InErp:
        person = modelled(CustomerContact, row)
        return InErp(row["key"], values=there(self._kept, people.theirs(person)))
