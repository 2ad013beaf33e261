"""Looking for what webhooks lost of customers: organizations and contacts that were saved and nobody told us of.

Only those matter that are linked, or that a linked customer is read with. A webhook about one does not say which
version it announces, so what it told of is found here once more, and looked at once more: that changes nothing.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from streak_infor_orchestration.domain.deal import Source
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.streak.models import Contact, Organization, Slice
from streak_infor_orchestration.sync.customer_stages import KIND
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.sweep import OVERLAP

WATERMARK = "streak:contacts"
Listed = Callable[[str], Slice[Contact] | Slice[Organization]]
"""A page of either, from a cursor on."""


def sweep_customers(ports: Ports, *, full: bool = False) -> tuple[str, ...]:
    """Contacts back to the last sweep; `full`: all of them, and all organizations, which Streak does not list by time.
    The link keys that were put into the inbox. The first one without a watermark begins with itself.

    Raises what Streak's reads raise; the watermark moves only when the sweep was complete.
    """
    began = ports.clock.now()
    last = ports.store.watermarks.get(WATERMARK) or began
    found = [*_behind(Source.CONTACT, _contacts(ports, None if full else last - OVERLAP), ports)]
    if full:
        found += _behind(Source.ORGANIZATION, _organizations(ports), ports)
    ports.store.watermarks.set(WATERMARK, began)
    return tuple(sorted(found))


def _contacts(ports: Ports, since: datetime | None) -> Listed:
    return lambda cursor: ports.streak.team_contacts(ports.team_key, since=since, cursor=cursor)


def _organizations(ports: Ports) -> Listed:
    return lambda cursor: ports.streak.team_organizations(ports.team_key, cursor=cursor)


def _behind(kind: Source, listed: Listed, ports: Ports) -> Iterator[str]:
    """A slice at a time in memory, and into the inbox."""
    cursor, more = "", True
    while more:
        part = listed(cursor)
        versions = {f"{kind}:{entry.key}": entry.version for entry in part.items}
        ours = _ours(kind, list(versions), ports)
        behind = ports.store.inbox.behind(KIND, {key: versions[key] for key in sorted(ours)})
        ports.store.inbox.record(
            [
                Event("sweep", "MISSED", KIND, key, min_version=versions[key], lane="bulk")
                for key in sorted(behind)
            ]
        )
        yield from behind
        cursor = part.cursor
        more = bool(cursor and part.items)


def _ours(kind: Source, link_keys: list[str], ports: Ports) -> set[str]:
    linked = set(ports.store.links.erp_keys("customer", link_keys))
    if kind is Source.ORGANIZATION:
        return linked
    read_with = ports.store.shadows.contacts_among([key.partition(":")[2] for key in link_keys])
    return linked | {f"{kind}:{key}" for key in read_with}
