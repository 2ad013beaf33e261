"""Stage 1: take what is due. A run carries no list; ERP events are resolved to their deals here."""

from collections.abc import Sequence
from dataclasses import replace

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.sync.lease import LIFE_SECONDS
from streak_infor_orchestration.sync.outcome import verdict_of
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Batch, Work

NUDGE = "order_to_cash"
ERP_KINDS = ("erp_order", "erp_invoice")
SYSTEMS = ("streak", "infor")


def claim(batch: Batch, ports: Ports) -> Batch:
    """Lease up to `limit` due deals. A dry run leases nothing and looks at `only`."""
    if batch.dry_run:
        return replace(batch, items=tuple(Work(_unleased(key)) for key in batch.only))
    inbox = ports.store.inbox
    # From here on a new event deserves a new run: this one has taken its list.
    ports.store.nudges.clear(NUDGE)
    limit = _allowed(batch.limit, ports)
    if limit == 0:
        return batch
    if not batch.only:
        _resolve_erp_events(ports)
    claims = inbox.claim(
        kinds=("deal",),
        owner=f"{ports.owner}/{batch.run_id[:8]}",
        limit=limit,
        life=LIFE_SECONDS,
        only=batch.only or None,
        lanes=batch.lanes,
    )
    ports.leases.keep(batch.run_id, claims)
    return replace(batch, items=tuple(Work(claim) for claim in claims))


def enqueue(ports: Ports, keys: Sequence[str], *, lane: str = "manual", source: str = "manual") -> None:
    """Ask for these deals to be looked at, now."""
    ports.store.inbox.record(
        [Event(source=source, name="ASKED", kind="deal", key=k, lane=lane) for k in keys]
    )


def _allowed(limit: int, ports: Ports) -> int:
    """While a system is paused nothing is claimed, except one deal at a time to see whether it is back."""
    for system in SYSTEMS:
        if ports.store.pauses.state(system) is not None:
            if not ports.store.pauses.may_probe(system):
                return 0
            limit = 1
    return limit


def _resolve_erp_events(ports: Ports) -> None:
    inbox = ports.store.inbox
    events = inbox.claim(kinds=ERP_KINDS, owner=ports.owner, limit=200, life=LIFE_SECONDS)
    resolved: list[tuple[Claimed, Event | None]] = []
    for event in events:
        try:
            box_key = _deal_of(event, ports)
        except IntegrationError as error:
            verdict = verdict_of(error, attempts=event.attempts, now=ports.clock.now())
            inbox.settle(event, due_at=verdict.due_at, attempts=event.attempts + 1)
            continue
        deal = (
            Event(
                source="erp",
                name=event.kind,
                kind="deal",
                key=box_key,
                lane=event.lane,
                correlation_id=event.correlation_id,
            )
            if box_key
            else None
        )
        resolved.append((event, deal))
    inbox.record([deal for _event, deal in resolved if deal is not None])
    for event, _deal in resolved:
        inbox.settle(event)


def _deal_of(event: Claimed, ports: Ports) -> str | None:
    """The deal an ERP record belongs to; None when it is not one of ours."""
    order_id: str | None = event.key
    if event.kind == "erp_invoice":
        order_id = ports.store.invoices.order_of(event.key)
        if order_id is None:
            invoice = ports.erp.invoice(event.key)
            order_id = invoice.order_id if invoice else None
    return ports.store.links.streak_key("order", order_id) if order_id else None


def _unleased(key: str) -> Claimed:
    return Claimed(
        kind="deal",
        key=key,
        lane="manual",
        seq=0,
        attempts=0,
        min_version=0,
        token="",
        correlation_id="",
        first_due_at=None,
    )
