"""A person at a customer as flat fields, named alike on both sides: `contact.phone`, `contact.custom.Desk`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.domain.agreement import Clears, Owner
from streak_infor_orchestration.domain.deal import UnreadableValue
from streak_infor_orchestration.domain.party import ContactChanges, ContactDraft, CustomerContact
from streak_infor_orchestration.streak.models import Contact

if TYPE_CHECKING:  # every process of Dagster imports this module, few read a configuration
    from streak_infor_orchestration.config.contacts import ContactsSection

ACTIVE = "contact.active"
"""In Streak: whether the organization has them; in the ERP: whether the contact is active."""
_YES, _NO = "yes", "no"
_TEXTS = {"given_name": "given_name", "family_name": "family_name", "role": "title"}
_FIRSTS = {"email": "emails", "phone": "phones"}
"""Properties of which Streak keeps several and the ERP one: Streak's first."""


@dataclass(frozen=True)
class PersonalField:
    target: str
    owner: Owner
    clears: Clears


class People:
    """What is kept the same of people, and how it is called on each side."""

    def __init__(self, section: "ContactsSection") -> None:
        self._own = section.custom
        self._closes = section.gone == "close"
        names = (*_TEXTS, *_FIRSTS, *(f"custom.{name}" for name in section.custom))
        self._fields = tuple(
            PersonalField(f"contact.{name}", section.owner, section.clears) for name in names
        )

    def kept(self, present: bool) -> tuple[PersonalField, ...]:
        """`present`: the organization has them. Of whoever it has no more nothing but that is told."""
        active = (PersonalField(ACTIVE, "streak", "keep"),) if self._closes else ()
        return (*self._fields, *active) if present else active

    def ours(self, contact: Contact | None, present: bool) -> dict[str, str]:
        """Those that have a value, as Streak has them."""
        flat: dict[str, Any] = {ACTIVE: _YES if present else _NO}
        if contact is not None:
            flat |= {f"contact.{name}": getattr(contact, called) for name, called in _TEXTS.items()}
            flat |= {f"contact.{name}": "".join(getattr(contact, many)[:1]) for name, many in _FIRSTS.items()}
            own = {name: contact.fields.get(called, "") for name, called in self._own.items()}
            flat |= {f"contact.custom.{name}": value for name, value in own.items()}
        return {
            target: value
            for target, value in flat.items()
            if value and not isinstance(value, UnreadableValue)
        }

    def theirs(self, contact: CustomerContact) -> dict[str, str]:
        """Those that have a value, as the ERP has them."""
        flat = {ACTIVE: _YES if contact.active else _NO}
        flat |= {f"contact.{name}": getattr(contact, name) for name in (*_TEXTS, *_FIRSTS)}
        flat |= {f"contact.custom.{name}": contact.custom.get(name, "") for name in self._own}
        return {target: value for target, value in flat.items() if value}

    def draft(self, contact: Contact, customer_id: str, reference: str) -> ContactDraft:
        """The ERP's contact as it should be made of Streak's."""
        return ContactDraft(
            customer_id=customer_id, reference=reference, **_request(self.ours(contact, present=True))
        )

    def changes(self, wanted: Mapping[str, str]) -> ContactChanges:
        """The request that gives the ERP's contact these values; "" clears."""
        changes = _request(wanted)
        custom = {name: value or None for name, value in changes.pop("custom", {}).items()}
        active = {"active": wanted[ACTIVE] == _YES} if ACTIVE in wanted else {}
        return ContactChanges(**changes, **active, **({"custom": custom} if custom else {}))

    def properties(self, wanted: Mapping[str, str], there: Contact | None) -> dict[str, Any]:
        """As Streak's client takes them. Of a list the first gives way, the others stay."""
        properties: dict[str, Any] = {}
        for target, value in wanted.items():
            _, name, *own = target.split(".", 2)
            if own:
                properties.setdefault("fields", {})[self._own[own[0]]] = value
            elif name in _FIRSTS:
                others = getattr(there, _FIRSTS[name])[1:] if there is not None else ()
                properties[_FIRSTS[name]] = tuple(filter(None, (value, *(o for o in others if o != value))))
            elif name in _TEXTS:
                properties[_TEXTS[name]] = value
        return properties


def _request(flat: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for target, value in flat.items():
        _, name, *own = target.split(".", 2)
        if own:
            values.setdefault("custom", {})[own[0]] = value
        elif target != ACTIVE:
            values[name] = value
    return values
