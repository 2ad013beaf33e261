"""Reading JSON objects by a table of fields: which members there are, and what a caller may do with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from streak_infor_orchestration.twins.erp.problems import FieldError, invalid
from streak_infor_orchestration.twins.erp.values import Invalid, Parser, any_text, country, wrong


class Rule(Enum):
    WRITE = auto()
    IGNORED = auto()  # may be sent, has no effect
    READ_ONLY = auto()  # the server's; refused


@dataclass(frozen=True)
class Field:
    """``default`` stands for a member that is omitted on create, or null."""

    parse: Parser = any_text
    required: bool = False
    default: Any = None
    rule: Rule = Rule.WRITE
    nullable: bool = True


Fields = Mapping[str, Field]

READ_ONLY = Field(rule=Rule.READ_ONLY)
IGNORED = Field(rule=Rule.IGNORED)


def read_members(fields: Fields, body: Any, *, complete: bool) -> dict[str, Any]:
    """The members of a request's body in canonical form. Raises the 400 that names everything wrong.

    ``complete`` (a create) demands the required members and fills in defaults; otherwise (a PUT) only what
    is named is returned.
    """
    try:
        return _read(fields, body, complete)
    except Invalid as error:
        raise invalid(*error.errors) from error


def nested(fields: Fields) -> Parser:
    """An object, given whole."""
    return lambda value: _read(fields, value, complete=True)


def list_of(fields: Fields) -> Parser:
    """A list of objects, at least one."""

    def parse(value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise wrong("type", "must be a list")
        if not value:
            raise wrong("required", "must not be empty")
        items, errors = [], []
        for n, item in enumerate(value):
            try:
                items.append(_read(fields, item, complete=True))
            except Invalid as error:
                errors += [FieldError(_joined(f"[{n}]", e.field), e.code, e.message) for e in error.errors]
        if errors:
            raise Invalid(errors)
        return items

    return parse


def _read(fields: Fields, body: Any, complete: bool) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise wrong("type", "must be an object")
    errors = [
        FieldError(name, "unknown_field", "is not a field of this record")
        for name in body
        if name not in fields
    ]
    members: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in body:
            if complete and field.rule is Rule.WRITE:
                if field.required:
                    errors.append(FieldError(name, "required", "is missing"))
                members[name] = field.default
        elif field.rule is Rule.READ_ONLY:
            errors.append(FieldError(name, "read_only", "is set by the server"))
        elif field.rule is Rule.WRITE:
            try:
                members[name] = _read_member(field, body[name])
            except Invalid as error:
                errors += [FieldError(_joined(name, e.field), e.code, e.message) for e in error.errors]
    if errors:
        raise Invalid(errors)
    return members


def _read_member(field: Field, value: Any) -> Any:
    if field.required and value in (None, ""):
        raise wrong("required", "is missing")
    if value is None:
        if not field.nullable:
            raise wrong("type", "must not be null")
        return field.default
    return field.parse(value)


def _joined(outer: str, inner: str) -> str:
    return outer + inner if not inner or inner.startswith("[") else f"{outer}.{inner}"


ADDRESS: Fields = {
    **{name: Field() for name in ("Line1", "Line2", "City", "Region", "PostalCode")},
    "Country": Field(country),
}
