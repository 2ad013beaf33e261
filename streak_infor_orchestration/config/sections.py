"""The small sections of `integration.yaml`, one model each."""

import re
from datetime import date, timedelta, tzinfo
from decimal import Decimal
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from streak_infor_orchestration.config.addresses import in_clear, is_web_address
from streak_infor_orchestration.config.faults import fault, nearest
from streak_infor_orchestration.config.locality import Country, LocaleName
from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.config.vocabulary import SourceName
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.money import parse_decimal


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = nearest(name, available_timezones()) or "use a name like Europe/Berlin"
        raise fault(f'"{name}" is no time zone', fix=hint) from None
    return name


def _check_currency(code: str) -> str:
    if len(code) == 3 and code.isascii() and code.isupper():
        return code
    raise fault(f'"{code}" is no currency', fix="write its ISO 4217 code, such as EUR")


TimezoneName = Annotated[str, AfterValidator(_check_timezone)]
Currency = Annotated[str, AfterValidator(_check_currency), Field(description="ISO 4217 code, such as EUR")]


class Company(Model):
    """Whose zone, currency, language and country count where a deal does not say."""

    timezone: TimezoneName = Field(description="IANA name: what a day is")
    currency: Currency
    locale: LocaleName | None = Field(
        default=None,
        description="How its people type numbers and dates, such as de_DE; unset: what can mean two is a problem",
    )
    country: Country | None = Field(
        default=None, description="Of addresses that name none; unset: the locale's"
    )

    @property
    def home(self) -> str:
        """The country meant where none is named, "" if none is."""
        return self.country or (self.locale or "").rpartition("_")[2]

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.timezone)


class StreakSection(Model):
    """Team and pipeline by name."""

    team: str = Field(min_length=1, description="Name of the team")
    pipeline: str = Field(min_length=1, description="Name of the pipeline whose boxes are deals")
    since: date | None = Field(
        default=None,
        description="Deals that reached their stage before this day are history: no order is made for them. Unset: all "
        "deals count, whenever they were accepted",
    )


def _check_url(url: str) -> str:
    url = url.strip()
    if not is_web_address(url):
        raise fault(f'"{url}" is no web address', fix="write it as https://host/path")
    parts = urlsplit(url)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise fault(
            "an address holds no credentials, query or fragment", fix="put secrets in the environment"
        )
    return url.rstrip("/")


Url = Annotated[str, AfterValidator(_check_url)]
GATEWAY = "ionapi:"
"""Begins an `erp.base_url` whose gateway and tenant are those of the .ionapi file."""


def _check_base_url(url: str) -> str:
    url = url.strip()
    return url.rstrip("/") if url.startswith(f"{GATEWAY}/") else _check_url(url)


BaseUrl = Annotated[str, AfterValidator(_check_base_url)]


class ErpDefaults(Model):
    """Put on every order or new customer unless a rule says otherwise."""

    warehouse: str = Field(default="", description="Of every order")
    shipping_method: str = Field(default="", description="Of every order")
    salesperson: str = Field(default="", description="Of every order and new customer")
    gl_account: str = Field(default="", description="Account of the general ledger on every line")
    invoice_gl_account: str = Field(default="", description="The account invoices are made with")
    payment_terms: str = Field(default="", description="Of every new customer")


class ErpSection(Model):
    """What is said of any ERP. A product's own section (`infor/<product>/section.py`) names the product and adds what
    only it can be told."""

    product: str = Field(description="Which Infor product answers there")
    base_url: BaseUrl = Field(
        description="Address of its API; ionapi: stands for the gateway and tenant of the .ionapi file"
    )
    allow_plain_http: bool = Field(default=False, description="Permit http:// to another machine")
    defaults: ErpDefaults = Field(default=ErpDefaults(), description="Used unless a rule says otherwise")
    salesperson: Literal["default", "creator"] = Field(
        default="default",
        description="creator: the employee with the e-mail address of whoever made the box, else the default",
    )
    gl_accounts: dict[str, str] = Field(
        default={},
        description="Account of a line by the beginning of its product's code, the longest first; else the default",
    )
    vendor_field: str = Field(
        default="",
        description="Custom field of the order that says which lines a vendor delivers; empty: the line's description",
    )
    overlap_seconds: int = Field(
        default=300,
        ge=0,
        le=86_400,
        description="A change may become visible so long after the time it is stamped with: so far back its lists "
        "are read again",
    )
    probe_before_create: bool = Field(
        default=True, description="Look an order up before making it the first time"
    )
    reference_prefix: str = Field(
        default="STK", pattern=r"^[A-Z0-9]{1,6}$", description="External references begin with it"
    )
    push: PushSection | None = Field(
        default=None, description="Where the ERP tells the gateway what changed; unset: it is only asked"
    )

    @property
    def overlap(self) -> timedelta:
        return timedelta(seconds=self.overlap_seconds)

    def account_of(self, sku: str) -> str:
        """ "" where neither the product nor everything has one."""
        fitting = [prefix for prefix in self.gl_accounts if sku.startswith(prefix)]
        return self.gl_accounts[max(fitting, key=len)] if fitting else self.defaults.gl_account

    def unkept(self, target: str) -> str:
        """Why the product cannot keep what a rule says of `target`, such as `order.custom.Region`: half a sentence,
        with what to set instead; "" where it can."""
        return ""

    @property
    def addresses(self) -> dict[str, str]:
        """Where secrets are sent to, by the option that says so."""
        return {"base_url": self.base_url}

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        for name, url in self.addresses.items():
            if in_clear(url) and not self.allow_plain_http:
                raise fault(
                    "plain http would send the password in clear",
                    at=(name,),
                    fix="use https://, or allow_plain_http: true inside a closed network",
                )
        return self


Match = Literal["tax_id", "email", "domain+name", "name"]


class CustomerSection(Model):
    """Who the customer is and how it is found in the ERP, first match first."""

    source: Literal["organization", "contact"] = Field(
        default="organization", description="contact: never the organization, even where the box has one"
    )
    match: tuple[Match, ...] = Field(
        default=("tax_id", "email", "domain+name"),
        description="How it is found in the ERP, first match first",
    )
    similar: Literal["ask", "ignore"] = Field(
        default="ask",
        description="A new customer whose name is spelled almost like that of one in the ERP: ask a person, "
        "or make it all the same",
    )
    create: bool = Field(default=True, description="Make the customer in the ERP when none matches")
    without_deal: bool = Field(
        default=False,
        description="Whoever is in Streak becomes a customer in the ERP, bought or not; else the first order makes it",
    )
    new_in_erp: Literal["ignore", "organization"] = Field(
        default="ignore",
        description="A customer that is new in the ERP and unknown in Streak: nothing; or an organization is made",
    )

    @property
    def makes_organizations(self) -> bool:
        return self.new_in_erp == "organization"


def _percentage(value: object) -> object:
    number = (
        parse_decimal(value.strip()[:-1]) if isinstance(value, str) and value.strip().endswith("%") else None
    )
    if number is not None:
        return number / 100
    raise fault(f'"{value}" is no percentage', fix='write it as "2%"')


Percentage = Annotated[
    Decimal,
    BeforeValidator(_percentage),
    Field(ge=0, le=1),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*%$"}),
]


class Amounts(Model):
    deal_value: SourceName | None = Field(
        default=None, description="Where the box states what the deal is worth"
    )
    basis: Literal["total", "net"] = Field(
        default="total", description="Whether that value is with tax and freight, or without (net)"
    )
    tolerance: Decimal = Field(
        default=Decimal("0.00"), ge=0, description="Deal value and order total may differ by"
    )
    price_tolerance: Percentage | None = Field(
        default=None,
        description="How far a price on the box may be from the ERP's list price; unset: unchecked",
    )


class Exchange(Model):
    """Currency conversion by the ERP's own dated rates: `lines.convert` and the transformation `convert`."""

    day: SourceName | None = Field(
        default=None,
        description="A date field of the box: the day whose rates count; unset: the day the order is made",
    )
    stamp: str = Field(
        default="ExchangeRate",
        description="Custom field of the order that says which rates were applied; empty: none",
    )
    oldest_days: int = Field(
        default=14,
        ge=0,
        le=3660,
        description="A rate that is more days older than the day that counts converts nothing; 31 where rates are "
        "entered by the month",
    )

    @model_validator(mode="after")
    def _on_the_box(self) -> "Exchange":
        if self.day is not None and self.day.record not in ("field", "box"):
            raise fault("the day can only be read from the box", at=("day",), fix="use a field of the box")
        return self

    def since(self, day: date) -> date:
        """The first day whose rates still count on `day`."""
        return date.fromordinal(max(1, day.toordinal() - self.oldest_days))


class Numbers(Model):
    """Settles what "1.234" typed in a text field means; unset, such a number is a problem for a person."""

    decimal: Literal[".", ","] | None = Field(
        default=None, description="What stands before the cents; unset: as the locale has it, or a problem"
    )


class Dates(Model):
    """Which days of an order are taken for slips. Counted from the day the deal reached its stage."""

    years_back: int = Field(
        default=1, ge=0, le=100, description="Requested or ordered longer before is for a person"
    )
    years_ahead: int = Field(
        default=5, ge=0, le=100, description="Requested or ordered longer after is for a person"
    )


class StreakLimits(Model):
    per_second: float | None = Field(default=8, gt=0, description="Calls, over all processes together")


class ErpLimits(Model):
    per_second: float | None = Field(default=20, gt=0, description="Calls, over all processes together")
    wait_seconds: float = Field(
        default=60,
        ge=0,
        le=300,
        description="It is left alone for so long where it answers 429 and does not say for how long",
    )


class Limits(Model):
    """Calls per second, over all processes together; null: as fast as the other side answers."""

    streak: StreakLimits = Field(default=StreakLimits(), description="Calls of Streak")
    erp: ErpLimits = Field(default=ErpLimits(), description="Calls of the ERP")


Incident = Literal["dead_letter", "conflict", "paused", "repaired", "run_failed", "drift"]


def _check_variable(url: str) -> str:
    if re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*", url):
        return url
    raise fault("an alert's address holds a secret", fix="put it into the environment and write env:NAME")


class Alert(Model):
    """A channel in apprise's notation, its address in the environment: it holds a secret."""

    url: Annotated[str, AfterValidator(_check_variable)] = Field(
        description="env:NAME, the variable that holds the channel's address"
    )
    on: tuple[Incident, ...] = Field(
        default=("dead_letter", "conflict", "paused", "repaired", "run_failed", "drift"),
        description="What it is told of",
    )

    @property
    def variable(self) -> str:
        return self.url.removeprefix("env:")


class Policies(Model):
    backwards: Literal["report", "cancel"] = Field(
        default="report", description="A deal that goes back, is lost or deleted after its order was made"
    )
    reaccepted: Literal["ask", "new_order"] = Field(
        default="ask",
        description="A deal that is accepted again after it had gone back and its order was cancelled: ask a person, "
        "or make a new order",
    )
    stock: Literal["ignore", "warn", "stop"] = Field(
        default="ignore",
        description="More is ordered than is available: not looked at; told on the deal; or no order until a "
        "person has decided",
    )
    edited: Literal["report", "update"] = Field(
        default="report", description="A deal that is edited after its order was made"
    )
    typing_seconds: float = Field(
        default=10,
        ge=0,
        le=120,
        description="A customer's field that was changed is copied once it has stood unchanged for so long, or after "
        "two minutes: people save while they type. Orders never wait for it",
    )
    invoice_days: int = Field(
        default=14,
        ge=1,
        le=365,
        description="Days after which it is a person's that the ERP has not invoiced a won deal by itself",
    )
