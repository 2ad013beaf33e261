"""SyteLine's records as an IDO's load tells them (Infor API contract C.5), each with the properties it is read by."""

from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from streak_infor_orchestration.infor.syteline.ido import ITEM_ID
from streak_infor_orchestration.infor.syteline.internal import (
    Amount,
    Day,
    Flag,
    Key,
    Moment,
    OrZero,
    Perhaps,
    Text,
    moment_of,
)


class IdoWire(BaseModel):
    """`IDO` is where it is kept. Attributes are named as SyteLine's properties, in our spelling: `co_num` is CoNum."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        alias_generator=lambda name: "".join(map(str.capitalize, name.split("_"))),
    )
    IDO: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]

    record_date: Moment
    create_date: Moment | None = None
    tag: Text = Field("", alias=ITEM_ID)

    @classmethod
    def properties(cls) -> tuple[str, ...]:
        """What a load asks for; the tag comes by itself."""
        names = (str(field.alias) for field in cls.model_fields.values())
        return tuple(name for name in names if name != ITEM_ID)

    @classmethod
    def key_of(cls, row: Any) -> str:
        """Of a record as it came, whatever else of it cannot be read; "" without one."""
        parts = [str(row[name]).strip() for name in cls.KEY]
        return ":".join(parts) if all(parts) else ""


class CustomerRow(IdoWire):
    """The customer itself (`cust_seq` 0), or an address of it that goods are shipped to."""

    IDO = "SLCustomers"
    KEY = ("CustNum",)

    cust_num: Key
    cust_seq: int
    name: Text = ""
    addr_1: Text = Field("", alias="Addr_1")
    addr_2: Text = Field("", alias="Addr_2")
    city: Text = ""
    state: Text = ""
    zip: Text = ""
    country: Text = ""
    contact_1: Text = Field("", alias="Contact_1")
    phone_1: Text = Field("", alias="Phone_1")
    terms_code: Text = ""
    curr_code: Text = ""
    slsman: Text = ""
    credit_hold: Flag = False
    credit_limit: Perhaps = None


class OrderRow(IdoWire):
    IDO = "SLCos"
    KEY = ("CoNum",)

    co_num: Key
    cust_num: Key
    order_date: Day = None
    stat: Text = ""
    cust_seq: int = 0
    type: Text = ""
    whse: Text = ""
    curr_code: Text = ""
    ship_code: Text = ""
    slsman: Text = ""
    disc: OrZero
    freight: OrZero
    misc_charges: OrZero
    sales_tax: OrZero
    sales_tax_2: OrZero = Field(alias="SalesTax2")
    price: Perhaps = None
    credit_hold: Flag = False


class LineRow(IdoWire):
    IDO = "SLCoitems"
    KEY = ("CoNum", "CoLine")

    co_num: Key
    co_line: int
    co_release: int = 0
    item: Key
    description: Text = ""
    qty_ordered: Amount
    qty_ordered_conv: Amount
    qty_shipped: OrZero
    qty_invoiced: OrZero
    um: Text = Field("", alias="UM")
    price: Amount
    price_conv: Amount
    disc: OrZero
    due_date: Day = None
    whse: Text = ""
    stat: Text = ""


class InvoiceRow(IdoWire):
    IDO = "SLInvHdrs"
    KEY = ("InvNum", "InvSeq")

    inv_num: Key
    inv_seq: int
    co_num: Text = ""
    cust_num: Key
    inv_date: Day = None


class OpenItemRow(IdoWire):
    """What was posted to a customer's account: an invoice (`type` I), a payment (P), a credit or debit memo (C, D)."""

    IDO = "SLArtrans"
    KEY = ("RowPointer",)

    row_pointer: Key
    cust_num: Key
    inv_num: Text = ""
    inv_seq: int = 0
    apply_to_inv_num: Text = ""
    type: Key
    amount: Amount
    sales_tax: OrZero
    freight: OrZero
    misc_charges: OrZero
    inv_date: Day = None
    due_date: Day = None
    pay_type: Text = ""
    ref: Text = ""
    description: Text = ""


class ItemRow(IdoWire):
    IDO = "SLItems"
    KEY = ("Item",)

    item: Key
    description: Text = ""
    um: Text = Field("", alias="UM")
    stat: Text = ""
    unit_price: Perhaps = None


class StockRow(IdoWire):
    IDO = "SLItemwhses"
    KEY = ("Item", "Whse")

    item: Key
    whse: Key
    qty_on_hand: Amount
    qty_alloc_co: OrZero


class VendorRow(IdoWire):
    IDO = "SLVendors"
    KEY = ("VendNum",)

    vend_num: Key
    name: Text = ""
    curr_code: Text = ""
    stat: Text = ""


class EmployeeRow(IdoWire):
    IDO = "SLEmployees"
    KEY = ("EmpNum",)

    emp_num: Key
    name: Text = ""
    term_date: Day = None


class AccountRow(IdoWire):
    IDO = "SLCharts"
    KEY = ("Acct",)

    acct: Key
    description: Text = ""
    type: Text = ""


class RateRow(IdoWire):
    """Under our own names: the section says which properties they are."""

    IDO = "SLCurrates"
    KEY = ("Base", "Quote", "Day")

    base: Key
    quote: Key
    day: date
    rate: Amount

    @field_validator("day", mode="before")
    @classmethod
    def _day(cls, value: Any) -> date:
        return moment_of(value).date()
