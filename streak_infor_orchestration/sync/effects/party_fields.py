"""Properties of a contact or organization in Streak that changed in the ERP, by name, and their own `fields`."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.remains import result_alone
from streak_infor_orchestration.sync.effects.sets import Wanted
from streak_infor_orchestration.sync.effects.writes import STREAK_SETTLE_SECONDS, Writes

AnyParty = TypeVar("AnyParty", Contact, Organization)

CONTACT = KindOfWrite(Key("contact:{}:fields"), remains=result_alone)
ORGANIZATION = KindOfWrite(Key("organization:{}:fields"), remains=result_alone)


def set_contact(writes: Writes, claim: Claimed, contact: Contact, properties: Mapping[str, Any]) -> Contact:
    """Answers the contact as Streak has it then."""
    update = writes.ports.streak.update_contact
    return _set(writes, claim, CONTACT, contact.key, properties, update)


def set_organization(
    writes: Writes, claim: Claimed, organization: Organization, properties: Mapping[str, Any]
) -> Organization:
    """Answers the organization as Streak has it then."""
    update = writes.ports.streak.update_organization
    return _set(writes, claim, ORGANIZATION, organization.key, properties, update)


def _set(
    writes: Writes,
    claim: Claimed,
    kind: KindOfWrite,
    party_key: str,
    properties: Mapping[str, Any],
    update: Callable[..., AnyParty],
) -> AnyParty:
    wanted = Wanted(
        key=kind.key.of(party_key),
        body=_canonical(properties),
        call=lambda: update(party_key, writes.ports.team_key, **properties),
        version=lambda answered: str(answered.version),
        settle_seconds=STREAK_SETTLE_SECONDS,
    )
    return writes.latest.write(claim, wanted)


def party_fields_stand(writes: Writes, contact: Contact | None, organization: Organization | None) -> None:
    """Streak shows what an unanswered write wanted."""
    if contact is not None:
        writes.latest.stands(CONTACT.key.of(contact.key), str(contact.version))
    if organization is not None:
        writes.latest.stands(ORGANIZATION.key.of(organization.key), str(organization.version))


def _canonical(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}
