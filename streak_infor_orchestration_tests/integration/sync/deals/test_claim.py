"""What a run takes: due deals by lane, and ERP events resolved to their deals."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured, Transient
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.deals import claim
from streak_infor_orchestration.sync.row.outcome import LADDER
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.sync.watch.left_out import look_again_everywhere
from streak_infor_orchestration_tests.world import World


@pytest.fixture
def invoiced(world: World) -> str:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    return deal


def order_of(world: World, deal: str) -> str:
    return world.ports.store.links.erp_key("order", deal) or ""


def erp_event(world: World, kind: str, key: str) -> None:
    world.ports.store.inbox.record([Event("erp", "changed", kind, key, correlation_id="c-1")])


def keys(batch: Batch) -> list[str]:
    return [work.claim.key for work in batch.items]


def open_kinds(world: World) -> set[str]:
    return {backlog.kind for backlog in world.ports.store.inbox.counts()}


def test_an_order_that_changed_is_its_deal_to_look_at(world: World, invoiced: str) -> None:
    erp_event(world, "erp_order", order_of(world, invoiced))
    batch = world.run()
    assert keys(batch) == [invoiced]
    assert batch.items[0].claim.correlation_id == "c-1"
    assert open_kinds(world) == set()


def test_a_known_invoice_is_resolved_without_asking_the_erp(
    world: World, invoiced: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (invoice,) = world.ports.store.invoices.of(order_of(world, invoiced))
    erp_event(world, "erp_invoice", invoice.invoice_id)
    asked: list[str] = []
    monkeypatch.setattr(FacadeErp, "invoice", lambda _erp, key: asked.append(key))
    assert (keys(world.run()), asked) == ([invoiced], [])


def test_an_invoice_made_in_the_erp_is_resolved_by_its_order(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    people = world.ports.erp.request_invoice(order_of(world, deal))
    erp_event(world, "erp_invoice", people.invoice.id)  # type: ignore[union-attr]  # the façade invoices at once
    assert keys(world.run()) == [deal]
    assert "ERP invoice" in world.company.box(deal)["fieldsByName"]


@pytest.mark.parametrize(("kind", "key"), [("erp_order", "SO-999999"), ("erp_invoice", "INV-999999")])
def test_a_record_that_is_not_ours_is_left_alone(world: World, kind: str, key: str) -> None:
    erp_event(world, kind, key)
    assert (keys(world.run()), open_kinds(world)) == ([], set())


def test_an_erp_that_is_down_keeps_its_events_and_burns_no_attempt(world: World) -> None:
    for number in range(3):
        erp_event(world, "erp_invoice", f"INV-{number}")
    world.company.erp("/faults", {"kind": "status", "status": 503, "times": None})
    calls = len(world.company.calls())
    world.run()
    assert open_kinds(world) == {"erp_invoice"}
    assert len(world.company.calls()) - calls <= 8, "one event found out, for all of them, and one ping"
    pending = world.ports.store.inbox.pending("erp_invoice", "INV-2")
    assert pending is not None and pending.attempts == 0 and pending.due_at is not None
    assert not pending.leased


def test_an_event_whose_record_alone_is_unavailable_is_put_off_alone(world: World, invoiced: str) -> None:
    (invoice,) = world.ports.store.invoices.of(order_of(world, invoiced))
    erp_event(world, "erp_invoice", "INV-0")
    erp_event(world, "erp_invoice", invoice.invoice_id)
    world.company.erp("/faults", {"kind": "status", "status": 503, "times": None, "path": "/invoices/INV-0$"})
    assert keys(world.run()) == [invoiced]
    pending = world.ports.store.inbox.pending("erp_invoice", "INV-0")
    assert pending is not None and pending.attempts == 1
    assert pending.due_at is not None and pending.due_at > world.clock.now()


def test_an_event_nobody_can_resolve_is_never_dropped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    erp_event(world, "erp_invoice", "INV-1")

    def moved(*_: Any) -> None:
        raise Misconfigured("the address has moved")

    monkeypatch.setattr(FacadeErp, "invoice", moved)
    world.run()
    pending = world.ports.store.inbox.pending("erp_invoice", "INV-1")
    assert pending is not None and pending.due_at is not None and pending.due_at > world.clock.now()


def test_what_cannot_be_resolved_waits_longer_each_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    erp_event(world, "erp_invoice", "INV-1")

    def broken(*_: Any) -> None:
        raise Transient("500", system="infor")

    monkeypatch.setattr(FacadeErp, "invoice", broken)
    waits = []
    for _ in range(3):
        world.run()
        pending = world.ports.store.inbox.pending("erp_invoice", "INV-1")
        assert pending is not None and pending.due_at is not None
        waits.append((pending.due_at - world.clock.now()).total_seconds())
        world.clock.advance(waits[-1])
        world.lease_clock.advance(60)
    assert waits == [5, 15, 60]


def test_a_run_for_certain_deals_resolves_no_events(world: World, invoiced: str) -> None:
    (invoice,) = world.ports.store.invoices.of(order_of(world, invoiced))
    erp_event(world, "erp_invoice", invoice.invoice_id)
    world.run(only=("another",))
    assert open_kinds(world) == {"erp_invoice"}


def test_an_event_that_failed_for_longer_than_three_days_is_kept(
    world: World, invoiced: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be a deal's payment: once its record can be read, the deal is looked at."""
    (invoice,) = world.company.found_in_erp("invoices")
    monkeypatch.setattr(type(world.ports.store.invoices), "order_of", lambda *_: None)
    only_this = {"kind": "status", "status": 500, "times": None, "path": f"/invoices/{invoice['InvoiceID']}$"}
    world.company.erp("/faults", only_this)
    erp_event(world, "erp_invoice", invoice["InvoiceID"])
    inbox = world.ports.store.inbox
    for _ in range(len(LADDER) + 2):
        row = inbox.pending("erp_invoice", invoice["InvoiceID"])
        assert row is not None and row.due_at is not None, "it is kept"
        world.clock.advance(max(0.0, (row.due_at - world.clock.now()).total_seconds()))
        world.run()
    row = inbox.pending("erp_invoice", invoice["InvoiceID"])
    assert row is not None and row.due_at is not None and row.attempts > len(LADDER)


def test_live_before_bulk_and_only_the_lanes_asked_for(world: World) -> None:
    store = world.ports.store
    first, second = (world.company.deal(name) for name in ("First", "Second"))
    store.inbox.record([Event("sweep", "SEEN", "deal", first, lane="bulk")])
    world.clock.advance(1)
    store.inbox.record([Event("streak", "BOX_EDIT", "deal", second)])
    assert keys(world.run(limit=1, lanes=("live", "bulk"))) == [second]
    assert keys(world.run()) == []
    assert keys(world.run(lanes=("bulk",))) == [first]


def test_only_what_was_asked_for(world: World) -> None:
    first, second = (world.company.deal(name) for name in ("First", "Second"))
    world.webhook(first)
    world.webhook(second)
    assert keys(world.run(only=(second,))) == [second]


def test_a_run_that_has_its_list_lets_the_next_one_be_started(world: World) -> None:
    nudges = world.ports.store.nudges
    assert nudges.acquire("order_to_cash") and not nudges.acquire("order_to_cash")
    world.run()
    assert nudges.acquire("order_to_cash")


def test_one_deal_is_never_in_two_runs(make_world: Callable[..., World]) -> None:
    world = make_world()
    world.webhook(world.company.deal("Northwind"))
    claimed = world.ports.store.inbox.claim(kinds=("deal",), owner="another", limit=5)
    assert (len(claimed), keys(world.run())) == (1, [])


def test_an_event_that_cannot_be_resolved_in_time_delays_no_deal(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its read hangs; the events behind it are the next run's, and their attempts are not burnt."""
    monkeypatch.setattr(claim, "RESOLVE_SECONDS", 1.0)
    world.company.erp("/faults", {"kind": "slow", "seconds": 5, "path": "/invoices/INV-0"})
    for number in range(3):
        erp_event(world, "erp_invoice", f"INV-{number}")
    world.webhook(deal := world.company.deal("Northwind"))
    began = time.monotonic()
    assert keys(world.run()) == [deal]
    assert time.monotonic() - began < 4
    attempts = [world.ports.store.inbox.pending("erp_invoice", f"INV-{n}") for n in range(3)]
    assert [row.attempts for row in attempts if row] == [1, 0, 0]
    world.run_until_quiet()
    assert open_kinds(world) == set()


def test_an_event_whose_record_cannot_be_read_is_left_out_and_its_deal_looked_at_when_it_can(
    world: World,
) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    people = world.ports.erp.request_invoice(order_of(world, deal))
    number = people.invoice.id  # type: ignore[union-attr]  # the façade invoices at once
    (invoice,) = world.company.found_in_erp("invoices")
    world.company.erp(f"/records/invoices/{number}", {"TotalAmount": None})
    erp_event(world, "erp_invoice", number)
    assert (keys(world.run()), open_kinds(world)) == ([], set())
    (letter,) = world.ports.store.dead_letters.listing()
    assert letter.key == f"infor invoices {number}"
    world.company.erp(f"/records/invoices/{number}", {"TotalAmount": invoice["TotalAmount"]})
    look_again_everywhere(world.ports)
    assert keys(world.run()) == [deal]
    told = world.ports.store.inbox.events("deal", deal)[0]
    assert (told.source, told.name, told.lane) == ("erp", "erp_invoice", "live")
    assert world.ports.store.dead_letters.count_open() == 0
