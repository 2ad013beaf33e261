"""What every claim shares: asking for records to be looked at, and how many may be taken now."""

from collections.abc import Sequence

from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.sync.ports.ports import Ports

SYSTEMS = ("streak", "infor")


def enqueue(
    ports: Ports, keys: Sequence[str], *, kind: str = "deal", lane: str = "manual", source: str = "manual"
) -> None:
    """Ask for these deals, or customers by their link keys, to be looked at, now."""
    ports.names.asked()
    ports.store.inbox.record([Event(source=source, name="ASKED", kind=kind, key=k, lane=lane) for k in keys])


def allowed(limit: int, ports: Ports) -> int:
    """While a system is paused nothing is claimed, except one deal at a time to see whether it is back."""
    paused = [pause for pause in ports.store.pauses.all() if pause.system in SYSTEMS]
    if not paused:
        return limit
    # first whether all may be probed at all: a probe is taken, and would be lost on a deal that needs both
    if any(pause.until > ports.clock.now() for pause in paused):
        return 0
    return 1 if all(ports.store.pauses.may_probe(pause.system) for pause in paused) else 0


def unleased(kind: str, key: str) -> Claimed:
    """What a dry run looks at: nobody is kept from it, and nothing may be written."""
    return Claimed(
        kind=kind,
        key=key,
        lane="manual",
        seq=0,
        attempts=0,
        min_version=0,
        token="",
        correlation_id="",
        first_due_at=None,
    )
