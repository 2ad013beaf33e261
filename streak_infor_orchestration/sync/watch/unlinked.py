"""Orders of the ERP that no deal has: what becomes of them is found out once our own writes had time to be known."""

from datetime import timedelta

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.ports import Ports

EVERY = timedelta(hours=1)
"""Where the ERP keeps no list of changes: its orders are listed so often."""

_LISTED = "erp:entered"
_OVERLAP = timedelta(days=2)
"""An order is dated by the day, and may be entered a day later."""


def unlinked(order_id: str, ports: Ports) -> list[Event]:
    """None where such orders are left alone. Until the settle time is over it may be one of ours that we have not been
    told of yet, or one that somebody is typing."""
    if ports.config.orders.by_hand == "ignore":
        return []
    return [_event(order_id, ports)]


def look_for_unlinked(ports: Ports) -> int:
    """Once an hour at most, of an ERP that tells of no changes: what was entered since the last time, each once.
    Answers how many. Raises what the port raises; then it is looked for again."""
    now, last, asked = ports.clock.now(), ports.store.watermarks.get(_LISTED), ports.config.orders
    is_told = bool(ports.erp.change_feeds) or asked.by_hand == "ignore" or asked.since is None
    if is_told or (last is not None and now - last < EVERY):
        return 0
    assert asked.since is not None
    zone = ports.config.company.zone
    since = max(asked.since, (last - _OVERLAP).astimezone(zone).date()) if last else asked.since
    found = 0
    for numbers in ports.erp.entered(since):
        linked = ports.store.links.seen("order", numbers)
        others = [_event(number, ports, told="entered") for number in numbers if number not in linked]
        new = ports.store.inbox.unseen(others)
        ports.store.inbox.record(new)
        found += len(new)
    ports.store.watermarks.set(_LISTED, now)
    return found


def _event(order_id: str, ports: Ports, told: str = "") -> Event:
    later = ports.clock.now() + timedelta(seconds=ports.erp.traits.settle_seconds)
    return Event("erp", "UNLINKED", Kind.UNLINKED_ORDER, order_id, body_hash=told, due_at=later)
