"""Runs that overtake each other, and senders that are late: what is sent, is sent by one of them and in time."""

from typing import Any

import pytest

from streak_infor_orchestration.ledger.effects import Effect, Effects
from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration.transport.deadline import remaining
from streak_infor_orchestration_tests.effects.orders import code, effect, status, the_order
from streak_infor_orchestration_tests.effects.rigs import Rig, ThreeCallRig, nothing
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED


def test_while_another_run_is_sending_a_deal_waits(world: World, rig: Rig, deal: str) -> None:
    """The first run lost its lease during the call, but its answer is recorded: it is the truth. Of a write in several
    calls it sends no more."""
    other = world.another_process()
    seen: list[Work] = []

    def meanwhile() -> None:
        rig.watched.before_create = nothing
        world.lease_clock.advance(LEASE_OUTLIVED)
        seen.extend(ORDER_TO_CASH.run(Batch(run_id="other"), other).items)

    rig.watched.before_create = meanwhile
    world.look(deal)
    (work,) = seen
    assert (status(work), work.claim.attempts) == (Status.WAITING, 0)
    assert effect(world, deal).state == ("planned" if rig.resumes else "confirmed")
    world.lease_clock.advance(LEASE_OUTLIVED)
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert rig.begun() == 1
    other.leases.close()


def test_an_answer_is_not_taken_when_another_run_has_begun_anew(world: World, rig: Rig, deal: str) -> None:
    """The first run slept with its request in its hand, until another's order had even been verified. There are two
    orders then: the deal keeps the one it was told of, and there is an alarm."""
    other = world.another_process()

    def sleep() -> None:
        rig.watched.before_create = nothing
        for _ in range(2):
            world.lease_clock.advance(LEASE_OUTLIVED)
            world.clock.advance(CALL_SECONDS + rig.settle_seconds)
            ORDER_TO_CASH.run(Batch(run_id="other"), other)

    rig.watched.before_create = sleep
    assert status(world.look(deal)) is Status.LOST
    if rig.resumes:  # stopped between its steps
        the_order(world, rig, deal)
        return
    first = world.ports.store.links.erp_key("order", deal)
    assert (len(rig.booked()), effect(world, deal).external_id) == (2, first)
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == first
    world.run_until_quiet()
    assert code(world, deal) == "twice"
    other.leases.close()


@pytest.mark.parametrize("product", ["three_call"])
def test_a_run_that_was_overtaken_between_two_steps_sends_no_more(
    world: World, rig: ThreeCallRig, deal: str
) -> None:
    """It slept for so long that another run has finished what it began."""
    other = world.another_process()

    def sleep() -> None:
        for _ in range(2):
            world.lease_clock.advance(LEASE_OUTLIVED)
            world.clock.advance(CALL_SECONDS + rig.settle_seconds)
            ORDER_TO_CASH.run(Batch(run_id="other"), other)

    rig.during("add_line", sleep)
    world.look(deal)
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert rig.sent == ["create_customer", "add_head", "add_line", "add_line", "add_line", "confirm"]
    other.leases.close()


def test_a_run_without_its_lease_sends_nothing(world: World, rig: Rig, deal: str) -> None:
    rig.watched.before_probe = lambda: world.lease_clock.advance(LEASE_OUTLIVED)
    assert status(world.look(deal)) is Status.LOST
    assert (rig.booked(), rig.watched.creates) == ([], 0)
    assert world.ports.store.effects.get(f"deal:{deal}:sales_order:1") is None
    rig.watched.before_probe = nothing
    world.run_until_quiet()
    the_order(world, rig, deal)


def test_a_commit_that_took_longer_than_the_call_may_sends_nothing(
    world: World, rig: Rig, deal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time it is noted that the order is sent, others may take its sender for dead: then it must not be."""
    begin = Effects.begin

    def slowly(effects: Effects, key: str, **what: Any) -> Effect | None:
        sent = begin(effects, key, **what)
        if ":sales_order:" in key:
            world.clock.advance(CALL_SECONDS)
        return sent

    with monkeypatch.context() as patch:
        patch.setattr(Effects, "begin", slowly)
        assert status(world.look(deal)) is Status.WAITING
    assert (rig.watched.creates, effect(world, deal).state) == (0, "planned")
    world.run_until_quiet()
    the_order(world, rig, deal)


@pytest.mark.parametrize("put_back", [0, 100])
def test_all_calls_of_a_write_or_of_its_step_end_by_one_deadline(
    world: World, rig: Rig, deal: str, monkeypatch: pytest.MonkeyPatch, put_back: float
) -> None:
    """Whatever somebody does to the clock while it is noted."""
    begin, left = Effects.begin, list[float]()

    def noted(effects: Effects, key: str, **what: Any) -> Effect | None:
        sent = begin(effects, key, **what)
        world.clock.advance(-put_back if ":sales_order:" in key else 0)
        return sent

    monkeypatch.setattr(Effects, "begin", noted)
    rig.watched.before_create = lambda: left.append(remaining())
    rig.watched.after_create = lambda: left.append(remaining())
    world.look(deal)
    first, last = left
    assert 0 < last <= CALL_SECONDS and 0 < first <= CALL_SECONDS
    assert rig.resumes or last < first, "only a step has time of its own"
