"""A customer that was entered in the ERP becomes an organization in Streak, where the policy says so; none twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from streak_infor_orchestration.ledger.inbox import LANES
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.customers.parties import party_of
from streak_infor_orchestration.sync.desk.linking import link_customer
from streak_infor_orchestration.sync.row.rows import NEW_CUSTOMERS
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.integration.sync.customers.test_agree import writes
from streak_infor_orchestration_tests.world import World

POLICY = {"customer:\n": "customer:\n  new_in_erp: organization\n"}
FEWEST_POINTS = 17


@pytest.fixture
def open_to_all(make_world: Callable[..., World]) -> World:
    world = make_world(settings=POLICY)
    world.run_customers()  # what is there when the integration begins is nothing new
    return world


def book(world: World, name: str, **members: Any) -> str:
    return str(world.company.book("customers", {"Name": name, "Currency": "EUR", **members})["CustomerID"])


def run(world: World) -> list[Work]:
    """The ERP's list is read, time passes, and all that is due is looked at."""
    world.run_customers()
    world.clock.advance(61 + world.ports.erp.traits.settle_seconds)
    worked: list[Work] = []
    while world.ports.store.inbox.due(NEW_CUSTOMERS.kinds).count:
        batch = Batch(run_id=f"new-{world.clock.now()}", lanes=LANES)
        worked += NEW_CUSTOMERS.run(replace(batch), world.ports).items
    return worked


def organizations(world: World) -> list[dict[str, Any]]:
    pages = world.ports.streak.organization_pages(world.company.team_key)
    return [one.model_dump() for page in pages for one in page]


def test_it_is_made_once_and_kept_the_same_from_then_on(open_to_all: World) -> None:
    world = open_to_all
    number = book(world, "Northwind GmbH", Email="a@northwind.example", Phone="+4930901820")
    run(world)
    (made,) = organizations(world)
    assert (made["name"], made["domains"], made["phones"]) == (
        "Northwind GmbH",
        ("northwind.example",),
        ("+4930901820",),
    )
    assert world.ports.store.links.erp_key("customer", f"organization:{made['key']}") == number
    world.run_customers()
    before = writes(world)
    assert run(world) == [] and writes(world) == before
    world.company.correct("customers", number, {"Phone": "+4930555555"})
    world.clock.advance(5)
    world.run_customers()
    assert world.company.party(f"organization:{made['key']}")["phoneNumbers"] == ["+4930555555"]


def test_without_the_policy_and_for_what_was_there_before_nothing_is_made(
    make_world: Callable[..., World], world: World
) -> None:
    book(world, "Northwind GmbH")
    world.run_customers()
    book(world, "Contoso")
    assert run(world) == [] and organizations(world) == []


def test_whoever_certainly_is_it_is_linked(open_to_all: World) -> None:
    world = open_to_all
    key = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    number = book(world, "Northwind GmbH", Email="a@northwind.example")
    run(world)
    assert len(organizations(world)) == 1
    assert world.ports.store.links.erp_key("customer", f"organization:{key}") == number


def test_whoever_may_be_it_is_a_persons_who_links_it(open_to_all: World) -> None:
    world = open_to_all
    key = world.company.organization("Northwind")
    number = book(world, "Northwind GmbH")
    (work,) = run(world)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert work.verdict.problems[0].code == "ambiguous_organization"
    assert len(organizations(world)) == 1
    link_customer(party_of(key, world.ports), number, actor="jane", ports=world.ports)
    run(world)
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_branch_that_shares_a_domain_is_made_without_it(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"customer:\n": "customer:\n  new_in_erp: organization\n  similar: ignore\n"})
    world.run_customers()
    world.company.organization("Contoso Hamburg", domains=["contoso.example"])
    book(world, "Contoso Munich", Email="m@contoso.example")
    run(world)
    domains = {one["name"]: one["domains"] for one in organizations(world)}
    assert domains == {"Contoso Hamburg": ("contoso.example",), "Contoso Munich": ()}


def test_what_we_make_in_the_erp_ourselves_is_nobody_new(open_to_all: World) -> None:
    world = open_to_all
    assert world.look(world.company.deal("Northwind", stage="Proposal Accepted")).verdict is None
    run(world)
    assert len(organizations(world)) == 1


def test_it_is_there_once_whenever_the_process_dies(open_to_all: World) -> None:
    world = open_to_all
    rehearsal = Mortality()
    book(world, "Company zero", Email="a@zero.example")
    with mortal(rehearsal):
        run(world)
    fatal_ones = [n for n, point in enumerate(rehearsal.points) if point.startswith("after")]
    print(f"{len(fatal_ones)} points to die at")
    assert len(fatal_ones) >= FEWEST_POINTS
    for fatal in fatal_ones:
        name = f"Firm {'xyz'[fatal % 3]}{fatal * 7919}"
        book(world, name, Email=f"a@firm{fatal}.example")
        point = "alive"
        try:
            with mortal(Mortality(fatal)):
                run(world)
        except Killed as death:
            point = str(death)
        world.restart()
        for _ in range(3):
            world.clock.advance(400)
            run(world)
            world.run_customers()
        assert sum(one["name"] == name for one in organizations(world)) == 1, point
        assert world.ports.store.effects.unsettled() == [], point


def test_where_streak_cannot_be_asked_what_is_in_doubt_is_not_made_again(
    open_to_all: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = open_to_all

    def unanswered(*_asked: Any, **_properties: Any) -> Any:
        raise RuntimeError("no answer")

    monkeypatch.setattr(StreakClient, "create_organization", unanswered)
    monkeypatch.setattr(StreakClient, "lists_organizations", lambda *_: False)
    book(world, "Northwind GmbH")
    run(world)
    world.clock.advance(60)
    (work,) = run(world)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert work.verdict.problems[0].code == "organization_uncertain"
