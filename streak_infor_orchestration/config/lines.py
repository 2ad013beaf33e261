"""Where a deal keeps its order lines."""

from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.domain.model import Model

ROW = "{n}"


def _check_column(pattern: str) -> str:
    if pattern.count(ROW) == 1:
        return pattern
    raise fault(
        f'column name "{pattern}" does not say where the row number stands', fix='write it as "SKU {n}"'
    )


Column = Annotated[str, AfterValidator(_check_column)]
ColumnName = Literal["sku", "quantity", "price", "discount", "tax", "currency", "description", "vendor"]
Tax = Literal["none", "product"]
_LIST_PRICE = "Without it, or empty: the ERP's list price"
_DESCRIPTION = "Text of the order line"
_DISCOUNT = 'Off the whole line: an amount, or a share such as "10%"'
_VENDOR = "Who delivers the line to the customer: number or name of a vendor of the ERP"
_TAX = 'On the whole line: an amount, or a rate such as "19%"'


class _Columns(Model):
    """What both kinds of columns have in common."""

    max: int = Field(default=10, ge=1, le=200, description="Rows that are read; one beyond it is a problem")

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if len(set(self.patterns.values())) < len(self.patterns):
            raise fault("two columns have the same name", fix="give each column a field of its own")
        return self

    @property
    def patterns(self) -> dict[ColumnName, str]:
        """The columns in use: `{"sku": "SKU {n}", …}`."""
        names: tuple[ColumnName, ...] = get_args(ColumnName)
        return {name: pattern for name in names if (pattern := getattr(self, name))}

    @property
    def rows(self) -> range:
        return range(1, self.max + 1)

    def row(self, number: int) -> dict[ColumnName, str]:
        """Names of the fields of one row: `{"sku": "SKU 3", …}`."""
        return {column: pattern.replace(ROW, str(number)) for column, pattern in self.patterns.items()}


class Columns(_Columns):
    """Names of the box's fields, `{n}` being the row, counted from 1 to `max`."""

    sku: Column = Field(description="The product")
    quantity: Column = Field(description="How many, or how much")
    price: Column | None = Field(default=None, description=_LIST_PRICE)
    discount: Column | None = Field(default=None, description=_DISCOUNT)
    tax: Column | None = Field(default=None, description=_TAX)
    currency: Column | None = Field(default=None, description="Of the price, where not the order's")
    description: Column | None = Field(default=None, description=_DESCRIPTION)
    vendor: Column | None = Field(default=None, description=_VENDOR)


class LinkedColumns(_Columns):
    """Names of fields of the linked box. With `{n}` a box holds several rows, without it one."""

    sku: str = Field(min_length=1, description="The product")
    quantity: str = Field(min_length=1, description="How many, or how much")
    price: str | None = Field(default=None, description=_LIST_PRICE)
    discount: str | None = Field(default=None, description=_DISCOUNT)
    tax: str | None = Field(default=None, description=_TAX)
    currency: str | None = Field(default=None, description="Of the price, where not the order's")
    description: str | None = Field(default=None, description=_DESCRIPTION)
    vendor: str | None = Field(default=None, description=_VENDOR)

    @model_validator(mode="after")
    def _all_or_none_numbered(self) -> Self:
        counts = {pattern.count(ROW) for pattern in self.patterns.values()}
        if counts not in ({0}, {1}):
            raise fault("some columns have a row number and some have not", fix='write "{n}" once in each')
        if counts == {0} and "max" in self.model_fields_set:
            raise fault("max counts rows, but there is one line per box", at=("max",), fix="remove it")
        return self

    @property
    def rows(self) -> range:
        return super().rows if ROW in self.sku else range(1, 2)


class _Lines(Model):
    """What all kinds of lines have in common."""

    products: Literal["code", "name"] = Field(
        default="code",
        description="What people write for a product: its code, or its name (description) as the ERP has it",
    )
    convert: bool = Field(
        default=False,
        description="Convert prices that are not in the order's currency by the ERP's rate of the day; "
        "else they are a problem",
    )

    tax: Tax = Field(
        default="none",
        description="product: the ERP's rate of the product x line total on each line that states no tax; "
        "none: no tax is sent",
    )


class ColumnLines(_Lines):
    """One line per row of numbered fields on the box.

    `tax: product` puts product tax rate x line total on each line. The default `none` sends no tax: whether this
    integration states tax is for finance to say, and most ERPs work it out themselves.
    """

    source: Literal["columns"] = Field(alias="from", description="Numbered fields of the box")
    columns: Columns = Field(description="Their names")


class TextLines(_Lines):
    """Lines typed into one text field: `2 x BRK-1001 @ 12.50; BRK-1002 (4)`, one per line of text or after a
    semicolon."""

    source: Literal["text"] = Field(alias="from", description="One text field of the box")
    field: str = Field(min_length=1, description="The text field of the box")


class LinkedBoxLines(_Lines):
    """Lines from the boxes of another pipeline that are linked to the deal: by `columns`, or typed into a `field`."""

    source: Literal["linked_boxes"] = Field(alias="from", description="Boxes of another pipeline")
    pipeline: str = Field(min_length=1, description="Name of the other pipeline")
    stages: tuple[str, ...] = Field(
        default=(), description="Only boxes in these of its stages count; without it all do"
    )
    columns: LinkedColumns | None = Field(default=None, description="Names of fields of the linked boxes")
    field: str | None = Field(default=None, min_length=1, description="A text field of the linked boxes")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.columns is None) == (self.field is None):
            raise fault(
                "linked boxes hold their lines either in columns or in one text field",
                at=("columns",),
                fix="keep exactly one of columns: and field:",
            )
        return self

    def counts(self, stage: str) -> bool:
        """Whether a linked box in `stage` is part of the order. Case and surrounding space do not matter."""
        return not self.stages or stage.strip().casefold() in {s.strip().casefold() for s in self.stages}


Lines = Annotated[ColumnLines | TextLines | LinkedBoxLines, Field(discriminator="source")]
