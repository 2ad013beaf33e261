"""Stages 4 and 5: what should be ordered, and the order itself."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from streak_infor_orchestration.domain.deal import Deal, DealLine, Part, Problem
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.money import line_total, plain, round_money
from streak_infor_orchestration.domain.order import AppliedRate, Line, OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.mapping.models import Facts, Problems
from streak_infor_orchestration.mapping.stock import shortages
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Status, Verdict, Work
from streak_infor_orchestration.sync.writes import Writes, order_differs


def build_order(work: Work, ports: Ports, _writes: Writes) -> Work:
    """The draft of an order that is not there yet."""
    deal = work.deal
    assert deal is not None
    if not deal.milestone.wants_order or work.order is not None or not work.customer_id:
        return work
    needs = ports.mapping.needs(deal)
    today = ports.clock.now().astimezone(ports.config.company.zone).date()
    products = ports.catalogue.products(needs.skus)
    named = ports.catalogue.named(needs.names - products.keys())
    sold = {product.sku: product for found in named.values() for product in found}
    needs = ports.mapping.needs(deal, products | sold)
    by_creator = ports.config.erp.salesperson == "creator"
    facts = Facts(
        reference=work.reference,
        customer_id=work.customer_id,
        products=products,
        named=named,
        rates=ports.catalogue.rates(needs.rates, ports.config.company.currency, needs.rate_day or today),
        accounts=ports.catalogue.accounts(needs.accounts),
        vendors=ports.catalogue.vendors(needs.vendors),
        salesperson=ports.catalogue.salesperson(deal.creator, ports.streak.user) if by_creator else "",
        contact=work.contact,
        organization=work.organization,
        today=today,
    )
    draft = ports.mapping.order(deal, facts)
    if isinstance(draft, Problems):
        return work.stop(Verdict(Status.PERSON, "the order is incomplete", problems=draft.items))
    return _in_stock(replace(work, draft=draft), draft, ports)


def _in_stock(work: Work, draft: OrderDraft, ports: Ports) -> Work:
    """What is short is a person's, or told on the deal with the order, as the policy has it."""
    policy = ports.config.policies.stock
    if policy == "ignore":
        return work
    own = {line.sku for line in draft.lines}
    short = shortages(draft, ports.catalogue.stock(own), ports.config)
    if not short:
        return work
    if policy == "stop":
        return work.stop(Verdict(Status.PERSON, short[0].message, problems=short))
    remarks = tuple((f"stock:{problem.value}", problem.message) for problem in short)
    return work.did(" ".join(message for _, message in remarks), remarks=remarks)


def create_order(work: Work, ports: Ports, writes: Writes) -> Work:
    """One order per deal. Backwards, lost or edited after the order: told to a person, never undone by itself."""
    deal = work.deal
    assert deal is not None
    if work.order is not None:
        return _existing(work, deal, ports, writes)
    if work.order_id:
        return work.stop(
            Verdict(
                Status.PERSON,
                "the deal's order is gone from the ERP",
                problems=(
                    Problem(code="order_gone", message="The order of this deal no longer exists in the ERP."),
                ),
            )
        )
    if work.draft is None:
        return work
    if not work.claim.token:
        lines = len(work.draft.lines)
        return work.did(
            f"would create an order: {lines} lines, {plain(work.draft.total)} {work.draft.currency}"
        )
    done = writes.sales_order(work.claim, work.draft)
    order = done.record
    difference = order_differs(order, work.draft.model_dump(mode="json"))
    if difference and done.fresh:
        raise Conflict(
            f"the ERP made order {order.id}, but it {difference}", code="differs", existing=order.id
        )
    amount = f"{plain(order.total)} {order.currency}"
    made = "created" if done.fresh else "found"
    return work.did(f"order {order.id} {made}: {amount}", order=order).again_at(done.verify_at)


def _existing(work: Work, deal: Deal, ports: Ports, writes: Writes) -> Work:
    order = work.order
    assert order is not None
    if order.status is OrderStatus.CANCELLED:
        return work
    if not deal.milestone.wants_order:
        if ports.config.policies.backwards == "cancel" and work.claim.token:
            cancelled = writes.cancellation(work.claim, order).record
            return work.did(f"order {order.id} cancelled", order=cancelled)
        problem = Problem(
            code="went_back",
            message=f"The deal is at {deal.stage!r}, but order {order.id} exists.",
            field="Stage",
            value=deal.stage,
            fix="Move the deal forward again, or have the order cancelled in the ERP.",
        )
        return work.stop(Verdict(Status.PERSON, problem.message, problems=(problem,)))
    difference = _edited(deal, order, ports)
    if difference:
        problem = Problem(
            code="edited_after_order",
            message=f"The deal was changed after order {order.id} was made: the order {difference}.",
            field="Order",
            value=order.id,
            fix="Put the deal back as it was ordered, or have the order changed in the ERP.",
        )
        return work.stop(Verdict(Status.PERSON, problem.message, problems=(problem,)))
    return work


def _edited(deal: Deal, order: SalesOrder, ports: Ports) -> str:
    """How the order differs from what the deal itself states: customer, currency, lines. A list price or tax rate
    that changed in the ERP since is no edit."""
    if deal.party is not None:
        customer = ports.store.links.erp_key("customer", deal.party.link_key)
        if customer not in (None, order.customer_id):
            return f"is for customer {order.customer_id}, not {customer}"
    if deal.currency != order.currency:
        return f"is in {order.currency}, not {deal.currency}"
    named = ports.catalogue.named(ports.mapping.needs(deal).names)
    asked = ports.mapping.restated(deal, named, _rates_of(deal, ports))
    discounts = not ports.mapping.discounts_orders
    same = _same_lines(asked, order.lines, order.currency if discounts else "")
    return "" if same else "has other lines"


def _rates_of(deal: Deal, ports: Ports) -> tuple[AppliedRate, ...]:
    """The rates stamped on the order when it was made."""
    effect = ports.store.effects.get(f"deal:{deal.key}:sales_order:1")
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
