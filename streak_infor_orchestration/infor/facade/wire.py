"""The façade's records as it sends them (Infor façade contract, Collections). Unknown fields are ignored."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import Line, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.product import Product


def _text(value: Any) -> Any:
    return "" if value is None else value


def _amount(value: Any) -> Any:
    """An amount is a string with a decimal point; a JSON number could have lost cents on its way here."""
    if not isinstance(value, str):
        raise ValueError("an amount is a string")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Amount = Annotated[Decimal, BeforeValidator(_amount), Field(allow_inf_nan=False)]


class Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=lambda name: _pascal(name))


def _pascal(name: str) -> str:
    """`customer_id` → `CustomerID`."""
    return "".join({"id": "ID", "gl": "GL"}.get(word, word.capitalize()) for word in name.split("_"))


class CustomerWire(Wire):
    customer_id: str
    name: str
    contact_name: Text = ""
    email: Text = ""
    phone: Text = ""
    tax_id: Text = ""
    currency: Text = ""
    status: Text = ""
    credit_hold: bool | None = False
    external_reference: Text = ""

    def customer(self) -> Customer:
        return Customer(
            id=self.customer_id,
            name=self.name,
            contact_name=self.contact_name,
            email=self.email,
            phone=self.phone,
            tax_id=self.tax_id,
            currency=self.currency,
            status=self.status,
            credit_hold=bool(self.credit_hold),
            reference=self.external_reference,
        )


class LineWire(Wire):
    product: str
    description: Text = ""
    quantity: Amount
    price: Amount
    discount: Amount = Decimal(0)
    tax: Amount = Decimal(0)
    gl_account: Text = ""

    def line(self) -> Line:
        return Line(
            sku=self.product,
            quantity=self.quantity,
            price=self.price,
            discount=self.discount,
            tax=self.tax,
            description=self.description,
            gl_account=self.gl_account,
        )


class OrderWire(Wire):
    order_id: str
    customer_id: str
    order_date: date | None = None
    order_description: Text = ""
    currency: str
    line_items: list[LineWire]
    total_amount: Amount
    order_status: OrderStatus
    payment_status: Text = ""
    external_reference: Text = ""
    modified_at: AwareDatetime

    def order(self, version: str = "") -> SalesOrder:
        """`version` is the ETag; a list has none."""
        return SalesOrder(
            id=self.order_id,
            reference=self.external_reference,
            customer_id=self.customer_id,
            currency=self.currency,
            lines=tuple(line.line() for line in self.line_items),
            total=self.total_amount,
            status=self.order_status,
            payment_status=self.payment_status,
            order_date=self.order_date,
            description=self.order_description,
            version=version,
        )


class InvoiceWire(Wire):
    invoice_id: str
    order_id: str
    customer_id: str
    invoice_date: date | None = None
    due_date: date | None = None
    currency: str
    total_amount: Amount
    paid_amount: Amount
    balance: Amount
    status: str

    def invoice(self) -> Invoice:
        return Invoice(
            id=self.invoice_id,
            order_id=self.order_id,
            customer_id=self.customer_id,
            currency=self.currency,
            total=self.total_amount,
            paid=self.paid_amount,
            balance=self.balance,
            status=self.status,
            invoice_date=self.invoice_date,
            due_date=self.due_date,
        )


class ProductWire(Wire):
    product_id: str
    description: Text = ""
    unit_price: Amount | None = None
    currency: Text = ""
    unit_of_measure: Text = ""
    status: Text = ""
    tax_rate: Amount | None = None

    def product(self) -> Product:
        return Product(
            sku=self.product_id,
            description=self.description,
            price=self.unit_price,
            currency=self.currency,
            unit=self.unit_of_measure,
            obsolete=self.status == "Obsolete",
            tax_rate=self.tax_rate or Decimal(0),
        )


class ChangeWire(Wire):
    """What the change feeds need of an order, invoice, payment or credit note."""

    order_id: Text = ""
    invoice_id: Text = ""
    modified_at: AwareDatetime
