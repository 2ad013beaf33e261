"""What the ERP did meanwhile: order status, invoices, payments. Polled, stored as it came, never acted upon here."""

from datetime import timedelta

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unauthorized, Unavailable
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.health import is_down
from streak_infor_orchestration.sync.outcome import PAUSE_SECONDS
from streak_infor_orchestration.transport.deadline import remaining, within

POLL_SECONDS = 20.0
_FIRST_LOOK_BACK = timedelta(hours=1)


def poll(erp: Erp, store: Store, clock: Clock) -> dict[str, int]:
    """Read every change feed from its watermark on, for at most `POLL_SECONDS`; counts of new events by feed.

    Inbox rows and watermark are advanced together. The feed is inclusive, so its last record comes again: an
    event already stored with the same instant is left out. An ERP that is down is paused here, one that answers
    is resumed; a feed that alone fails stands in no other's way. Raises, at the end, what the port raised.
    """
    counts: dict[str, int] = {}
    failed: IntegrationError | None = None
    with within(POLL_SECONDS):
        for feed in erp.change_feeds:
            try:
                counts[feed] = _read(feed, erp, store, clock)
            except IntegrationError as error:
                if isinstance(error, Unavailable | Unauthorized) and is_down(erp):
                    store.pauses.pause(error.system, error.message, PAUSE_SECONDS)
                    raise
                failed = failed or error
    if store.pauses.state("infor") is not None and not isinstance(failed, Transient):
        store.pauses.resume("infor")
    if failed is not None:
        raise failed
    return counts


def _read(feed: str, erp: Erp, store: Store, clock: Clock) -> int:
    name, count = f"erp:{feed}", 0
    since = store.watermarks.get(name) or clock.now() - _FIRST_LOOK_BACK
    while remaining() > 0:
        changes = erp.changed(feed, since)
        events = [
            Event(
                source="erp",
                name=feed,
                kind=f"erp_{change.entity}",
                key=change.key,
                body_hash=f"{feed}@{change.modified.isoformat()}",
            )
            for change in changes.items
        ]
        new = store.inbox.unseen(events)
        store.advance(new, name, changes.watermark)
        count += len(new)
        if not changes.more or changes.watermark == since:
            break
        since = changes.watermark
    return count
