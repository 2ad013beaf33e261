"""A deal with several things wrong is told of all of them at once, at the price of a deal that is well."""

from collections import Counter
from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration_tests.integration.sync.deals.test_bad_input import letter_of, with_rule
from streak_infor_orchestration_tests.world.world import World

GOOD = [("BRK-1001", "2", "180.00"), ("BRK-2001", "1", "")]


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """A customer needs a region, an order a purchase order number."""
    required = (
        'to: customer.custom.Region, from: "field:Region", required: true}\n'
        '  - {to: order.custom.PO, from: "field:PO number", required: true'
    )
    return make_world(settings=with_rule(required))


def codes(world: World, deal: str) -> set[tuple[str, str]]:
    return {(p["code"], p["field"]) for p in letter_of(world, deal).diagnosis["problems"]}


def deal_of(world: World, lines: list[tuple[str, str, str]], **values: str) -> str:
    deal = world.company.deal("Northwind", stage="Proposal Accepted", lines=lines)
    world.company.edit(deal, fields={name.replace("_", " "): value for name, value in values.items()})
    world.webhook(deal)
    world.run()
    return deal


def test_what_cannot_be_read_the_customer_and_the_order_come_together(world: World) -> None:
    deal = deal_of(world, [("BRK-1001", "two", "180.00"), ("NONE-1", "1", "")])
    assert codes(world, deal) == {
        ("not_a_number", "Qty 1"),
        ("missing", "Region"),
        ("unknown_product", "SKU 2"),
        ("missing", "PO number"),
    }
    assert len(world.company.comments(deal)) == 4
    assert {p["box"] for p in letter_of(world, deal).diagnosis["problems"]} == {"Northwind"}


def test_an_incomplete_customer_and_the_order_come_together(world: World) -> None:
    deal = deal_of(world, [("NONE-1", "1", "")])
    assert codes(world, deal) == {
        ("missing", "Region"),
        ("unknown_product", "SKU 1"),
        ("missing", "PO number"),
    }


def test_look_alikes_and_the_order_come_together(world: World) -> None:
    world.company.book("customers", {"Name": "Northwind GmbH", "Email": "a@northwind.example"})
    world.company.book("customers", {"Name": "Northwind AG", "Email": "b@northwind.example"})
    refresh(world.ports.erp, world.ports.store)
    deal = deal_of(world, [("NONE-1", "1", "")], Region="north", PO_number="7")
    found = codes(world, deal)
    assert ("unknown_product", "SKU 1") in found
    assert letter_of(world, deal).diagnosis["problems"][0]["code"] != "unknown_product", (
        "the customer's comes first"
    )


def test_half_of_the_lines_is_not_held_against_the_whole(make_world: Callable[..., World]) -> None:
    """The deal's value is that of all lines; where one cannot be read, nobody is told that it differs."""
    world = make_world(settings={'tolerance: "0.00"': 'tolerance: "0.00"\n  deal_value: "field:Deal value"'})
    deal = deal_of(world, [("BRK-1001", "two", "180.00"), ("BRK-1001", "1", "180.00")], Deal_value="540.00")
    assert codes(world, deal) == {("not_a_number", "Qty 1")}


def test_when_all_is_mended_at_once_it_goes_on(world: World) -> None:
    deal = deal_of(world, [("BRK-1001", "two", "180.00"), ("NONE-1", "1", "")])
    world.company.edit(deal, fields={"Qty 1": "2", "SKU 2": "BRK-2001", "Region": "north", "PO number": "7"})
    world.webhook(deal)
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 1
    assert world.ports.store.dead_letters.of("deal", deal) is None


def test_it_costs_no_more_reading_than_a_deal_that_is_well(world: World) -> None:
    def reads(act: Callable[[], object]) -> Counter[str]:
        before = Counter(world.company.calls())
        act()
        made = Counter(world.company.calls()) - before
        return Counter({call: count for call, count in made.items() if call.startswith("GET")})

    bad = reads(lambda: deal_of(world, [("BRK-1001", "two", "180.00"), ("NONE-1", "1", "")]))
    world.restart()
    well = reads(lambda: deal_of(world, GOOD, Region="north", PO_number="7"))
    assert bad.total() <= well.total(), (bad, well)


def test_a_system_that_does_not_answer_keeps_nothing_back(world: World) -> None:
    world.company.erp("faults", {"kind": "status", "status": 503, "path": "products", "times": None})
    deal = deal_of(world, [("BRK-1001", "two", "180.00")])
    assert ("not_a_number", "Qty 1") in codes(world, deal)
