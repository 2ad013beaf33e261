"""Rules of `write_back:` : what the deal is told about its order and invoices."""

import string
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from streak_infor_orchestration.config.faults import fault, one_of
from streak_infor_orchestration.config.vocabulary import INVOICE_FACTS, ORDER_FACTS, Fact
from streak_infor_orchestration.domain.model import Model

Once = Literal[
    "order.created",
    "order.shipped",
    "order.cancelled",
    "invoice.created",
    "invoice.partially_paid",
    "invoice.paid",
]


class FieldBack(Model):
    """A field of the box that shows something the ERP knows. The field is ours: edits in Streak are overwritten."""

    field: str = Field(min_length=1)
    source: Fact = Field(alias="from")


class CommentBack(Model):
    """A comment made once for each thing that happens. `{order.id}` and the like are filled in."""

    comment: str = Field(min_length=1)
    once: Once

    @model_validator(mode="after")
    def _placeholders(self) -> Self:
        try:
            parts = list(string.Formatter().parse(self.comment))
        except ValueError as error:
            raise fault(
                f"the braces do not match: {error}", at=("comment",), fix='write "{order.id}"'
            ) from None
        known = ORDER_FACTS if self.once.startswith("order.") else ORDER_FACTS + INVOICE_FACTS
        for _, name, spec, conversion in parts:
            if name is None:
                continue
            if name not in known or spec or conversion:
                raise fault(
                    f'"{{{name}}}" cannot be told when {self.once}', at=("comment",), fix=one_of(name, known)
                )
        return self


def _which(rule: Any) -> str:
    if isinstance(rule, dict):
        return "comment rule" if "comment" in rule or "once" in rule else "field rule"
    return "comment rule" if isinstance(rule, CommentBack) else "field rule"


WriteBackRule = Annotated[
    Annotated[FieldBack, Tag("field rule")] | Annotated[CommentBack, Tag("comment rule")],
    Discriminator(_which),
]
