"""What rules read: properties of the box, its fields, its contact and its organization."""

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any

from streak_infor_orchestration.config.vocabulary import Source
from streak_infor_orchestration.domain.deal import Deal, UnreadableValue, Value
from streak_infor_orchestration.mapping.exchange import Converter
from streak_infor_orchestration.mapping.values import CannotBeRead, as_text
from streak_infor_orchestration.streak.models import Contact, Organization


def _first(items: tuple[str, ...]) -> str:
    return items[0] if items else ""


_BOX: dict[str, Callable[[Deal], Value]] = {
    "name": lambda deal: deal.name,
    "notes": lambda deal: deal.notes,
    "key": lambda deal: deal.key,
    "stage": lambda deal: deal.stage,
    "creator": lambda deal: deal.creator,
    "created": lambda deal: deal.created,
    "stage_changed": lambda deal: deal.stage_changed,
}
_CONTACT: dict[str, Callable[[Contact], Value]] = {
    "key": lambda contact: contact.key,
    "name": lambda contact: f"{contact.given_name} {contact.family_name}".strip(),
    "given_name": lambda contact: contact.given_name,
    "family_name": lambda contact: contact.family_name,
    "title": lambda contact: contact.title,
    "email": lambda contact: _first(contact.emails),
    "phone": lambda contact: _first(contact.phones),
    "address": lambda contact: _first(contact.addresses),
}
_ORGANIZATION: dict[str, Callable[[Organization], Value]] = {
    "key": lambda organization: organization.key,
    "name": lambda organization: organization.name,
    "domain": lambda organization: _first(organization.domains),
    "industry": lambda organization: organization.industry,
    "phone": lambda organization: _first(organization.phones),
    "address": lambda organization: _first(organization.addresses),
}


class _Fields(dict[str, Any]):
    """Fields by name, as an expression reads them. What cannot be read disturbs only who asks for it."""

    def get(self, name: str, default: Any = None) -> Any:
        return _read(super().get(name, default))

    def values(self) -> Any:
        return [_read(value) for value in super().values()]


def _read(value: Any) -> Any:
    if isinstance(value, UnreadableValue):
        raise CannotBeRead(value)
    return value


def is_clocked(source: Source) -> bool:
    """Whether Streak's own clock wrote it, and no person."""
    return source.record == "box" and source.name in ("created", "stage_changed")


class Reader:
    """Reads sources of one deal. What is not there reads as None; what cannot be read raises CannotBeRead."""

    def __init__(
        self,
        deal: Deal,
        contact: Contact | None,
        organization: Organization | None,
        zone: tzinfo,
        exchange: Converter | None = None,
    ) -> None:
        self.deal = deal
        self.exchange = exchange or Converter((), "")
        self._contact = contact
        self._organization = organization
        self._zone = zone

    def read(self, source: Source) -> Value:
        value: Value = _read(self._value(source))
        return value

    def _value(self, source: Source) -> Value:
        match source.record:
            case "const":
                return source.name
            case "field":
                return self.deal.values.get(source.name)
            case "box":
                return _BOX[source.name](self.deal)
            case "lines":
                stated = {line.currency for line in self.deal.lines if line.currency}
                return stated.pop() if len(stated) == 1 else None
            case "contact" if self._contact:
                person = self._contact
                return person.fields.get(source.name) if source.custom else _CONTACT[source.name](person)
            case "organization" if self._organization:
                company = self._organization
                return (
                    company.fields.get(source.name) if source.custom else _ORGANIZATION[source.name](company)
                )
        return None

    @cached_property
    def namespace(self) -> dict[str, Any]:
        """The same for expressions. Dates are ISO days, tags lists; contact and organization may be None."""
        deal = self.deal
        return {
            "box": self._plain({name: read(deal) for name, read in _BOX.items()}),
            "field": _Fields(self._plain(deal.values)),
            "contact": self._contact and self._record(self._contact, _CONTACT),
            "organization": self._organization and self._record(self._organization, _ORGANIZATION),
            "deal": {
                "key": deal.key,
                "name": deal.name,
                "stage": deal.stage,
                "milestone": deal.milestone.value,
                "currency": deal.currency,
                "lines": [
                    self._plain({"sku": li.sku, "quantity": li.quantity, "price": li.price})
                    for li in deal.lines
                ],
            },
        }

    def _record(self, record: Any, properties: Dictionary[str, Callable[[Any], Value]]) -> dict[str, Any]:
        return self._plain({name: read(record) for name, read in properties.items()}) | {
            "field": _Fields(record.fields)
        }

    def _plain(self, values: Dictionary[str, Value]) -> dict[str, Any]:
        return {name: self._plain_value(value) for name, value in values.items()}

    def _plain_value(self, value: Value) -> Any:
        if isinstance(value, datetime):
            return as_text(value, self._zone)
        return list(value) if isinstance(value, tuple) else value
