"""Somebody edits a box between our read and our write, and no webhook tells of it: our own version shows it too."""

from collections.abc import Callable
from typing import Any

import pytest

from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.watch.sweep import sweep
from streak_infor_orchestration_tests.world import World

LINES = [("BRK-1001", "2", "180.00")]
Edit = Callable[[World, str], None]


def write_after(world: World, monkeypatch: pytest.MonkeyPatch, edit: Edit) -> str:
    """A deal that is edited just before we write its fields; the one event told of is that it was accepted."""
    deal = world.company.deal("Northwind", lines=LINES, stage="Proposal Accepted")
    update = StreakClient.update_box

    def late(client: StreakClient, *arguments: Any, **content: Any) -> object:
        monkeypatch.setattr(StreakClient, "update_box", update)
        edit(world, deal)
        return update(client, *arguments, **content)

    monkeypatch.setattr(StreakClient, "update_box", late)
    world.look(deal)
    return deal


def test_it_is_looked_at_once_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = write_after(world, monkeypatch, lambda w, box: w.company.edit(box, stage="Closed-Won"))
    world.run_until_quiet()
    assert [invoice["OrderID"] for invoice in world.company.found_in_erp("invoices")] == [
        world.company.box(deal)["fieldsByName"]["ERP order"]
    ]
    assert world.ports.store.inbox.counts() == []


def test_so_is_a_field_of_theirs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = write_after(world, monkeypatch, lambda w, box: w.company.edit(box, {"Qty 1": "3"}))
    world.run_until_quiet()
    (letter,) = world.ports.store.dead_letters.listing()
    assert (letter.key, letter.code) == (deal, "edited_after_order")


def test_where_nobody_did_one_look_is_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = write_after(world, monkeypatch, lambda _world, _box: None)
    assert world.ports.store.inbox.counts() == []
    world.clock.advance(120)
    assert sweep(world.ports).repaired == ()
    assert world.company.box(deal)["fieldsByName"]["ERP status"] == "Open"
