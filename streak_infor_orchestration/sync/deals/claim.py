"""Phase 1 of a deal: what is due, and what the ledger knows of it; the ERP's events become their deals here."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from streak_infor_orchestration.domain.errors import IntegrationError, Unauthorized, Unavailable, Unreadable
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.effects import Effect, Past
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.sync.ports.lease import LIFE_SECONDS
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.claim import claiming
from streak_infor_orchestration.sync.row.health import Health
from streak_infor_orchestration.sync.row.outcome import LADDER, PAUSE_SECONDS, ladder
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch, Work
from streak_infor_orchestration.sync.watch.strangers import sort_out
from streak_infor_orchestration.sync.watch.told import sort_out_told
from streak_infor_orchestration.sync.watch.unlinked import unlinked
from streak_infor_orchestration.transport.deadline import remaining, within

ERP_KINDS = ORDER_TO_CASH.kinds[1:]

RESOLVE_SECONDS = 5.0
"""So long a run asks the ERP which deals its events belong to, before it takes deals; the events left wait for the
next."""


def _remembered(claims: Sequence[Claimed], ports: Ports) -> tuple[Work, ...]:
    """With what the ledger knows of each deal: asked once for all, and after the claim was committed."""
    if not claims:
        return ()
    keys = [claim.key for claim in claims]
    orders = ports.store.links.of("order", keys)
    unsettled: defaultdict[str, list[Effect]] = defaultdict(list)
    for effect in ports.store.effects.unsettled(*keys):
        unsettled[effect.subject].append(effect)
    past = ports.store.effects.past(keys)
    backfilled = ports.store.backfill.of(keys)
    nothing = Past()
    return tuple(
        Work(
            claim,
            order_id=orders[claim.key].erp_key if claim.key in orders else "",
            seen=frozenset({orders[claim.key].seen} if claim.key in orders else ()),
            backfilled=backfilled.get(claim.key),
            by_hand=claim.key in orders and orders[claim.key].by_hand,
            status_told=orders[claim.key].told if claim.key in orders else "",
            unsettled=tuple(unsettled[claim.key]),
            generation=past.get(claim.key, nothing).generation,
            told=frozenset(past.get(claim.key, nothing).told),
        )
        for claim in claims
    )


def _resolve(batch: Batch, ports: Ports) -> None:
    """Of a run that is asked for certain deals nobody expects others."""
    if batch.only:
        return
    if ports.config.erp.push is not None:
        sort_out_told(ports.store)
    if ports.store.inbox.due(ERP_KINDS).count:
        with within(RESOLVE_SECONDS):
            _resolve_erp_events(ports)


def _resolve_erp_events(ports: Ports) -> None:
    inbox = ports.store.inbox
    events = inbox.claim(kinds=ERP_KINDS, owner=ports.owner, limit=200, life=LIFE_SECONDS)
    health = Health(ports)
    resolved: list[tuple[Claimed, str | None]] = []
    for position, event in enumerate(events):
        if remaining() <= 0:
            for waiting in events[position:]:
                inbox.settle(waiting, due_at=ports.clock.now(), attempts=waiting.attempts)
            break
        try:
            resolved.append((event, _deal_of(event, ports)))
        except Unreadable as error:
            # which deal an unreadable record belongs to is asked again when it can be read
            ports.store.left_out.tell(error.record)
            inbox.settle(event)
        except IntegrationError as error:
            if isinstance(error, Unavailable | Unauthorized) and health.is_the_systems(error):
                later = ports.clock.now() + timedelta(seconds=PAUSE_SECONDS)
                for waiting in events[position:]:
                    inbox.settle(waiting, due_at=later, attempts=waiting.attempts)
                break
            # never given up: what nobody can resolve today may be a deal's payment
            again = ladder(error, error.message, event.attempts, ports.clock.now()).due_at
            inbox.settle(event, due_at=again or ports.clock.now() + LADDER[-1], attempts=event.attempts + 1)
    inbox.record([_deal_event(event, box_key) for event, box_key in resolved if box_key])
    orders = [event.key for event, box_key in resolved if not box_key and event.kind == Kind.ERP_ORDER]
    inbox.record([event for order_id in orders for event in unlinked(order_id, ports)])
    for event, box_key in resolved:
        if box_key:
            inbox.settle(event)
    # records of no deal of ours leave no row in the inbox
    inbox.forget([event for event, box_key in resolved if not box_key])


def _deal_event(event: Claimed, box_key: str) -> Event:
    return Event(
        source="erp",
        name=event.kind,
        kind=Kind.DEAL,
        key=box_key,
        lane=event.lane,
        correlation_id=event.correlation_id,
    )


def _deal_of(event: Claimed, ports: Ports) -> str | None:
    """The deal an ERP record belongs to; None when it is not one of ours."""
    order_id: str | None = event.key
    if event.kind == Kind.ERP_INVOICE:
        order_id = ports.store.invoices.order_of(event.key)
        if order_id is None:
            invoice = ports.erp.invoice(event.key)
            order_id = invoice.order_id if invoice else None
    return ports.store.links.streak_key("order", order_id) if order_id else None


claim = claiming(ORDER_TO_CASH, works=_remembered, before=_resolve, sort_out=sort_out)
