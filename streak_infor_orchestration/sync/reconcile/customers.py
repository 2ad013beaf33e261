"""Customers beside the organizations and contacts they are linked to: whether both are there, and agree."""

from collections.abc import Iterator
from datetime import UTC, datetime

from streak_infor_orchestration.analytics.reconciliation.records import Row, TabledRecords
from streak_infor_orchestration.analytics.reconciliation.sides import InErp, InStreak, judged
from streak_infor_orchestration.domain.customer_fields import fields_of
from streak_infor_orchestration.domain.deal import Party, PartyKind
from streak_infor_orchestration.domain.drift import Drift
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.party import Address, Customer
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.customers.agree import not_read, sight
from streak_infor_orchestration.sync.customers.phases import read_party
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.fields import differences, expected, there
from streak_infor_orchestration.sync.reconcile.modelled import modelled
from streak_infor_orchestration.sync.reconcile.reconcilable import Reread, Subject, ours_alone
from streak_infor_orchestration.sync.row.claim import unleased
from streak_infor_orchestration.sync.row.work import Work

NAME = "customers"
TABLES = ("streak/organizations", "streak/contacts", "infor/customers", "ledger/links", "ledger/shadows")


class CustomerPairs:
    name = NAME
    tables = TABLES

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._kept = ports.mapping.kept(None)
        self.width = len(self._kept)

    def in_streak(self, records: TabledRecords) -> Iterator[list[InStreak]]:
        for portion in records.parties():
            yield [self._party(row) for row in portion]

    def in_erp(self, records: TabledRecords) -> Iterator[list[InErp]]:
        for portion in records.customers(self._ports.config.erp.reference_prefix):
            yield [self._customer(row) for row in portion]

    def subject(self, streak_key: str, erp_key: str) -> Subject | None:
        return Subject(Kind.CUSTOMER, streak_key) if streak_key else None

    def read(self, streak_key: str, erp_key: str) -> Reread:
        ports = self._ports
        number = (ports.store.links.erp_key("customer", streak_key) if streak_key else None) or erp_key
        customer = ports.erp.customer(number) if number else None
        work = Work(unleased(Kind.CUSTOMER, streak_key), customer=customer)
        ours: InStreak | None = None
        record: Organization | Contact | None = None
        if streak_key:
            kind, _, key = streak_key.partition(":")
            work = read_party(work, Party(kind=PartyKind(kind), key=key), ports)
            record = work.contact if kind == PartyKind.CONTACT else work.organization
            linked = ports.store.links.erp_key("customer", streak_key) or ""
            ours = InStreak(streak_key, linked, ports.reference(streak_key), present=record is not None)
        theirs = self._borne(customer) if customer else None
        changed = [datetime.fromtimestamp(record.version / 1000, UTC)] if record else []
        changed += [customer.modified] if customer else []
        return Reread(tuple(self._drifts(ours, theirs, number, work)), max(changed, default=None))

    def _drifts(
        self, ours: InStreak | None, theirs: InErp | None, number: str, work: Work
    ) -> Iterator[Drift]:
        streak_key = ours.key if ours else ""
        kind = judged(ours, theirs)
        if kind is not None:
            yield Drift(NAME, kind, streak_key, number)
        elif ours is not None and ours.present and work.customer is not None:
            both = sight(work, work.customer, self._ports)
            if isinstance(both, Problems):
                return
            sides = (both.kept, both.ours, both.theirs, both.shadow)
            for one in differences(*sides, self._ports.clock.now(), both.unseen):
                yield Drift(NAME, one.kind, streak_key, number, *one[1:])

    def _borne(self, customer: Customer) -> InErp:
        reference = ours_alone(customer.reference, self._ports)
        return InErp(customer.id, reference, over=customer.is_closed, live=not customer.is_closed)

    def _party(self, row: Row) -> InStreak:
        """A value is what the ERP is expected to have: Streak's where it was changed, else what was seen there last."""
        found, person = row["organization"], row["contact"]
        organization = modelled(Organization, found) if found else None
        contact = modelled(Contact, person) if person else None
        party = Party(kind=PartyKind(row["key"].partition(":")[0]), key=row["key"].partition(":")[2])
        present = (contact if party.kind is PartyKind.CONTACT else organization) is not None
        reference = self._ports.reference(row["key"])
        draft = self._ports.mapping.customer(
            self._ports.mapping.stranger(party),
            reference=reference,
            contact=contact,
            organization=organization,
        )
        ours = {} if isinstance(draft, Problems) else fields_of(draft)
        unseen = not_read(
            self._kept, deal=False, organization=organization is not None, contact=contact is not None
        )
        should = expected(self._kept, ours, row["seen"] or {}, unseen)
        return InStreak(
            row["key"], row["partner"], reference, present=present, moved=should.moved, values=should.values
        )

    def _customer(self, row: Row) -> InErp:
        addresses = {
            name: modelled(Address, row[name])
            for name in ("billing_address", "shipping_address")
            if row[name]
        }
        customer = modelled(Customer, row | addresses)
        values = there(self._kept, fields_of(customer))
        borne = self._borne(customer)
        return InErp(borne.key, borne.reference, borne.over, borne.live, values)
