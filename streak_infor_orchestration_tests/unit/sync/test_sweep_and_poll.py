"""What finds a deal when no webhook does: the sweep over the pipeline, the polls of the ERP."""

from datetime import timedelta

import pytest

from streak_infor_orchestration.sync import sweep
from streak_infor_orchestration.sync.sweep import enqueue_since
from streak_infor_orchestration_tests.world import World


def claimable(world: World) -> int:
    return world.ports.store.inbox.due(("deal",)).count


def test_a_sweep_enqueues_what_changed_since(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "_PAGE", 2)
    for n in range(2):
        world.company.deal(f"Old {n}")
    world.clock.advance(3600)
    since = world.clock.now()
    new = [world.company.deal(f"New {n}", stage="Proposal Accepted") for n in range(5)]
    assert enqueue_since(world.ports, since) >= 5
    assert claimable(world) == 5
    world.run(lanes=("bulk",))
    assert len(world.company.found_in_erp("salesorders")) == len(new)


def test_a_sweep_of_a_quiet_hour_enqueues_nothing(world: World) -> None:
    world.company.deal("Old")
    world.clock.advance(3600)
    assert enqueue_since(world.ports, world.clock.now()) == 0
    assert claimable(world) == 0


def test_a_poll_tells_of_each_change_once(world: World) -> None:
    world.look(world.company.deal("Northwind", stage="Closed-Won"))
    world.clock.advance(60)
    (invoice,) = world.company.found_in_erp("invoices")
    world.poll()
    world.company.pays(invoice["InvoiceID"], "10.00")
    counts = world.poll()
    assert (counts["payments"], counts["invoices"], counts["salesorders"]) == (1, 1, 1)
    assert set(world.poll().values()) == {0}


def test_a_poll_misses_nothing_of_the_instant_it_stopped_at(world: World) -> None:
    """The feed is inclusive: two payments in one instant, the second after the poll."""
    for name in ("First", "Second"):
        world.look(world.company.deal(name, stage="Closed-Won"))
    first, second = world.company.found_in_erp("invoices")
    world.company.pays(first["InvoiceID"], "10.00")
    world.poll()
    world.company.pays(second["InvoiceID"], "10.00")
    assert world.poll()["payments"] == 1


def test_what_is_paid_in_parts_is_told_in_parts(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    (invoice,) = world.company.found_in_erp("invoices")
    for amount, shown in (("100.00", "PartiallyPaid"), ("260.00", "Paid")):
        world.clock.advance(60)
        world.company.pays(invoice["InvoiceID"], amount)
        world.poll()
        world.run_until_quiet()
        assert world.company.box(deal)["fieldsByName"]["Payment status"] == shown


def test_the_first_poll_looks_back_an_hour(world: World) -> None:
    since = world.clock.now() - timedelta(hours=1)
    world.poll()
    marks = world.ports.store.watermarks.all()
    assert set(marks) == {"erp:salesorders", "erp:invoices", "erp:payments", "erp:creditnotes"}
    assert all(mark >= since for mark in marks.values())
