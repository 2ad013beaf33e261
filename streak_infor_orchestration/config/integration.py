"""`integration.yaml` as a whole."""

from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import PrivateAttr, model_validator

from streak_infor_orchestration.config.faults import Loc, fault
from streak_infor_orchestration.config.lines import ColumnLines, Lines
from streak_infor_orchestration.config.rules import Rule
from streak_infor_orchestration.config.sections import (
    Alert,
    Amounts,
    Company,
    CustomerSection,
    ErpSection,
    Limits,
    Numbers,
    Policies,
    StreakSection,
)
from streak_infor_orchestration.config.stages import Stages
from streak_infor_orchestration.config.write_back import CommentBack, FieldBack, WriteBackRule
from streak_infor_orchestration.domain.model import Model


@dataclass(frozen=True)
class Places:
    """Name of the file and the line (from 1) of everything in it."""

    name: str
    lines: dict[Loc, int]

    def line_of(self, loc: Loc) -> int | None:
        """The line of `loc`, or of the nearest thing around it that the file has."""
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.lines:
                return self.lines[loc[:length]]
        return None


class Integration(Model):
    """The checked configuration. Validated with a `Places` as context, it remembers where each rule stands."""

    version: Literal[1]
    company: Company
    streak: StreakSection
    erp: ErpSection
    stages: Stages
    customer: CustomerSection = CustomerSection()
    lines: Lines
    fields: tuple[Rule, ...] = ()
    write_back: tuple[WriteBackRule, ...] = ()
    amounts: Amounts = Amounts()
    numbers: Numbers = Numbers()
    limits: Limits = Limits()
    alerts: tuple[Alert, ...] = ()
    policies: Policies = Policies()

    _places: Places | None = PrivateAttr(default=None)

    def model_post_init(self, context: Any) -> None:
        self._places = context if isinstance(context, Places) else None

    @model_validator(mode="after")
    def _each_target_once(self) -> Self:
        _once("fields", {i: rule.to for i, rule in enumerate(self.fields)}, "to")
        back = dict(enumerate(self.write_back))
        _once("write_back", {i: r.field for i, r in back.items() if isinstance(r, FieldBack)}, "field")
        _once("write_back", {i: r.once for i, r in back.items() if isinstance(r, CommentBack)}, "once")
        return self

    @model_validator(mode="after")
    def _nothing_both_read_and_written(self) -> Self:
        """What we write would come back as an edit of the deal, for ever."""
        read = {name for name, _ in self.fields_read()}
        for name, loc in self.fields_written():
            if name in read:
                raise fault(f'"{name}" is read as well as written', at=loc, fix="write to a field of its own")
        return self

    def fields_read(self) -> Iterator[tuple[str, Loc]]:
        """Names of the box's fields that orders are read from, and where the file says so."""
        if isinstance(self.lines, ColumnLines):
            columns = self.lines.columns
            for number in range(1, columns.max + 1):
                yield from (
                    (name, ("lines", "columns", column)) for column, name in columns.row(number).items()
                )
        for position, rule in enumerate(self.fields):
            yield from ((name, ("fields", position)) for name in sorted(rule.box_fields))
        value = self.amounts.deal_value
        if value is not None and value.record == "field":
            yield value.name, ("amounts", "deal_value")

    def fields_written(self) -> Iterator[tuple[str, Loc]]:
        """Names of the box's fields that show what the ERP knows, and where the file says so."""
        for position, rule in enumerate(self.write_back):
            if isinstance(rule, FieldBack):
                yield rule.field, ("write_back", position, "field")

    def line_of(self, loc: Loc) -> int | None:
        """The line of a place such as `("fields", 3)`; None when the configuration was not read from a file."""
        return self._places.line_of(loc) if self._places else None

    def place(self, *loc: str | int) -> str:
        """The place as people look it up: `integration.yaml:12: stages.order`. Without a line the file leaves it
        to the default, without a file the configuration was made in code."""
        path = ".".join(step for step in loc if isinstance(step, str))
        if self._places is None:
            return path
        line = self.line_of(loc)
        return f"{self._places.name}{f':{line}' if line else ''}: {path}"


def _once(section: str, names: Dictionary[int, str], key: str) -> None:
    seen: set[str] = set()
    for position, name in names.items():
        if name in seen:
            raise fault(
                f'"{name}" is set twice', at=(section, position, key), fix="remove one of the two rules"
            )
        seen.add(name)
