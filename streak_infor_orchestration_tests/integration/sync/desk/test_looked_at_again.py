"""A person has records looked at, and it is known who it was."""

import pytest

from streak_infor_orchestration.ledger.audit import AuditEntry
from streak_infor_orchestration.sync.desk.asked import ask, ask_since
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.row.rows import CUSTOMERS, ORDER_TO_CASH
from streak_infor_orchestration_tests.world.world import World


def audited(world: World, subject: str) -> list[tuple[str, str, object]]:
    entries: list[AuditEntry] = world.ports.store.audit.of(subject)
    return [(entry.actor, entry.action, entry.detail) for entry in entries]


def events(world: World, key: str) -> list[tuple[str, str, str, int]]:
    """Source, name, lane and version."""
    found = world.ports.store.inbox.events("deal", key)
    return [(event.source, event.name, event.lane, event.version) for event in found]


@pytest.mark.parametrize(
    ("row", "keys"), [(ORDER_TO_CASH, ["one", "two"]), (CUSTOMERS, ["contact:c", "organization:o"])]
)
def test_what_is_asked_for_by_its_key_is_due_and_audited(world: World, row: Row, keys: list[str]) -> None:
    ask(row, keys, actor="anna", ports=world.ports)
    pending = [world.ports.store.inbox.pending(row.kind, key) for key in keys]
    assert [due.lane for due in pending if due] == ["manual", "manual"]
    for key in keys:
        assert audited(world, key) == [("anna", "asked", {"row": row.name})]


def test_a_stretch_of_time(world: World) -> None:
    old = world.company.deal("Old")
    world.look(old)
    world.clock.advance(3600)
    since = world.clock.now()
    world.clock.advance(1)
    new = world.company.deal("New")
    version = world.company.box(new)["lastUpdatedTimestamp"]
    assert ask_since(since, actor="anna", ports=world.ports) == 1
    assert events(world, new) == [("manual", "ASKED", "live", version)]
    assert [event[1] for event in events(world, old)] == ["BOX_EDIT"]
    assert audited(world, "deals") == [("anna", "asked since", {"since": since.isoformat(), "deals": 1})]
