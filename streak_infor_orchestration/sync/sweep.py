"""Looking at every deal that changed since a moment, whatever webhooks said: the same work with a longer list."""

from datetime import datetime

from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports import Ports

_PAGE = 200


def enqueue_since(ports: Ports, since: datetime, *, lane: str = "bulk") -> int:
    """Page through the pipeline by last update, newest first, until older than `since`. Returns the count.

    Pages shift while people work, so each overlaps nothing but repeats are harmless: a row is a row.
    """
    oldest = int(since.timestamp() * 1000)
    page, count = 0, 0
    while True:
        boxes, more = ports.streak.boxes(ports.pipeline_key, page=page, limit=_PAGE)
        recent = [box for box in boxes if box.version >= oldest]
        ports.store.inbox.record(
            [
                Event(source="sweep", name="SEEN", kind="deal", key=b.key, lane=lane, min_version=b.version)
                for b in recent
            ]
        )
        count += len(recent)
        if not more or len(recent) < len(boxes):
            return count
        page += 1
