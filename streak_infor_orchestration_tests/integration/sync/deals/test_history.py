"""`streak.since`: who connects a pipeline of years does not want all of it ordered again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World


def begins(world: World, day: date) -> None:
    config = world.ports.config
    began = config.model_copy(update={"streak": config.streak.model_copy(update={"since": day})})
    world.ports = replace(world.ports, config=began)


@pytest.fixture
def today(world: World) -> date:
    return world.clock.now().astimezone(world.config.company.zone).date()


@pytest.mark.parametrize("stage", ["Contract Signed", "Closed-Won"])
def test_what_was_accepted_the_day_before_is_history(world: World, today: date, stage: str) -> None:
    begins(world, today + timedelta(days=1))
    work = world.look(world.company.deal("Northwind", stage=stage))
    assert work.verdict is not None
    assert work.verdict.status is Status.CONVERGED
    assert work.verdict.reason.startswith(f"it was {stage} before ")
    assert world.company.found_in_erp("salesorders") == []


def test_what_is_accepted_that_day_is_ordered(world: World, today: date) -> None:
    begins(world, today)
    world.look(world.company.deal("Northwind", stage="Proposal Accepted"))
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_a_deal_that_was_on_its_way_is_ordered_when_it_is_accepted(world: World, today: date) -> None:
    box = world.company.deal("Northwind")
    begins(world, today + timedelta(days=1))
    assert world.look(box).verdict is None
    world.clock.advance(86_400)
    world.company.edit(box, stage="Proposal Accepted")
    world.look(box)
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_an_ordered_deal_never_becomes_history(world: World, today: date) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(box)
    begins(world, today + timedelta(days=1))
    world.company.edit(box, stage="Closed-Won")
    world.look(box)
    assert len(world.company.found_in_erp("invoices")) == 1
