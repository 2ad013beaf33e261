"""What the ERP tells of its own accord: ours are looked at at once, others leave nothing, and silence is noticed."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.ledger.inbox import UNKNOWN, Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.sync.watch.alerts import standing
from streak_infor_orchestration.sync.watch.told import FEW, FEW_EVERY_SECONDS
from streak_infor_orchestration.sync.watch.untold import untold
from streak_infor_orchestration_tests.world import World

BASE = "  defaults:                      # put on every order unless a rule below sets it"
WITHIN = 300
PUSHED = {BASE: f"  push: {{within_seconds: {WITHIN}}}\n{BASE}"}


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=PUSHED)


@pytest.fixture
def deal(world: World) -> str:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    world.poll()
    world.run_until_quiet()
    world.clock.advance(60)
    return deal


def tell(world: World, kind: str, *keys: str) -> None:
    """As the gateway stores it."""
    world.ports.store.inbox.record([Event("push", "SalesOrder", kind, key, lane=UNKNOWN) for key in keys])


def order_of(world: World, deal: str) -> str:
    return world.ports.store.links.erp_key("order", deal) or ""


def invoice_of(world: World, deal: str) -> str:
    (invoice,) = world.ports.store.invoices.of(order_of(world, deal))
    return invoice.invoice_id


def taken(batch: Batch) -> set[str]:
    return {work.claim.key for work in batch.items}


def reads(world: World, part: str) -> int:
    return len([call for call in world.company.calls() if part in call])


def open_rows(world: World) -> int:
    return sum(backlog.waiting for backlog in world.ports.store.inbox.counts())


def pays(world: World, deal: str, amount: str) -> None:
    world.clock.advance(60)
    world.company.pays(invoice_of(world, deal), amount)


@pytest.mark.parametrize("kind", ["erp_order", "erp_invoice"])
def test_a_record_of_ours_is_looked_at_by_the_next_run_without_a_call(
    world: World, deal: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FacadeErp, "invoice", lambda *_: pytest.fail("the ledger knows whose it is"))
    tell(world, kind, order_of(world, deal) if kind == "erp_order" else invoice_of(world, deal))
    assert taken(world.run()) == {deal}
    assert open_rows(world) == 0


def test_it_does_not_wait_behind_thousands_that_are_not_ours(world: World, deal: str) -> None:
    tell(world, "erp_order", *(f"SO-9{n:05}" for n in range(1200)), order_of(world, deal))
    assert taken(world.run()) == {deal}
    assert reads(world, "salesorders/SO-9") == 0


def test_what_is_not_ours_asks_for_no_run_and_is_gone_within_a_minute_or_so(world: World, deal: str) -> None:
    tell(world, "erp_order", "SO-999999")
    world.run()
    assert not world.ports.store.inbox.due(("erp_order",)).count
    assert world.ports.store.inbox.pending("erp_order", "SO-999999") is not None, (
        "it may be linked in a moment"
    )
    world.clock.advance(61)
    world.run()
    assert world.ports.store.inbox.pending("erp_order", "SO-999999") is None


def test_an_order_that_is_linked_a_moment_later_is_not_forgotten(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Lead")
    tell(world, "erp_order", "SO-1")
    assert taken(world.run()) == set()
    world.ports.store.links.add(Link("order", deal, "SO-1"))
    world.clock.advance(21)
    assert taken(world.run()) == {deal}


def test_new_boxes_do_not_wait_for_orders_that_are_not_ours(world: World) -> None:
    """Both are strangers; the ERP's cost no read, and take nobody's turn."""
    new = world.company.deal("New", stage="Proposal Accepted")
    tell(world, "erp_order", *(f"SO-9{n:05}" for n in range(50)))
    world.ports.store.inbox.record([Event("streak", "BOX_EDIT", "deal", new, lane=UNKNOWN)])
    assert taken(world.run()) == {new}


def test_unknown_invoices_are_asked_for_a_few_at_a_time(world: World, deal: str) -> None:
    tell(world, "erp_invoice", *(f"INV-9{n:05}" for n in range(4 * FEW)))
    for _ in range(3):
        world.run()
    assert reads(world, "/invoices/INV-9") == FEW
    world.lease_clock.advance(FEW_EVERY_SECONDS)
    world.clock.advance(21)
    world.run()
    assert reads(world, "/invoices/INV-9") == 2 * FEW


def test_an_invoice_that_the_erp_made_is_found_by_what_it_told(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    made = world.ports.erp.request_invoice(order_of(world, deal))
    tell(world, "erp_invoice", made.invoice.id)  # type: ignore[union-attr]  # the façade invoices at once
    assert taken(world.run()) == {deal}
    assert "ERP invoice" in world.company.box(deal)["fieldsByName"]


def silence(world: World) -> tuple[str, ...]:
    """What was found once everything had its time to be told."""
    world.clock.advance(WITHIN + 1)
    return untold(world.ports)


def test_a_change_that_only_looking_found_is_an_incident(world: World, deal: str) -> None:
    silence(world)
    pays(world, deal, "10.00")
    world.poll()
    assert untold(world.ports) == (), "it may come yet"
    assert silence(world) == (deal,)
    (incident,) = standing(world.ports.store)
    assert incident.kind == "repaired" and incident.name.startswith("untold:")
    assert silence(world) == (), "told once"
    assert open_rows(world) > 0, "what the poll found is looked at; the alarm asks for nothing"


@pytest.mark.parametrize("kind", ["erp_order", "erp_invoice"])
@pytest.mark.parametrize("before", [True, False])
def test_a_change_that_was_told_too_is_none(world: World, deal: str, kind: str, before: bool) -> None:
    silence(world)
    pays(world, deal, "10.00")
    key = order_of(world, deal) if kind == "erp_order" else invoice_of(world, deal)
    if before:
        tell(world, kind, key)
    world.poll()
    if not before:
        tell(world, kind, key)
    assert silence(world) == ()
    assert standing(world.ports.store) == []


def test_word_of_an_earlier_change_does_not_stand_for_a_later_one(world: World, deal: str) -> None:
    silence(world)
    pays(world, deal, "10.00")
    tell(world, "erp_invoice", invoice_of(world, deal))
    world.clock.advance(3600)
    pays(world, deal, "5.00")
    world.poll()
    assert silence(world) == (deal,)


def test_what_came_late_in_the_erps_lists_and_was_not_told_counts_too(world: World, deal: str) -> None:
    silence(world)
    world.ports.store.inbox.record([Event("sweep", "LATE", "deal", deal)])
    assert silence(world) == (deal,)


def test_orders_of_others_are_nobodys_incident(world: World) -> None:
    silence(world)
    world.ports.store.inbox.record([Event("erp", "salesorders", "erp_order", "SO-999999", min_version=1)])
    assert silence(world) == ()


def test_what_was_told_before_it_was_switched_off_does_not_wait_for_ever(
    make_world: Callable[..., World],
) -> None:
    world = make_world()
    tell(world, "erp_order", "SO-999999")
    world.run()
    assert world.ports.store.inbox.pending("erp_order", "SO-999999") is None


def test_where_the_erp_is_not_set_up_to_tell_nothing_is_missed(make_world: Callable[..., World]) -> None:
    world = make_world()
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    silence(world)
    pays(world, deal, "10.00")
    world.poll()
    assert silence(world) == () and standing(world.ports.store) == []
