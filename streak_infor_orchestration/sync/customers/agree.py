"""Keeps a linked customer's fields the same on both sides: what changed on one is copied to the other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from streak_infor_orchestration.config.vocabulary import Source
from streak_infor_orchestration.domain.customer_fields import fields_of
from streak_infor_orchestration.domain.deal import Deal, Party, PartyKind, Problem
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.mapping.kept import KeptField
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Box, Contact, Organization
from streak_infor_orchestration.sync.customers.asked import changed_on_both_sides, no_phone_number
from streak_infor_orchestration.sync.customers.at_rest import typing_time
from streak_infor_orchestration.sync.customers.three_way import Decisions, decide, grounded
from streak_infor_orchestration.sync.effects.customer_fields import customer_fields_stand, set_customer_fields
from streak_infor_orchestration.sync.effects.party_fields import (
    party_fields_stand,
    set_contact,
    set_organization,
)
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

_LISTS = {"email": "emails", "phone": "phones", "address": "addresses"}
"""Properties of which a rule reads the first of several."""


@dataclass(frozen=True)
class Sight:
    """Both sides of a linked customer as they are, by target, beside what they were when seen last. `unseen`: fields
    that are read from a record which is not known."""

    kept: tuple[KeptField, ...]
    ours: dict[str, str]
    theirs: dict[str, str]
    shadow: Shadow
    unseen: frozenset[str]


def sight(work: Work, customer: Customer, ports: Ports) -> Sight | Problems:
    assert work.deal is not None and work.deal.party is not None
    draft = _draft(work, ports)
    if isinstance(draft, Problems):
        return draft
    key, kept = work.deal.party.link_key, ports.mapping.kept(work.organization)
    shadow = ports.store.shadows.get("customer", key, customer.id) or Shadow("customer", key, customer.id)
    unseen = not_read(
        kept,
        deal=bool(work.deal.key),
        contact=work.contact is not None,
        organization=work.organization is not None,
    )
    return Sight(kept, fields_of(draft), fields_of(customer), shadow, unseen)


def agree(work: Work, ports: Ports, writes: Writes) -> Work:
    """One look at a linked customer. Without a shadow nothing is written: both sides are noted as they are."""
    deal, customer = work.deal, work.customer
    if customer is None:
        return work
    assert deal is not None
    both = sight(work, customer, ports)
    if isinstance(both, Problems):
        return work.stop(_unreadable(deal, both))
    kept, shadow, unseen = both.kept, both.shadow, both.unseen
    typing = typing_time(work, ports)
    now = ports.clock.now()
    made = decide(kept, both.ours, both.theirs, shadow, now, typing, unseen)
    by_target = {one.target: one for one in kept}
    whose = f"customer {customer.id}"
    problems = (
        *(changed_on_both_sides(at, whose, pair, by_target[at].rule) for at, pair in made.asked.items()),
        *(no_phone_number(at, whose, pair, by_target[at].rule) for at, pair in made.unreadable.items()),
    )
    back = {
        source: value
        for target, value in made.to_streak.items()
        if (source := by_target[target].back) is not None
    }
    if not work.claim.token:
        return _planned(work, made, back, problems)
    work = _written(work, customer, made, back, writes)
    after = _draft(work, ports)
    assert work.customer is not None
    if isinstance(after, Problems):  # a dropdown lost an option between two reads of the deal
        return work.stop(_unreadable(deal, after))
    seen = grounded(shadow, kept, fields_of(after), fields_of(work.customer), unseen, made.open)
    if seen != shadow:
        ports.store.shadows.put(seen)
    if made.to_infor:
        _note_seen(work.customer, ports)
    work = work.again_at(made.again_at)
    if problems:
        return work.stop(Verdict(Status.PERSON, problems[0].message, problems=problems))
    return work


def first_sight(
    party: Party,
    box: Box | None,
    organization: Organization | None,
    draft: CustomerDraft,
    customer: Customer,
    ports: Ports,
) -> None:
    """Lays the ground at the moment of linking; one that is there stays."""
    if ports.store.shadows.get("customer", party.link_key, customer.id) is not None:
        return
    contact_key = main_link(box.contacts) or "" if box is not None else ""
    if party.kind is PartyKind.CONTACT:
        contact_key = party.key
    empty = Shadow("customer", party.link_key, customer.id, box.key if box is not None else "", contact_key)
    kept = ports.mapping.kept(organization)
    unseen = not_read(
        kept, deal=box is not None, contact=bool(contact_key), organization=organization is not None
    )
    ports.store.shadows.put(grounded(empty, kept, fields_of(draft), fields_of(customer), unseen))
    _note_seen(customer, ports)


def _note_seen(customer: Customer, ports: Ports) -> None:
    """The ERP's list tells nothing new of this version: its fields are in the shadow."""
    ports.store.links.saw("customer", [(customer.id, customer.stamp, False)])


def _draft(work: Work, ports: Ports) -> CustomerDraft | Problems:
    assert work.deal is not None and work.deal.party is not None
    return ports.mapping.customer(
        work.deal,
        reference=ports.reference(work.deal.party.link_key),
        contact=work.contact,
        organization=work.organization,
    )


def not_read(kept: tuple[KeptField, ...], **read: bool) -> frozenset[str]:
    """Fields that are read from a record which is not known: by record, whether it is."""
    return frozenset(one.target for one in kept if not all(read[record] for record in one.reads))


def _written(
    work: Work, customer: Customer, made: Decisions, back: Mapping[Source, str], writes: Writes
) -> Work:
    """The ERP first: it tells when its record has changed meanwhile, and then nothing is written at all."""
    if made.to_infor:
        customer = set_customer_fields(writes, work.claim, customer, made.to_infor)
        work = work.did(f"customer {customer.id} updated: {', '.join(sorted(made.to_infor))}")
    else:
        customer_fields_stand(writes, customer)
    work = replace(work, customer=customer)
    for record in ("organization", "contact"):
        wanted = {source: value for source, value in back.items() if source.record == record}
        there: Organization | Contact | None = getattr(work, record)
        if not wanted or there is None:
            continue
        properties = _properties(there, wanted)
        if isinstance(there, Organization):
            work = replace(work, organization=set_organization(writes, work.claim, there, properties))
        else:
            work = replace(work, contact=set_contact(writes, work.claim, there, properties))
        work = work.did(f"{record} updated: {', '.join(sorted(source.name for source in wanted))}")
    if not back:
        party_fields_stand(writes, work.contact, work.organization)
    return work


def _properties(record: Organization | Contact, wanted: Mapping[Source, str]) -> dict[str, Any]:
    """As Streak's client takes them. Of a list the first gives way, the others stay."""
    properties: dict[str, Any] = {}
    for source, value in wanted.items():
        if source.custom:
            properties.setdefault("fields", {})[source.name] = value
        elif source.name in _LISTS:
            name = _LISTS[source.name]
            others = getattr(record, name)[1:]
            properties[name] = tuple(filter(None, (value, *(other for other in others if other != value))))
        else:
            properties[source.name] = value
    return properties


def _planned(work: Work, made: Decisions, back: Mapping[Source, str], problems: tuple[Problem, ...]) -> Work:
    for target, value in sorted(made.to_infor.items()):
        work = work.did(f"would set in the ERP: {target} = {value}")
    for source, value in back.items():
        work = work.did(f"would set in Streak: {source} = {value}")
    for problem in problems:
        work = work.did(f"would ask: {problem.message}")
    return work


def _unreadable(deal: Deal, problems: Problems) -> Verdict:
    """Where the deal that the customer is read through is not known, what is missing may well stand there."""
    if not deal.key and all(problem.code != ValueCode.UNREADABLE for problem in problems.items):
        return Verdict(Status.CONVERGED, "not enough is known of it without a deal")
    return Verdict(Status.PERSON, problems.items[0].message, problems=problems.items)
