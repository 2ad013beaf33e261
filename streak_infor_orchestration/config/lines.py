"""Where a deal keeps its order lines."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.domain.model import Model


def _check_column(pattern: str) -> str:
    if pattern.count("{n}") == 1:
        return pattern
    raise fault(
        f'column name "{pattern}" does not say where the row number stands', fix='write it as "SKU {n}"'
    )


Column = Annotated[str, AfterValidator(_check_column)]
ColumnName = Literal["sku", "quantity", "price"]
Tax = Literal["none", "product"]


class Columns(Model):
    """Names of the box's fields, `{n}` being the row, counted from 1 to `max`."""

    sku: Column
    quantity: Column
    price: Column | None = Field(default=None, description="Without it, or empty: the ERP's list price")
    max: int = Field(default=10, ge=1, le=200)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if len({self.sku, self.quantity, self.price}) < 3:
            raise fault("two columns have the same name", fix="give each column a field of its own")
        return self

    @property
    def patterns(self) -> dict[ColumnName, str]:
        """The columns in use: `{"sku": "SKU {n}", …}`."""
        prices: dict[ColumnName, str] = {"price": self.price} if self.price else {}
        return {"sku": self.sku, "quantity": self.quantity, **prices}

    def row(self, number: int) -> dict[ColumnName, str]:
        """Names of the fields of one row: `{"sku": "SKU 3", …}`."""
        return {column: pattern.replace("{n}", str(number)) for column, pattern in self.patterns.items()}


class ColumnLines(Model):
    """One line per row of numbered fields on the box.

    `tax: product` puts product tax rate x line total on each line. The default `none` sends no tax: whether this
    integration states tax is for finance to say, and most ERPs work it out themselves.
    """

    source: Literal["columns"] = Field(alias="from")
    columns: Columns
    tax: Tax = "none"


class TextLines(Model):
    """One line per line of text in a field, e.g. `2 x ACME-100 @ 19.90`."""

    source: Literal["text"] = Field(alias="from")
    field: str
    tax: Tax = "none"

    @model_validator(mode="after")
    def _not_yet(self) -> Self:
        raise _not_available("text")


class LinkedBoxLines(Model):
    """One line per linked box of another pipeline."""

    source: Literal["linked_boxes"] = Field(alias="from")
    pipeline: str
    tax: Tax = "none"

    @model_validator(mode="after")
    def _not_yet(self) -> Self:
        raise _not_available("linked_boxes")


def _not_available(name: str) -> Exception:
    return fault(
        f"lines from {name} are not available in this version", at=("from",), fix="use from: columns"
    )


Lines = Annotated[ColumnLines | TextLines | LinkedBoxLines, Field(discriminator="source")]
