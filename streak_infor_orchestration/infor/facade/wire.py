"""The façade's records as it sends them (Infor façade contract, Collections). Unknown fields are ignored.

Each model reads the contract's fields into attributes named as in the domain, from which the domain's record is made.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from streak_infor_orchestration.domain.model import stamp
from streak_infor_orchestration.domain.money import parse_decimal
from streak_infor_orchestration.domain.order import AnyStatus

_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{0,12})?")


def _text(value: Any) -> Any:
    return "" if value is None else value


def _amount(value: Any) -> Any:
    """An amount is a string with a decimal point; a JSON number could have lost cents on its way here. A billion
    billions is a mistake that must not reach a sum."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError(
            'is no amount as text, such as "12.50", of at most 12 digits before and after the point'
        )
    return value


def _set(value: Any) -> Any:
    """A custom field without a value is as good as none."""
    if value is None:
        return {}
    return (
        {name: said for name, said in value.items() if said is not None} if isinstance(value, dict) else value
    )


Key = Annotated[str, Field(min_length=1, max_length=250)]
Text = Annotated[str, BeforeValidator(_text)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
OrZero = Annotated[Amount, BeforeValidator(lambda value: "0" if value is None else value)]
Said = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else "")]
Told = Annotated[
    Decimal | None, BeforeValidator(lambda value: parse_decimal(value) if isinstance(value, str) else None)
]
"""A member by which versions of a record are told apart; a change is not refused where it cannot be read."""
No = Annotated[bool, BeforeValidator(lambda value: False if value is None else value)]
Yes = Annotated[bool, BeforeValidator(lambda value: True if value is None else value)]
Custom = Annotated[dict[str, str], BeforeValidator(_set)]


class FacadeWire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=lambda name: _pascal(name))


class RecordWire(FacadeWire):
    """What every record has beside its key. `KEY`: the members that make it."""

    KEY: ClassVar[tuple[str, ...]]

    created: AwareDatetime | None = Field(None, alias="CreatedAt")
    modified: AwareDatetime = Field(alias="ModifiedAt")

    @classmethod
    def key_of(cls, item: Any) -> str:
        """The key of an item as it came, whatever else of the item cannot be read; "" without one."""
        parts = [item[member] for member in cls.KEY]
        return ":".join(parts) if all(parts) else ""


def _pascal(name: str) -> str:
    """`customer_id` → `CustomerID`."""
    return "".join({"id": "ID", "gl": "GL"}.get(word, word.capitalize()) for word in name.split("_"))


class AddressWire(FacadeWire):
    line1: Text = ""
    line2: Text = ""
    city: Text = ""
    region: Text = ""
    postal_code: Text = ""
    country: Text = ""


class CustomerWire(RecordWire):
    KEY = ("CustomerID",)

    id: Key = Field(alias="CustomerID")
    name: str
    contact_name: Text = ""
    email: Text = ""
    phone: Text = ""
    tax_id: Text = Field("", alias="TaxID")
    currency: Text = ""
    payment_terms: Text = ""
    credit_limit: Amount | None = None
    credit_hold: No = False
    status: Text = ""
    billing_address: AddressWire | None = None
    shipping_address: AddressWire | None = None
    salesperson: Text = Field("", alias="SalespersonID")
    reference: Text = Field("", alias="ExternalReference")
    custom: Custom = Field({}, alias="CustomFields")


class ReferenceWire(FacadeWire):
    """What links are rebuilt from: of a customer or an order the key and the reference, whatever else of it cannot be
    read."""

    id: Key = Field(validation_alias=AliasChoices("OrderID", "CustomerID"))  # an order has both
    reference: Text = Field("", alias="ExternalReference")


class CustomerContactWire(RecordWire):
    KEY = ("ContactID",)

    id: Key = Field(alias="ContactID")
    customer_id: str
    given_name: Text = ""
    family_name: Text = ""
    email: Text = ""
    phone: Text = ""
    role: Text = ""
    active: Yes = True
    reference: Text = Field("", alias="ExternalReference")
    custom: Custom = Field({}, alias="CustomFields")


class LineWire(FacadeWire):
    number: int = Field(0, alias="LineNumber")
    sku: str = Field(alias="Product")
    description: Text = ""
    quantity: Amount
    price: Amount
    discount: OrZero = Decimal(0)
    tax: OrZero = Decimal(0)
    gl_account: Text = ""
    total: Amount | None = Field(None, alias="LineTotal")
    delivered: Amount | None = None


class OrderWire(RecordWire):
    KEY = ("OrderID",)

    id: Key = Field(alias="OrderID")
    customer_id: str
    order_date: date | None = None
    requested_date: date | None = None
    description: Text = Field("", alias="OrderDescription")
    currency: str
    lines: list[LineWire] = Field(alias="LineItems")
    freight: OrZero = Decimal(0)
    total: Amount = Field(alias="TotalAmount")
    status: AnyStatus = Field(alias="OrderStatus")
    shipping_method: Text = ""
    payment_status: Text = ""
    salesperson: Text = Field("", alias="SalespersonID")
    reference: Text = Field("", alias="ExternalReference")
    custom: Custom = Field({}, alias="CustomFields")
    tracking: Text = ""


class InvoiceWire(RecordWire):
    KEY = ("InvoiceID",)

    id: Key = Field(alias="InvoiceID")
    order_id: str
    customer_id: str
    invoice_date: date | None = None
    due_date: date | None = None
    currency: str
    subtotal: Amount | None = None
    tax: Amount | None = Field(None, alias="TaxAmount")
    total: Amount = Field(alias="TotalAmount")
    paid: Amount = Field(alias="PaidAmount")
    balance: Amount
    status: str
    gl_account: Text = ""


class CreditNoteWire(RecordWire):
    KEY = ("CreditNoteID",)

    id: Key = Field(alias="CreditNoteID")
    invoice_id: str
    customer_id: str
    credit_date: date | None = None
    amount: Amount
    currency: str
    reason: Text = ""


class PaymentWire(RecordWire):
    KEY = ("PaymentID",)

    id: Key = Field(alias="PaymentID")
    invoice_id: str
    customer_id: str
    payment_date: date | None = None
    amount: Amount
    currency: str
    method: Text = ""
    reference: Text = ""


class ProductWire(RecordWire):
    KEY = ("ProductID",)

    id: Key = Field(alias="ProductID")
    description: Text = ""
    price: Amount | None = Field(None, alias="UnitPrice")
    currency: Text = ""
    unit: Text = Field("", alias="UnitOfMeasure")
    status: Text = ""
    tax_rate: OrZero = Decimal(0)

    @property
    def obsolete(self) -> bool:
        return self.status == "Obsolete"


class InventoryItemWire(RecordWire):
    KEY = ("ProductID", "Warehouse")

    product_id: Key
    warehouse: Key
    on_hand: Amount
    allocated: Amount
    available: Amount

    @property
    def id(self) -> str:
        return f"{self.product_id}:{self.warehouse}"


class VendorWire(RecordWire):
    KEY = ("VendorID",)

    id: Key = Field(alias="VendorID")
    name: Text = ""
    currency: Text = ""
    status: Text = ""


class EmployeeWire(RecordWire):
    KEY = ("EmployeeID",)

    id: Key = Field(alias="EmployeeID")
    name: Text = ""
    email: Text = ""
    role: Text = ""
    active: Yes = True


class GLAccountWire(RecordWire):
    KEY = ("AccountID",)

    id: Key = Field(alias="AccountID")
    description: Text = ""
    type: Text = ""
    blocked: No = False


class ExchangeRateWire(RecordWire):
    KEY = ("Base", "Quote", "Date")

    base: Key
    quote: Key
    day: date = Field(alias="Date")
    rate: Amount

    @property
    def id(self) -> str:
        return f"{self.base}:{self.quote}:{self.day.isoformat()}"


class ChangeWire(FacadeWire):
    """What the change feeds need of a record: the order or invoice that it concerns, and when it changed."""

    key: Key
    modified: AwareDatetime = Field(alias="ModifiedAt")

    @property
    def stamp(self) -> str:
        """Which version of the record it is; "" of what only concerns it, such as a payment."""
        return ""


class OrderStateWire(ChangeWire):
    key: Key = Field(alias="OrderID")
    order_status: Said = ""
    payment_status: Said = ""
    total_amount: Told = None

    @property
    def stamp(self) -> str:
        return stamp(self.key, self.modified, self.order_status, self.payment_status, self.total_amount)


class InvoiceChangeWire(ChangeWire):
    key: Key = Field(alias="InvoiceID")


class InvoiceStateWire(InvoiceChangeWire):
    status: Said = ""
    paid_amount: Told = None
    balance: Told = None

    @property
    def stamp(self) -> str:
        return stamp(self.key, self.modified, self.status, self.paid_amount, self.balance)
