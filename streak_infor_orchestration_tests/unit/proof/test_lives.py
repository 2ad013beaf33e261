"""What is drawn is repeatable, covers everything, and has the outcome it says."""

from collections import Counter
from random import Random

import pytest

from streak_infor_orchestration.demo.company import PIPELINE
from streak_infor_orchestration.proof.killer import BEYOND_LEASE, STOPPED, VICTIMS, draw_kills, draw_stops
from streak_infor_orchestration.proof.lives import CANCELLED, KINDS, draw
from streak_infor_orchestration.sync.ports.lease import LIFE_SECONDS


def test_the_same_seed_draws_the_same() -> None:
    assert draw(50, Random("1")) == draw(50, Random("1")) != draw(50, Random("2"))
    assert draw_kills(20, Random(1), postgres=True) == draw_kills(20, Random(1), postgres=True)


def test_sixty_deals_hold_nearly_every_kind_and_shared_buyers() -> None:
    lives = draw(60, Random("1 lives"))
    assert len({life.kind for life in lives}) >= len(KINDS) - 2
    assert max(Counter(life.buyer for life in lives).values()) >= 3
    assert len({life.name for life in lives}) == 60


def test_where_orders_are_cancelled_each_way_to_it_is_drawn_once_and_nothing_else_leaves() -> None:
    lives = draw(60, Random("2 lives"), cancels=True)
    assert Counter(life.kind for life in lives if life.of.cancelled) == Counter(dict.fromkeys(CANCELLED, 1))
    assert not any(life.of.leaves_after_its_order for life in lives if life.kind in KINDS)
    assert {life.kind for life in draw(2, Random(1), cancels=True)} <= CANCELLED.keys()


@pytest.mark.parametrize("kind", KINDS | CANCELLED)
def test_a_kinds_outcome_follows_from_its_steps(kind: str) -> None:
    drawn = (KINDS | CANCELLED)[kind]
    stages = [step.what for step in drawn.steps if step.does == "move"]
    repaired = any(step.does == "edit" for step in drawn.steps)
    leaves_for_good = bool(drawn.cancelled) and (drawn.is_deleted or "Closed-Lost" in stages)
    ordered = any(stage in (*PIPELINE.order, *PIPELINE.invoice) for stage in stages)
    assert drawn.steps[0].does == "open"
    assert drawn.orders - drawn.cancelled == int(
        ordered and (repaired or not drawn.refused) and not leaves_for_good
    )
    assert drawn.invoices == int("Closed-Won" in stages)
    left = "Closed-Lost" in stages or (drawn.is_deleted and ordered)
    assert drawn.stopped == ((left and not drawn.cancelled) or (drawn.refused and not repaired))
    assert set(stages) <= set(PIPELINE.stages)


def test_every_victim_is_killed_before_one_is_killed_again() -> None:
    assert set(draw_kills(10, Random(3), postgres=False)) == set(VICTIMS)
    assert "postgres" in draw_kills(8, Random(3), postgres=True)
    assert len(draw_kills(3, Random(3), postgres=False)) == 3


def test_one_stopped_worker_outlives_its_lease() -> None:
    assert draw_stops(4, Random(3))[0] == ("live worker's child", BEYOND_LEASE)
    assert {victim for victim, _ in draw_stops(40, Random(3))} == set(STOPPED)
    assert BEYOND_LEASE > LIFE_SECONDS


def test_every_name_fits_what_each_erp_keeps_of_it() -> None:
    """The auditor finds a deal's orders by it; M3 keeps thirty characters."""
    names = [f"Proof 5000: {kind}" for kind in KINDS | CANCELLED]
    assert [name for name in names if len(name) > 30] == []
