"""Negative controls: take a guard away, and the disaster it is there for must come to light.

Each disaster is first survived with the guard in its place, so that what the second half shows is the guard's doing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from streak_infor_orchestration.ledger.effects import Effect, Effects, Sending
from streak_infor_orchestration.ledger.inbox import Claimed, Inbox
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.schema import inbox
from streak_infor_orchestration.sync.effects import customer
from streak_infor_orchestration.sync.effects.once import Once
from streak_infor_orchestration.sync.effects.only_once import OnceOnly
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration_tests.chaos import disturbances as disaster
from streak_infor_orchestration_tests.chaos.disturbances import only_the_guard_prevents
from streak_infor_orchestration_tests.world import World

ANY_STATE = ("planned", "sent", "unknown", "confirmed", "failed")
QUICK_ERP = {"  product: facade ": "  settle_seconds: 2\n  product: facade "}


@pytest.fixture
def world(make_world: Callable[..., World], database_url: str | None) -> World:
    return make_world(database_url=database_url)


def test_no_probe_before_a_retry(world: World) -> None:
    only_the_guard_prevents(
        "2 salesorders",
        lambda: disaster.an_answer_gets_lost(world),
        lambda patch: patch.setattr(OnceOnly, "_judged", lambda *_: {}),
    )


def test_no_fence_around_a_first_send(world: World) -> None:
    begin = Effects.begin

    def careless(self: Effects, key: str, *, sending: Sending, **what: Any) -> Effect | None:
        begun, known = begin(self, key, sending=sending, **what), self.get(key)
        return begun or (known and self._moved(known, ANY_STATE, **self._sent(sending)))

    only_the_guard_prevents(
        "2 salesorders",
        lambda: disaster.two_runs_overtake_each_other(world),
        lambda patch: patch.setattr(Effects, "begin", careless),
    )


def test_no_fence_around_a_send(world: World) -> None:
    move = Effects._move

    def careless(
        self: Effects, connection: Any, effect: Effect, _states: Any, **values: Any
    ) -> Effect | None:
        return move(self, connection, self.get(effect.key) or effect, ANY_STATE, **values)

    only_the_guard_prevents(
        "2 salesorders",
        lambda: disaster.two_runs_try_again_at_once(world),
        lambda patch: patch.setattr(Effects, "_move", careless),
    )


def test_no_look_at_what_arrived_before_settling(world: World) -> None:
    settle_all = Inbox.settle_all

    def hasty(self: Inbox, claims: Sequence[Claimed], **left: Any) -> set[str]:
        with self._database.write() as connection:
            connection.execute(update(inbox).values(claimed_seq=inbox.c.seq))
        return settle_all(self, claims, **left)

    only_the_guard_prevents(
        "0 invoices",
        lambda: disaster.an_edit_arrives_while_the_deal_is_worked_on(world),
        lambda patch: patch.setattr(Inbox, "settle_all", hasty),
    )


def test_no_memory_of_our_own_writes(world: World) -> None:
    only_the_guard_prevents(
        "looked at for nothing",
        lambda: disaster.our_own_write_is_announced(world),
        lambda patch: patch.setattr(Inbox, "note_own_version", lambda *_: None),
    )


def test_no_waiting_for_a_customer_under_way(world: World) -> None:
    customer_once = customer._once

    def each_its_own(ports: Ports, subject: str, *rest: Any) -> Once[Any]:
        once = customer_once(ports, subject, *rest)
        return replace(once, key=f"{once.key}:{subject}")

    only_the_guard_prevents(
        "2 customers",
        lambda: disaster.two_deals_bring_one_new_customer(world),
        lambda patch: patch.setattr(customer, "_once", each_its_own),
    )


def test_no_deadline_of_a_call(make_world: Callable[..., World], database_url: str | None) -> None:
    """A sender that is still waiting for its answer is taken for dead at once: its row tells nobody how long it may."""
    world = make_world(database_url=database_url, settings=QUICK_ERP)
    begin = Effects.begin

    def undated(self: Effects, key: str, *, sending: Sending, **what: Any) -> Effect | None:
        now = world.clock.now()
        settled = sending["settle_until"] - (sending["call_deadline"] - now)
        hidden: Sending = {**sending, "settle_until": settled, "call_deadline": now}
        sent = begin(self, key, sending=hidden, **what)
        return sent and replace(sent, call_deadline=sending["call_deadline"])

    only_the_guard_prevents(
        "2 salesorders",
        lambda: disaster.a_call_takes_long(world),
        lambda patch: patch.setattr(Effects, "begin", undated),
    )


def test_a_link_made_after_the_confirmation(world: World) -> None:
    confirm = Effects.confirm

    def in_two_commits(self: Effects, effect: Effect, *, link: Link | None, **rest: Any) -> Effect | None:
        confirmed = confirm(self, effect, **rest)
        if link is not None:
            world.ports.store.links.add(link)
        return confirmed

    only_the_guard_prevents(
        "no link",
        lambda: disaster.death_after_the_confirmation(world),
        lambda patch: patch.setattr(Effects, "confirm", in_two_commits),
    )


def test_no_second_look_at_what_was_made_anew(world: World) -> None:
    only_the_guard_prevents(
        "no alarm",
        lambda: disaster.an_order_appears_when_nobody_expects_it(world),
        lambda patch: patch.setattr(OnceOnly, "_verify_at", lambda *_: None),
    )


def test_no_suspicion_of_a_restored_ledger(make_world: Callable[..., World], tmp_path: Path) -> None:
    world, folders = make_world(), (tmp_path / name for name in ("first", "second"))
    only_the_guard_prevents(
        "told twice",
        lambda: disaster.a_ledger_is_restored_from_before_the_deal(world, next(folders)),
        lambda patch: patch.setattr(OnceOnly, "_probes_first", lambda _, do: do.probe_first),
    )
