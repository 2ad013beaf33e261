"""As `test_guards`, of orders that take several calls: each disaster is survived, and not without its guard."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from streak_infor_orchestration.ledger.effects import Effects
from streak_infor_orchestration.sync.effects import half_made, only_once
from streak_infor_orchestration.sync.effects.only_once import OnceOnly
from streak_infor_orchestration.sync.row import outcome
from streak_infor_orchestration_tests.chaos.disturbances import only_the_guard_prevents
from streak_infor_orchestration_tests.chaos.half_made import Teller
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.wire import Wire
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme


@pytest.fixture
def teller(acme: Acme, make_world: Callable[..., World], database_url: str | None) -> Teller:
    erp = ThreeCallErp(Wire(acme[0].clock))
    return Teller(make_world(erp=erp, database_url=database_url), erp)


def _nothing_foreign(patch: pytest.MonkeyPatch) -> None:
    find = ThreeCallErp.find_order
    patch.setattr(
        ThreeCallErp,
        "find_order",
        lambda *asked: find(*asked).model_copy(update={"foreign": ()}),
    )


def _not_missed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(half_made, "steps_to_go_on_with", lambda _effect, shown: dict(shown))


def test_no_pin_of_what_is_half_made(teller: Teller) -> None:
    def take_away(patch: pytest.MonkeyPatch) -> None:
        _nothing_foreign(patch)
        _not_missed(patch)
        patch.setattr(only_once, "_asked_for", lambda _effect, do: do.body)

    only_the_guard_prevents("2 orders", teller.edited_while_half_made, take_away)


def test_no_look_after_a_refusal(teller: Teller) -> None:
    only_the_guard_prevents(
        "does not know its order",
        teller.released_after_a_refusal,
        lambda patch: patch.setattr(OnceOnly, "_look", lambda *_: None),
    )


def test_no_memory_of_what_was_half_made(teller: Teller) -> None:
    only_the_guard_prevents("begun anew", teller.deleted_while_kept, _not_missed)


def test_no_patience_with_what_is_kept_over_there(teller: Teller) -> None:
    only_the_guard_prevents(
        "not asked again",
        teller.told_and_asked_again_while_kept,
        lambda patch: patch.setattr(outcome, "HELD_AGAIN", timedelta(days=1)),
    )


def test_no_time_of_its_own_for_each_step(teller: Teller) -> None:
    record = Effects.record_steps
    only_the_guard_prevents(
        "in doubt",
        teller.a_run_beside_a_long_order,
        lambda patch: patch.setattr(
            Effects, "record_steps", lambda self, effect, steps, _sending=None: record(self, effect, steps)
        ),
    )


def test_no_eye_for_what_somebody_else_has_begun(teller: Teller) -> None:
    only_the_guard_prevents("2 orders", teller.half_made_by_somebody_else, _nothing_foreign)
