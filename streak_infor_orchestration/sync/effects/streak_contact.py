"""A contact in Streak, made once of a person whom only the ERP knew (Streak API contract §3.8)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.identity import name_key
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.reference import mark_of, marked
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.links import Link, at_customer
from streak_infor_orchestration.streak.models import Contact
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.remains import Remains, only
from streak_infor_orchestration.sync.effects.writes import CLOCKS_APART, STREAK_SETTLE_SECONDS, Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("streak_contact:{}@{}")
_CREATED = "created"


def make_streak_contact(
    writes: Writes,
    claim: Claimed,
    erp_id: str,
    customer_id: str,
    organization: str,
    properties: dict[str, Any],
) -> Done[Contact]:
    """Of the ERP's contact, for an organization. It has an address, and its notes end in a mark: by these it is found
    again."""
    reference = writes.ports.reference(f"erp_contact:{erp_id}")
    notes = marked(f"From the ERP: contact {erp_id}", reference, "contact")
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}
    body = {"properties": {**plain, "notes": notes}, "organization": organization}
    return writes.once.do(claim, _once(writes.ports, claim.key, erp_id, customer_id, body))


def _once(ports: Ports, subject: str, erp_id: str, customer_id: str, wanted: Body) -> Once[Contact]:
    def probe(body: Body, since: datetime | None) -> Seen[Contact]:
        """Among what was saved since it was asked for. The search would show it later, or not yet."""
        saved = None if since is None else since - CLOCKS_APART
        pages = ports.streak.contact_pages(ports.team_key, since=saved)
        found = {one.key: one for page in pages for one in page if _mark(body) in one.notes}
        for key in found if len(found) == 1 else ():
            if body["organization"] not in found[key].organizations:
                return Seen(steps={_CREATED: key})
        return Seen(tuple(found.values()))

    def call(body: Body, steps: Steps) -> Contact:
        """Makes the contact in two steps, for Streak links only a contact that exists."""
        streak, team = ports.streak, ports.team_key
        properties = dict(body["properties"])
        fields = properties.pop("fields", {})
        key = steps.take(_CREATED, lambda: _made(ports, properties, _mark(body)).key)
        there = streak.contact(key)
        others = there.organizations if there is not None else ()
        own = {"fields": fields} if fields else {}
        return streak.update_contact(key, team, organizations=[*others, body["organization"]], **own)

    return Once(
        key=_KEY.of(erp_id, customer_id),
        shape="create",
        subject=subject,
        body=wanted,
        model=Contact,
        call=call,
        probe=probe,
        identify=lambda contact: contact.key,
        link=lambda contact: Link("contact", at_customer(contact.key, customer_id), erp_id),
        settle_seconds=STREAK_SETTLE_SECONDS,
        probe_first=False,  # nobody of that name or address is at the organization
    )


def _made(ports: Ports, properties: Mapping[str, Any], mark: str) -> Contact:
    """Made, unless somebody has the address already: that is them if they have the name too. Raises `Conflict` where
    another person has it. So whoever could not be found again is not made twice either."""
    made = ports.streak.create_contact(ports.team_key, get_if_existing=True, **properties)
    wanted = name_key(f"{properties.get('given_name', '')} {properties.get('family_name', '')}")
    called = f"{made.given_name} {made.family_name}".strip()
    if mark not in made.notes and name_key(called) != wanted:
        raise Conflict(
            f"{properties['emails'][0]} is the address of {called or 'another contact'} in Streak",
            code=CustomerCode.ADDRESS_SHARED,
            system="streak",
            field="email",
            value=properties["emails"][0],
            existing=made.key,
        )
    return made


def _mark(body: Body) -> str:
    notes = str(body["properties"]["notes"])
    return mark_of(notes)


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[Contact]:
    erp_id, customer_id = parts
    return _once(ports, effect.subject, erp_id, customer_id, effect.body)


def _remains(effect: Effect) -> Remains:
    kept = {"properties": {"notes": _mark(effect.body)}, "organization": effect.body["organization"]}
    return kept, only(effect.result, frozenset({"key"}))


KIND = KindOfWrite(_KEY, _begun, remains=_remains)
