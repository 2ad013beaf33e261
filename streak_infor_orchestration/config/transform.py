"""The kinds of transformation a rule may apply: concatenation, date format, conditional map, value lookup, currency
conversion, address standardization."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.config.locality import Country
from streak_infor_orchestration.config.vocabulary import SOURCE_SCHEMA, Source, SourceName
from streak_infor_orchestration.domain.model import Model


def _check_date_format(pattern: str) -> str:
    day = date(2001, 11, 23)
    try:
        read = datetime.strptime(day.strftime(pattern), pattern).date()  # noqa: DTZ007  # only its date is used
    except ValueError:
        read = None
    if read != day:
        raise fault(f'"{pattern}" does not hold a whole date', fix='write it as "%Y-%m-%d" or "%d.%m.%Y"')
    return pattern


DateFormat = Annotated[str, AfterValidator(_check_date_format)]


class Otherwise(Model):
    """A fixed value for what the map or table does not list."""

    value: str = Field(description="What stands in for it")


def _currency_source(value: Any) -> Any:
    """A bare code is a currency, everything else a source."""
    is_code = isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()
    return f"const:{value}" if is_code else value


_CODE = {"type": "string", "pattern": "^[A-Z]{3}$"}
CurrencySource = Annotated[
    SourceName | None,
    BeforeValidator(_currency_source),
    WithJsonSchema({"anyOf": [_CODE, SOURCE_SCHEMA, {"type": "null"}]}),
]


class Conversion(Model):
    """From one currency to another: a code such as USD, or a source that holds one. Unset: the order's currency."""

    source: CurrencySource = Field(
        default=None,
        alias="from",
        description="Of the amount as it stands: a code, or a source that holds one",
    )
    target: CurrencySource = Field(
        default=None,
        alias="to",
        description="Of the amount as it is written: a code, or a source that holds one",
    )

    @model_validator(mode="after")
    def _on_the_box(self) -> Self:
        if not self.sources:
            raise fault("a conversion needs a currency", fix='write {from: USD} or {from: "field:Currency"}')
        for source in self.sources:
            if source.record not in ("field", "box", "const"):
                raise fault("a currency can only be read from the box", fix="use a field of the box")
        return self

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(source for source in (self.source, self.target) if source is not None)


_KINDS = ("concat", "date", "map", "lookup", "convert", "address")
_BELONGS = {"otherwise": ("map", "lookup"), "format": ("date",)}


class Transform(Model):
    """Exactly one of `concat`, `date`, `map`, `lookup`, `convert` and `address`."""

    concat: str | None = Field(default=None, description="Join the non-empty sources with this between them")
    date: DateFormat | None = Field(
        default=None, description="How a date is written in a text field, in strptime's codes"
    )
    format: DateFormat | None = Field(
        default=None, description="With date: how it is written into a text target; unset: 2026-12-31"
    )
    map: dict[str, str] | None = Field(default=None, description="Replace each of these values by another")
    lookup: str | None = Field(
        default=None,
        min_length=1,
        description="Replace the value by what a table (section tables) has for it",
    )
    otherwise: Literal["error", "keep"] | Otherwise = Field(
        default="error",
        description="What becomes of a value that the map or table does not list: a problem for a person, the value "
        "itself, or a fixed one",
    )
    convert: Conversion | None = Field(
        default=None, description="An amount in another currency, by the ERP's rate of the day"
    )
    address: Country | None = Field(
        default=None, description="An address on one line; this country where it names none"
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [name for name in _KINDS if getattr(self, name) is not None]
        if len(kinds) != 1:
            listed = f"{', '.join(_KINDS[:-1])} and {_KINDS[-1]}"
            told = f"a transform is one of {listed}, not {' and '.join(kinds) or 'none'}"
            raise fault(told, fix="write exactly one of them")
        for option, owners in _BELONGS.items():
            if option in self.model_fields_set and kinds[0] not in owners:
                raise fault(f"{option} belongs to a {' or '.join(owners)}", at=(option,), fix="remove it")
        return self

    @property
    def box_fields(self) -> frozenset[str]:
        """Names of the box's fields that it reads beside the rule's sources."""
        sources = self.convert.sources if self.convert else ()
        return frozenset(source.name for source in sources if source.record == "field")
