"""Rules of `fields:` : what is read from the deal and its people, how it is changed, where it goes in the ERP."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from streak_infor_orchestration.config.expression import ExpressionText
from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.config.vocabulary import Kind, SourceName, Target, kind_of
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.money import parse_decimal


def _check_date_format(pattern: str) -> str:
    day = date(2001, 11, 23)
    try:
        read = datetime.strptime(day.strftime(pattern), pattern).date()  # noqa: DTZ007  # only its date is used
    except ValueError:
        read = None
    if read != day:
        raise fault(f'"{pattern}" does not hold a whole date', fix='write it as "%Y-%m-%d" or "%d.%m.%Y"')
    return pattern


class Otherwise(Model):
    """A fixed value for what the map does not list."""

    value: str


class Transform(Model):
    """Exactly one of `concat`, `date` and `map`."""

    concat: str | None = Field(default=None, description="Join the non-empty sources with this between them")
    date: Annotated[str, AfterValidator(_check_date_format)] | None = Field(
        default=None, description="How a date is written in a text field, in strptime's codes"
    )
    map: dict[str, str] | None = Field(default=None, description="Replace each of these values by another")
    otherwise: Literal["error", "keep"] | Otherwise = Field(
        default="error", description="What becomes of a value that the map does not list"
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [name for name in ("concat", "date", "map") if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise fault(f"a transform is one of concat, date and map, not {' and '.join(kinds) or 'none'}")
        if "otherwise" in self.model_fields_set and self.map is None:
            raise fault("otherwise belongs to a map", at=("otherwise",), fix="remove it")
        return self


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) or value is None else (value,)


_FORMS = {
    Kind.DATE: "write it as 2026-12-31",
    Kind.AMOUNT: "write it as 12.50",
    Kind.CURRENCY: "write it as EUR",
    Kind.COUNTRY: "write it as DE",
}


def _fits(text: str, kind: Kind) -> bool:
    """Whether a fixed value is one that its target takes, in the one form that needs no interpretation."""
    match kind:
        case Kind.DATE:
            try:
                date.fromisoformat(text)
            except ValueError:
                return False
            return True
        case Kind.AMOUNT:
            amount = parse_decimal(text)
            return amount is not None and amount >= 0
        case Kind.CURRENCY | Kind.COUNTRY:
            return text.isascii() and text.isalpha() and len(text) == (3 if kind is Kind.CURRENCY else 2)
        case Kind.TEXT:
            return True


Owner = Literal["streak", "infor", "latest", "ask"]


class Rule(Model):
    """One target, read `from` sources or worked out by an `expression`.

    `default` stands in for an empty value; `required` makes an empty value a problem. `owner` says which side wins
    when both changed a customer's field (Design: both directions).
    """

    to: Target
    sources: Annotated[tuple[SourceName, ...], BeforeValidator(_listed)] = Field(default=(), alias="from")
    expression: ExpressionText | None = None
    transform: Transform | None = None
    default: str | None = None
    required: bool = False
    owner: Owner = "streak"

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
        if "owner" in self.model_fields_set and not self.to.startswith("customer."):
            raise fault("owner is for customer fields only", at=("owner",), fix="remove it")
        if self.to == "order.currency" and (self.reads("contact") or self.reads("organization")):
            raise fault("the currency can only be read from the box", fix="use a field of the box")
        return self

    @property
    def box_fields(self) -> frozenset[str]:
        """Names of the box's fields that it reads."""
        if self.expression is not None:
            return self.expression.fields
        return frozenset(source.name for source in self.sources if source.record == "field")

    def reads(self, record: Literal["contact", "organization"]) -> bool:
        """Whether the person or the company must be fetched to apply this rule."""
        if self.expression is not None:
            return record in self.expression.reads
        return any(source.record == record for source in self.sources)
