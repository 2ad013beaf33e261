"""The ERP port: what the use cases need of any Infor product.

Reads raise `Transient`, `Unavailable`, `Unauthorized` or `Misconfigured`, and `Unreadable` for a record that is not as
promised; "not there" is None or an empty tuple. A walk over all records leaves an unreadable one out and tells of it.
Writes raise, and mean by it (the one table every product follows):

- `Transient` / `Unavailable` / `Unauthorized`: certainly not done
- `Unknown`: nobody knows; only `find_order` / `find_customer` tell
- `Rejected`: understood and refused, nothing was created
- `Held`: begun, and kept by the ERP until a person acts there
- `Conflict`: something else is already there (`existing` names it)
- `Stale`: the record changed since it was read

Of a write in several calls they speak of the step in flight: the steps before it are done, and known as such.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Protocol

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate
from streak_infor_orchestration.domain.model import Model, Record
from streak_infor_orchestration.domain.order import OrderChanges, OrderDraft, SalesOrder
from streak_infor_orchestration.domain.party import (
    ContactChanges,
    ContactDraft,
    Customer,
    CustomerChanges,
    CustomerContact,
    CustomerDraft,
)
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.domain.product import InventoryItem, Product

CustomerField = Literal["reference", "tax_id", "email", "contact_email", "name"]


class Traits(Model):
    """What differs between products, for the code above the port."""

    name: str
    customer_filters: frozenset[CustomerField] = frozenset({"reference", "tax_id", "email", "name"})
    """What `find_customers` can be asked for; by the others customers are found in our own directory."""
    reference_length: int  # characters the external reference may have
    second_reference_length: int = 0
    """Characters of a second, longer reference, where the first is so short that two deals could have the same; 0:
    there is none."""
    unique_references: bool = False
    """The reference is the order's own number: there is never a second order of it."""
    finds_by_second_reference: bool = False
    """`find_order` shows what bears either of the two references, so that one look finds the deal's order whatever its
    first one is."""
    settle_seconds: float  # a write without an answer may still commit for so long
    changes_orders: bool = False  # an order can be changed while nothing of it was delivered
    one_invoice_per_order: bool = False  # asking again answers the first invoice
    invoices_by_itself: bool = False
    """The ERP makes the invoices, of parts and of several orders too: they are seen, and never asked for."""
    contacts: Literal["records", "fields"] = "fields"
    """How people at a customer are kept: as records of their own, or as fields of the customer."""
    prices: Literal["ours", "erp"] = "ours"
    """Whose prices an order has. "erp": it is sent without, and the product makes sure before it sends that the ERP's
    come to the same."""
    tax: Literal["ours", "erp"] = "ours"
    """Who works the tax out. "erp": net lines and freight are ours to the cent, tax and total are the ERP's."""
    freight: bool = True  # an order can have freight
    tracking: bool = False  # it says by which parcel something left


class Steps:
    """Progress of a write that takes several calls (M3: head, lines, confirm). `done` holds the outcome of every step
    already made, by a name that stays the same; a product whose writes are one call ignores it.

    This one keeps them in memory alone, for who looks at the outcome himself; a run's are kept in the ledger.
    """

    def __init__(self, done: Mapping[str, str] | None = None) -> None:
        self._done = dict(done or {})

    @property
    def done(self) -> Mapping[str, str]:
        return self._done

    def take(self, step: str, call: Callable[[], str], *, settle_seconds: float | None = None) -> str:
        """The outcome of `step`: as it is known, or of `call`, made now and kept before this returns.

        Each step has a deadline of its own. `settle_seconds`: without an answer it may still commit for so long, where
        that is not the product's usual time. Raises what `call` raises, and what ends a run between two steps: let
        both through.
        """
        if step not in self._done:
            self._done[step] = call()
        return self._done[step]

    def dismantle(self, call: Callable[[], None]) -> None:
        """Take away, by `call`, what is half-made, because it will not be finished; nothing is `done` afterwards.
        Where `call` leaves off in the middle, a probe tells what is left."""
        call()
        self._done.clear()


class Found(Model):
    """What a probe saw. Several `orders` mean the reference was used twice; `steps` is a write left half-way, as far
    as it was on its way to the very request, with the outcomes that its steps had. `held`: why the ERP keeps what is
    half-made until a person acts there, in words for people. `foreign` names what is half-made under the reference and
    not of this request: a person may turn it into an order yet."""

    orders: tuple[SalesOrder, ...] = ()
    steps: dict[str, str] = {}
    held: str = ""
    foreign: tuple[str, ...] = ()


class FoundCustomer(Model):
    """As `Found`, of a customer."""

    customers: tuple[Customer, ...] = ()
    steps: dict[str, str] = {}


class Change(Model):
    """Something in the ERP changed: enough to find the deal it belongs to, and no more. `stamp` is the record's own
    (`SalesOrder.stamp`, `Invoice.stamp`), "" for what only concerns it, such as a payment."""

    entity: Literal["order", "invoice"]
    key: str
    modified: datetime
    stamp: str = ""


class Changes(Model):
    """One page of changes, oldest first, and the watermark to ask from next time."""

    items: tuple[Change, ...]
    watermark: datetime
    more: bool = False


def no_such_entity(product: str, entity: str) -> Misconfigured:
    """What every method about `entity` raises where the product keeps no such thing."""
    return Misconfigured(
        f"{product} has no {entity.replace('_', ' ')}", code=SetupCode.NO_SUCH_ENTITY, value=entity
    )


class Erp(Protocol):
    """One Infor product. Synchronous, thread-safe, one instance per process."""

    @property
    def traits(self) -> Traits: ...

    # reads, free to repeat
    def find_order(self, reference: str, request: OrderDraft) -> Found:
        """Every order, finished or half-made, that carries `reference`: by exact, immediate reads only. Where the
        product has second references, what is half-made is only told of the request's."""
        ...

    def order(self, order_id: str) -> SalesOrder | None: ...

    def find_customer(self, draft: CustomerDraft, since: datetime | None) -> FoundCustomer:
        """Every customer that was made of `draft`, finished or half-made: by exact, immediate reads only. `since`: it
        was asked for then at the earliest; None: never yet, as far as is known."""
        ...

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        """Customers whose `field` equals `value`; case does not matter except for the reference. `contact_email`:
        that of one of the people who are known at them."""
        ...

    def customer(self, customer_id: str) -> Customer | None: ...

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        """Those of the products that exist, by SKU."""
        ...

    def invoice(self, invoice_id: str) -> Invoice | None: ...

    def invoices(self, order_id: str) -> tuple[Invoice, ...]: ...

    def records(
        self, entity: Entity, *, since: datetime | None = None, where: Mapping[str, str] | None = None
    ) -> Iterator[Sequence[Record]]:
        """All records of `entity` (of the type `RECORDS` names) that were modified at or after `since`, in pages, by
        `modified`, then key; where the ERP does not say when, all of them in any order. One page in memory. A record
        that changes meanwhile may be told twice, never not at all.

        `where`: only those whose field equals the value, and all of them. Raises `Misconfigured`, code
        `no_such_entity` or `no_such_filter`, for what the product does not have.
        """
        ...

    def record(self, entity: Entity, record_id: str) -> Record | None:
        """Of the type `RECORDS` names. What is looked up by its key alone and written by nobody has no method of its
        own."""
        ...

    def inventory(self, skus: Collection[str]) -> dict[str, tuple[InventoryItem, ...]]:
        """Stock by SKU, an item per warehouse. A SKU that is stocked nowhere is left out."""
        ...

    def find_employee(self, email: str) -> Employee | None:
        """The employee with this e-mail address, in any case; an active one before one who has left."""
        ...

    def exchange_rate(self, base: str, quote: str, day: date) -> ExchangeRate | None:
        """The latest rate dated on or before `day`."""
        ...

    def changed(self, entity: str, since: datetime) -> Changes:
        """What changed in `entity` (one of `change_feeds`) at or after `since`. Inclusive, so it repeats the last."""
        ...

    @property
    def change_feeds(self) -> tuple[str, ...]:
        """Entities that can be polled by `changed`. Empty where the product has no such list: then only `reread`
        tells."""
        ...

    def reread(self, orders: Collection[str]) -> Iterator[Sequence[SalesOrder | Invoice]]:
        """Those of the orders that exist as they are now, and all their invoices, in portions, one in memory: by the
        product's cheapest way, be that its lists or key by key. One may be told twice."""
        ...

    def entered(self, since: date) -> Iterator[Sequence[str]]:
        """Numbers of the orders of that day and later, whoever entered them, in portions: by the product's cheapest
        way, for who cannot be told of them by `changed`."""
        ...

    def ping(self) -> None:
        """The cheapest read that needs a login: raises when the ERP is down or refuses us."""
        ...

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        """External reference and id of every record that has a reference, ours or not: how links are rebuilt. Of an
        order the second reference, where the product has one."""
        ...

    # writes, only ever called by sync/effects/
    def create_customer(self, draft: CustomerDraft, steps: Steps) -> Customer: ...

    def update_customer(self, customer: Customer, changes: CustomerChanges) -> Customer:
        """`Stale` if it changed since `customer` was read by its id; one from a list carries no version."""
        ...

    def create_contact(self, draft: ContactDraft) -> CustomerContact: ...

    def update_contact(self, contact: CustomerContact, changes: ContactChanges) -> CustomerContact: ...

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder: ...

    def update_order(self, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        """`Stale` if it changed since it was read, `Conflict` where the ERP no longer allows it."""
        ...

    def cancel_order(self, order: SalesOrder) -> SalesOrder: ...

    def make_ready(self, order_id: str) -> None:
        """Let the ERP invoice the order, by what the customer has configured; nothing where nothing is. Doing it twice
        changes nothing."""
        ...

    def request_invoice(self, order_id: str, gl_account: str = "") -> InvoiceAnswer:
        """Booked to `gl_account`, "" for the ERP's own choice. `Waiting` where the ERP invoices by itself."""
        ...
