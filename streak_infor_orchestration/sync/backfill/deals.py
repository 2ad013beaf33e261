"""What each deal that stood where an order is due comes to: linked to its order, a person's, or without one."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from streak_infor_orchestration.config.write_back import FieldBack
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.reference import GENERATIONS, SALTS
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.backfill.known_orders import KnownOrder, KnownOrders, Purchase
from streak_infor_orchestration.sync.customers.linked import linked_customers
from streak_infor_orchestration.sync.customers.parties import of_survivor
from streak_infor_orchestration.sync.customers.resolve import resolve_customer
from streak_infor_orchestration.sync.deals.diagnosis import complete
from streak_infor_orchestration.sync.deals.fetch import read_deal
from streak_infor_orchestration.sync.deals.orders import build_order
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.claim import unleased
from streak_infor_orchestration.sync.row.outcome import waits
from streak_infor_orchestration.sync.row.phases import each
from streak_infor_orchestration.sync.row.work import Batch, Work

RAN = "backfill"
"""The watermark that says when one ran last."""

_AT_ONCE = 20


class Prior(StrEnum):
    """What a deal is that was there before the integration."""

    LINKED = "linked"  # before we came here
    FOUND = "found"  # its order is certain: linked now, or would be
    UNSURE = "unsure"  # orders that may be its own: a person says which
    MISSING = "missing"  # it has no order, and one could be made of it
    PROBLEM = "problem"  # it has no order, and none could be made of it as it is


@dataclass(frozen=True)
class PriorDeal:
    """`orders`: the number of its order, or those a person has to choose from; `why` in plain words. `total` and
    `currency` of the order that is missing."""

    key: str
    name: str
    stage: str
    prior: Prior
    orders: tuple[str, ...] = ()
    why: str = ""
    total: Decimal = Decimal(0)
    currency: str = ""
    problems: tuple[Problem, ...] = ()


def awaiting_orders(ports: Ports, go_on: Callable[[int], object]) -> list[Box]:
    """Every box of the pipeline that stands where an order is due. `go_on` is told how many were looked at so far."""
    found: dict[str, Box] = {}
    looked = 0
    for boxes in ports.streak.box_pages(ports.pipeline_key):
        looked += len(boxes)
        go_on(looked)
        for box in boxes:
            milestone = ports.config.stages.classify(box.stage)
            if milestone is not None and milestone.wants_order:
                found[box.key] = box
    return list(found.values())


def undecided_deals(ports: Ports) -> int:
    """Deals without an order that stand where one is due, while nobody has said from when on deals count and no
    backfill ran."""
    if ports.config.streak.since is not None or ports.store.watermarks.get(RAN) is not None:
        return 0
    boxes = awaiting_orders(ports, lambda _looked: None)
    return len(boxes) - len(ports.store.links.erp_keys("order", [box.key for box in boxes]))


def prior_deals(
    ports: Ports,
    boxes: Sequence[Box],
    orders: KnownOrders,
    *,
    purchase_field: str = "",
    go_on: Callable[[int], object] = lambda _done: None,
) -> Iterator[PriorDeal]:
    """What each of the boxes comes to, writing nowhere. `purchase_field`: the box's field with the customer's own order
    number, by which orders that were entered by hand are recognized; "" for none. `go_on` is told how many more are
    done.

    Customers have to be linked before: a deal's order is its customer's.
    """
    linked = ports.store.links.erp_keys("order", [box.key for box in boxes])
    number_fields = [
        r.field for r in ports.config.write_back if isinstance(r, FieldBack) and r.source == "order.id"
    ]
    left: list[Box] = []
    for box in boxes:
        if box.key in linked:
            yield _of(box, Prior.LINKED, (linked[box.key],))
        elif certain := _by_number(box, orders, number_fields, ports):
            yield certain
        else:
            left.append(box)
    go_on(len(boxes) - len(left))
    mapped: list[Work] = []
    for start in range(0, len(left), _AT_ONCE):
        some = _mapped(left[start : start + _AT_ONCE], ports)
        mapped += some
        go_on(len(some))
    yield from _by_purchase(mapped, orders, purchase_field)


def _of(box: Box, prior: Prior, orders: tuple[str, ...] = (), why: str = "") -> PriorDeal:
    return PriorDeal(box.key, box.name, box.stage, prior, orders, why)


def _by_number(box: Box, orders: KnownOrders, number_fields: Sequence[str], ports: Ports) -> PriorDeal | None:
    """The order that bears one of our references for the deal, or the number that its box shows."""
    ours = orders.bearing(_references(box.key, ports))
    if len(ours) > 1:
        return _of(box, Prior.UNSURE, _ids(ours), "several orders bear its reference")
    if ours:
        return _of(box, Prior.FOUND, _ids(ours), "it bears the deal's reference")
    for name in number_fields:
        order = orders.numbered(box.fields.get(name))
        if order is not None:
            wrong = _not_its_own(box, order, ports)
            prior = Prior.UNSURE if wrong else Prior.FOUND
            return _of(box, prior, (order.id,), wrong or f'its number stands in "{name}"')
    return None


def _references(box_key: str, ports: Ports) -> Iterator[str]:
    """All that an order of the deal may bear, whatever its generation."""
    for generation in GENERATIONS:
        if second := ports.second_reference(box_key, generation):
            yield second
        else:
            yield from (ports.reference(box_key, salt, generation) for salt in SALTS)


def _not_its_own(box: Box, order: KnownOrder, ports: Ports) -> str:
    """Why a number that somebody may have typed is not believed."""
    other = ports.store.links.streak_key("order", order.id)
    if other is not None:
        return f"order {order.id} is linked to deal {other}"
    party = of_survivor(ports.mapping.glance(box), ports).party
    customer = ports.store.links.erp_key("customer", party.link_key) if party is not None else None
    if customer is not None and customer != order.customer_id:
        return f"order {order.id} is of customer {order.customer_id}, the deal of {customer}"
    return ""


def _mapped(boxes: Sequence[Box], ports: Ports) -> tuple[Work, ...]:
    """The boxes through the phases that would order them, dry."""
    items = [Work(unleased(Kind.DEAL, box.key), box=box, reference=ports.reference(box.key)) for box in boxes]
    batch = Batch(run_id=f"backfill-{uuid.uuid4()}", limit=len(items), dry_run=True, items=tuple(items))
    phases = (
        each(_read),
        each(resolve_customer, first=linked_customers),
        each(build_order, first=complete),
    )
    for phase in phases:
        batch = phase(batch, ports)
    return batch.items


def _read(work: Work, ports: Ports, _writes: Writes) -> Work:
    names = ports.names.look(work.claim)
    if names.vocabulary is None:
        return work.stop(waits(names.faults, ports.clock))
    assert work.box is not None
    return read_deal(replace(work, vocabulary=names.vocabulary), work.box, names.faults, ports)


def _by_purchase(works: Iterable[Work], orders: KnownOrders, purchase_field: str) -> Iterator[PriorDeal]:
    """By the customer's number, customer, currency and total together, where they are one deal's and one order's."""
    bought = {work.claim.key: _purchase(work, purchase_field) for work in works}
    deals_of = Counter(purchase for purchase in bought.values() if purchase is not None)
    for work in works:
        purchase = bought[work.claim.key]
        found = orders.bought(purchase) if purchase is not None else []
        assert work.box is not None
        if found and purchase is not None:
            only = len(found) == 1 and deals_of[purchase] == 1
            why = f'order number "{purchase.number}", customer, currency and total are the same'
            yield _of(
                work.box,
                Prior.FOUND if only else Prior.UNSURE,
                _ids(found),
                why if only else f"{why} more than once",
            )
        else:
            yield _missing(work, work.box)


def _purchase(work: Work, purchase_field: str) -> Purchase | None:
    draft = work.draft
    number = str((work.box.fields.get(purchase_field) if work.box else None) or "").strip()
    if draft is None or not number:
        return None
    return Purchase(number, draft.customer_id, draft.currency, draft.total)


def _missing(work: Work, box: Box) -> PriorDeal:
    if work.draft is None or work.verdict is not None:
        verdict = work.verdict
        problem = _of(box, Prior.PROBLEM, why=verdict.reason if verdict else "no order can be made of it")
        return replace(problem, problems=verdict.problems if verdict else ())
    return replace(_of(box, Prior.MISSING), total=work.draft.total, currency=work.draft.currency)


def _ids(orders: Iterable[KnownOrder]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(order.id for order in orders))
