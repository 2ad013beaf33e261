"""An order that takes several calls and is left half-way: what was begun is finished, taken away, or a person's."""

import pytest

from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.effects.orders import code, effect, status, the_order
from streak_infor_orchestration_tests.effects.rigs import ThreeCallRig
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.world import World

pytestmark = [
    pytest.mark.parametrize("product", ["three_call"]),
    pytest.mark.parametrize("database_url", [None], ids=["sqlite"]),
]


@pytest.fixture
def erp(rig: ThreeCallRig) -> ThreeCallErp:
    return rig.small


def test_what_is_refused_half_way_is_taken_away_first(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp, deal: str
) -> None:
    erp.refuses_lines = True
    assert status(world.look(deal)) is Status.PERSON
    assert rig.sent[-3:] == ["add_head", "add_line", "delete_head"]
    assert (effect(world, deal).state, effect(world, deal).steps, erp.half_made()) == ("failed", {}, [])


@pytest.mark.parametrize("fault", ["before", "after", "killed before", "killed after"])
def test_taking_away_that_gets_lost_is_looked_for_and_done(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp, deal: str, fault: str
) -> None:
    erp.refuses_lines = True
    rig.during("add_line", lambda: erp.wire.lose(1, fault))
    if "killed" in fault:
        with pytest.raises(Killed):
            world.look(deal)
        world.restart()
    else:
        assert status(world.look(deal)) is Status.WAITING
    assert "dismantling" in effect(world, deal).steps
    world.run_until_quiet()
    assert (effect(world, deal).state, effect(world, deal).steps, erp.half_made()) == ("failed", {}, [])
    erp.refuses_lines = False
    world.ask(deal)
    world.run_until_quiet()
    the_order(world, rig, deal)


def test_a_long_order_is_made_in_several_looks_and_never_in_doubt(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp
) -> None:
    lines = [("BRK-1001", str(n), "1.00") for n in range(1, 7)]
    deal = world.company.deal("Long", lines=lines, stage="Proposal Accepted")

    def takes_seven_seconds() -> None:
        world.clock.advance(7)
        rig.during("add_line", takes_seven_seconds)

    rig.during("add_line", takes_seven_seconds)
    looks, done = 0, 0
    world.webhook(deal)
    while status(world.run().items[0]) is Status.WAITING:
        looks += 1
        row = effect(world, deal)
        assert (row.state, row.doubted) == ("planned", False) and len(row.steps) > done
        done = len(row.steps)
        pending = world.ports.store.inbox.pending("deal", deal)
        assert pending is not None and pending.attempts == 0
        world.wait_for_next()
    assert looks == 2
    (order,) = erp.committed.values()
    assert len(order.lines) == 6
    assert (erp.begun, rig.sent.count("add_line")) == (1, 6)


def test_a_step_may_have_a_settle_time_of_its_own(
    world: World, rig: ThreeCallRig, deal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row shows it before the bytes leave."""
    seen: list[float] = []
    create = ThreeCallErp.create_order

    def patient(erp: ThreeCallErp, draft: OrderDraft, steps):  # type: ignore[no-untyped-def]
        def look() -> str:
            row = effect(world, deal)
            assert row.settle_until is not None and row.call_deadline is not None
            seen.append((row.settle_until - row.call_deadline).total_seconds())
            return ""

        for step, settle in (("first", 7.0), ("second", None), ("third", 7.0)):
            steps.take(step, look, settle_seconds=settle)
        return create(erp, draft, steps)

    monkeypatch.setattr(ThreeCallErp, "create_order", patient)
    world.look(deal)
    assert seen == [7.0, 330.0, 7.0]


def test_what_is_gone_is_made_anew_when_a_person_asks(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp, deal: str
) -> None:
    rig.lose(3, "before")
    world.look(deal)
    rig.delete(*rig.half_made())
    world.run_until_quiet()
    assert (rig.booked(), code(world, deal)) == ([], "begun_order_gone")
    world.company.edit(deal, {"Qty 1": "7"})
    assert status(world.look(deal)) is Status.PERSON
    world.company.edit(deal, {"Qty 1": "2"})
    assert (erp.begun, status(world.look(deal))) == (1, Status.PERSON)
    world.ask(deal)
    world.run_until_quiet()
    the_order(world, rig, deal)


def test_what_is_kept_is_found_kept_by_a_ledger_that_knows_nothing(
    world: World,
    rig: ThreeCallRig,
    erp: ThreeCallErp,
    deal: str,
    other_ledger: tuple[str | None, object],
) -> None:
    erp.stops = "stopped for credit"
    world.look(deal)
    world.lose_ledger(*other_ledger)  # type: ignore[arg-type]
    assert status(world.look(deal)) is Status.PERSON
    assert code(world, deal) == "kept_unfinished"
    assert effect(world, deal).steps["head"] == "T0001"
    erp.stops = ""
    erp.temporary["T0001"].held = ""  # the credit limit was raised: it can be confirmed now
    world.clock.advance(15 * 60)
    world.run()
    the_order(world, rig, deal)
    assert erp.begun == 1


def test_beside_an_order_that_was_found_the_half_made_one_is_told_until_it_is_gone(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp, deal: str
) -> None:
    rig.lose(4, "after")
    world.look(deal)
    erp._add_head(OrderDraft.model_validate(effect(world, deal).body))
    world.run_until_quiet()
    assert (effect(world, deal).state, code(world, deal)) == ("confirmed", "half_made_twice")
    rig.delete(*erp.half_made())
    world.ask(deal)
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert world.ports.store.dead_letters.count_open() == 0


@pytest.mark.parametrize("how", ["taken back", "deleted"])
def test_what_was_begun_for_a_deal_that_wants_no_order_any_more_is_a_persons(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp, deal: str, how: str
) -> None:
    rig.lose(3, "refused")
    world.look(deal)
    if how == "taken back":
        world.company.edit(deal, stage="Lead")
    else:
        world.company.delete(deal)
    assert status(world.look(deal)) is Status.PERSON
    assert code(world, deal) == "left_half_made"
    rig.delete(*erp.half_made())
    world.clock.advance(15 * 60)
    (work,) = world.run().items
    assert status(work) is Status.CONVERGED
    assert effect(world, deal).steps == {} and world.ports.store.dead_letters.count_open() == 0


def test_what_was_begun_and_taken_back_is_finished_when_the_deal_comes_forward(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp, deal: str
) -> None:
    rig.lose(3, "refused")
    world.look(deal)
    world.company.edit(deal, stage="Lead")
    world.look(deal)
    world.company.edit(deal, stage="Proposal Accepted")
    world.look(deal)
    the_order(world, rig, deal)
    assert erp.begun == 1


def test_what_was_taken_back_and_released_all_the_same_is_the_deals_order(
    world: World, rig: ThreeCallRig, erp: ThreeCallErp, deal: str
) -> None:
    rig.lose(4, "refused")
    world.look(deal)
    world.company.edit(deal, stage="Lead")
    world.look(deal)
    (number,) = erp.half_made()
    order = erp.release(number)
    world.clock.advance(15 * 60)
    world.run_until_quiet()
    assert world.ports.store.links.erp_key("order", deal) == order
    assert code(world, deal) == "went_back"
