"""The oracle: what became of every deal, by reading both systems and knowing what people had done to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from streak_infor_orchestration.demo import verdict
from streak_infor_orchestration.demo.evidence import Case, Evidence
from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.demo.promises import Promises
from streak_infor_orchestration.demo.streak import without_token
from streak_infor_orchestration.proof.lives import KINDS, Life, LifeKind
from streak_infor_orchestration.proof.standing import Unfinished
from streak_infor_orchestration.proof.wrong import CENTS, CONTENT, LOST, TWICE, UNCONVERGED, Wrong


def examine(evidence: Evidence, lives: Mapping[str, Life], promises: Promises) -> list[Wrong]:
    """Everything in both systems that is not as it must be. Deals without a life are nobody's business yet."""
    kinds = {
        case.name: lives[case.name].of if case.name in lives else KINDS["undecided"]
        for case in evidence.cases
    }
    found = [
        *_orders_and_invoices(
            evidence, kinds, {life.name: life.of for life in lives.values() if life.of.is_deleted}
        ),
        *_customers(evidence),
        *(wrong for case in evidence.cases for wrong in _comments(case, kinds[case.name], promises)),
    ]
    # an order is looked at whatever the deal's stage: it may have been lost or gone back since
    lost = evidence.pipeline.lost
    whole = replace(evidence, pipeline=replace(evidence.pipeline, order=(*evidence.pipeline.order, *lost)))
    for kind, rule in (
        (CENTS, verdict.cents_agree),
        (CONTENT, verdict.lines_agree),
        (CONTENT, verdict.details_carried),
        (UNCONVERGED, verdict.shown),
        (CONTENT, verdict.in_order),
    ):
        found += [Wrong(kind, subject, what) for subject, what in rule(whole, promises) if what]
    return found


def examine_ledger(
    standing: Unfinished, stories: Mapping[str, Json], lives: Mapping[str, Life]
) -> Iterator[Wrong]:
    """What the gateway tells: `stories` by the deal's name, as `GET /deals/{box}` answers."""
    if not standing.is_quiet:
        yield Wrong(UNCONVERGED, "the ledger", str(standing))
    for name, story in stories.items():
        letter, wanted = story["dead_letter"], lives[name].of.stopped
        if letter and not wanted:
            yield Wrong(UNCONVERGED, name, f"waits for a person: {letter['message']}")
        if wanted and not letter:
            yield Wrong(LOST, name, "no person was told that it cannot be done")
        if story["pending"]:
            yield Wrong(UNCONVERGED, name, f"is still to be looked at: {story['pending']}")
        for effect in story["effects"]:
            if effect["state"] in ("sent", "unknown"):
                yield Wrong(UNCONVERGED, name, f"nobody knows what became of {effect['key']}")


def _orders_and_invoices(
    evidence: Evidence, kinds: Mapping[str, LifeKind], deleted: Mapping[str, LifeKind]
) -> Iterator[Wrong]:
    """`deleted`: deals without a box by now, or soon, whose orders stand all the same."""
    shown = {case.name for case in evidence.cases}
    for case in evidence.cases:
        yield from _orders(case.name, case.orders, kinds[case.name])
        yield from _count(case.name, "invoices", len(case.invoices), kinds[case.name].invoices)
    made: defaultdict[str, list[Json]] = defaultdict(list)
    for order in evidence.orders:
        made[order["OrderDescription"]].append(order)
    for name, kind in deleted.items():
        if name not in shown:
            yield from _orders(name, made[name], kind)
    for name in made.keys() - shown - deleted.keys():
        for order in made[name]:
            yield Wrong(TWICE, order["OrderID"], f"belongs to no deal: {name}")


def _orders(name: str, orders: Sequence[Json], kind: LifeKind) -> Iterator[Wrong]:
    yield from _count(name, "orders", len(orders), kind.orders)
    cancelled = sum(order["OrderStatus"] == "Cancelled" for order in orders)
    if cancelled != kind.cancelled:
        yield Wrong(CONTENT, name, f"{cancelled} orders are cancelled, not {kind.cancelled}")


def _customers(evidence: Evidence) -> Iterator[Wrong]:
    """The campaign's buyers have names of their own."""
    names = Counter(customer["Name"] for customer in evidence.customers)
    for name, count in names.items():
        yield from _count(name, "customers", count, 1)
    used: defaultdict[str, set[str]] = defaultdict(set)
    for case in evidence.cases:
        (buyer,) = (link["key"] for link in case.box["organizations"] if link["isStarred"])
        used[buyer] |= {order["CustomerID"] for order in case.orders}
    owners = Counter(customer for found in used.values() for customer in found)
    for buyer, found in used.items():
        if len(found) > 1:
            yield Wrong(TWICE, buyer, f"ordered as {sorted(found)}")
    for customer, count in owners.items():
        if count > 1:
            yield Wrong(CONTENT, customer, f"has the orders of {count} buyers")


def _comments(case: Case, kind: LifeKind, promises: Promises) -> Iterator[Wrong]:
    """Each thing told once; what was over before anybody looked (a first payment, goods that left) need not be."""
    told = Counter(map(without_token, case.comments))
    happened = list(verdict.happened(case, promises))
    for text, count in told.items():
        if count > 1:
            yield Wrong(TWICE, case.name, f"was told {count} times: {text}")
    for fact, text in happened:
        if text not in told and _stands(fact, text, case, happened):
            yield Wrong(LOST, case.name, f"was not told: {text}")
    allowed = {text for _, text in happened}
    if any(step.does == "ship" for step in kind.steps) and case.orders:
        allowed.add(promises.comment("order.shipped", verdict.facts(case)))
    for text in told:
        if text not in allowed and not kind.is_said(text) and not verdict.AWAITED.match(text):
            yield Wrong(CONTENT, case.name, f"was told what never happened: {text}")
    if kind.stopped and not any(map(kind.is_said, told)):
        yield Wrong(LOST, case.name, "the box does not say why it stopped")


def _stands(fact: str, text: str, case: Case, happened: Iterable[tuple[str, str]]) -> bool:
    """Whether both systems still show it."""
    if fact == "order.shipped":
        return any(order["OrderStatus"] == "Shipped" for order in case.orders)
    if fact == "invoice.partially_paid":
        newest = [told for name, told in happened if name == fact][-1]
        return text == newest and any(Decimal(invoice["Balance"]) > 0 for invoice in case.invoices)
    return True


def _count(subject: str, what: str, found: int, wanted: int) -> Iterator[Wrong]:
    if found != wanted:
        yield Wrong(LOST if found < wanted else TWICE, subject, f"{found} {what}, not {wanted}")
