"""A deal after its order: back, lost, deleted, moved away, edited. Told to a person, and nothing undone by itself."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.sync.row.work import Status, Work
from streak_infor_orchestration_tests.world import World

CANCEL = {"policies: {backwards: report}": "policies: {backwards: cancel}"}
LINES = [("BRK-1001", "2", "180.00"), ("FLD-5001", "1.5", "")]


@pytest.fixture
def ordered(world: World) -> str:
    deal = world.company.deal("Northwind", lines=LINES, stage="Proposal Accepted")
    world.look(deal)
    return deal


def persons(world: World, work: Work) -> str:
    """The code of what a person has to decide; the deal is not due again."""
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert world.run_until_quiet() == []
    letter = world.ports.store.dead_letters.of("deal", work.claim.key)
    assert letter is not None
    return letter.code


def the_order(world: World) -> dict[str, object]:
    (order,) = world.company.found_in_erp("salesorders")
    return order


def test_straight_to_won_makes_order_and_invoice_in_one_run(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    (invoice,) = world.company.found_in_erp("invoices")
    assert invoice["OrderID"] == the_order(world)["OrderID"]


@pytest.mark.parametrize("stage", ["Lead", "Closed-Lost"])
def test_before_its_order_a_deal_asks_for_nothing(world: World, stage: str) -> None:
    work = world.look(world.company.deal("Northwind", stage=stage))
    assert (work.verdict, world.company.found_in_erp("salesorders")) == (None, [])


@pytest.mark.parametrize("stage", ["Lead", "Closed-Lost"])
def test_back_or_lost_after_the_order_is_told_and_nothing_undone(
    world: World, ordered: str, stage: str
) -> None:
    world.company.edit(ordered, stage=stage)
    assert persons(world, world.look(ordered)) == "went_back"
    world.look(ordered)
    assert the_order(world)["OrderStatus"] == "Open"
    assert sum(stage in comment for comment in world.company.comments(ordered)) == 1


def test_forward_again_resolves_it(world: World, ordered: str) -> None:
    world.company.edit(ordered, stage="Lead")
    world.look(ordered)
    world.company.edit(ordered, stage="Contract Signed")
    assert world.look(ordered).verdict is None
    assert world.ports.store.dead_letters.count_open() == 0


def test_the_policy_may_be_to_cancel(make_world: Callable[..., World]) -> None:
    world = make_world(settings=CANCEL)
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.company.edit(deal, stage="Closed-Lost")
    assert world.look(deal).verdict is None
    assert the_order(world)["OrderStatus"] == "Cancelled"
    world.company.edit(deal, stage="Closed-Won")
    world.look(deal)
    assert len(world.company.found_in_erp("salesorders")) == 1, "a cancelled order is not made again"
    assert world.company.found_in_erp("invoices") == []


def test_too_late_to_cancel_is_a_persons(make_world: Callable[..., World]) -> None:
    world = make_world(settings=CANCEL)
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.company.erp(f"/orders/{the_order(world)['OrderID']}/ship")
    world.company.edit(deal, stage="Closed-Lost")
    assert persons(world, world.look(deal)) == "conflict"
    assert the_order(world)["OrderStatus"] == "Shipped"


def test_a_deleted_deal_with_an_order_is_a_persons(world: World, ordered: str) -> None:
    world.company.delete(ordered)
    assert persons(world, world.look(ordered)) == "box_deleted"
    assert the_order(world)["OrderStatus"] == "Open"


@pytest.mark.parametrize("leaves", ["delete", "move_elsewhere"])
def test_a_deal_that_left_is_settled_by_cancelling_its_order_in_the_erp(
    world: World, ordered: str, leaves: str
) -> None:
    getattr(world.company, leaves)(ordered)
    world.look(ordered)
    assert world.ports.store.dead_letters.count_open() == 1
    world.clock.advance(60)
    world.company.erp(f"/orders/{the_order(world)['OrderID']}/status", {"OrderStatus": "Cancelled"})
    world.poll()
    world.run_until_quiet()
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_deleted_deal_without_an_order_is_nothing(world: World) -> None:
    deal = world.company.deal("Northwind")
    world.company.delete(deal)
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.CONVERGED


def test_a_deal_deleted_while_its_order_was_in_doubt_is_a_persons(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp("/faults", {"kind": "cut_after", "method": "POST", "path": "/salesorders$"})
    world.look(deal)
    world.company.delete(deal)
    world.webhook(deal, "BOX_DELETE")
    world.run_until_quiet()
    assert world.ports.store.links.erp_key("order", deal) == the_order(world)["OrderID"]
    assert world.ports.store.dead_letters.of("deal", deal) is not None


def test_a_deal_lost_while_its_order_was_in_doubt_is_a_persons_if_there_is_one(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp("/faults", {"kind": "cut_after", "method": "POST", "path": "/salesorders$"})
    world.look(deal)
    world.company.edit(deal, stage="Closed-Lost")
    world.webhook(deal)
    world.run_until_quiet()
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.code == "went_back"


def test_a_deal_lost_while_its_order_was_in_doubt_gets_none_if_there_is_none(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp("/faults", {"kind": "cut_before", "method": "POST", "path": "/salesorders$"})
    world.look(deal)
    world.company.edit(deal, stage="Closed-Lost")
    world.webhook(deal)
    world.run_until_quiet()
    assert world.company.found_in_erp("salesorders") == []
    assert world.ports.store.effects.unsettled() == [], "it is known that there is none"


@pytest.mark.parametrize("mended", [True, False])
def test_a_remark_in_doubt_is_settled_also_when_nobody_wants_it_any_more(world: World, mended: bool) -> None:
    """Its reason was mended meanwhile, or its box is gone."""
    deal = world.company.deal("Northwind", lines=[("NO-SUCH", "1", "5.00")], stage="Proposal Accepted")
    world.company.streak("/faults", {"kind": "cut_before", "method": "POST", "path": "/comments$"})
    world.look(deal)
    assert [effect.shape for effect in world.ports.store.effects.unsettled()] == ["append"]
    if mended:
        world.company.edit(deal, {"SKU 1": "BRK-1001"})
    else:
        world.company.delete(deal)
    world.webhook(deal)
    world.run_until_quiet()
    assert world.ports.store.effects.unsettled() == []
    assert world.ports.store.dead_letters.count_open() == 0


def test_no_invoice_waits_for_a_remark_in_doubt(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.streak("/faults", {"kind": "cut_before", "method": "POST", "path": "/comments$"})
    world.look(deal)
    world.company.edit(deal, stage="Closed-Won")
    world.look(deal)
    assert len(world.company.found_in_erp("invoices")) == 1
    world.run_until_quiet()
    assert len(world.company.comments(deal)) == 2
    assert world.ports.store.effects.unsettled() == []


def test_fields_in_doubt_are_settled_when_their_box_is_gone(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.streak("/faults", {"kind": "cut_before", "method": "POST", "path": "/v1/boxes/[^/]+$"})
    world.look(deal)
    world.company.delete(deal)
    world.webhook(deal)
    world.run_until_quiet()
    assert world.ports.store.effects.unsettled() == []


@pytest.mark.parametrize("edit", [{"Qty 1": "3"}, {"Price 1": "179.00"}, {"SKU 2": "", "Qty 2": ""}])
def test_edited_after_its_order_is_told_and_mended_when_put_back(
    world: World, ordered: str, edit: dict[str, str]
) -> None:
    before = {name: world.company.box(ordered)["fieldsByName"].get(name, "") for name in edit}
    world.company.edit(ordered, edit)
    assert persons(world, world.look(ordered)) == "edited_after_order"
    assert the_order(world)["TotalAmount"] == "373.35"
    world.company.edit(ordered, before)
    assert world.look(ordered).verdict is None
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_list_price_that_changed_since_is_no_edit(world: World, ordered: str) -> None:
    world.company.erp("/products", {"ProductID": "FLD-5001", "UnitPrice": "99.00"})
    world.clock.advance(3600)
    world.company.edit(ordered, stage="Closed-Won")
    assert world.look(ordered).verdict is None
    (invoice,) = world.company.found_in_erp("invoices")
    assert invoice["TotalAmount"] == "373.35"


def test_an_order_that_is_gone_from_the_erp_is_not_made_again(world: World, ordered: str) -> None:
    world.company.infor_twin.delete(f"/records/salesorders/{the_order(world)['OrderID']}")
    assert persons(world, world.look(ordered)) == "order_gone"
    assert world.company.found_in_erp("salesorders") == []


def test_an_order_that_the_erp_made_otherwise_is_a_persons(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = FacadeErp.create_order

    def cheaper(erp: FacadeErp, draft: OrderDraft, steps: Steps) -> SalesOrder:
        made = create(erp, draft, steps)
        return made.model_copy(update={"total": made.total - 1})

    monkeypatch.setattr(FacadeErp, "create_order", cheaper)
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    assert persons(world, world.look(deal)) == "differs"
    number = the_order(world)["OrderID"]
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.error_class == "Conflict"
    assert letter.message == f"the ERP made order {number}, but it comes to 359.00, not 360.00 EUR"
    assert world.ports.store.links.erp_key("order", deal) == number
    assert world.company.comments(deal)[-1].startswith("Needs attention. ")


def test_another_currency_after_the_order_is_told(make_world: Callable[..., World]) -> None:
    rule = 'fields:\n  - {to: order.currency, from: "field:Currency"}\n'
    world = make_world(settings={"fields:\n": rule})
    deal = world.company.deal("Northwind")
    world.company.edit(deal, {"Currency": "EUR"}, stage="Proposal Accepted")
    world.look(deal)
    world.company.edit(deal, {"Currency": "USD"})
    work = world.look(deal)
    assert persons(world, work) == "edited_after_order"
    assert work.verdict is not None and work.verdict.reason.endswith("the order is in EUR, not USD.")
