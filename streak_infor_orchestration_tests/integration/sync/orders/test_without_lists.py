"""Where the ERP keeps no list of changes, orders that were typed there are found by listing what was entered."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.sync.watch.unlinked import EVERY, look_for_unlinked
from streak_infor_orchestration_tests.integration.sync.orders.typed import BY_HAND, boxes, types_an_order
from streak_infor_orchestration_tests.world import World


@pytest.fixture(autouse=True)
def no_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FacadeErp, "change_feeds", ())


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=BY_HAND)


def an_hour_later(world: World) -> int:
    world.clock.advance(EVERY.total_seconds() + 1)
    found = look_for_unlinked(world.ports)
    world.clock.advance(world.ports.erp.traits.settle_seconds)
    world.run_orders()
    world.run_until_quiet()
    return found


def test_each_becomes_a_box_once(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    order = types_an_order(world)
    assert an_hour_later(world) == 1
    (made,) = set(boxes(world)) - {deal}
    assert world.ports.store.links.erp_key("order", made) == order
    assert an_hour_later(world) == 0
    assert len(boxes(world)) == 2


def test_what_is_left_alone_is_not_asked_about_again(world: World) -> None:
    types_an_order(world, ExternalReference=world.ports.reference("nobody's"))
    assert an_hour_later(world) == 1
    before = len([call for call in world.company.calls() if "/salesorders/" in call])
    assert an_hour_later(world) == 0
    assert len([call for call in world.company.calls() if "/salesorders/" in call]) == before


def test_they_are_listed_once_an_hour_and_only_where_somebody_wants_boxes(
    world: World, make_world: Callable[..., World]
) -> None:
    an_hour_later(world)
    types_an_order(world)
    assert look_for_unlinked(world.ports) == 0
    assert an_hour_later(world) == 1
