"""`streak-infor reconcile` as an administrator types it."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process, make_world, process, world
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "fresh_process", "make_world", "process", "world"]


@pytest.fixture
def typed(process: Wiring, fresh_process: Callable[..., Wiring]) -> Callable[..., str]:
    """What the command says. Each runs in a process of its own, on the same ledger, a while after what was done."""

    def type_(*words: str, code: int = 0) -> str:
        process.clock.advance(400)  # type: ignore[attr-defined]  # moved by hand
        fresh_process(process.clock)
        result = CliRunner().invoke(_group, ["reconcile", *words])
        assert result.exit_code == code, result.output
        return result.stdout

    return type_


def test_in_step_or_not_and_whose_it_is(world: World, process: Wiring, typed: Callable[..., str]) -> None:
    box = world.company.deal("Northwind", stage="Closed-Won")
    process.store.inbox.record([Event("streak", "BOX_EDIT", "deal", box)])
    ORDER_TO_CASH.run(Batch("run"), process.ports)

    said = typed()
    assert "2 deals, 2 customers, 0 contacts, 2 invoices compared" in said
    assert "Both systems are in step." in said

    world.company.edit(box, {"Payment status": "Paid"})
    said = typed(code=1)
    assert "deals: status" in said and "Payment status" in said and "Unpaid" in said and box in said
    assert "waits for its turn" in said and "1 disagree" in said and "(--heal has them looked at)" in said
    assert not process.store.inbox.due(("deal",)).count, "without --heal nothing is changed"

    document = json.loads(typed("--json", "--heal", code=1))
    (found,) = document["drift"]
    assert (found["streak_key"], found["whose"], found["healed"]) == (box, "inbox", 1)
    ORDER_TO_CASH.run(Batch("run"), process.ports)
    assert json.loads(typed("--json"))["drift"] == []


def test_only_what_changed_since(world: World, process: Wiring, typed: Callable[..., str]) -> None:
    box = world.company.deal("Northwind", stage="Closed-Won")
    process.store.inbox.record([Event("streak", "BOX_EDIT", "deal", box)])
    ORDER_TO_CASH.run(Batch("run"), process.ports)
    tomorrow = f"{process.clock.now():%Y}-12-31"
    document = json.loads(typed("--json", "--since", tomorrow))
    assert document["whole"] is False and set(document["compared"].values()) == {0}
    assert "2 deals" in typed("--since", "2020-01-01T00:00")
