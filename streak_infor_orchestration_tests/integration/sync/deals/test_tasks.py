"""Who owns a deal gets one task for each time that only a person can go on, and is rid of it when that is over."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.deals import tasks
from streak_infor_orchestration.sync.effects import task as effect
from streak_infor_orchestration_tests.world import World

HOUR, DAY = 3600, 86_400
TASKS = {"amounts:\n": "tasks: {stuck_hours: 24, overdue_days: 7}\n\namounts:\n"}


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=TASKS)


def stuck(world: World) -> str:
    """A deal whose product does not exist."""
    deal = world.company.deal("Northwind", lines=[("NOPE-1", "1", "1.00")], stage="Proposal Accepted")
    world.look(deal)
    return deal


def invoiced(world: World) -> tuple[str, str]:
    """A deal that was won, and its invoice, which is due in 30 days."""
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    return deal, str(world.company.box(deal)["fieldsByName"]["ERP invoice"])


def time_passes(world: World, seconds: float) -> None:
    world.clock.advance(seconds)
    world.poll()
    while world.ports.store.inbox.due(("deal", "erp_order", "erp_invoice")).count:
        world.run()


def texts(world: World, deal: str, *, done: bool = False) -> list[str]:
    wanted = "DONE" if done else "NOT_DONE"
    return [task["text"] for task in world.company.tasks(deal) if task["status"] == wanted]


def test_a_deal_that_stays_stuck_is_a_task_for_who_made_it(world: World) -> None:
    deal = stuck(world)
    time_passes(world, 23 * HOUR)
    assert world.company.tasks(deal) == []
    time_passes(world, HOUR + 2)
    (task,) = world.company.tasks(deal)
    assert task["text"].startswith("The deal waits for you.") and "NOPE-1" in task["text"]
    assert [person["email"] for person in task["assignedTo"]] == ["sales@acme.example"]
    time_passes(world, 30 * HOUR)
    world.look(deal)
    assert len(world.company.tasks(deal)) == 1


def test_it_is_completed_when_the_deal_goes_on_and_another_time_is_another_task(world: World) -> None:
    deal = stuck(world)
    time_passes(world, 25 * HOUR)
    world.company.edit(deal, {"SKU 1": "BRK-1001"})
    world.look(deal)
    assert (len(texts(world, deal)), len(texts(world, deal, done=True))) == (0, 1)
    world.company.edit(deal, {"Qty 1": "9"})
    world.look(deal)
    time_passes(world, 25 * HOUR)
    assert (len(texts(world, deal)), len(texts(world, deal, done=True))) == (1, 1)


def test_an_invoice_that_is_overdue_is_a_task_until_it_is_paid(world: World) -> None:
    deal, invoice = invoiced(world)
    time_passes(world, 37 * DAY)
    assert world.company.tasks(deal) == []
    time_passes(world, 2 * DAY)
    (text,) = texts(world, deal)
    assert text.startswith(f"Invoice {invoice} was due on ") and "360.00 EUR are not paid." in text
    world.company.pays(invoice, "100.00")
    time_passes(world, 60)
    assert len(texts(world, deal)) == 1
    world.company.pays(invoice, "260.00")
    time_passes(world, 60)
    assert (texts(world, deal), len(texts(world, deal, done=True))) == ([], 1)


@pytest.mark.parametrize("by", ["deleted", "completed"])
def test_what_a_person_took_away_is_not_made_again(world: World, by: str) -> None:
    deal, invoice = invoiced(world)
    time_passes(world, 40 * DAY)
    (task,) = world.company.tasks(deal)
    if by == "deleted":
        world.company.delete_task(task["key"])
    else:
        world.ports.streak.update_task(task["key"], done=True)
    time_passes(world, DAY)
    world.look(deal)
    world.company.pays(invoice, "360.00")
    time_passes(world, 60)
    assert texts(world, deal) == []
    assert len(world.company.tasks(deal)) == (0 if by == "deleted" else 1)
    assert world.ports.store.effects.unsettled() == []


def test_without_the_memory_of_it_it_would_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(f"again:{n}" for n in range(100))
    key = effect.task_key
    monkeypatch.setattr(tasks, "made_tasks", lambda *_: frozenset())
    monkeypatch.setattr(effect, "task_key", lambda box, fact: key(box, f"{fact}:{next(made)}"))
    with pytest.raises(AssertionError):
        test_what_a_person_took_away_is_not_made_again(world, "deleted")


def test_a_lost_answer_makes_no_second_one(world: World) -> None:
    deal = stuck(world)
    world.company.streak("/faults", {"kind": "cut_after", "method": "POST", "path": "/tasks$"})
    time_passes(world, 25 * HOUR)
    for _ in range(3):
        time_passes(world, 30)
    assert len(world.company.tasks(deal)) == 1
    assert world.ports.store.effects.unsettled() == []


def test_who_asks_for_no_tasks_gets_none(make_world: Callable[..., World]) -> None:
    world = make_world()
    deal = stuck(world)
    world.clock.advance(90 * DAY)
    world.look(deal)
    assert world.company.tasks(deal) == []
