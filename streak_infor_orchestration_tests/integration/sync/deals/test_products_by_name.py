"""Products that people call by the ERP's name for them, typed into one text field."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration_tests.integration.sync.deals.test_linked_boxes import LINES
from streak_infor_orchestration_tests.world import World

BY_NAME = "  from: text\n  field: Items\n  products: name\n"


@pytest.fixture
def agency(make_world: Callable[..., World]) -> World:
    return make_world(settings={LINES: BY_NAME})


def ordered(world: World, text: str) -> str:
    deal = world.company.deal("Northwind", lines=())
    world.company.edit(deal, {"Items": text}, stage="Proposal Accepted")
    return deal


def test_a_product_is_found_by_its_name_or_code(agency: World) -> None:
    deal = ordered(agency, "2 x brake caliper, front left @ 180; BRK-2001 (1)")
    assert agency.look(deal).verdict is None
    (order,) = agency.company.found_in_erp("salesorders")
    lines = [(line["Product"], line["Quantity"], line["Price"]) for line in order["LineItems"]]
    assert lines == [("BRK-1001", "2", "180.00"), ("BRK-2001", "1", "49.50")]
    assert agency.look(deal).verdict is None  # and is not taken for an edit


def test_a_name_that_no_product_bears_is_for_a_person(agency: World) -> None:
    verdict = agency.look(ordered(agency, "2 x Brake")).verdict
    assert verdict is not None
    assert [(p.code, p.field, p.value) for p in verdict.problems] == [
        ("unknown_product", "Items", "2 x Brake")
    ]


def test_a_name_that_several_products_bear_is_for_a_person(agency: World) -> None:
    agency.company.erp(
        "/products", {"ProductID": "BRK-1009", "Description": "Brake fluid DOT 5.1", "UnitPrice": "9"}
    )
    verdict = agency.look(ordered(agency, "2 x Brake fluid DOT 5.1")).verdict
    assert verdict is not None
    (problem,) = verdict.problems
    assert (problem.code, problem.fix) == ("ambiguous_product", "Enter the code of the one that is meant.")
    assert "BRK-1009" in problem.message and "FLD-5001" in problem.message
