"""What follows of what a backfill found: links, questions, and orders only where a person has confirmed their count and
sum. Only the ledger is written; the deals are then looked at in the bulk lane."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from streak_infor_orchestration.domain.errors import Conflict, Rejected
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.backfill import Backfilled, Standing
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.backfill.deals import RAN, Prior, PriorDeal
from streak_infor_orchestration.sync.ports.ports import Ports

_STANDING = {
    Prior.FOUND: Standing.LINKED,
    Prior.UNSURE: Standing.ASKED,
    Prior.MISSING: Standing.LEFT,
    Prior.PROBLEM: Standing.LEFT,
}


def sums(deals: Iterable[PriorDeal]) -> dict[str, Decimal]:
    """Of the orders that are missing, by currency."""
    found: dict[str, Decimal] = {}
    for deal in deals:
        if deal.prior is Prior.MISSING:
            found[deal.currency] = found.get(deal.currency, Decimal(0)) + deal.total
    return found


def confirm(deals: Sequence[PriorDeal], count: int, amounts: Mapping[str, Decimal]) -> None:
    """That these are the orders a person has seen. Raises Rejected: a deal may have changed since."""
    missing = [deal for deal in deals if deal.prior is Prior.MISSING]
    if len(missing) == count and sums(deals) == dict(amounts):
        return
    now = ", ".join(f"{plain(amount)} {currency}" for currency, amount in sorted(sums(deals).items()))
    raise Rejected(
        f"what was confirmed is not what is missing: {len(missing)} orders are, of {now or 'nothing'} in all. Look at "
        "them with --dry-run, and confirm these",
        code=DealCode.NOT_CONFIRMED,
        value=str(count),
    )


def decide(deals: Sequence[PriorDeal], ports: Ports, *, create: bool, actor: str) -> tuple[str, ...]:
    """The keys of the deals of which something was decided anew; they are due in the bulk lane. `create`: orders are
    made for deals that have none. Audited. May be done again: what was decided stays."""
    before = ports.store.backfill.of([deal.key for deal in deals])
    wanted = [_decided(deal, create) for deal in deals if deal.prior is not Prior.LINKED]
    new = [filed for filed in wanted if not _is_known(filed, before.get(filed.box_key))]
    # decided first, linked then: a death in between leaves no linked deal whose old orders would be told as news
    ports.store.backfill.put(new)
    linked = [_linked(filed, ports) for filed in new]
    ports.store.backfill.put(filed for filed, was in zip(linked, new, strict=True) if filed != was)
    due = [filed.box_key for filed in linked if filed.standing is not Standing.LEFT]
    ports.store.inbox.record([Event("manual", "BACKFILL", Kind.DEAL, key, lane="bulk") for key in due])
    ports.store.watermarks.set(RAN, ports.clock.now())
    if new:
        ports.store.audit.write(actor, "backfill", ports.pipeline_key, {"deals": len(new), "create": create})
    return tuple(due)


def _decided(deal: PriorDeal, create: bool) -> Backfilled:
    if create and deal.prior is Prior.MISSING:
        return Backfilled(deal.key, Standing.WANTED)
    return Backfilled(deal.key, _STANDING[deal.prior], deal.orders)


def _is_known(filed: Backfilled, before: Backfilled | None) -> bool:
    """What a person said of a deal is not taken back by looking once more."""
    if before is None:
        return False
    if before.standing is Standing.WANTED:
        return filed.standing is not Standing.LINKED
    return (before.standing, before.orders) == (filed.standing, filed.orders)


def _linked(filed: Backfilled, ports: Ports) -> Backfilled:
    """`filed`, linked; a person's question where a run has linked the deal or the order elsewhere meanwhile."""
    if filed.standing is not Standing.LINKED:
        return filed
    (order_id,) = filed.orders
    try:
        ports.store.links.add(Link("order", filed.box_key, order_id))
    except Conflict:
        return Backfilled(filed.box_key, Standing.ASKED, filed.orders)
    return filed
