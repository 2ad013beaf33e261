"""Streak's webhooks, the gateway, the runs and the ERP's lists together: what we wrote comes back, and is no news; what
others do is, whatever version it carries."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.streak_events import DEAL_EVENTS
from streak_infor_orchestration.sync.customers import directory
from streak_infor_orchestration_tests.integration.gateway.running import SECRET, in_thread
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import acme, make_world

__all__ = ["acme", "make_world"]

METADATA = "/api/v1/pipelines/"
LISTS = tuple(f"GET /infor/api/v1/{name}" for name in ("invoices", "payments", "creditnotes", "customers"))


@pytest.fixture
def world(make_world: Callable[..., World]) -> Iterator[World]:
    """Whose Streak tells the gateway of everything that happens to boxes."""
    world = make_world()
    with in_thread(create_app(world.ports.store, secret=SECRET)) as client:
        for event in sorted(DEAL_EVENTS):
            world.company.webhook(event, f"{client.base_url}/webhooks/streak/{event}/{SECRET}")
        yield world


def until_quiet(world: World) -> int:
    """Whatever both systems tell is looked at, and what the looks gave rise to. How often the ERP's lists were read."""
    for polls in range(1, 10):
        world.company.delivered()
        directory.poll(world.ports.erp, world.ports.store)
        world.poll()
        if not world.run_until_quiet():
            return polls
    raise AssertionError("it never ends")


@pytest.fixture
def accepted(world: World) -> str:
    """The second deal of a customer, in a process that knows fields and products by now."""
    organization = world.company.organization("Northwind Ltd", domains=["northwind.example"])
    world.company.deal("First", organization=organization, stage="Proposal Accepted")
    until_quiet(world)
    deal = world.company.deal("Second", organization=organization)
    until_quiet(world)
    world.clock.advance(60)
    world.company.edit(deal, stage="Proposal Accepted")
    world.company.delivered()
    return deal


def test_a_deal_costs_three_calls_of_streak_from_end_to_end(world: World, accepted: str) -> None:
    """Box, fields, comment; and of the ERP the probe and the order. Neither its own webhooks nor the ERP's lists make
    anybody look again."""
    before = Counter(world.company.calls())
    polls = until_quiet(world)
    calls = Counter(world.company.calls()) - before
    assert {call: n for call, n in calls.items() if "/infor/" not in call and METADATA not in call} == {
        f"GET /api/v1/boxes/{accepted}": 1,
        f"POST /api/v1/boxes/{accepted}": 1,
        f"POST /api/v2/boxes/{accepted}/comments": 1,
    }
    assert {call: n for call, n in calls.items() if "/infor/" in call and not call.startswith(LISTS)} == {
        "GET /infor/api/v1/salesorders": polls + 1,
        "POST /infor/api/v1/salesorders": 1,
    }


def test_a_deal_that_is_deleted_after_we_wrote_to_it_is_looked_at_at_once(
    world: World, accepted: str
) -> None:
    """The deletion carries the very version that our write returned."""
    until_quiet(world)
    world.company.delete(accepted)
    world.company.delivered()
    (deleted, *_) = world.ports.store.inbox.events("deal", accepted)
    assert (deleted.name, deleted.echo) == ("BOX_DELETE", False)
    assert deleted.version == world.ports.store.inbox.events("deal", accepted)[1].version
    assert world.run_until_quiet() != []
    letter = world.ports.store.dead_letters.of("deal", accepted)
    assert letter is not None and letter.code == "box_deleted"


def test_a_deal_that_is_moved_away_after_we_wrote_to_it_is_looked_at_at_once(
    world: World, accepted: str
) -> None:
    until_quiet(world)
    world.company.move_elsewhere(accepted)
    world.company.delivered()
    assert world.run_until_quiet() != []
    letter = world.ports.store.dead_letters.of("deal", accepted)
    assert letter is not None and letter.code == "box_moved"
