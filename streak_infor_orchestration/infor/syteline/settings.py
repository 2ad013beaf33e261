"""What differs from one SyteLine to the next (Infor API contract C.3, C.5, H): by subject, each with a safe default."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.domain.model import Model

Property = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]
"""The name of a property of an IDO, such as CustPo or Uf_Region."""
NoProperty = Annotated[str, Field(pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$", max_length=100)]
Width = Annotated[int, Field(ge=1, le=60)]


class KeyWidths(Model):
    """Keys are padded with blanks on the left, to a width that is the installation's (contract C.3). Unset: learned
    from the first record that is read."""

    order: Width = Field(default=10, description="Of CoNum: our own numbers fill it")
    customer: Width | None = Field(default=None, description="Of CustNum; unset: learned")
    invoice: Width | None = Field(default=None, description="Of InvNum; unset: learned")
    vendor: Width | None = Field(default=None, description="Of VendNum; unset: learned")
    employee: Width | None = Field(default=None, description="Of EmpNum; unset: learned")


class SytelineOrders(Model):
    """Customer orders: SLCos and SLCoitems."""

    second_reference: Property = Field(
        default="CustPo",
        description="Property of the order that holds our second reference: CustPo, ExternalConfirmationRef or a Uf_ "
        "field; the lookup filters on it",
    )
    second_reference_length: int = Field(default=22, ge=10, le=60, description="Characters it can hold")
    type: str = Field(default="R", min_length=1, description="Type of new orders: regular")
    planned: str = Field(
        default="P", min_length=1, description="Status while an order's lines are being entered"
    )
    ordered: str = Field(default="O", min_length=1, description="Status of an order that counts")
    stopped: str = Field(default="S", min_length=1, description="Status of an order that was stopped")
    complete: str = Field(
        default="C", min_length=1, description="Status of an order or line that is done with"
    )
    line: str = Field(default="O", min_length=1, description="Status new lines are entered with")
    cancelled: Literal["complete", "stopped"] = Field(
        default="complete",
        description="What an order is set to that is cancelled; one of that status of which nothing was shipped or "
        "invoiced counts as cancelled",
    )
    ship_to: int = Field(
        default=0, ge=0, description="CustSeq of the address goods go to; 0: the customer's own"
    )
    description: NoProperty = Field(
        default="", description="Property for the order's description; empty: the order has none"
    )
    gl_account: NoProperty = Field(
        default="", description="Property for a line's account; empty: lines have none"
    )
    set: dict[Property, str] = Field(
        default={}, description="Properties every new order is made with, such as TermsCode or TaxCode1"
    )
    set_lines: dict[Property, str] = Field(default={}, description="Properties every new line is made with")
    from_customer: tuple[Property, ...] = Field(
        default=(),
        description="Properties a new order takes from its customer, such as TermsCode; costs a call for each order",
    )
    prices: Literal["ours", "erp"] = Field(
        default="ours",
        description="erp: lines are sent without a price, and the order stands only if SyteLine's come to the deal's",
    )
    tax: Literal["ours", "erp"] = Field(
        default="erp", description="Who works out the tax; ours: it is written as the order's SalesTax"
    )
    discount: Literal["net_price", "percent"] = Field(
        default="net_price",
        description="How a line's discount is sent: in its price, or as Disc in per cent; one that comes to other "
        "cents is refused before anything is sent",
    )
    price_check: Literal["any", "net", "net_freight", "total", "none"] = Field(
        default="any",
        description="What SyteLine's own Price of an order must come to: the net lines, these with freight, all with "
        "tax; any: one of the three",
    )


class SytelineCustomers(Model):
    """Customers: SLCustomers, whose rows beside CustSeq 0 are ship-to addresses."""

    number: Literal["erp", "ours"] = Field(
        default="erp", description="Who numbers a new customer; ours: by a key computed from Streak's"
    )
    ask_number: str = Field(
        default="TBD", description="CustNum that makes SyteLine take the next number; may be empty"
    )
    number_prefix: str = Field(
        default="K", pattern=r"^[A-Z0-9]{1,3}$", description="Our own customer numbers begin with it"
    )
    reference: Property = Field(
        default="CrmGuid", description="Property that holds our external reference; the lookup filters on it"
    )
    email: Property = Field(default="BillToEmail", description="Property with the customer's e-mail address")
    tax_id: NoProperty = Field(default="", description="Property with the tax number; empty: there is none")
    set: dict[Property, str] = Field(
        default={}, description="Properties every new customer is made with, such as BankCode or CustType"
    )
    countries: dict[str, str] = Field(
        default={}, description="SyteLine's word for a country, by its ISO code, where it is another"
    )


class SytelineFields(Model):
    """Fields of the customer's own, by the name they have in this file: `Region: Uf_Region`."""

    orders: dict[str, Property] = Field(default={}, description="Of orders; `order.custom.Region` names one")
    customers: dict[str, Property] = Field(default={}, description="Of customers")


class SytelinePrices(Model):
    source: Literal["SLItemprices", "SLItems"] = Field(
        default="SLItemprices",
        description="Where list prices are; an item without one there has SLItems' price",
    )
    level: int = Field(default=1, ge=1, le=6, description="Which of UnitPrice1 to UnitPrice6 counts")
    currency: str = Field(
        default="",
        pattern=r"^([A-Z]{3})?$",
        description="Of prices in SLItems; also which price counts where an item has one in several",
    )


class RateProperties(Model):
    """The properties of SLCurrates that hold a rate: one unit of `base` is `rate` units of `quote` from `day` on."""

    base: Property = Field(default="FromCurrCode", description="The currency that is one unit")
    quote: Property = Field(default="ToCurrCode", description="The currency it is told in")
    day: Property = Field(default="EffDate", description="The day from which it counts")
    rate: Property = Field(default="SellRate", description="How many units of the other one unit is")


class SytelineReady(Model):
    """What makes an order ready for SyteLine's own invoicing: a property of the order, or a method of an IDO."""

    set: dict[Property, str] = Field(default={}, description="Properties the order is given")
    ido: str = Field(default="", description="IDO whose method is invoked")
    method: str = Field(default="", description="The method; it answers 0 when all is well")
    parameters: tuple[str, ...] = Field(
        default=("{order}",), description="Its parameters in their order; {order} stands for the CoNum"
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.ido) != bool(self.method):
            raise fault("a method needs its IDO, and an IDO its method", fix="name both `ido` and `method`")
        return self


class RefusalTexts(Model):
    """How SyteLine's messages begin or what they contain, in the language of its user, where the same refusal of a
    write would mean something else to us (contract C.3). Everything else is looked up, not read."""

    locked: tuple[str, ...] = Field(
        default=("Record locked by user", "locked by another user"),
        description="A person has the record open: tried again later",
    )
    forbidden: tuple[str, ...] = Field(
        default=("User requires [",), description="The IDO user lacks a right: an administrator's errand"
    )
    unknown_ido: tuple[str, ...] = Field(
        default=("IDO not found",), description="An IDO of this file does not exist there"
    )
    unknown_configuration: tuple[str, ...] = Field(
        default=("Configuration ",), description="There is no configuration of this name (`configuration`)"
    )
    no_licence: tuple[str, ...] = Field(
        default=("license", "licence"), description="All licences are in use: SyteLine counts as down"
    )
    no_token: tuple[str, ...] = Field(
        default=("Invalid token",), description="The token is no longer good: one new login"
    )
