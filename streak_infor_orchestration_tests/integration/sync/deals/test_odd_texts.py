"""Half an emoji and NUL in the texts of both systems, on both databases.

A mark where the text does not matter, a problem of that deal where it does, and never the end of a run.
"""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world.spoiling import spoilt
from streak_infor_orchestration_tests.world.world import World

ODD = rb"\ud83d\u0000"
MARKS = "\ufffd\ufffd"


@pytest.fixture
def world(make_world: Callable[..., World], database_url: str | None) -> World:
    return make_world(database_url=database_url)


@pytest.mark.parametrize("column", ["Price 1", "Qty 1", "SKU 1"])
def test_where_it_matters_it_is_a_problem_of_that_deal_told_once(world: World, column: str) -> None:
    bad = world.company.deal("Odd", stage="Proposal Accepted")
    value = {"Price 1": "12 ODD", "Qty 1": "2ODD", "SKU 1": "BRKODD-1001"}[column]
    world.company.edit(bad, {column: value})
    good = world.company.deal("Northwind", stage="Proposal Accepted")
    with spoilt(b"ODD", ODD):
        for _ in range(2):
            for deal in (bad, good):
                world.webhook(deal)
            by_key = {work.claim.key: work for work in world.run().items}
            assert by_key[good].verdict is None
            assert by_key[bad].verdict is not None and by_key[bad].verdict.status is Status.PERSON
        assert world.run_until_quiet() == []
    assert len(world.company.comments(bad)) == 1
    (letter,) = world.ports.store.dead_letters.listing()
    assert letter.key == bad and world.company.found_in_erp("salesorders") != []


def test_where_it_does_not_matter_the_deal_goes_on_with_a_mark(world: World) -> None:
    acme = world.company
    buyer = acme.organization("Northwind ODD GmbH", domains=["northwind.example"])
    deal = acme.deal("Odd ODD", organization=buyer, stage="Closed-Won")
    acme.edit(deal, notes="ODD")
    with spoilt(b"ODD", ODD):
        assert world.look(deal).verdict is None
        (customer,) = acme.found_in_erp("customers")
        assert customer["Name"] == f"Northwind {MARKS} GmbH"
        number = acme.book("customers", {"Name": "Contoso ODD", "Currency": "EUR"})["CustomerID"]
        refresh(world.ports.erp, world.ports.store)
        read = world.ports.erp.customer(number)
        assert read is not None and read.name == f"Contoso {MARKS}"
        world.run_customers()
        assert world.look(deal).verdict is None
    assert len(acme.found_in_erp("salesorders")) == 1 == len(acme.found_in_erp("invoices"))
    assert world.ports.store.dead_letters.listing() == []


def test_what_an_erp_says_of_its_refusal_can_be_kept_and_told(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp(
        "/faults",
        {
            "kind": "status",
            "status": 422,
            "body": {
                "code": "validation",
                "detail": "no ODD here",
                "errors": [{"field": "ODD", "message": "ODD"}],
            },
            "method": "POST",
            "path": "/salesorders$",
            "times": None,
        },
    )
    with spoilt(b"ODD", ODD):
        work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    (comment,) = world.company.comments(deal)
    assert f"no {MARKS} here" in comment
    assert [letter.key for letter in world.ports.store.dead_letters.listing()] == [deal]
