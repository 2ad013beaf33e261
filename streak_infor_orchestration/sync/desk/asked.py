"""A person wants records to be looked at now: some by their keys, or all that changed in Streak since a moment."""

from collections.abc import Sequence
from datetime import datetime

from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.watch.sweep import make_due


def ask(row: Row, keys: Sequence[str], *, actor: str, ports: Ports) -> None:
    """Audited, and due at once. Deals by their boxes' keys, customers by their link keys."""
    ports.names.asked()
    ports.store.inbox.record([Event("manual", "ASKED", row.kind, key, lane="manual") for key in keys])
    for key in keys:
        ports.store.audit.write(actor, "asked", key, {"row": row.name})


def ask_since(since: datetime, *, actor: str, ports: Ports) -> int:
    """Every deal that changed since, known or not; audited. So many are due then. Raises what Streak's reads raise."""
    pages = ports.streak.box_version_pages(ports.pipeline_key, since=since)
    versions = {box.key: box.version for page in pages for box in page}
    make_due(ports, "ASKED", versions, source="manual")
    ports.store.audit.write(
        actor, "asked since", "deals", {"since": since.isoformat(), "deals": len(versions)}
    )
    return len(versions)
