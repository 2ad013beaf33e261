"""SyteLine in `integration.yaml`."""

import re
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.config.sections import BaseUrl, ErpSection, TimezoneName
from streak_infor_orchestration.infor.syteline.settings import (
    KeyWidths,
    NoProperty,
    RateProperties,
    RefusalTexts,
    SytelineCustomers,
    SytelineFields,
    SytelineOrders,
    SytelinePrices,
    SytelineReady,
)

FEWEST = 6
"""Characters of hash in an order's number: fewer, and the numbers of two deals would meet too often."""


def _before_the_service(url: str) -> str:
    """The address is written with the service's path or without it."""
    return re.sub(r"/IDORequestService(/ido)?$", "", url)


class SytelineSection(ErpSection):
    product: Literal["syteline"] = Field(description="Which Infor product answers there")
    base_url: Annotated[BaseUrl, AfterValidator(_before_the_service)] = Field(
        description="Address before /IDORequestService; ionapi: stands for the gateway and tenant of the .ionapi file"
    )
    access: Literal["gateway", "direct"] = Field(
        default="gateway",
        description="gateway: through Infor's ION API Gateway, by an .ionapi file; direct: SyteLine's own token, by "
        "INFOR_USERNAME and INFOR_PASSWORD",
    )
    configuration: str = Field(
        min_length=1, description="The Mongoose configuration: which site's application, such as ACME_PRD"
    )
    settle_seconds: int = Field(
        default=330, ge=0, le=86_400, description="A write without an answer may still commit for so long"
    )
    overlap_seconds: int = Field(
        default=600,
        ge=0,
        le=86_400,
        description="So far back its lists are read again; an hour more around a change of the clocks",
    )
    record_date_zone: TimezoneName = Field(
        default="UTC", description="The time zone of the database server, in which RecordDate is told"
    )
    page_size: int = Field(default=200, ge=1, le=10_000, description="Records asked for at once")
    idos: dict[str, str] = Field(
        default={},
        description="Extended IDOs, by the name of the one they take the place of: SLCos: XX_SLCos",
    )
    key_widths: KeyWidths = Field(default=KeyWidths(), description="To which keys are padded")
    orders: SytelineOrders = Field(default=SytelineOrders(), description="Customer orders")
    customers: SytelineCustomers = Field(default=SytelineCustomers(), description="Customers")
    custom_fields: SytelineFields = Field(default=SytelineFields(), description="Fields of your own")
    prices: SytelinePrices = Field(default=SytelinePrices(), description="List prices")
    rates: RateProperties = Field(default=RateProperties(), description="Exchange rates")
    employee_email: NoProperty = Field(
        default="", description="Property of SLEmployees with the e-mail address; empty: they have none"
    )
    payment_sign: Literal["either", "positive", "negative"] = Field(
        default="either",
        description="The sign payments and credit memos have in SLArtrans; either: all that is applied to an invoice "
        "together lowers what is due",
    )
    ready: SytelineReady | None = Field(
        default=None, description="What is done on Closed-Won, so that SyteLine invoices; unset: nothing"
    )
    messages: RefusalTexts = Field(
        default=RefusalTexts(), description="SyteLine's texts, where its user's language is not English"
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.record_date_zone)

    def unkept(self, target: str) -> str:
        record, _, name = target.partition(".")
        kind, _, own = name.partition(".")
        fields = self.custom_fields.orders if record == "order" else self.custom_fields.customers
        if kind == "custom" and own not in fields:
            return f"has no property in SyteLine: say in erp.custom_fields.{record}s which one holds it"
        if target == "order.description" and not self.orders.description:
            return "has no property in SyteLine: name one in erp.orders.description"
        if target == "customer.tax_id" and not self.customers.tax_id:
            return "has no property in SyteLine: name one in erp.customers.tax_id"
        return ""

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        left = self.key_widths.order - len(self.reference_prefix)
        if left < FEWEST:
            raise fault(
                f"order numbers of {self.key_widths.order} characters that begin with {self.reference_prefix} leave "
                f"{max(left, 0)} to tell deals apart, and it takes {FEWEST}",
                at=("reference_prefix",),
                fix="choose a shorter prefix",
            )
        return self

    @model_validator(mode="after")
    def _wide_enough(self) -> Self:
        """The first customer is numbered before there is one to learn from."""
        prefix = self.customers.number_prefix
        if self.customers.number == "ours" and (self.key_widths.customer or 0) - len(prefix) < FEWEST - 1:
            raise fault(
                f"customer numbers of ours begin with {prefix} and take {FEWEST - 1} characters more",
                at=("key_widths", "customer"),
                fix="say how wide CustNum is, such as 7",
            )
        return self

    @model_validator(mode="after")
    def _accounts_kept(self) -> Self:
        if (self.defaults.gl_account or self.gl_accounts) and not self.orders.gl_account:
            raise fault(
                "lines have no property for an account",
                at=("gl_accounts",) if self.gl_accounts else ("defaults", "gl_account"),
                fix="name it in erp.orders.gl_account, or take the accounts out",
            )
        return self

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        """What a rule writes may not take the place of what orders and customers are found by."""
        ours = {
            ("orders", "second_reference"): self.orders.second_reference,
            ("customers", "reference"): self.customers.reference,
        }
        for (kind, setting), name in ours.items():
            fields = self.custom_fields.orders if kind == "orders" else self.custom_fields.customers
            fixed = self.orders.set if kind == "orders" else self.customers.set
            if name in (*fields.values(), *fixed) or (kind == "orders" and name == self.orders.description):
                raise fault(
                    f"{name} holds the reference that records are found by",
                    at=(kind, setting),
                    fix="name another property here, or take it out of custom_fields, set and description",
                )
        return self
