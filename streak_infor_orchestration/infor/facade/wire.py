"""The façade's records as it sends them (Infor façade contract, Collections). Unknown fields are ignored.

Each model reads the contract's fields into attributes named as in the domain, from which the domain's record is made.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AliasChoices, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from streak_infor_orchestration.domain.order import OrderStatus


def _text(value: Any) -> Any:
    return "" if value is None else value


def _amount(value: Any) -> Any:
    """An amount is a string with a decimal point; a JSON number could have lost cents on its way here."""
    if not isinstance(value, str):
        raise ValueError("an amount is a string")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Amount = Annotated[Decimal, BeforeValidator(_amount), Field(allow_inf_nan=False)]
No = Annotated[bool, BeforeValidator(lambda value: False if value is None else value)]
Yes = Annotated[bool, BeforeValidator(lambda value: True if value is None else value)]
Custom = Annotated[dict[str, str], BeforeValidator(lambda value: {} if value is None else value)]


class Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=lambda name: _pascal(name))


class RecordWire(Wire):
    """What every record has beside its key."""

    created: AwareDatetime | None = Field(None, alias="CreatedAt")
    modified: AwareDatetime = Field(alias="ModifiedAt")


def _pascal(name: str) -> str:
    """`customer_id` → `CustomerID`."""
    return "".join({"id": "ID", "gl": "GL"}.get(word, word.capitalize()) for word in name.split("_"))


class AddressWire(Wire):
    line1: Text = ""
    line2: Text = ""
    city: Text = ""
    region: Text = ""
    postal_code: Text = ""
    country: Text = ""


class CustomerWire(RecordWire):
    id: str = Field(alias="CustomerID")
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


class ReferenceWire(Wire):
    """Of a customer or an order what links are rebuilt from, whatever else of it cannot be read."""

    id: str = Field(validation_alias=AliasChoices("OrderID", "CustomerID"))  # an order has both
    reference: Text = Field("", alias="ExternalReference")


class ContactWire(RecordWire):
    id: str = Field(alias="ContactID")
    customer_id: str
    given_name: Text = ""
    family_name: Text = ""
    email: Text = ""
    phone: Text = ""
    role: Text = ""
    active: Yes = True
    reference: Text = Field("", alias="ExternalReference")
    custom: Custom = Field({}, alias="CustomFields")


class LineWire(Wire):
    number: int = Field(0, alias="LineNumber")
    sku: str = Field(alias="Product")
    description: Text = ""
    quantity: Amount
    price: Amount
    discount: Amount = Decimal(0)
    tax: Amount = Decimal(0)
    gl_account: Text = ""
    total: Amount | None = Field(None, alias="LineTotal")


class OrderWire(RecordWire):
    id: str = Field(alias="OrderID")
    customer_id: str
    order_date: date | None = None
    requested_date: date | None = None
    description: Text = Field("", alias="OrderDescription")
    currency: str
    lines: list[LineWire] = Field(alias="LineItems")
    freight: Amount = Decimal(0)
    total: Amount = Field(alias="TotalAmount")
    status: OrderStatus = Field(alias="OrderStatus")
    shipping_method: Text = ""
    payment_status: Text = ""
    salesperson: Text = Field("", alias="SalespersonID")
    reference: Text = Field("", alias="ExternalReference")
    custom: Custom = Field({}, alias="CustomFields")


class InvoiceWire(RecordWire):
    id: str = Field(alias="InvoiceID")
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
    id: str = Field(alias="CreditNoteID")
    invoice_id: str
    customer_id: str
    credit_date: date | None = None
    amount: Amount
    currency: str
    reason: Text = ""


class PaymentWire(RecordWire):
    id: str = Field(alias="PaymentID")
    invoice_id: str
    customer_id: str
    payment_date: date | None = None
    amount: Amount
    currency: str
    method: Text = ""
    reference: Text = ""


class ProductWire(RecordWire):
    id: str = Field(alias="ProductID")
    description: Text = ""
    price: Amount | None = Field(None, alias="UnitPrice")
    currency: Text = ""
    unit: Text = Field("", alias="UnitOfMeasure")
    status: Text = ""
    tax_rate: Annotated[Amount, BeforeValidator(lambda value: "0" if value is None else value)] = Decimal(0)

    @property
    def obsolete(self) -> bool:
        return self.status == "Obsolete"


class InventoryItemWire(RecordWire):
    product_id: str
    warehouse: str
    on_hand: Amount
    allocated: Amount
    available: Amount

    @property
    def id(self) -> str:
        return f"{self.product_id}:{self.warehouse}"


class VendorWire(RecordWire):
    id: str = Field(alias="VendorID")
    name: Text = ""
    currency: Text = ""
    status: Text = ""


class EmployeeWire(RecordWire):
    id: str = Field(alias="EmployeeID")
    name: Text = ""
    email: Text = ""
    role: Text = ""
    active: Yes = True


class GLAccountWire(RecordWire):
    id: str = Field(alias="AccountID")
    description: Text = ""
    type: Text = ""
    blocked: No = False


class ExchangeRateWire(RecordWire):
    base: str
    quote: str
    day: date = Field(alias="Date")
    rate: Amount

    @property
    def id(self) -> str:
        return f"{self.base}:{self.quote}:{self.day.isoformat()}"


class ChangeWire(Wire):
    """What the change feeds need of an order, invoice, payment or credit note."""

    order_id: Text = ""
    invoice_id: Text = ""
    modified_at: AwareDatetime
