"""Customers beside the organizations and contacts they are linked to: whether both are there, and their fields agree.

They need not be equal: a difference that was always there stands. What counts is a change on one side, since both were
seen last, that did not reach the other.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from streak_infor_orchestration.analytics.reconciliation.records import Row, TabledRecords
from streak_infor_orchestration.analytics.reconciliation.sides import InErp, InStreak, judged
from streak_infor_orchestration.domain.agreement import Pair, is_change, same
from streak_infor_orchestration.domain.customer_fields import fields_of
from streak_infor_orchestration.domain.deal import Party, PartyKind
from streak_infor_orchestration.domain.drift import Drift, DriftKind
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.party import Address, Customer
from streak_infor_orchestration.mapping.kept import KeptField
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.customers.agree import Sight, sight
from streak_infor_orchestration.sync.customers.phases import read_party
from streak_infor_orchestration.sync.customers.three_way import decide
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.modelled import modelled
from streak_infor_orchestration.sync.reconcile.reconcilable import Reread, Subject
from streak_infor_orchestration.sync.row.claim import unleased
from streak_infor_orchestration.sync.row.work import Work

NAME = "customers"
TABLES = ("streak/organizations", "streak/contacts", "infor/customers", "ledger/links", "ledger/shadows")
_AT_ONCE = timedelta()


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
            if not isinstance(both, Problems):
                yield from (Drift(NAME, *one) for one in _differences(both, streak_key, number, self._ports))

    def _borne(self, customer: Customer) -> InErp:
        prefix = self._ports.config.erp.reference_prefix
        reference = customer.reference if customer.reference.startswith(prefix) else ""
        return InErp(customer.id, reference, over=customer.is_closed, live=not customer.is_closed)

    def _party(self, row: Row) -> InStreak:
        """A value is what the ERP is expected to have: Streak's where it was changed, else what was seen there last."""
        found, person = row["organization"], row["contact"]
        organization = modelled(Organization, found) if found else None
        contact = modelled(Contact, person) if person else None
        party = Party(kind=PartyKind(row["key"].partition(":")[0]), key=row["key"].partition(":")[2])
        there = (contact if party.kind is PartyKind.CONTACT else organization) is not None
        reference = self._ports.reference(row["key"])
        draft = self._ports.mapping.customer(
            self._ports.mapping.stranger(party),
            reference=reference,
            contact=contact,
            organization=organization,
        )
        ours = {} if isinstance(draft, Problems) else fields_of(draft)
        seen = row["seen"] or {}
        expected: list[str | None] = []
        moved = False
        for one in self._kept:
            last = Pair(*seen[one.target]) if one.target in seen else None
            value = ours.get(one.target, "")
            if last is None or (not value and not _is_read(one, organization, contact)):
                expected.append(None)
                continue
            changed = is_change(one.target, value, last.streak, one.clears)
            moved |= changed
            expected.append(_plain(one.target, value if changed else last.infor))
        return InStreak(
            row["key"], row["partner"], reference, present=there, moved=moved, values=tuple(expected)
        )

    def _customer(self, row: Row) -> InErp:
        addresses = {
            name: modelled(Address, row[name])
            for name in ("billing_address", "shipping_address")
            if row[name]
        }
        customer = modelled(Customer, row | addresses)
        theirs = fields_of(customer)
        values = tuple(_plain(one.target, theirs.get(one.target, "")) for one in self._kept)
        borne = self._borne(customer)
        return InErp(borne.key, borne.reference, borne.over, borne.live, values)


def _differences(
    both: Sight, streak_key: str, number: str, ports: Ports
) -> Iterator[tuple[DriftKind, str, str, str, str, str]]:
    """What a look would copy or ask, were nobody typing; and what both sides changed to the same, unseen."""
    made = decide(both.kept, both.ours, both.theirs, both.shadow, ports.clock.now(), _AT_ONCE, both.unseen)
    to_be_done = made.to_infor.keys() | made.to_streak.keys() | made.asked.keys() | made.unreadable.keys()
    for one in both.kept:
        now = Pair(both.ours.get(one.target, ""), both.theirs.get(one.target, ""))
        if one.target in to_be_done:
            yield DriftKind.FIELD, streak_key, number, one.target, now.streak, now.infor
        elif one.target in both.shadow.fields and one.target not in both.unseen:
            last = Pair(*both.shadow.fields[one.target])
            sides = zip(now, last, strict=True)
            moved = all(is_change(one.target, value, before, one.clears) for value, before in sides)
            if moved and same(one.target, now.streak, now.infor):
                yield DriftKind.OLD_SHADOW, streak_key, number, one.target, now.streak, now.infor


def _is_read(one: KeptField, organization: Organization | None, contact: Contact | None) -> bool:
    """Whether all that the field is read from is there. The tables know of no deal that it is read through."""
    there = {"deal": False, "organization": organization is not None, "contact": contact is not None}
    return all(there[record] for record in one.reads)


def _plain(target: str, text: str) -> str:
    """In one spelling, as far as that is a matter of case and blanks."""
    kind = target.rpartition(".")[2]
    if kind == "email" or ".billing_address." in target or ".shipping_address." in target:
        return " ".join(text.casefold().split())
    return text.strip()
