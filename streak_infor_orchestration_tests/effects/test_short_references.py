"""Two deals that meet in a short external reference: each has its own order, also when the ledger is gone."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.infor.port import Found
from streak_infor_orchestration.sync.desk.recover import recover
from streak_infor_orchestration.sync.desk.reorder import reorder
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.erps.short_reference import ShortReferenceErp
from streak_infor_orchestration_tests.erps.wire import Wire
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

ONE_LETTER = {"  product: facade ": "  reference_prefix: S\n  product: facade "}


class EitherReferenceErp(ShortReferenceErp):
    """Shows what bears one reference or the other. `looks`: how often it was looked at."""

    traits = ShortReferenceErp.traits.model_copy(update={"finds_by_second_reference": True})
    looks = 0

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        self.looks += 1
        second = request.second_reference
        return self.wire.read(
            lambda: Found(
                orders=tuple(
                    order
                    for order in self.committed.values()
                    if order.reference == reference or order.second_reference == second
                )
            )
        )


@pytest.fixture(params=[ShortReferenceErp, EitherReferenceErp])
def erp(request: pytest.FixtureRequest, acme: Acme) -> ShortReferenceErp:
    erp: ShortReferenceErp = request.param(Wire(acme[0].clock))
    return erp


@pytest.fixture
def world(make_world: Callable[..., World], erp: ShortReferenceErp) -> World:
    return make_world(erp=erp, settings=ONE_LETTER)


@pytest.fixture
def twins(world: World) -> tuple[str, str]:
    """Two deals of one customer, with the same lines and the same first choice of a reference."""
    organization = world.company.organization("Northwind Ltd")
    known: dict[str, str] = {}
    for n in count():
        deal = world.company.deal(f"Deal {n}", organization=organization, stage="Proposal Accepted")
        reference = world.ports.reference(deal)
        if reference in known:
            return known[reference], deal
        known[reference] = deal
    raise AssertionError


def the_orders(world: World, erp: ShortReferenceErp, twins: tuple[str, str]) -> None:
    """One each, linked to its own deal, under a reference of its own."""
    assert len(erp.committed) == 2
    for deal in twins:
        order = erp.committed[world.ports.store.links.erp_key("order", deal) or ""]
        assert order.second_reference == world.ports.second_reference(deal)
    first, second = erp.committed.values()
    assert first.reference != second.reference
    assert world.ports.store.effects.unsettled() == []
    assert world.ports.store.dead_letters.count_open() == 0


def test_each_has_its_own_order(world: World, erp: ShortReferenceErp, twins: tuple[str, str]) -> None:
    for deal in twins:
        world.look(deal)
    the_orders(world, erp, twins)


@pytest.mark.parametrize("erp", [EitherReferenceErp], indirect=True)
def test_where_either_reference_finds_it_one_look_does(
    world: World, erp: EitherReferenceErp, twins: tuple[str, str]
) -> None:
    """The second of the two meets the first's, and looks for a place of its own."""
    world.look(twins[0])
    assert erp.looks == 1
    world.look(twins[1])
    assert erp.looks == 3
    the_orders(world, erp, twins)


@pytest.mark.parametrize("fault", ["before", "after"])
def test_an_answer_lost_is_found_among_the_others(
    world: World, erp: ShortReferenceErp, twins: tuple[str, str], fault: str
) -> None:
    world.look(twins[0])
    erp.wire.lose(1, fault)
    world.look(twins[1])
    world.run_until_quiet()
    the_orders(world, erp, twins)


def test_both_are_found_again_when_the_ledger_has_forgotten_them_and_the_first_is_gone(
    world: World, erp: ShortReferenceErp, twins: tuple[str, str], tmp_path: Path
) -> None:
    """The first was in the way when the second was made. Now its place is free, and must not be taken for an answer."""
    for deal in twins:
        world.look(deal)
    second = world.ports.store.links.erp_key("order", twins[1])
    del erp.committed[world.ports.store.links.erp_key("order", twins[0]) or ""]
    world.lose_ledger(None, tmp_path / "empty")
    world.look(twins[1])
    assert (world.ports.store.links.erp_key("order", twins[1]), len(erp.committed)) == (second, 1)


def test_links_are_rebuilt_by_the_second_reference(
    world: World, erp: ShortReferenceErp, twins: tuple[str, str], tmp_path: Path
) -> None:
    for deal in twins:
        world.look(deal)
    before = world.ports.store.links.all("order")
    world.lose_ledger(None, tmp_path / "empty")
    assert recover(actor="test", ports=world.ports).conflicts == []
    assert world.ports.store.links.all("order") == before


def test_without_a_second_reference_the_other_deals_order_is_in_the_way(
    world: World, erp: ShortReferenceErp, twins: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: that is what the second one is for."""
    monkeypatch.setattr(erp, "traits", erp.traits.model_copy(update={"second_reference_length": 0}))
    world.look(twins[0])
    work = world.look(twins[1])
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert len(erp.committed) == 1


def test_another_order_of_a_deal_has_a_place_of_its_own(
    world: World, erp: ShortReferenceErp, twins: tuple[str, str]
) -> None:
    deal = twins[0]
    world.look(deal)
    (first,) = erp.committed.values()
    erp.cancel_order(first)
    reorder(deal, actor="test", ports=world.ports)
    world.run_until_quiet()
    second = erp.committed[world.ports.store.links.erp_key("order", deal) or ""]
    assert second.id != first.id
    assert second.second_reference == world.ports.second_reference(deal, 2)
