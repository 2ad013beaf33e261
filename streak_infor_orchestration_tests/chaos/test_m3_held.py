"""What M3 keeps until a person acts there: told on the deal, asked for again every 15 minutes, and never made twice."""

from typing import Any

import pytest

from streak_infor_orchestration_tests.chaos.test_m3_deaths import erp, m3, world
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.world import World

__all__ = ["erp", "m3", "world"]


def books(m3: Control, collection: str) -> list[dict[str, Any]]:
    return list(m3.get("/state")[collection])


def held(world: World, m3: Control, status: str) -> tuple[str, str]:
    """A deal whose order M3 keeps in this status: its key, and the temporary number."""
    m3.post("/confirms", {"STAT": status, "TX60": "Limit exceeded"})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (begun,) = books(m3, "temporaryorders")
    assert (begun["Status"], books(m3, "salesorders")) == (status, [])
    (comment,) = world.company.comments(deal)
    assert "Limit exceeded" in comment and begun["OrderID"] in comment
    return deal, begun["OrderID"]


def later(world: World) -> None:
    world.clock.advance(901)
    world.run(lanes=("live", "bulk", "manual"))


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize("status", ["15", "25", "30", "55"])
def test_one_that_a_person_releases_is_the_deals_order(
    world: World, m3: Control, status: str, edited: bool
) -> None:
    deal, number = held(world, m3, status)
    later(world)
    assert books(m3, "salesorders") == [] and len(books(m3, "temporaryorders")) == 1
    if edited:
        world.company.edit(deal, fields={"Qty 1": "5"})
        world.look(deal)
    real = m3.post(f"/temporary/{number}/release")["ORNR"]
    world.webhook(deal)
    later(world)
    assert [order["OrderID"] for order in books(m3, "salesorders")] == [real]
    assert len(books(m3, "temporaryorders")) == 1, "and nothing was begun beside it"
    assert world.ports.store.links.erp_key("order", deal) == real
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == real


def test_one_that_somebody_deletes_is_a_persons(world: World, m3: Control) -> None:
    deal, number = held(world, m3, "25")
    m3.delete(f"/temporary/{number}")
    world.webhook(deal)
    later(world)
    assert books(m3, "salesorders") == [] and books(m3, "temporaryorders") == []
    assert world.ports.store.dead_letters.count_open() == 1
