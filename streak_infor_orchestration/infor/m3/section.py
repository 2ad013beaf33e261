"""M3 in `integration.yaml`. What the contract could not determine (Infor API contract, H) is a setting here."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.config.sections import ErpSection
from streak_infor_orchestration.domain.model import Model

Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{4}$")]
Transaction = Annotated[str, Field(pattern=r"^[A-Z0-9]{3,8}MI/[A-Za-z0-9_]{2,40}$")]


class OrderLookup(Model):
    """How an order is found by its reference (contract B.9). M3 has no standard list that filters on it."""

    by: Literal["customer", "transaction", "exportmi"] = Field(
        default="customer",
        description="customer: the customer's orders are listed and compared; transaction: one of your own in "
        "CMS100MI; exportmi: by EXPORTMI, where the tenant permits it",
    )
    orders: Transaction | None = Field(
        default=None,
        description="Your own transaction that lists orders (OOHEAD) by reference, such as CMS100MI/LstOrderByRef",
    )
    temporary: Transaction | None = Field(
        default=None,
        description="The same for temporary orders (OXHEAD); unset: those of the customer are listed",
    )
    input: str = Field(
        default="OACUOR", pattern=r"^[A-Z0-9]{4,6}$", description="Its input: the reference, with its prefix"
    )
    number: str = Field(
        default="OAORNO", pattern=r"^[A-Z0-9]{4,6}$", description="Its output: the order number"
    )
    temporary_input: str = Field(
        default="OACUOR", pattern=r"^[A-Z0-9]{4,6}$", description="The input of the one for temporary orders"
    )
    temporary_number: str = Field(
        default="OAORNO", pattern=r"^[A-Z0-9]{4,6}$", description="The output of the one for temporary orders"
    )

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.by == "transaction" and self.orders is None:
            raise fault(
                "the lookup by a transaction needs its name",
                at=("orders",),
                fix="name it, or use by: customer",
            )
        return self

    def filters_on(self, field: str) -> bool:
        """Whether what is looked up by is this field of the order; the tables' columns have a prefix."""
        inputs = (self.input, *([self.temporary_input] if self.temporary else []))
        return self.by != "transaction" or all(column.endswith(field) for column in inputs)


class M3Section(ErpSection):
    product: Literal["m3"] = Field(description="Which Infor product answers there")
    login: Literal["oauth", "basic"] = Field(
        default="oauth",
        description="oauth: through the ION API gateway; basic: INFOR_USERNAME and INFOR_PASSWORD, on-premises",
    )
    settle_seconds: int = Field(
        default=330, ge=0, le=86_400, description="A write without an answer may still commit for so long"
    )
    cono: int | None = Field(default=None, ge=1, le=999, description="Company; unset: the service user's")
    divi: str = Field(
        default="", pattern=r"^[A-Z0-9]{0,3}$", description="Division; empty: the service user's"
    )
    facility: str = Field(default="", max_length=3, description="Facility of orders; empty: M3's default")
    order_type: str = Field(default="", max_length=3, description="Order type; empty: the customer's default")
    template_customer: str = Field(
        default="", max_length=10, description="The customer that new ones are made after; needed to make any"
    )
    customer_status: str = Field(
        default="", max_length=2, description="Status new customers get; empty: the template's"
    )
    customer_number: Literal["erp", "ours"] = Field(
        default="erp", description="Who numbers new customers: M3's series, or we, from the reference"
    )
    marker_field: Literal["", "YRE2", "YREF", "CESA"] = Field(
        default="YRE2", description="Field of a new customer that holds our reference; empty: none"
    )
    customer_lookup: Literal["list", "search_key"] = Field(
        default="list",
        description="How a new customer is found again: list: all are looked through; search_key: its search key "
        "(ALCU) holds the beginning of our reference, and one call finds it",
    )
    contact_field: Literal["", "YREF", "YRE2"] = Field(
        default="YREF", description="Field of a customer that holds who is the contact; empty: none"
    )
    unknown_address: str = Field(
        default="-",
        min_length=1,
        max_length=36,
        description="First line of the address of a new customer that has none: M3 demands one",
    )
    address_number: str = Field(
        default="", max_length=6, description="Number of the delivery address; empty: none is kept"
    )
    customer_fields: dict[str, Code] = Field(
        default={}, description="Custom fields of customers by name, such as CFC1 to CFC0"
    )
    order_fields: dict[str, Code] = Field(
        default={}, description="Custom fields of orders by name: inputs of AddBatchHead"
    )
    description_field: Literal["", "OREF", "YREF"] = Field(
        default="OREF", description="Field of the order that holds its description; empty: none"
    )
    reference_field: Literal["CUOR", "PYRE", "YREF"] = Field(
        default="CUOR", description="Field of the order that holds our reference, by which it is found again"
    )
    second_reference_field: Literal["", "CUOR", "PYRE", "YREF"] = Field(
        default="", description="A second copy of the reference, for people; only where it is free"
    )
    lookup: OrderLookup = Field(default=OrderLookup(), description="How an order is found by the reference")
    prices: Literal["ours", "erp"] = Field(
        default="ours", description="Whether the deal's prices are sent, or M3 prices the lines"
    )
    tax: Literal["ours", "erp"] = Field(
        default="erp", description="erp: M3 computes the tax; ours: orders carry none, and M3 must add none"
    )
    discount: Literal["net_price", "line_amount", "unit_amount", "percent"] = Field(
        default="net_price", description="How a discount is said: in the price, or as M3's discount 1"
    )
    price_decimals: int = Field(
        default=4, ge=0, le=6, description="Decimals a price may have when a discount is taken off it"
    )
    freight_charge: str = Field(
        default="", max_length=6, description="Charge that freight is booked as; empty: no order with freight"
    )
    confirm_type: str = Field(
        default="", max_length=1, description="CTYP of Confirm, whose values Infor does not document"
    )
    cancel: Literal["close_lines", "never"] = Field(
        default="close_lines",
        description="How an order is cancelled: its lines are closed, or a person does it",
    )
    cancel_reason: str = Field(default="", max_length=3, description="Reason given when lines are closed")
    ready: Transaction | None = Field(
        default=None,
        description="Transaction that makes an order ready for invoicing, given ORNO; unset: nothing is done",
    )
    ready_fields: dict[str, str] = Field(default={}, description="What else that transaction is given")
    obsolete_items: tuple[str, ...] = Field(
        default=("80", "90"), description="Statuses of items that are no longer sold"
    )
    closed_customers: tuple[str, ...] = Field(
        default=("90",), description="Statuses of customers that are closed"
    )
    warehouses: tuple[str, ...] = Field(
        default=(), description="Warehouses whose stock counts; empty: all that have the item"
    )
    receivable_number: Literal["EXIN", "IVNO"] = Field(
        default="EXIN", description="Which number of an invoice receivables know it by"
    )
    payment_codes: tuple[str, ...] = Field(
        default=("20",), description="Transaction codes (TRCD) of payments in receivables"
    )
    credit_codes: tuple[str, ...] = Field(
        default=("10",),
        description="Transaction codes (TRCD) of credit notes against an invoice, which have a minus in receivables; "
        "empty: what was credited is read as paid",
    )
    payment_sign: Literal["negative", "positive"] = Field(
        default="negative", description="How receivables write what was paid on an invoice"
    )
    rate_type: int = Field(default=1, ge=1, le=99, description="Exchange rate type")
    dividing_rates: tuple[str, ...] = Field(
        default=("2",),
        description="Conversion methods (DMCU) in which the local amount is divided by the rate; in others it is "
        "multiplied",
    )
    account_dimension: int = Field(default=1, ge=1, le=7, description="Dimension that holds the accounts")
    change_stamp: Literal["unproven", "milliseconds"] = Field(
        default="unproven",
        description="What LMTS holds: milliseconds since 1970; unproven: lists of customers are read whole",
    )
    history_since: date | None = Field(
        default=None,
        description="Orders of earlier days, and their invoices, are in no table; unset: all are",
    )
    first_item: str = Field(
        default="!",
        min_length=1,
        max_length=15,
        description="Where the list of items begins: a text that stands before all item numbers",
    )
    page_size: int = Field(default=500, ge=50, le=10_000, description="Records of a list asked for at a time")
    upper_case_keys: bool = Field(
        default=True, description="Refuse keys in small letters, which M3 would change"
    )
    absent_codes: tuple[str, ...] = Field(
        default=(),
        description="Error codes that mean that there is no such record, beside those that name the key",
    )

    authority_codes: tuple[str, ...] = Field(
        default=("XAU",),
        description="Beginnings of error codes that mean that the service user lacks a right",
    )

    def unkept(self, target: str) -> str:
        record, _, name = target.partition(".")
        kind, _, field = name.partition(".")
        ours = record == "order"
        if kind == "custom" and field not in (self.order_fields if ours else self.customer_fields):
            option = "order_fields" if ours else "customer_fields"
            return f"has no field in M3: say in erp.{option} which one holds it"
        if target == "order.freight" and not self.freight_charge:
            return "is booked as a charge in M3: name it in erp.freight_charge"
        if target == "order.description" and not self.description_field:
            return "has no field in M3: name one in erp.description_field"
        if target == "customer.contact_name" and not self.contact_field:
            return "has no field in M3: name one in erp.contact_field"
        if kind == "shipping_address" and not self.address_number:
            return "is no address in M3: say its number in erp.address_number"
        return ""

    @model_validator(mode="after")
    def _each_field_once(self) -> Self:
        """Two things in one field would overwrite each other."""
        for what, fields in (("order", self._order_fields), ("customer", self._customer_fields)):
            used: dict[str, str] = {}
            for option, code in fields:
                if code and used.setdefault(code, option) != option:
                    raise fault(
                        f"{code} of the {what} is used by {used[code]} already",
                        at=tuple(option.split(".", 1)),
                        fix="name another field",
                    )
        return self

    @model_validator(mode="after")
    def _looked_up_by_the_reference(self) -> Self:
        if not self.lookup.filters_on(self.reference_field):
            raise fault(
                f"orders are looked up by another field than {self.reference_field}, which holds the reference",
                at=("lookup", "input"),
                fix=f"write OA{self.reference_field}, and have the transaction filter on it",
            )
        return self

    @property
    def _order_fields(self) -> list[tuple[str, str]]:
        return [
            ("reference_field", self.reference_field),
            ("second_reference_field", self.second_reference_field),
            ("description_field", self.description_field),
            *((f"order_fields.{name}", code) for name, code in self.order_fields.items()),
        ]

    @property
    def _customer_fields(self) -> list[tuple[str, str]]:
        return [
            ("marker_field", self.marker_field),
            ("contact_field", self.contact_field),
            *((f"customer_fields.{name}", code) for name, code in self.customer_fields.items()),
        ]
