"""What the mapping takes and gives besides the domain's models."""

from datetime import date

from streak_infor_orchestration.domain.deal import Problem, Value
from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment
from streak_infor_orchestration.domain.master_data import ExchangeRate, GLAccount, Vendor
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.streak.models import Contact, Organization


class Problems(Model):
    """Everything that keeps a deal from going on; never empty."""

    items: tuple[Problem, ...]


class Needs(Model):
    """What must be fetched before an order can be mapped: products, the people its fields read, exchange rates.

    `names` are products asked for by name; `rates` pairs of currencies (from, to) at `rate_day`, None for today;
    `accounts` those of the general ledger that lines are booked to; `vendors` numbers or names.
    """

    skus: frozenset[str]
    contact: bool
    organization: bool
    names: frozenset[str] = frozenset()
    rates: frozenset[tuple[str, str]] = frozenset()
    rate_day: date | None = None
    accounts: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()


class OrderGround(Model):
    """What the order takes from elsewhere. `products` holds those that exist, by SKU; `named` by the name that was
    asked for, all that bear it, and so do `vendors`; `rates` and `accounts` what was found of those needed (None: the
    ERP keeps no accounts), `stamped` rates being those the order was made with, which do not age; `salesperson` is
    whoever made the deal, as the ERP's employee; `today` the company's day."""

    reference: str
    customer_id: str
    products: dict[str, Product]
    named: dict[str, tuple[Product, ...]] = {}
    rates: tuple[ExchangeRate, ...] = ()
    stamped: bool = False
    accounts: dict[str, GLAccount] | None = None
    vendors: dict[str, tuple[Vendor, ...]] = {}
    salesperson: str = ""
    contact: Contact | None = None
    organization: Organization | None = None
    today: date


class Tellable(Model):
    """What the box may be told. `passed`: statuses that the order had while it was looked at; `payments` of the
    invoices, the oldest first, as far as they are known, and so are `credit_notes`; `hold` says whether the
    customer is on credit hold or was released, and which time that was. `kinds` are Streak's types of the box's
    fields, by name; one that is not known takes text. `tags` are those that each of its tag fields has."""

    order: SalesOrder | None = None
    invoices: tuple[Invoice, ...] = ()
    customer: Customer | None = None
    passed: frozenset[str] = frozenset()
    payments: tuple[Payment, ...] = ()
    credit_notes: tuple[CreditNote, ...] = ()
    hold: str = ""
    kinds: dict[str, str] = {}
    tags: dict[str, frozenset[str]] = {}


class Remark(Model):
    """A comment, and the fact it tells. The fact is unique to the thing that happened: `order.created:SO-1`."""

    fact: str
    text: str


class WriteBack(Model):
    """What should stand on the box: fields by name, and comments that are each made once."""

    fields: dict[str, Value] = {}
    comments: tuple[Remark, ...] = ()
