"""An ERP under examination: its client, what the run has seen, and what it has made."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from streak_infor_orchestration.conformance.check import NotApplicable
from streak_infor_orchestration.conformance.outcome import Left
from streak_infor_orchestration.domain.entities import RECORDS, Entity
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import Line, OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.infor.port import Erp, Steps

PREFIX = "CONFORMANCE"
R = TypeVar("R", bound=Record)
_PAGES = 2  # of a list that are looked at


class ErpSubject:
    """`run_id`: six letters and digits, so that references fit ten characters. `sku`: what is ordered; without it the
    first product with a price."""

    def __init__(self, erp: Erp, run_id: str, *, today: date, sku: str = "") -> None:
        self.erp = erp
        self.mark = f"{PREFIX} {run_id}"
        self.email = f"conformance-{run_id.lower()}@example.com"
        self.left: list[Left] = []
        self._run_id = run_id
        self._today = today
        self._sku = sku
        self._listed: dict[Entity, tuple[Record, ...]] = {}
        self._orders: list[str] = []

    def listed(self, entity: Entity) -> tuple[Record, ...]:
        """The records of the first pages, read once. Raises `NotApplicable` where there is none."""
        if entity not in self._listed:
            pages = islice(self.erp.records(entity), _PAGES)
            self._listed[entity] = tuple(record for page in pages for record in page)
        if not self._listed[entity]:
            raise NotApplicable(f"there are no {entity.replace('_', ' ')} to look at")
        return self._listed[entity]

    def some(self, model: type[R]) -> tuple[R, ...]:
        """As `listed`, by the kind of record."""
        entity = next(entity for entity, kept in RECORDS.items() if kept is model)
        return tuple(record for record in self.listed(entity) if isinstance(record, model))

    def stands(self, entity: Entity, record: Record) -> bool:
        """Whether nobody has changed it since it was listed."""
        now = self.erp.record(entity, record.id)
        return now is not None and now.modified == record.modified

    # -- what the writing checks work with, made when first needed --------------------------------------

    def reference(self, letter: str) -> str:
        return f"CF{self._run_id}{letter}"

    @cached_property
    def customer_draft(self) -> CustomerDraft:
        return CustomerDraft(reference=self.reference("C"), name=self.mark, email=self.email)

    @cached_property
    def customer(self) -> Customer:
        customer = self.erp.create_customer(self.customer_draft, Steps())
        self.left.append(Left(system="infor", kind="customer", id=customer.id, state=self.mark))
        return customer

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """One or two that can be ordered, in one currency."""
        found = self._sellable()
        first = next(found, None)
        if first is None:
            raise NotApplicable("no product with a price to order: name one with --sku")
        second = next((product for product in found if product.currency == first.currency), None)
        return (first,) if second is None else (first, second)

    def _sellable(self) -> Iterator[Product]:
        if self._sku:
            yield from self.erp.products([self._sku]).values()
            return
        for product in self.some(Product):
            if product.price and product.currency and not product.obsolete:
                yield product

    def lines(self, quantity: str = "2") -> tuple[Line, ...]:
        return tuple(
            Line(sku=product.sku, quantity=Decimal(quantity), price=product.price or Decimal(1))
            for product in self.products
        )

    def draft(self, letter: str, **fields: Any) -> OrderDraft:
        given = {
            "reference": self.reference(letter),
            "customer_id": self.customer.id,
            "order_date": self._today,
            "currency": self.products[0].currency,
            "lines": self.lines(),
            "description": self.mark,
        }
        return OrderDraft(**{**given, **fields})

    def make(self, draft: OrderDraft) -> SalesOrder:
        order = self.erp.create_order(draft, Steps())
        self._orders.append(order.id)
        return order

    @cached_property
    def order_draft(self) -> OrderDraft:
        return self.draft("A")

    @cached_property
    def order(self) -> SalesOrder:
        """One that stays open to the end."""
        return self.make(self.order_draft)

    def fresh(self, order_id: str) -> SalesOrder:
        order = self.erp.order(order_id)
        if order is None:
            raise NotApplicable(f"order {order_id} cannot be read")
        return order

    @property
    def made(self) -> tuple[SalesOrder, ...]:
        """Every order of this run as it is now, one at least."""
        return tuple(self.fresh(order_id) for order_id in dict.fromkeys([self.order.id, *self._orders]))

    def tidy(self) -> None:
        """Cancels what can be cancelled, and notes how each order is left."""
        for order_id in self._orders:
            state = "could not be read"
            with suppress(IntegrationError):
                order = self.fresh(order_id)
                state = str(order.status)
                if order.status in (OrderStatus.DRAFT, OrderStatus.OPEN):
                    state = str(self.erp.cancel_order(order).status)
            self.left.append(Left(system="infor", kind="sales order", id=order_id, state=state))
