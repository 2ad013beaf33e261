"""What the ERP did meanwhile: order status, invoices, payments. Polled, stored as it came, never acted upon here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unauthorized, Unavailable
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.infor.port import Change, Erp
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.row.health import is_down
from streak_infor_orchestration.sync.row.outcome import PAUSE_SECONDS
from streak_infor_orchestration.transport.deadline import remaining, within

POLL_SECONDS = 20.0
OVERLAP = timedelta(minutes=5)
"""Where nobody sets another (`erp.overlap_seconds`)."""

_FIRST_LOOK_BACK = timedelta(hours=1)
_KINDS = {"order": Kind.ERP_ORDER, "invoice": Kind.ERP_INVOICE}


def poll(erp: Erp, store: Store, clock: Clock, overlap: timedelta = OVERLAP) -> dict[str, int]:
    """Read every change feed from `overlap` before its watermark on, for at most `POLL_SECONDS`; counts of new events
    by feed.

    Inbox rows and watermark are advanced together. What was told before comes again: an event already stored of the
    same version is left out, and so is a version that a look has had before it, as our own writes are. An ERP that is
    down is paused here, one that answers is resumed, feeds or not; a feed that alone fails stands in no other's way.
    Raises, at the end, what the port raised.
    """
    counts: dict[str, int] = {}
    failed: IntegrationError | None = None
    with within(POLL_SECONDS):
        for feed in erp.change_feeds:
            try:
                counts[feed] = _read(feed, erp, store, clock, overlap)
            except IntegrationError as error:
                if isinstance(error, Unavailable | Unauthorized) and is_down(erp):
                    store.pauses.pause(error.system, error.message, PAUSE_SECONDS)
                    raise
                failed = failed or error
    paused = store.pauses.state("infor") is not None
    if paused and (not isinstance(failed, Transient) if erp.change_feeds else not is_down(erp)):
        store.pauses.resume("infor")
    if failed is not None:
        raise failed
    return counts


def _read(feed: str, erp: Erp, store: Store, clock: Clock, overlap: timedelta) -> int:
    """What is new comes first: an overlap with more in it than a poll has time for must not keep the feed from moving.
    Without much in it both are one page."""
    watermark = store.watermarks.get(f"erp:{feed}")
    known = watermark or clock.now() - _FIRST_LOOK_BACK
    late = Stretch(known - (overlap if watermark else timedelta()))
    count = _page(feed, late, erp, store)
    if late.more:
        new = Stretch(max(known, late.since))
        while new.more and remaining() > 0:
            count += _page(feed, new, erp, store)
        while late.more and late.since < known and remaining() > 0:
            count += _page(feed, late, erp, store)
    return count


@dataclass
class Stretch:
    """A part of a feed that is read page by page, from `since` on; `more` while there is."""

    since: datetime
    more: bool = True


def _page(feed: str, stretch: Stretch, erp: Erp, store: Store) -> int:
    changes = erp.changed(feed, stretch.since)
    events = [
        Event(
            source="erp",
            name=feed,
            kind=_KINDS[change.entity],
            key=change.key,
            body_hash=f"{feed}@{change.stamp or change.modified.isoformat()}",
            min_version=max(0, int(change.modified.timestamp() * 1000)),
        )
        for change in _unlooked(changes.items, store)
    ]
    new = store.inbox.unseen(events)
    store.advance(new, f"erp:{feed}", changes.watermark)
    stretch.more = changes.more and changes.watermark > stretch.since
    stretch.since = changes.watermark
    return len(new)


def _unlooked(changes: Sequence[Change], store: Store) -> list[Change]:
    """Those that no look has had before it in this very version."""
    stamped = {
        entity: [c.key for c in changes if c.stamp and c.entity == entity] for entity in ("order", "invoice")
    }
    seen = set(store.links.seen("order", stamped["order"]).values())
    seen.update(store.invoices.seen(stamped["invoice"]).values())
    return [change for change in changes if not change.stamp or change.stamp not in seen]
