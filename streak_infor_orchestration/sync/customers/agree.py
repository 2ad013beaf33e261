"""Keeps a linked customer's fields the same on both sides: what changed on one is copied to the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from streak_infor_orchestration.config.vocabulary import Source
from streak_infor_orchestration.domain.agreement import Pair, Side, Way, is_readable, way_of
from streak_infor_orchestration.domain.customer_fields import fields_of
from streak_infor_orchestration.domain.deal import Deal, Party, PartyKind, Problem
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.mapping.kept import KeptField
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.party import main_link
from streak_infor_orchestration.streak.models import Box, Contact, Organization
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


@dataclass
class _Plan:
    to_infor: dict[str, str] = field(default_factory=dict)
    to_streak: dict[Source, str] = field(default_factory=dict)
    asked: dict[str, Pair] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def agree(work: Work, ports: Ports, writes: Writes) -> Work:
    """One look at a linked customer. Without a shadow nothing is written: both sides are noted as they are."""
    deal, customer = work.deal, work.customer
    if customer is None:
        return work
    assert deal is not None and deal.party is not None
    draft = _draft(work, ports)
    if isinstance(draft, Problems):
        return work.stop(_unreadable(deal, draft))
    shadow = ports.store.shadows.get(deal.party.link_key) or Shadow(deal.party.link_key)
    kept = ports.mapping.kept(work.organization)
    plan = _plan(kept, fields_of(draft), customer, shadow, _saved_last(work, customer))
    if not work.claim.token:
        return _planned(work, plan)
    work = _written(work, customer, plan, writes)
    after = _draft(work, ports)
    assert work.customer is not None
    if isinstance(after, Problems):  # an option went between two answers of Streak
        return work.stop(_unreadable(deal, after))
    seen = _seen(kept, after, work.customer, shadow.fields)
    seen |= {target: shadow.fields[target] for target in plan.asked}  # asked again until they agree
    if seen != shadow.fields:
        ports.store.shadows.put(replace(shadow, fields=seen))
    if plan.to_infor:
        _note_seen(work.customer, ports)
    if plan.problems:
        return work.stop(Verdict(Status.PERSON, plan.problems[0].message, problems=tuple(plan.problems)))
    return work


def first_sight(
    party: Party,
    box: Box,
    organization: Organization | None,
    draft: CustomerDraft,
    customer: Customer,
    ports: Ports,
) -> None:
    """Lays the ground at the moment of linking; one that is there stays."""
    if ports.store.shadows.get(party.link_key) is not None:
        return
    contact_key = party.key if party.kind is PartyKind.CONTACT else main_link(box.contacts) or ""
    seen = _seen(ports.mapping.kept(organization), draft, customer, {})
    ports.store.shadows.put(Shadow(party.link_key, box.key, contact_key, seen))
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


def _seen(
    kept: tuple[KeptField, ...], draft: CustomerDraft, customer: Customer, before: Mapping[str, list[Any]]
) -> dict[str, list[Any]]:
    """A field that Streak's side says nothing about keeps its ground, or gets none: it may be that only the deal
    on which it stands is not known, and its next sight would be taken for a change."""
    ours, theirs = fields_of(draft), fields_of(customer)
    seen = dict(before)
    for target in (one.target for one in kept):
        if target in ours:
            seen[target] = [ours[target], theirs.get(target, "")]
        elif target in seen:
            seen[target] = [seen[target][0], theirs.get(target, "")]
    return seen


def _plan(
    kept: tuple[KeptField, ...], ours: Mapping[str, str], customer: Customer, shadow: Shadow, latest: Side
) -> _Plan:
    plan, theirs = _Plan(), fields_of(customer)
    for one in kept:
        now = Pair(ours.get(one.target, ""), theirs.get(one.target, ""))
        last = Pair(*shadow.fields[one.target]) if one.target in shadow.fields else None
        match way_of(one.target, now, last, one.owner, latest):
            case Way.TO_INFOR if now.infor and not is_readable(one.target, now.streak):
                plan.asked[one.target] = now
                plan.problems.append(_no_number(one, now, customer))
            case Way.TO_INFOR:
                plan.to_infor[one.target] = now.streak
            case Way.TO_STREAK if one.back is not None:
                plan.to_streak[one.back] = now.infor
            case Way.ASK:
                plan.asked[one.target] = now
                plan.problems.append(_question(one, now, customer))
    return plan


def _saved_last(work: Work, customer: Customer) -> Side:
    saved = max((record.version for record in (work.contact, work.organization) if record), default=0)
    return Side.STREAK if saved >= customer.modified.timestamp() * 1000 else Side.INFOR


def _written(work: Work, customer: Customer, plan: _Plan, writes: Writes) -> Work:
    """The ERP first: it tells when its record has changed meanwhile, and then nothing is written at all."""
    if plan.to_infor:
        customer = set_customer_fields(writes, work.claim, customer, plan.to_infor)
        work = work.did(f"customer {customer.id} updated: {', '.join(sorted(plan.to_infor))}")
    else:
        customer_fields_stand(writes, customer)
    work = replace(work, customer=customer)
    for record in ("organization", "contact"):
        wanted = {source: value for source, value in plan.to_streak.items() if source.record == record}
        there: Organization | Contact | None = getattr(work, record)
        if not wanted or there is None:
            continue
        properties = _properties(there, wanted)
        if isinstance(there, Organization):
            work = replace(work, organization=set_organization(writes, work.claim, there, properties))
        else:
            work = replace(work, contact=set_contact(writes, work.claim, there, properties))
        work = work.did(f"{record} updated: {', '.join(sorted(source.name for source in wanted))}")
    if not plan.to_streak:
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
            properties[name] = (value, *(other for other in others if other != value))
        else:
            properties[source.name] = value
    return properties


def _planned(work: Work, plan: _Plan) -> Work:
    for target, value in sorted(plan.to_infor.items()):
        work = work.did(f"would set in the ERP: {target} = {value}")
    for source, value in plan.to_streak.items():
        work = work.did(f"would set in Streak: {source} = {value}")
    for problem in plan.problems:
        work = work.did(f"would ask: {problem.message}")
    return work


def _question(kept: KeptField, now: Pair, customer: Customer) -> Problem:
    return Problem(
        code=CustomerCode.CHANGED_ON_BOTH_SIDES,
        message=f"{kept.target.removeprefix('customer.')} of customer {customer.id} was changed on both sides: "
        f'Streak says "{now.streak}", the ERP "{now.infor}".',
        field=kept.target,
        value=f"{now.streak} | {now.infor}",
        rule=kept.rule,
    )


def _no_number(kept: KeptField, now: Pair, customer: Customer) -> Problem:
    return Problem(
        code=ValueCode.NOT_A_PHONE_NUMBER,
        message=f'The phone of customer {customer.id} was changed in Streak to "{now.streak}", which is no number: the '
        f'ERP keeps "{now.infor}".',
        field=kept.target,
        value=now.streak,
        rule=kept.rule,
    )


def _unreadable(deal: Deal, problems: Problems) -> Verdict:
    """Where the deal that the customer is read through is not known, what is missing may well stand there."""
    if not deal.key and all(problem.code != ValueCode.UNREADABLE for problem in problems.items):
        return Verdict(Status.CONVERGED, "not enough is known of it without a deal")
    return Verdict(Status.PERSON, problems.items[0].message, problems=problems.items)
