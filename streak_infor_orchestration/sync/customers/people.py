"""The people at a linked customer: found to be the same, made where they are missing, moved, and kept the same."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.party import CustomerContact
from streak_infor_orchestration.domain.people import Somebody, paired, person
from streak_infor_orchestration.domain.problems.code import Cure
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.mapping.people import People
from streak_infor_orchestration.streak.models import Contact
from streak_infor_orchestration.sync.customers.people_kept import Told, ground, keep
from streak_infor_orchestration.sync.customers.people_moved import moved_in_streak, moved_in_the_erp
from streak_infor_orchestration.sync.customers.staff import CONTACT, Staff, staff_of
from streak_infor_orchestration.sync.customers.three_way import grounded
from streak_infor_orchestration.sync.effects.erp_contact import make_erp_contact
from streak_infor_orchestration.sync.effects.streak_contact import make_streak_contact
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.outcome import diagnose
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

T = TypeVar("T")


def agree_people(work: Work, ports: Ports, writes: Writes) -> Work:
    """Of an organization's customer, where the ERP keeps people as records. A person's problem stops nobody else."""
    people = ports.mapping.people
    if people is None or work.organization is None or work.customer is None:
        return work
    if ports.erp.traits.contacts != "records" or (work.verdict and work.verdict.status is not Status.PERSON):
        return work
    staff = staff_of(work.organization, work.customer.id, ports)
    problems: list[Problem] = []

    def each(those: Iterable[T], step: Callable[[T, Work], Told]) -> None:
        nonlocal work
        for one in those:
            try:
                work, told = step(one, work)
                problems.extend(told)
            except IntegrationError as error:
                if error.cure is not Cure.PERSON:
                    raise
                problems.append(diagnose(error))

    each(list(staff.elsewhere), lambda number, now: _as_told(moved_in_the_erp(number, staff, now, writes)))
    each(staff.ours_unlinked, lambda contact, now: _as_told(moved_in_streak(contact, staff, now, writes)))
    work = _link(staff, work, people, ports)
    each(
        _missing_in_erp(staff, ports),
        lambda contact, now: (_make_in_erp(contact, staff, now, people, writes), ()),
    )
    each(
        _missing_in_streak(staff, ports),
        lambda known, now: (_make_in_streak(known, staff, now, people, writes), ()),
    )
    each(list(staff.links), lambda key, now: keep(key, staff, now, people, writes))
    return _told(work, problems)


def _as_told(moved: tuple[Work, Problem | None]) -> Told:
    work, problem = moved
    return work, (problem,) if problem else ()


def _told(work: Work, problems: list[Problem]) -> Work:
    """Stops the customer by the problems of its people, beside those that it is stopped by already."""
    if not problems:
        return work
    if work.verdict is not None:
        return replace(work, verdict=replace(work.verdict, problems=(*work.verdict.problems, *problems)))
    return work.stop(Verdict(Status.PERSON, problems[0].message, problems=tuple(problems)))


def _ours(contact: Contact) -> Somebody:
    return person(contact.key, contact.given_name, contact.family_name, contact.emails)


def _theirs(contact: CustomerContact) -> Somebody:
    return person(contact.id, contact.given_name, contact.family_name, (contact.email,))


def _link(staff: Staff, work: Work, people: People, ports: Ports) -> Work:
    """Whoever is certainly the same. Nothing is written to either system, and nothing is overwritten later."""
    same = paired([*map(_ours, staff.ours_unlinked)], [*map(_theirs, staff.theirs_unlinked)]).same
    for key, number in same.items():
        if not work.claim.token:
            work = work.did(f"would link contact {number}")
            continue
        ports.store.links.add(Link(CONTACT, staff.at(key), number))
        staff.links[key] = number
        _lay_ground(key, staff, people, ports)
        work = work.did(f"contact {number} linked: same name")
    return work


def _missing_in_erp(staff: Staff, ports: Ports) -> list[Contact]:
    if ports.config.contacts is None or ports.config.contacts.create not in ("infor", "both"):
        return []
    alone = paired([*map(_ours, staff.ours_unlinked)], [*map(_theirs, staff.theirs_unlinked)]).ours_alone
    return [staff.ours[key] for key in alone]


def _missing_in_streak(staff: Staff, ports: Ports) -> list[CustomerContact]:
    """Who has no address could not be found again if Streak did not answer."""
    if ports.config.contacts is None or ports.config.contacts.create not in ("streak", "both"):
        return []
    alone = paired([*map(_ours, staff.ours_unlinked)], [*map(_theirs, staff.theirs_unlinked)]).theirs_alone
    return [staff.theirs[number] for number in alone if staff.theirs[number].email]


def _make_in_erp(contact: Contact, staff: Staff, work: Work, people: People, writes: Writes) -> Work:
    if not work.claim.token:
        return work.did(f"would create a contact at customer {staff.customer_id}: {_ours(contact).name}")
    reference = writes.ports.reference(f"contact:{staff.at(contact.key)}")
    draft = people.draft(contact, staff.customer_id, reference)
    done = make_erp_contact(writes, work.claim, contact.key, draft)
    staff.theirs[done.record.id] = done.record
    staff.links[contact.key] = done.record.id
    _lay_ground(contact.key, staff, people, writes.ports)
    return work.did(f"contact {done.record.id} created").again_at(done.verify_at)


def _make_in_streak(known: CustomerContact, staff: Staff, work: Work, people: People, writes: Writes) -> Work:
    if not work.claim.token:
        return work.did(f"would create a contact in Streak: {_theirs(known).name}")
    wanted = people.properties(people.theirs(known), None)
    done = make_streak_contact(
        writes, work.claim, known.id, staff.customer_id, staff.organization.key, wanted
    )
    staff.ours[done.record.key] = done.record
    staff.links[done.record.key] = known.id
    _lay_ground(done.record.key, staff, people, writes.ports)
    return work.did(f"contact {known.id} created in Streak").again_at(done.verify_at)


def _lay_ground(key: str, staff: Staff, people: People, ports: Ports) -> None:
    ours, theirs = people.ours(staff.ours[key], present=True), people.theirs(staff.theirs[staff.links[key]])
    ports.store.shadows.put(grounded(ground(key, staff, ports), people.kept(present=True), ours, theirs))
