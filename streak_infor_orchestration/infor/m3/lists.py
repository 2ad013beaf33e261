"""All records of an entity, and those that a filter finds. M3's lists say of none when it was changed: who asks for
what changed is shown everything (Infor API contract, B.8)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.infor.m3 import (
    customer_read,
    invoices,
    items,
    masters,
    order_read,
    orders,
    rates,
)
from streak_infor_orchestration.infor.m3.mi import BULK, Mi
from streak_infor_orchestration.infor.port import no_such_entity

Pages = Iterator[Sequence[Record]]


def records(mi: Mi, entity: Entity, since: datetime | None, where: Mapping[str, str]) -> Pages:
    """As the port promises. Raises `Misconfigured` for an entity or a filter that M3 has not."""
    if entity not in _ALL:
        raise no_such_entity("M3", entity)
    known = _FILTERED.get(entity, {})
    unknown = where.keys() - known.keys()
    if unknown:
        raise Misconfigured(
            f"M3's {entity.replace('_', ' ')} cannot be filtered by {', '.join(sorted(unknown))}",
            code=SetupCode.NO_SUCH_FILTER,
        )
    if not all(where.values()):
        return iter(())
    if not where:
        return _ALL[entity](mi, since)
    first, value = next(iter(where.items()))
    return _agreeing(known[first](mi, value), where)


def one(mi: Mi, entity: Entity, key: str) -> Record | None:
    """By its key. Raises `Unreadable` for one that is there and cannot be read."""
    match entity:
        case "customers":
            return customer_read.read(mi, [key]).get(key)
        case "sales_orders":
            return orders.find(mi, key)
        case "invoices":
            return next(iter(invoices.read(mi, [found] if (found := invoices.found(mi, key)) else [])), None)
        case "payments":
            return invoices.paid_by(mi, key)
        case "products":
            return items.read(mi, [key]).get(key)
        case "inventory_items":
            sku, _, warehouse = key.rpartition(":")
            return next(
                (item for item in items.stock(mi, [sku]).get(sku, ()) if item.warehouse == warehouse), None
            )
        case "vendors":
            return masters.vendor(mi, key)
        case "employees":
            return masters.employee(mi, key)
        case "gl_accounts":
            return masters.account(mi, key)
        case "exchange_rates":
            return rates.find(mi, key)
        case _:
            raise no_such_entity("M3", entity)


def _customers(mi: Mi, since: datetime | None) -> Pages:
    yield from customer_read.listed(mi, since)


def _orders(mi: Mi, _: datetime | None) -> Pages:
    for numbers in orders.numbers(mi):
        for portion in _portions(numbers, order_read.PORTION):
            yield orders.read(mi, portion)


def _invoices(mi: Mi, _: datetime | None) -> Pages:
    for numbers in orders.numbers(mi):
        for portion in _portions(numbers, BULK):
            yield invoices.read(mi, invoices.issued(mi, portion))


def _payments(mi: Mi, _: datetime | None) -> Pages:
    for numbers in orders.numbers(mi):
        for portion in _portions(numbers, BULK):
            yield invoices.payments(mi, invoices.issued(mi, portion))


def _products(mi: Mi, _: datetime | None) -> Pages:
    for skus in items.numbers(mi):
        yield list(items.read(mi, skus).values())


def _stock(mi: Mi, _: datetime | None) -> Pages:
    for skus in items.numbers(mi):
        yield [item for several in items.stock(mi, skus).values() for item in several]


_ALL: Mapping[Entity, Callable[[Mi, datetime | None], Pages]] = {
    "customers": _customers,
    "sales_orders": _orders,
    "invoices": _invoices,
    "payments": _payments,
    "products": _products,
    "inventory_items": _stock,
    "vendors": lambda mi, _: iter(masters.vendors(mi)),
    "employees": lambda mi, _: iter(masters.employees(mi)),
    "gl_accounts": lambda mi, _: iter(masters.accounts(mi)),
    "exchange_rates": lambda mi, _: iter(rates.listed(mi)),
}


def _payments_of(mi: Mi, invoice_id: str) -> Pages:
    found = invoices.found(mi, invoice_id)
    yield invoices.payments(mi, [found]) if found else []


def _named(mi: Mi, description: str) -> Pages:
    for skus in items.numbers(mi, description):
        yield list(items.read(mi, skus).values())


_FILTERED: Mapping[Entity, Mapping[str, Callable[[Mi, str], Pages]]] = {
    "customers": {
        "reference": lambda mi, value: iter(
            [list(customer_read.read(mi, customer_read.marked(mi, value, None)).values())]
        )
    },
    "sales_orders": {
        "customer_id": lambda mi, value: iter(
            [orders.read(mi, orders.of_customer(mi, value), all_of_them=True)]
        )
    },
    "invoices": {"order_id": lambda mi, value: iter([invoices.read(mi, invoices.issued(mi, [value]))])},
    "payments": {"invoice_id": _payments_of},
    "products": {"description": _named},
    "inventory_items": {
        "product_id": lambda mi, value: iter([list(items.stock(mi, [value]).get(value, ()))])
    },
    "vendors": {"name": lambda mi, value: iter(masters.vendors(mi, value))},
    "employees": {"email": lambda mi, _: iter(masters.employees(mi))},
    "exchange_rates": dict.fromkeys(("base", "quote", "day"), lambda mi, _: iter(rates.listed(mi))),
}
"""How those are found, by field. What is found is compared with every field that was asked for."""


def _agreeing(found: Pages, where: Mapping[str, str]) -> Pages:
    """References are compared exactly, everything else in any case."""
    for page in found:
        kept = [record for record in page if all(_is(record, field, value) for field, value in where.items())]
        if kept:
            yield kept


def _is(record: Record, field: str, value: str) -> bool:
    said = str(getattr(record, field))
    return said == value if field == "reference" else said.casefold() == value.casefold()


def _portions(keys: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
