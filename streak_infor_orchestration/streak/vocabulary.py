"""What a team calls things: pipelines with their stages, fields and options, by name and by key."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Protocol, TypeVar

from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured, Rejected
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.names import NameCode

SYSTEM = "streak"


class Option(Model):
    """An item of a dropdown, a tag, or a person by the e-mail address."""

    key: str
    name: str


class Stage(Model):
    key: str
    name: str


class Field(Model):
    """`type` is Streak's: TEXT_INPUT, DROPDOWN, CHECKBOX, DATE, TAG, PERSON, FORMULA, TEAM_CONTACT,
    TEAM_ORGANIZATION (Streak API contract §3.5). There is no type for numbers."""

    key: str
    name: str
    type: str
    options: tuple[Option, ...] = ()

    def option(self, name: str) -> Option:
        """Raises `Rejected` naming the options that come nearest."""
        return only(self.options, name, f'option of the field "{self.name}"', Rejected, field=self.name)

    def option_name(self, key: str) -> str | None:
        return next((option.name for option in self.options if option.key == key), None)


class Pipeline(Model):
    """`stages` in the order of the board."""

    key: str
    name: str
    team_key: str = ""
    stages: tuple[Stage, ...] = ()
    fields: tuple[Field, ...] = ()

    def field(self, name: str) -> Field:
        """Raises `Misconfigured` for a name that none or several fields bear."""
        return only(self.fields, name, f'field of the pipeline "{self.name}"', Misconfigured, field=name)

    def field_of_key(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)

    def stage(self, name: str) -> Stage:
        """Raises `Misconfigured` for a name that none or several stages bear."""
        return only(self.stages, name, f'stage of the pipeline "{self.name}"', Misconfigured, field="stage")

    def stage_like(self, name: str) -> Stage:
        """As `stage`; case and surrounding space do not matter, as in the file."""
        folded = name.strip().casefold()
        found = (stage.name for stage in self.stages if stage.name.strip().casefold() == folded)
        return self.stage(next(found, name))

    def stage_of_key(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)


class Team(Model):
    """`contact_fields` and `organization_fields` are the team's own, beside Streak's."""

    key: str
    name: str
    contact_fields: tuple[Field, ...] = ()
    organization_fields: tuple[Field, ...] = ()


class NamedItem(Protocol):
    """Whatever Streak has under a key and shows under a name, which people can change."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=NamedItem)


def only(items: Iterable[N], name: str, what: str, error: type[IntegrationError], *, field: str) -> N:
    """The one item called `name`. Raises `error` for none (with the nearest names) or several (with their keys)."""
    items = tuple(items)
    found = [item for item in items if item.name == name]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(item.key for item in found)
        message, code = f'"{name}" names more than one {what}: {keys}', NameCode.AMBIGUOUS_NAME
    else:
        near = get_close_matches(name, [item.name for item in items], n=3, cutoff=0.5)
        hint = "; did you mean " + " or ".join(f'"{n}"' for n in near) + "?" if near else ""
        message, code = f'"{name}" is no {what}{hint}', NameCode.UNKNOWN_NAME
    raise error(message, code=code, system=SYSTEM, field=field, value=name)
