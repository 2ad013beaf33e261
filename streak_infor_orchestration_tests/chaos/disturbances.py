"""Small disasters, each with its verdict. A guard is what makes the verdict good: without it, it must turn bad.

Every one takes a world in any state, tells a deal of its own, and raises `Harm` when something was made twice, lost,
or left without an alarm.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.ledger.effects import Effects
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED


class Harm(Exception):
    """What a customer would have to pay for."""


def only_the_guard_prevents(
    harm: str, disturbance: Callable[[], None], take_away: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """First with the guard in its place, then without."""
    disturbance()
    with pytest.MonkeyPatch.context() as patch:
        take_away(patch)
        with pytest.raises(Harm, match=harm):
            disturbance()


_names = (f"Deal {number}" for number in count(1))


def an_answer_gets_lost(world: World) -> None:
    """The order is made, and nobody hears of it."""
    name, deal = _deal(world)
    world.company.erp("/faults", {"kind": "cut_after", "method": "POST", "path": "/salesorders$"})
    world.look(deal)
    world.run_until_quiet()
    _one_order(world, name, deal)


def two_runs_overtake_each_other(world: World) -> None:
    """One run has decided to send, and is held up until another has done it: its lease is gone by then."""
    name, deal = _deal(world)
    with _once_before(Effects, "begin", lambda: _elsewhere(world), when=lambda key: key == _key(deal)):
        world.look(deal)
    world.run_until_quiet()
    _one_order(world, name, deal)


def two_runs_try_again_at_once(world: World) -> None:
    """As above, with an order that was certainly not made the first time."""
    name, deal = _deal(world)
    busy = {"kind": "status", "status": 429, "headers": {"Retry-After": "60"}}
    world.company.erp("/faults", {**busy, "method": "POST", "path": "/salesorders$"})
    world.look(deal)
    world.clock.advance(60)
    with _once_before(
        Effects, "mark_sent", lambda: _elsewhere(world), when=lambda sent: sent.key == _key(deal)
    ):
        world.look(deal)
    world.run_until_quiet()
    _one_order(world, name, deal)


def an_edit_arrives_while_the_deal_is_worked_on(world: World) -> None:
    """Won, after the box had been read and its fields were set: what we are answered shows nothing of it."""
    _, deal = _deal(world)

    def edit() -> None:
        world.company.edit(deal, stage="Closed-Won")
        world.webhook(deal)

    with _once_before(StreakClient, "add_comment", edit):
        world.look(deal)
    world.run_until_quiet()
    _one(world, "invoices", OrderID=world.ports.store.links.erp_key("order", deal) or "")


def our_own_write_is_announced(world: World) -> None:
    """Streak tells us of the fields we have just set."""
    _, deal = _deal(world)
    world.look(deal)
    world.webhook(deal, version=world.company.box(deal)["lastUpdatedTimestamp"])
    if world.run_until_quiet():
        raise Harm("it was looked at for nothing")


def two_deals_bring_one_new_customer(world: World) -> None:
    """The second is looked at while the first has its customer made."""
    name = next(_names)
    customer = world.company.organization(f"{name} Ltd")
    first, second = (
        world.company.deal(f"{name} {part}", organization=customer, stage="Proposal Accepted")
        for part in ("first", "second")
    )

    def meanwhile() -> None:
        world.webhook(second)
        _elsewhere(world)

    with _once_before(FacadeErp, "create_customer", meanwhile):
        world.look(first)
    world.run_until_quiet()
    for deal in (first, second):
        _one_order(world, name, deal)


def a_call_takes_long(world: World) -> None:
    """Fifteen seconds, in an ERP that commits at once; meanwhile the sender's lease is lost."""
    name, deal = _deal(world)

    def slow() -> None:
        world.clock.advance(15)
        _elsewhere(world)

    with _once_before(FacadeErp, "create_order", slow):
        world.look(deal)
    world.run_until_quiet()
    _one_order(world, name, deal)


def death_after_the_confirmation(world: World) -> None:
    """The process ends with the commit that confirms the order."""
    _, deal = _deal(world)
    with pytest.raises(Killed), mortal(_Until(lambda: _is(world, deal, "confirmed"))):
        world.look(deal)
    world.restart()
    world.run_until_quiet()
    if world.ports.store.links.erp_key("order", deal) is None:
        raise Harm("there is an order, and no link to it")


def an_order_appears_when_nobody_expects_it(world: World) -> None:
    """After its settle time, when it has been made anew."""
    _, deal = _deal(world)
    late = CALL_SECONDS + 1.2 * world.ports.erp.traits.settle_seconds
    world.company.erp("/late-commit", {"seconds": late, "collection": "salesorders"})
    world.look(deal)
    world.run_until_quiet()
    letter = world.ports.store.dead_letters.of("deal", deal)
    if letter is None or letter.code != "twice":
        raise Harm("two orders, and no alarm")


def a_ledger_is_restored_from_before_the_deal(world: World, empty: Path) -> None:
    """It does not know what it has forgotten, only that it is restored."""
    name, deal = _deal(world)
    world.look(deal)
    comments = world.company.comments(deal)
    world.lose_ledger(None, empty)
    world.ports.store.renew_epoch(by="the administrator")
    world.restart()
    world.look(deal)
    world.run_until_quiet()
    _one_order(world, name, deal)
    if world.company.comments(deal) != comments:
        raise Harm("it was told twice")


class _Until(Mortality):
    """Dies with the commit that makes `reached` true."""

    def __init__(self, reached: Callable[[], bool]) -> None:
        super().__init__()
        self._reached = reached

    def at(self, point: str) -> None:
        if point == "after a commit" and self._reached():
            raise Killed(point)


def _deal(world: World) -> tuple[str, str]:
    name = next(_names)
    return name, world.company.deal(name, stage="Proposal Accepted")


def _one_order(world: World, name: str, deal: str) -> None:
    """For this deal: its customer may have others."""
    customer = _one(world, "customers", Name=f"{name} Ltd")
    order = _one(
        world,
        "salesorders",
        CustomerID=customer["CustomerID"],
        OrderDescription=world.company.box(deal)["name"],
    )
    if world.ports.store.links.erp_key("order", deal) != order["OrderID"]:
        raise Harm("there is an order, and no link to it")


def _one(world: World, collection: str, **members: str) -> dict[str, Any]:
    found = world.company.found_in_erp(collection, **members)
    if len(found) != 1:
        raise Harm(f"{len(found)} {collection}")
    return found[0]


def _key(deal: str) -> str:
    return f"deal:{deal}:sales_order:1"


def _is(world: World, deal: str, state: str) -> bool:
    effect = world.ports.store.effects.get(_key(deal))
    return effect is not None and effect.state == state


def _elsewhere(world: World) -> None:
    """Another process finds the leases expired, and takes what is due."""
    world.lease_clock.advance(LEASE_OUTLIVED)
    other = world.another_process()
    ORDER_TO_CASH.run(Batch(run_id="elsewhere"), other)
    other.leases.close()
    other.pool.shutdown()


@contextmanager
def _once_before(
    owner: type, name: str, happens: Callable[[], object], *, when: Callable[[Any], bool] = lambda _: True
) -> Iterator[None]:
    """`happens` before the first call of that method, or the first whose argument is as `when` has it."""
    original, done = getattr(owner, name), [False]

    def method(self: Any, argument: Any, *args: Any, **kwargs: Any) -> Any:
        if not done[0] and when(argument):
            done[0] = True
            happens()
        return original(self, argument, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, method)
        yield
    assert done[0], f"{name} was never called"
