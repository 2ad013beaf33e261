"""Rules of `fields:` : what is read from the deal and its people, how it is changed, where it goes in the ERP."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from streak_infor_orchestration.config.expression import ExpressionText
from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.config.transform import Transform
from streak_infor_orchestration.config.vocabulary import SOURCE_SCHEMA, SourceName, Target, ValueKind, kind_of
from streak_infor_orchestration.domain.agreement import Clears, Owner
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.money import parse_decimal


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) or value is None else (value,)


_FORMS = {
    ValueKind.DATE: "write it as 2026-12-31",
    ValueKind.AMOUNT: "write it as 12.50",
    ValueKind.DISCOUNT: 'write it as 12.50 or "10%"',
    ValueKind.RATE: 'write it as "19%"',
    ValueKind.CURRENCY: "write it as EUR",
    ValueKind.COUNTRY: "write it as DE",
    ValueKind.PHONE: "write it as +493012345678",
    ValueKind.EMAIL: "write it as name@company.example",
    ValueKind.ADDRESS: "leave it out",
}


def _fits(text: str, kind: ValueKind) -> bool:
    """Whether a fixed value is one that its target takes, in the one form that needs no interpretation."""
    match kind:
        case ValueKind.DATE:
            try:
                date.fromisoformat(text)
            except ValueError:
                return False
            return True
        case ValueKind.AMOUNT:
            amount = parse_decimal(text)
            return amount is not None and amount >= 0
        case ValueKind.CURRENCY | ValueKind.COUNTRY:
            return text.isascii() and text.isalpha() and len(text) == (3 if kind is ValueKind.CURRENCY else 2)
        case ValueKind.RATE:
            return text.endswith("%") and _fits(text[:-1], ValueKind.AMOUNT)
        case ValueKind.DISCOUNT:
            return _fits(text, ValueKind.RATE) or _fits(text, ValueKind.AMOUNT)
        case ValueKind.PHONE:
            return re.fullmatch(r"\+[1-9][0-9]{6,14}", text) is not None
        case ValueKind.EMAIL:
            return re.fullmatch(r"[^@\s]+@[^@\s]+", text) is not None
        case ValueKind.ADDRESS:
            return False
        case ValueKind.TEXT:
            return True


_ONE_OR_SEVERAL = {"anyOf": [SOURCE_SCHEMA, {"type": "array", "items": SOURCE_SCHEMA, "minItems": 1}]}
Sources = Annotated[tuple[SourceName, ...], BeforeValidator(_listed), WithJsonSchema(_ONE_OR_SEVERAL)]


class Rule(Model):
    """One target, read `from` sources or worked out by an `expression`.

    `default` stands in for an empty value; `required` makes an empty value a problem. `owner` says which side wins
    when both changed a customer's field (Design: both directions).
    """

    to: Target = Field(description="What it fills: see the targets")
    sources: Sources = Field(
        default_factory=tuple,
        alias="from",
        description="Where it is read: one source, or several with concat",
    )
    expression: ExpressionText | None = Field(
        default=None, description="How it is worked out instead: jmespath"
    )
    transform: Transform | None = Field(default=None, description="How the value is changed on its way")
    default: str | None = Field(default=None, description="What stands in for an empty value")
    required: bool = Field(default=False, description="An empty value is a problem for a person")
    owner: Owner = Field(
        default="streak", description="For a customer's field: which side wins where both changed it"
    )
    clears: Clears = Field(
        default="keep",
        description="For a customer's field: whether one that is emptied empties the other side",
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.sources) == (self.expression is not None):
            raise fault("a rule needs either from: or expression:", fix="keep exactly one of them")
        concat = self.transform is not None and self.transform.concat is not None
        if concat and self.expression is not None:
            raise fault(
                "concat joins sources", at=("transform",), fix="use concat() or join() in the expression"
            )
        if len(self.sources) > 1 and not concat:
            raise fault("several sources need a way to join them", fix='add transform: {concat: " "}')
        if self.required and self.default is not None:
            raise fault(
                "a value with a default is never missing", at=("required",), fix="remove one of the two"
            )
        if self.default is not None and not _fits(self.default, kind_of(self.to)):
            raise fault(
                f'"{self.default}" is no {kind_of(self.to)}', at=("default",), fix=_FORMS[kind_of(self.to)]
            )
        for option in ("owner", "clears"):
            if option in self.model_fields_set and not self.to.startswith("customer."):
                raise fault(f"{option} is for customer fields only", at=(option,), fix="remove it")
        if self.to == "order.currency" and (self.reads("contact") or self.reads("organization")):
            raise fault("the currency can only be read from the box", fix="use a field of the box")
        self._check_transform()
        return self

    def _check_transform(self) -> None:
        transform, at = self.transform, ("transform",)
        if transform is None:
            return
        kind, is_order = kind_of(self.to), self.to.startswith("order.")
        if transform.convert and not (is_order and kind in (ValueKind.AMOUNT, ValueKind.TEXT)):
            raise fault("only amounts of the order are converted", at=at, fix="use it for order.freight, say")
        if transform.address and kind is not ValueKind.ADDRESS:
            raise fault(
                "address is for customer.billing_address and customer.shipping_address",
                at=at,
                fix="leave the part of the address out of the target's name",
            )
        if transform.format and kind is not ValueKind.TEXT:
            raise fault(
                f"{self.to} takes a day, however it is written", at=(*at, "format"), fix="remove format"
            )

    @property
    def box_fields(self) -> frozenset[str]:
        """Names of the box's fields that it reads."""
        beside = self.transform.box_fields if self.transform else frozenset()
        if self.expression is not None:
            return self.expression.fields | beside
        return frozenset(source.name for source in self.sources if source.record == "field") | beside

    @property
    def own_fields(self) -> frozenset[tuple[str, str]]:
        """The team's own fields that it reads: (contact or organization, name)."""
        if self.expression is not None:
            return self.expression.own_fields
        return frozenset(
            (source.record, source.name)
            for source in self.sources
            if source.custom and source.record != "field"
        )

    def reads(self, record: Literal["contact", "organization", "lines"]) -> bool:
        """Whether the person or the company must be fetched, or the lines be read, to apply this rule."""
        if self.expression is not None:
            return ("deal" if record == "lines" else record) in self.expression.reads
        return any(source.record == record for source in self.sources)
