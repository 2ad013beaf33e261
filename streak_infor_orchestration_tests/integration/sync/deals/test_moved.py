"""The status of the order moves the deal on the board: forward, once, and against nobody's will."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.deals import moved
from streak_infor_orchestration.sync.row.work import Work
from streak_infor_orchestration_tests.world import World

ORDERS = "orders: {{status_stage: {{{}}}}}\n\namounts:\n"
SHIPPED = {"amounts:\n": ORDERS.format("Shipped: contract signed")}


def ordered(world: World, stage: str = "Proposal Accepted") -> tuple[str, str]:
    """A deal and its order."""
    deal = world.company.deal("Northwind", stage=stage)
    world.look(deal)
    return deal, world.ports.store.links.erp_key("order", deal) or ""


def becomes(world: World, order: str, status: str) -> None:
    world.clock.advance(5)
    world.company.erp(f"/orders/{order}/status", {"OrderStatus": status})
    world.poll()
    world.run_until_quiet()


def stage_of(world: World, deal: str) -> str:
    return str(world.company.box(deal)["stageName"])


def moves(world: World) -> int:
    """Calls that wrote boxes."""
    return len([call for call in world.company.calls() if call.startswith("POST /api/v1/boxes/")])


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=SHIPPED)


def test_a_deal_goes_where_the_status_of_its_order_belongs_in_one_call_with_its_fields(world: World) -> None:
    deal, order = ordered(world)
    before = moves(world)
    becomes(world, order, "Shipped")
    box = world.company.box(deal)
    assert (box["stageName"], box["fieldsByName"]["ERP status"]) == ("Contract Signed", "Shipped")
    assert moves(world) == before + 1


def test_who_moves_it_back_is_not_fought_with(world: World) -> None:
    deal, order = ordered(world)
    becomes(world, order, "Shipped")
    world.company.edit(deal, stage="Proposal Accepted")
    world.look(deal)
    world.company.correct("salesorders", order, {"OrderDescription": "changed"})
    world.look(deal)
    assert stage_of(world, deal) == "Proposal Accepted"


def test_without_the_memory_of_what_was_acted_upon_they_would_be(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always(work: Work, _ports: object) -> bool:
        return work.order is not None

    monkeypatch.setattr(moved, "_is_news", always)
    with pytest.raises(AssertionError):
        test_who_moves_it_back_is_not_fought_with(world)


def test_who_was_there_first_may_go_back(world: World) -> None:
    deal, order = ordered(world, "Contract Signed")
    becomes(world, order, "Shipped")
    world.company.edit(deal, stage="Proposal Accepted")
    world.look(deal)
    assert stage_of(world, deal) == "Proposal Accepted"


@pytest.mark.parametrize("stage", ["Closed-Won", "Closed-Lost"])
def test_it_never_goes_backwards(world: World, stage: str) -> None:
    deal, order = ordered(world)
    world.company.edit(deal, stage=stage)
    becomes(world, order, "Shipped")
    assert stage_of(world, deal) == stage


def test_unless_the_mapping_says_so(make_world: Callable[..., World]) -> None:
    back = "Cancelled: {stage: Qualified, back: true}"
    world = make_world(settings={"amounts:\n": ORDERS.format(back)})
    deal, order = ordered(world)
    becomes(world, order, "Cancelled")
    assert stage_of(world, deal) == "Qualified"


def test_a_stage_that_asks_for_an_invoice_gets_it_at_once(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"amounts:\n": ORDERS.format("Shipped: Closed-Won")})
    deal, order = ordered(world)
    becomes(world, order, "Shipped")
    assert [invoice["OrderID"] for invoice in world.company.found_in_erp("invoices")] == [order]
    assert world.company.box(deal)["fieldsByName"]["ERP invoice"]


def test_a_lost_answer_moves_it_once(world: World) -> None:
    deal, order = ordered(world)
    world.company.streak("/faults", {"kind": "cut_after", "method": "POST", "path": f"/boxes/{deal}$"})
    becomes(world, order, "Shipped")
    assert stage_of(world, deal) == "Contract Signed"
    assert world.ports.store.effects.unsettled() == []


def test_a_dry_run_says_where_it_would_go(world: World) -> None:
    deal, order = ordered(world)
    world.company.erp(f"/orders/{order}/status", {"OrderStatus": "Shipped"})
    (work,) = world.run(only=(deal,), dry_run=True).items
    assert "would move the box to Contract Signed" in work.trail
    assert stage_of(world, deal) == "Proposal Accepted"


def test_without_a_mapping_nothing_is_remembered(make_world: Callable[..., World]) -> None:
    world = make_world()
    _deal, order = ordered(world)
    becomes(world, order, "Shipped")
    link = world.ports.store.links.of_erp("order", order)
    assert link is not None and link.told == ""
