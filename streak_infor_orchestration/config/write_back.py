"""Rules of `write_back:` : what the deal is told about its order and invoices."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.config.placeholders import check_placeholders
from streak_infor_orchestration.config.transform import DateFormat, Otherwise
from streak_infor_orchestration.config.vocabulary import (
    CREDIT_NOTE_FACTS,
    CUSTOMER_FACTS,
    INVOICE_FACTS,
    ORDER_FACTS,
    PAYMENT_FACTS,
    Fact,
)
from streak_infor_orchestration.domain.model import Model

Once = Literal[
    "order.created",
    "order.partially_shipped",
    "order.shipped",
    "order.cancelled",
    "invoice.created",
    "invoice.partially_paid",
    "invoice.paid",
    "invoice.overpaid",
    "credit_note.created",
    "payment.reversed",
    "customer.credit_hold",
    "customer.credit_released",
]


_KINDS = ("map", "lookup", "date", "number")


class BackTransform(Model):
    """How the ERP's value is shown: exactly one of `map`, `lookup`, `date` and `number`."""

    map: dict[str, str] | None = Field(
        default=None, description="Replace each of the ERP's values by another, such as a dropdown's option"
    )
    lookup: str | None = Field(default=None, min_length=1, description="The same by a table (section tables)")
    otherwise: Literal["keep"] | Otherwise = Field(
        default="keep", description="What becomes of a value that the map or table does not list"
    )
    date: DateFormat | None = Field(
        default=None, description="How a date is written into a text field, in strftime's codes"
    )
    number: Literal["plain", "local"] | None = Field(
        default=None,
        description="An amount without its currency: 1299.90, or as the company's locale writes it",
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [name for name in _KINDS if getattr(self, name) is not None]
        if len(kinds) != 1:
            told = f"a transform is one of {', '.join(_KINDS)}, not {' and '.join(kinds) or 'none'}"
            raise fault(told, fix="write exactly one of them")
        if "otherwise" in self.model_fields_set and kinds[0] not in ("map", "lookup"):
            raise fault("otherwise belongs to a map or lookup", at=("otherwise",), fix="remove it")
        return self


class FieldBack(Model):
    """A field of the box that shows something the ERP knows. The field is ours: edits in Streak are overwritten.

    The field may be of any type that can be written: text, date, checkbox, dropdown or tags (by name).
    """

    field: str = Field(min_length=1, description="Name of the field on the box")
    source: Fact = Field(alias="from", description="What it shows: see what can be told")
    transform: BackTransform | None = Field(default=None, description="How the value is shown")


_OF_WHAT_HAPPENED = {
    "invoice": INVOICE_FACTS,
    "credit_note": INVOICE_FACTS + CREDIT_NOTE_FACTS,
    "payment": INVOICE_FACTS + PAYMENT_FACTS,
}
"""What can be told beside the order and the customer, by the first part of `once`."""


class CommentBack(Model):
    """A comment made once for each thing that happens. `{order.id}` and the like are filled in."""

    comment: str = Field(min_length=1, description="Its text, with {order.id} and the like filled in")
    once: Once = Field(description="What has to happen")

    @model_validator(mode="after")
    def _placeholders(self) -> Self:
        of_order: tuple[str, ...] = ORDER_FACTS + CUSTOMER_FACTS
        known = of_order + _OF_WHAT_HAPPENED.get(self.once.partition(".")[0], ())
        check_placeholders(self.comment, known, at="comment", why=f"when {self.once}")
        return self


def _which(rule: Any) -> str:
    if isinstance(rule, dict):
        return "comment rule" if "comment" in rule or "once" in rule else "field rule"
    return "comment rule" if isinstance(rule, CommentBack) else "field rule"


WriteBackRule = Annotated[
    Annotated[FieldBack, Tag("field rule")] | Annotated[CommentBack, Tag("comment rule")],
    Discriminator(_which),
]
