"""What the ERP did meanwhile: each change is told of once, and none is missed."""

import time
from datetime import timedelta

import pytest

from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unauthorized
from streak_infor_orchestration.sync.customers import directory
from streak_infor_orchestration.sync.watch import feedback
from streak_infor_orchestration_tests.world import World


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


@pytest.mark.parametrize("status", [403, 503, 500])
def test_a_feed_that_alone_fails_stands_in_no_others_way_and_pauses_nothing(
    world: World, status: int
) -> None:
    """A right that was not granted for payments, say."""
    world.look(world.company.deal("Northwind", stage="Closed-Won"))
    world.clock.advance(60)
    (invoice,) = world.company.found_in_erp("invoices")
    world.company.pays(invoice["InvoiceID"], "10.00")
    only_this = {"kind": "status", "status": status, "times": None, "path": "/payments$"}
    world.company.erp("/faults", only_this)
    with pytest.raises(IntegrationError):
        world.poll()
    assert world.ports.store.pauses.all() == []
    told = {backlog.kind for backlog in world.ports.store.inbox.counts()}
    assert told == {"erp_order", "erp_invoice"}, "the invoice changed too, and says so"


def test_a_feed_that_hangs_ends_with_the_polls_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "POLL_SECONDS", 0.3)
    world.company.erp("/faults", {"kind": "slow", "seconds": 3, "times": None, "path": "/invoices$"})
    began = time.monotonic()
    with pytest.raises(Transient):
        world.poll()
    assert time.monotonic() - began < 2


def test_a_list_of_customers_that_is_closed_to_us_pauses_nothing(world: World) -> None:
    world.company.erp("/faults", {"kind": "status", "status": 403, "times": None, "path": "/customers$"})
    with pytest.raises(Unauthorized):
        directory.poll(world.ports.erp, world.ports.store)
    assert world.ports.store.pauses.all() == []
    world.company.erp("/faults", {"kind": "status", "status": 503, "times": None})
    with pytest.raises(IntegrationError):
        directory.poll(world.ports.erp, world.ports.store)
    assert world.ports.store.pauses.state("infor") is not None


def test_what_a_poll_keeps_of_a_change(world: World) -> None:
    """Its feed, its record, and the version it was shown in: so it is known when it is shown again."""
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    world.poll()
    world.clock.advance(60)
    (invoice,), (order,) = world.company.found_in_erp("invoices"), world.company.found_in_erp("salesorders")
    world.company.pays(invoice["InvoiceID"], "10.00")
    world.poll()
    seen = {
        (event.source, event.name, kind, event.body_hash.partition("@")[0], event.lane)
        for kind, key in (("erp_order", order["OrderID"]), ("erp_invoice", invoice["InvoiceID"]))
        for event in world.ports.store.inbox.events(kind, key)
    }
    assert seen == {
        ("erp", "salesorders", "erp_order", "salesorders", "live"),
        ("erp", "invoices", "erp_invoice", "invoices", "live"),
        ("erp", "payments", "erp_invoice", "payments", "live"),
    }
    (paid,) = (
        event.body_hash
        for event in world.ports.store.inbox.events("erp_invoice", invoice["InvoiceID"])
        if event.name == "invoices"
    )
    read = world.ports.erp.invoice(invoice["InvoiceID"])
    assert read is not None and paid == f"invoices@{read.stamp}"
