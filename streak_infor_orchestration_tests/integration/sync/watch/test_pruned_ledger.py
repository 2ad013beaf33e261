"""Years later, on a ledger that was pruned: nothing is made or told twice, edits go over, and it can be recovered."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from streak_infor_orchestration.sync.desk.recover import recover
from streak_infor_orchestration.sync.watch.retention import prune
from streak_infor_orchestration.sync.watch.sweep import sweep
from streak_infor_orchestration_tests.integration.sync.deals.test_edits import UPDATE
from streak_infor_orchestration_tests.integration.sync.desk.test_recover import books
from streak_infor_orchestration_tests.world import World

LONG = timedelta(days=500).total_seconds()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=UPDATE)


@pytest.fixture
def deals(world: World) -> dict[str, str]:
    """An order that was edited, one that was invoiced, and a customer that was made; then the years pass."""
    new = world.company.organization("New Ltd", domains=["new.example"])
    found = {
        "ordered": world.company.deal("Ordered", stage="Proposal Accepted"),
        "won": world.company.deal("Won", stage="Closed-Won"),
        "new": world.company.deal("New", organization=new, stage="Proposal Accepted"),
    }
    world.company.edit(found["ordered"], {"Ship via": "Ground", "Region": "north"})
    for box in found.values():
        world.webhook(box)
    world.run_until_quiet()
    world.company.edit(found["ordered"], {"Region": "south"})
    world.look(found["ordered"])
    every_look(world, found)
    world.clock.advance(LONG)
    return found


def every_look(world: World, deals: dict[str, str]) -> None:
    world.poll()
    sweep(world.ports, full=True)
    world.ask(*deals.values())
    world.run_until_quiet()


def test_nothing_is_made_or_told_again(world: World, deals: dict[str, str]) -> None:
    before = books(world, deals)
    removed = prune(world.ports.store, seconds=60)
    assert removed["bodies"] > 0 and removed["sio_outcome"] > 0
    assert sweep(world.ports, full=True).repaired == (), "a pruned row would look like a lost webhook"
    every_look(world, deals)
    assert books(world, deals) == before
    assert world.ports.store.dead_letters.count_open() == 0
    assert world.ports.store.effects.unsettled() == []


def test_an_old_order_is_still_edited(world: World, deals: dict[str, str]) -> None:
    """What was written is compared with what the deal says now, and with what people changed in the ERP."""
    prune(world.ports.store, seconds=60)
    (order,) = (
        found for found in world.company.found_in_erp("salesorders") if found["OrderDescription"] == "Ordered"
    )
    world.company.correct("salesorders", order["OrderID"], {"OrderDescription": "Ask for Ada"})
    world.company.edit(deals["ordered"], {"Ship via": "Air"})
    assert world.look(deals["ordered"]).verdict is None
    (changed,) = world.company.found_in_erp("salesorders", OrderID=order["OrderID"])
    kept = (changed["ShippingMethod"], changed["OrderDescription"], changed["CustomFields"])
    assert kept == ("UPSA", "Ask for Ada", {"Region": "SOUTH"})
    assert changed["TotalAmount"] == order["TotalAmount"]


def test_it_is_recovered_like_any_other(world: World, deals: dict[str, str]) -> None:
    before = books(world, deals)
    prune(world.ports.store, seconds=60)
    found = recover(actor="test", ports=world.ports)
    assert (found.conflicts, found.deals, found.added) == ([], len(deals), 0)
    world.restart()
    world.run_until_quiet(rounds=200)
    every_look(world, deals)
    assert books(world, deals) == before


def test_a_comment_whose_row_is_asked_again_is_found_by_its_token(
    world: World, deals: dict[str, str]
) -> None:
    """Its text is gone from the ledger, its token is not."""
    prune(world.ports.store, seconds=60)
    effects = [
        effect for effect in world.ports.store.effects.of(deals["won"]) if effect.key.startswith("comment:")
    ]
    assert effects
    for effect in effects:
        assert effect.body["message"].startswith("[")
        assert any(effect.body["message"] in text for text in world.company.comments(deals["won"]))


def test_what_was_told_is_not_kept_word_for_word(world: World, deals: dict[str, str]) -> None:
    def kept() -> str:
        subjects = [*deals.values()]
        effects = [effect for subject in subjects for effect in world.ports.store.effects.of(subject)]
        return json.dumps([[effect.body, effect.result] for effect in effects])

    written = kept()
    prune(world.ports.store, seconds=60)
    said = "Order SO-"
    assert said in written and said not in kept()
