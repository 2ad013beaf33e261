"""A deal that was edited after its order was made: what differs, and what of it may still go over to the ERP.

An edit is what changed on the deal's side since it was last written: a list price, a tax rate or a word that changed
in the ERP is none. It is carried over where the ERP has what it had then; where both sides changed, a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.domain.deal import Deal, DealLine, Part, Problem
from streak_infor_orchestration.domain.money import line_total, round_money
from streak_infor_orchestration.domain.order import (
    AppliedRate,
    Line,
    OrderChanges,
    OrderDraft,
    OrderStatus,
    SalesOrder,
)
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.sync.customers.parties import read_parties
from streak_infor_orchestration.sync.deals.facts import by_creator, facts
from streak_infor_orchestration.sync.effects.order_edit import (
    edit_order,
    order_edit_key,
    order_edit_lapses,
    order_edit_stands,
)
from streak_infor_orchestration.sync.effects.sales_order import order_key
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

_WORDS = ("description", "requested_date", "shipping_method", "salesperson")
_AMOUNTS = ("lines", "freight")
_UNTIL_SHIPPED = (OrderStatus.DRAFT, OrderStatus.OPEN, OrderStatus.ALLOCATED)
_UNTIL_ALLOCATED = (OrderStatus.DRAFT, OrderStatus.OPEN)


@dataclass(frozen=True)
class _Written:
    """What was last written of the order: as we said it, and as the ERP answered. `doubtful` is what an edit without
    an answer wanted: the ERP may have either."""

    ours: OrderDraft
    theirs: SalesOrder
    doubtful: OrderDraft | None = None


@dataclass
class _Plan:
    """By field (`custom.Region` for one of the ERP's own): what goes over, what both changed, what comes too late."""

    changes: dict[str, Any] = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


def carry_over(work: Work, deal: Deal, order: SalesOrder, ports: Ports, writes: Writes) -> Work:
    """Write to the order what was edited on the deal, while the ERP allows it. An order that we did not make is left
    alone, and so is one whose deal cannot be mapped any more (a product that is obsolete by now), unless what cannot
    be read may be what was edited."""
    written = _last_written(deal, order, ports)
    if written is None or not ports.erp.traits.changes_orders:
        return work
    if order.status not in _UNTIL_SHIPPED:
        return _too_late(work, order, written, ports, writes)
    needs = ports.mapping.needs(deal)
    if deal.party is not None and (needs.contact or needs.organization):
        work = read_parties(work, deal, ports)
        if work.verdict is not None:
            return work
    stamped = written.ours.rates
    wanted = ports.mapping.order(deal, facts(work, deal, order.customer_id, ports, stamped))
    if isinstance(wanted, Problems):
        unread = tuple(problem for problem in wanted.items if problem.code == ValueCode.UNREADABLE)
        return work.stop(Verdict(Status.PERSON, unread[0].message, problems=unread)) if unread else work
    if (wanted.currency, wanted.customer_id) != (order.currency, order.customer_id):
        return work
    if by_creator(ports):  # which employee that is may change in the ERP, and is no edit
        wanted = wanted.model_copy(update={"salesperson": written.ours.salesperson})
    if _states(deal, written.ours.lines, order, ports):
        wanted = wanted.model_copy(update={"lines": written.ours.lines})
    plan = _plan(wanted, order, written, taxed=ports.erp.traits.tax == "ours")
    if plan.clashes:
        if written.doubtful is not None and work.claim.token:
            work = work.again_at(order_edit_lapses(writes, order))
        return work.stop(_both_sides(order, plan.clashes))
    if plan.late:
        work = work.did(f"too late for order {order.id}: {', '.join(plan.late)}")
    if not plan.changes:
        if written.doubtful is not None and work.claim.token:
            order_edit_stands(writes, order)
        return work
    names = ", ".join(sorted(plan.changes))
    if not work.claim.token:
        return work.did(f"would change order {order.id}: {names}")
    after = _after(wanted, written.ours, plan)
    changed = edit_order(writes, work.claim, order, _changes(plan), before=written.ours, after=after)
    return work.did(f"order {order.id} changed: {names}", order=changed)


def _too_late(work: Work, order: SalesOrder, written: _Written, ports: Ports, writes: Writes) -> Work:
    """The ERP lets nobody change the order any more; it shows whether an edit without an answer had come in time."""
    if written.doubtful is None or not work.claim.token:
        return work
    taxed = ports.erp.traits.tax == "ours"
    have, doubtful = _fields(order, taxed), _fields(written.doubtful, taxed)
    if all(have.get(name) == value for name, value in doubtful.items()):
        order_edit_stands(writes, order)
        return work
    return work.again_at(order_edit_lapses(writes, order))


def _last_written(deal: Deal, order: SalesOrder, ports: Ports) -> _Written | None:
    made = ports.store.effects.get(order_key(deal.key, ports.generation_of(deal.key, order)))
    if made is None or made.state != "confirmed" or made.external_id != order.id:
        return None
    ours, theirs = OrderDraft.model_validate(made.body), SalesOrder.model_validate(made.result)
    edit = ports.store.effects.get(order_edit_key(order.id))
    if edit is None:
        return _Written(ours, theirs)
    if edit.result and "order" in edit.result:
        theirs = SalesOrder.model_validate(edit.result["order"])
    after = OrderDraft.model_validate(edit.body["after"])
    if edit.state == "confirmed":
        return _Written(after, theirs)
    before = OrderDraft.model_validate(edit.body["before"])
    return _Written(before, theirs, after if edit.state in ("sent", "unknown") else None)


def _plan(wanted: OrderDraft, order: SalesOrder, written: _Written, *, taxed: bool = True) -> _Plan:
    plan = _Plan()
    want, have = _fields(wanted, taxed), _fields(order, taxed)
    ours, theirs = _fields(written.ours, taxed), _fields(written.theirs, taxed)
    doubtful = _fields(written.doubtful, taxed) if written.doubtful else ours
    in_doubt = written.doubtful is not None
    for name in want.keys() | ours.keys() | doubtful.keys():
        now, there = want.get(name), have.get(name)
        edited_here = now != ours.get(name) or doubtful.get(name) != ours.get(name)
        if not edited_here or now == there:
            continue
        if not _is_ours(there, theirs.get(name), doubtful.get(name), partly=name == "lines" and in_doubt):
            plan.clashes.append(name)
        elif name in _AMOUNTS and order.status not in _UNTIL_ALLOCATED:
            plan.late.append(name)
        else:
            plan.changes[name] = wanted.lines if name == "lines" else now
    return plan


def _is_ours(there: Any, theirs: Any, doubtful: Any, *, partly: bool) -> bool:
    """Whether the ERP has what it had, or what an edit without an answer wanted. Lines may be partly the one and partly
    the other, where the ERP changes them one by one: by product and quantity."""
    if there in (theirs, doubtful):
        return True
    known = {line[:2] for line in (*theirs, *doubtful)} if partly else set()
    return partly and all(line[:2] in known for line in there)


def _fields(order: OrderDraft | SalesOrder, taxed: bool = True) -> dict[str, Any]:
    """What may change of an order, comparable; what is not set is left out. `taxed`: the tax is ours to change."""
    fields: dict[str, Any] = {name: getattr(order, name) or None for name in (*_WORDS, "freight")}
    fields["lines"] = tuple(
        (line.sku, line.quantity, line.price, line.discount, line.tax if taxed else Decimal(0))
        for line in order.lines
    )
    return fields | {f"custom.{name}": value for name, value in order.custom.items()}


def _changes(plan: _Plan) -> OrderChanges:
    given: dict[str, Any] = {}
    for name, value in plan.changes.items():
        if name.startswith("custom."):
            given.setdefault("custom", {})[name.removeprefix("custom.")] = value
        elif name == "requested_date":
            given[name] = value
        else:
            given[name] = (Decimal(0) if name == "freight" else "") if value is None else value
    return OrderChanges(**given)


def _after(wanted: OrderDraft, ours: OrderDraft, plan: _Plan) -> OrderDraft:
    """What will have been written: what came too late is still as it was."""
    return wanted.model_copy(update={name: getattr(ours, name) for name in plan.late})


def _both_sides(order: SalesOrder, clashes: Sequence[str]) -> Verdict:
    names = ", ".join(sorted(clashes))
    problem = Problem(
        code=DealCode.EDITED_ON_BOTH_SIDES,
        message=f"Both the deal and order {order.id} were changed since the order was made: {names}.",
        field="Order",
        value=order.id,
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))


def edited(deal: Deal, order: SalesOrder, ports: Ports) -> str:
    """How the order differs from what the deal itself states: customer, currency, lines. A list price or tax rate
    that changed in the ERP since is no edit."""
    if deal.party is not None:
        customer = ports.store.links.erp_key("customer", deal.party.link_key)
        if customer not in (None, order.customer_id):
            return f"is for customer {order.customer_id}, not {customer}"
    if deal.currency != order.currency:
        return f"is in {order.currency}, not {deal.currency}"
    return "" if _states(deal, order.lines, order, ports) else "has other lines"


def _states(deal: Deal, lines: Sequence[Line], order: SalesOrder, ports: Ports) -> bool:
    """Whether these lines are what the deal of this order states."""
    named = ports.catalogue.named(ports.mapping.needs(deal).names)
    asked = ports.mapping.restated(deal, named, _rates_of(deal, order, ports))
    discounts = not ports.mapping.discounts_orders
    return _same_lines(asked, lines, order.currency if discounts else "")


def _rates_of(deal: Deal, order: SalesOrder, ports: Ports) -> tuple[AppliedRate, ...]:
    """The rates stamped on the order when it was made."""
    effect = ports.store.effects.get(order_key(deal.key, ports.generation_of(deal.key, order)))
    return OrderDraft.model_validate(effect.body).rates if effect and effect.body else ()


def _same_lines(asked: tuple[DealLine, ...], ordered: Sequence[Line], currency: str) -> bool:
    """Whatever their order. A price or discount the deal leaves open agrees with any; so does a discount without a
    `currency` to work it out in."""
    unmatched = list(ordered)
    for line in sorted(asked, key=lambda line: line.price is None):
        for other in unmatched:
            same_product = (line.sku, line.quantity) == (other.sku, other.quantity)
            same_price = line.price in (None, other.price) and (
                not currency
                or line.discount is None
                or other.discount == _discount(line.discount, other, currency)
            )
            if same_product and same_price:
                unmatched.remove(other)
                break
        else:
            return False
    return not unmatched


def _discount(discount: Part, ordered: Line, currency: str) -> Decimal:
    whole = line_total(ordered.quantity, ordered.price, Decimal(0), currency)
    return round_money(discount.of(whole), currency)
