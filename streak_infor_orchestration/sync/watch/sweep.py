"""Looking for what webhooks lost: deals that changed in Streak and nobody told us of, and deals that are gone.

A deal found here is a repair: it is looked at like any other, and it says that the webhook path is broken.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.watch.reread import late

WATERMARK = "streak:sweep"
OVERLAP = timedelta(minutes=10)
"""Looked at again each time: pages shift while people work, and a webhook may be just under way."""

UNDER_WAY = timedelta(minutes=1)
"""A change as young as this is left to its webhook."""

_FEW = 200  # more than these are a backlog, which must not delay what comes in live


@dataclass(frozen=True)
class Swept:
    """`looked` at so many boxes; `repaired`, `gone` and `late` are the keys that were put into the inbox."""

    looked: int
    repaired: tuple[str, ...]
    gone: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


def sweep(ports: Ports, *, full: bool = False, erp: bool = False) -> Swept:
    """Page by last update, newest first, back to the last sweep; `full`: all boxes, what is missing among them, and
    what became visible in the ERP when its lists had been read (`erp`: that alone).

    Streak, if it was paused, is resumed. Raises what the systems' reads raise; the watermark moves only when the sweep
    was complete.
    """
    began = ports.clock.now()
    last = ports.store.watermarks.get(WATERMARK)
    since = None if full or last is None else last - OVERLAP
    versions: dict[str, int] = {}
    for page in ports.streak.box_version_pages(ports.pipeline_key, since=since):
        versions |= {box.key: box.version for box in page}
    # this list has shown that Streak answers; a deal that would find out may not come for long
    if ports.store.pauses.state("streak") is not None:
        ports.store.pauses.resume("streak")
    young = int((began - UNDER_WAY).timestamp() * 1000)
    behind = ports.store.inbox.behind(Kind.DEAL, {k: v for k, v in versions.items() if full or v < young})
    make_due(ports, "MISSED", {key: versions[key] for key in sorted(behind)})
    gone = _gone(ports, versions) if full else ()
    unread = late(ports) if full or erp else ()
    make_due(ports, "LATE", dict.fromkeys(unread, 0))
    ports.store.watermarks.set(WATERMARK, began)
    return Swept(len(versions), tuple(sorted(behind)), gone, unread)


def _gone(ports: Ports, present: Mapping[str, int]) -> tuple[str, ...]:
    """Ordered deals that are no longer in the pipeline. Each is told once: the event log remembers it. So each is
    asked for before: pages shift when a box is deleted, and one that was only missed would be remembered as gone."""
    links = ports.store.links.all("order")
    missing = [(link.streak_key, link.erp_key) for link in links if link.streak_key not in present]
    events = [Event("sweep", "GONE", Kind.DEAL, key, body_hash=f"gone:{order}") for key, order in missing]
    gone = [event for event in ports.store.inbox.unseen(events) if _has_left(event.key, ports)]
    ports.store.inbox.record(gone)
    return tuple(event.key for event in gone)


def _has_left(key: str, ports: Ports) -> bool:
    """A box that cannot be read is not known to be gone: the next full sweep asks again."""
    try:
        box = ports.streak.box(key)
    except IntegrationError:
        return False
    return box is None or box.pipeline_key != ports.pipeline_key


def make_due(ports: Ports, name: str, versions: Mapping[str, int], *, source: str = "sweep") -> None:
    """Deals by their keys, each with the version that a read has to show."""
    lane = "live" if len(versions) <= _FEW else "bulk"
    ports.store.inbox.record(
        [
            Event(source, name, Kind.DEAL, key, min_version=version, lane=lane)
            for key, version in versions.items()
        ]
    )
