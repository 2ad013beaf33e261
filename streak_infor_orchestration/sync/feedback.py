"""What the ERP did meanwhile: order status, invoices, payments. Polled, stored as it came, never acted upon here."""

from datetime import timedelta

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Unauthorized, Unavailable
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.outcome import PAUSE_SECONDS

POLL_SECONDS = 20.0
_FIRST_LOOK_BACK = timedelta(hours=1)


def poll(erp: Erp, store: Store, clock: Clock) -> dict[str, int]:
    """Read every change feed from its watermark on, for at most `POLL_SECONDS`; counts of new events by feed.

    Inbox rows and watermark are advanced together. The feed is inclusive, so its last record comes again: an
    event already stored with the same instant is left out. An ERP that is down is paused here, one that answers
    is resumed. Raises what the port raises.
    """
    try:
        counts = _read(erp, store, clock)
    except (Unavailable, Unauthorized) as error:
        store.pauses.pause(error.system, error.message, PAUSE_SECONDS)
        raise
    if store.pauses.state("infor") is not None:
        store.pauses.resume("infor")
    return counts


def _read(erp: Erp, store: Store, clock: Clock) -> dict[str, int]:
    started = clock.now()
    counts: dict[str, int] = {}
    for feed in erp.change_feeds:
        counts[feed] = 0
        name = f"erp:{feed}"
        since = store.watermarks.get(name) or started - _FIRST_LOOK_BACK
        while (clock.now() - started).total_seconds() < POLL_SECONDS:
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
            counts[feed] += len(new)
            if not changes.more or changes.watermark == since:
                break
            since = changes.watermark
    return counts
