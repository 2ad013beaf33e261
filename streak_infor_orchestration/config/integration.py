"""`integration.yaml` as a whole."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from typing import Annotated, Any, Literal, Self, Union

from pydantic import Field, PrivateAttr, create_model, model_validator

from streak_infor_orchestration.config.contacts import ContactsSection
from streak_infor_orchestration.config.faults import Loc, fault, one_of
from streak_infor_orchestration.config.lines import ColumnLines, Lines, LinkedBoxLines, TextLines
from streak_infor_orchestration.config.locality import decimal_mark
from streak_infor_orchestration.config.orders import OrdersSection
from streak_infor_orchestration.config.rules import Rule
from streak_infor_orchestration.config.sections import (
    Alert,
    Amounts,
    Company,
    CustomerSection,
    Dates,
    ErpSection,
    Exchange,
    Limits,
    Numbers,
    Policies,
    StreakSection,
)
from streak_infor_orchestration.config.source_map import Places
from streak_infor_orchestration.config.stages import Stages
from streak_infor_orchestration.config.tables import Table
from streak_infor_orchestration.config.tasks import TasksSection
from streak_infor_orchestration.config.write_back import CommentBack, FieldBack, WriteBackRule
from streak_infor_orchestration.domain.model import Model


class Integration(Model):
    """The checked configuration. Validated with a `Places` as context, it remembers where each rule stands.

    Files are checked by `integration_of`, which knows the section of each product."""

    version: Literal[1] = Field(description="Of this format")
    company: Company = Field(description="Whose zone, currency, language and country count")
    streak: StreakSection = Field(description="The team and the pipeline of the deals")
    erp: ErpSection = Field(description="The ERP and how it is reached")
    stages: Stages = Field(description="What each stage of the pipeline asks for")
    customer: CustomerSection = Field(
        default=CustomerSection(), description="Who buys, and how it is found in the ERP"
    )
    contacts: ContactsSection | None = Field(
        default=None,
        description="The people at a customer, kept the same in both systems; unset: they are not looked at",
    )
    lines: Lines = Field(description="Where a deal keeps its order lines")
    fields: tuple[Rule, ...] = Field(
        default=(), description="What else goes from Streak to the order and the customer"
    )
    tables: dict[str, Table] = Field(default={}, description="Tables for value lookups, by name")
    write_back: tuple[WriteBackRule, ...] = Field(
        default=(), description="What comes back: fields and comments"
    )
    orders: OrdersSection = Field(
        default=OrdersSection(), description="What becomes of orders that the ERP's people make and handle"
    )
    tasks: TasksSection = Field(default=TasksSection(), description="When people get a task in Streak")
    amounts: Amounts = Field(
        default=Amounts(), description="What prices and the order as a whole are checked against"
    )
    exchange: Exchange = Field(
        default=Exchange(), description="Which exchange rates count, and where they are stamped"
    )
    numbers: Numbers = Field(default=Numbers(), description="What a number means that can mean two")
    dates: Dates = Field(default=Dates(), description="Which days are taken for slips")
    limits: Limits = Field(default=Limits(), description="How fast each system may be called")
    alerts: tuple[Alert, ...] = Field(default=(), description="Who is told when something needs a person")
    policies: Policies = Field(default=Policies(), description="What is done where opinions differ")

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
    def _orders_go_to_known_stages(self) -> Self:
        self.orders.check(self.stages)
        return self

    @model_validator(mode="after")
    def _each_table_known(self) -> Self:
        back = [rule.transform if isinstance(rule, FieldBack) else None for rule in self.write_back]
        named = {
            (section, position): transform.lookup
            for section, transforms in (("fields", [r.transform for r in self.fields]), ("write_back", back))
            for position, transform in enumerate(transforms)
            if transform is not None and transform.lookup is not None
        }
        for place, table in named.items():
            if table not in self.tables:
                raise fault(
                    f'there is no table "{table}"',
                    at=(*place, "transform", "lookup"),
                    fix=one_of(table, self.tables) if self.tables else "add it to the section tables",
                )
        return self

    @model_validator(mode="after")
    def _each_target_kept(self) -> Self:
        """A rule whose value the ERP has no place for would stop its first deal."""
        targets: list[tuple[str, Loc]] = [
            (rule.to, ("fields", position, "to")) for position, rule in enumerate(self.fields)
        ]
        if self.erp.vendor_field:
            targets.append((f"order.custom.{self.erp.vendor_field}", ("erp", "vendor_field")))
        converts = any(rule.transform is not None and rule.transform.convert for rule in self.fields)
        if self.exchange.stamp and (self.lines.convert or converts):
            targets.append((f"order.custom.{self.exchange.stamp}", ("exchange", "stamp")))
        for target, place in targets:
            if why := self.erp.unkept(target):
                raise fault(f'"{target}" {why}', at=place, fix="see docs/infor-products.md")
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
        if not isinstance(self.lines, LinkedBoxLines):
            yield from _line_fields(self.lines)
        for position, rule in enumerate(self.fields):
            yield from ((name, ("fields", position)) for name in sorted(rule.box_fields))
        value = self.amounts.deal_value
        if value is not None and value.record == "field":
            yield value.name, ("amounts", "deal_value")
        day = self.exchange.day
        if day is not None and day.record == "field":
            yield day.name, ("exchange", "day")

    def linked_fields_read(self) -> Iterator[tuple[str, Loc]]:
        """The same for the fields of linked boxes, which are in another pipeline."""
        if isinstance(self.lines, LinkedBoxLines):
            yield from _line_fields(self.lines)

    def fields_written(self) -> Iterator[tuple[str, Loc]]:
        """Names of the box's fields that show what the ERP knows, and where the file says so."""
        for position, rule in enumerate(self.write_back):
            if isinstance(rule, FieldBack):
                yield rule.field, ("write_back", position, "field")

    @property
    def decimal_mark(self) -> Literal[".", ","] | None:
        """What stands before the cents where a typed number could be read in two ways."""
        locale = self.company.locale
        return self.numbers.decimal or (decimal_mark(locale) if locale else None)

    def line_of(self, loc: Loc) -> int | None:
        """The line of a place such as `("fields", 3)`; None when the configuration was not read from a file."""
        return self._places.line_of(loc) if self._places else None

    def place_of_lines(self, *column: str) -> str:
        """The place that says where lines (or one column of them) are read from."""
        in_columns = not isinstance(self.lines, TextLines) and self.lines.columns is not None
        return self.place("lines", "columns", *column) if in_columns else self.place("lines", "field")

    def place(self, *loc: str | int) -> str:
        """The place as people look it up: `integration.yaml:12: stages.order`. Without a line the file leaves it
        to the default, without a file the configuration was made in code."""
        path = ".".join(step for step in loc if isinstance(step, str))
        if self._places is None:
            return path
        line = self.line_of(loc)
        return f"{self._places.name}{f':{line}' if line else ''}: {path}"


def integration_of(sections: Sequence[type[ErpSection]]) -> type[Integration]:
    """`Integration` whose ERP has the section, one of these, of the product it names: the rooms above bring them."""
    one: Any = sections[0]
    if len(sections) > 1:
        one = Annotated[Union[tuple(sections)], Field(discriminator="product")]  # noqa: UP007  # made at run time
    described = Field(description=Integration.model_fields["erp"].description)
    return create_model("Integration", __base__=Integration, __module__=__name__, erp=(one, described))


def _line_fields(lines: ColumnLines | TextLines | LinkedBoxLines) -> Iterator[tuple[str, Loc]]:
    if not isinstance(lines, TextLines) and lines.columns is not None:
        for number in lines.columns.rows:
            for column, name in lines.columns.row(number).items():
                yield name, ("lines", "columns", column)
    if not isinstance(lines, ColumnLines) and lines.field is not None:
        yield lines.field, ("lines", "field")


def _once(section: str, names: Dictionary[int, str], key: str) -> None:
    seen: set[str] = set()
    for position, name in names.items():
        if name in seen:
            raise fault(
                f'"{name}" is set twice', at=(section, position, key), fix="remove one of the two rules"
            )
        seen.add(name)
