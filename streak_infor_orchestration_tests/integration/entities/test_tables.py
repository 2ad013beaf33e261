"""A table is like the system it shows: typed to the cent, without repeats, without what is gone."""

from collections.abc import Callable
from decimal import Decimal

import dagster as dg

from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.sync.extract import SOURCES
from streak_infor_orchestration_tests.integration.entities.conftest import Materialise
from streak_infor_orchestration_tests.world.world import World

Tables = Callable[[str], TableHandle]


def sold(world: World, name: str = "Northwind", *, stage: str = "Closed-Won") -> str:
    """A deal with everything that follows from it, by the product itself."""
    box = world.company.deal(name, stage=stage)
    world.look(box)
    return box


def test_there_is_a_source_for_every_table_and_an_asset_for_every_source(definitions: dg.Definitions) -> None:
    assets = {"/".join(key.path) for key in definitions.resolve_asset_graph().get_all_asset_keys()}
    assert set(SOURCES) == set(TABLES) and set(TABLES) <= assets


def test_every_entity_of_the_erp_becomes_a_table(
    materialise: Materialise, world: World, table: Tables
) -> None:
    sold(world)
    world.company.erp("/inventory", {"ProductID": "BRK-1001", "Warehouse": "100", "OnHand": "5"})
    names = [name for name in TABLES if name.startswith("infor/")]
    assert materialise(*names).success
    assert [name for name in names if not table(name).path.exists()] == []
    (order,) = world.company.found_in_erp("salesorders")
    (row,) = table("infor/sales_orders").pandas().to_dict("records")
    assert (row["id"], row["total"], row["status"]) == (
        order["OrderID"],
        Decimal(order["TotalAmount"]),
        "Invoiced",
    )
    assert row["lines"][0]["price"] == Decimal("180.00")


def test_every_entity_of_streak_becomes_a_table(
    materialise: Materialise, world: World, table: Tables
) -> None:
    box = sold(world)
    names = [name for name in TABLES if name.startswith("streak/")]
    assert materialise(*names).success
    (row,) = table("streak/boxes").pandas().to_dict("records")
    assert (row["key"], row["stage"]) == (box, "Closed-Won")
    assert dict(row["fields"])["SKU 1"] == "BRK-1001"
    stages = table("streak/stages").pandas()
    assert "Closed-Won" in set(stages["name"])
