"""A restored ledger, or none at all: links come back from the ERP's references, and nothing is made twice."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streak_infor_orchestration.ledger.backup import FILES, backup
from streak_infor_orchestration.sync.desk.recover import Recovered, recover
from streak_infor_orchestration_tests.world.world import World


def restore(world: World, backup_: Path | None, into: Path) -> None:
    into.mkdir()
    if backup_ is not None:
        for name in FILES:
            shutil.copy(backup_ / name, into / name)
    world.lose_ledger(None, into)


@pytest.fixture
def business(world: World, tmp_path: Path) -> Iterator[tuple[World, dict[str, str], Path]]:
    """Some deals before the backup, some after it; one edited and one paid after it."""
    kept = tmp_path / "backup"
    deals = {
        "ordered before": world.company.deal("Ordered", stage="Proposal Accepted"),
        "won before": world.company.deal("Won", stage="Closed-Won"),
        "won after": world.company.deal("Later", stage="Proposal Accepted"),
    }
    for box in deals.values():
        world.webhook(box)
    world.run_until_quiet()
    backup(tmp_path, kept)
    world.clock.advance(3600)
    organization = world.company.organization("New Ltd", domains=["new.example"])
    deals["new"] = world.company.deal("New", organization=organization, stage="Closed-Won")
    deals["sibling"] = world.company.deal("Sibling", organization=organization, stage="Proposal Accepted")
    world.company.edit(deals["won after"], stage="Closed-Won")
    for name in ("new", "sibling", "won after"):
        world.webhook(deals[name])
    world.run_until_quiet()
    yield world, deals, kept


@pytest.mark.parametrize("ledger", ["an hour old", "none"])
def test_nothing_is_lost_and_nothing_made_twice(
    business: tuple[World, dict[str, str], Path], ledger: str, tmp_path: Path
) -> None:
    world, deals, kept = business
    before = books(world, deals)
    restore(world, kept if ledger == "an hour old" else None, tmp_path / "restored")
    found = recover(actor="test", ports=world.ports)
    assert found.conflicts == [] and found.deals == len(deals)
    world.restart()
    world.run_until_quiet(rounds=200)
    assert books(world, deals) == before
    assert {link.streak_key for link in world.ports.store.links.all("order")} == set(deals.values())
    assert world.ports.store.dead_letters.count_open() == 0
    assert world.ports.store.effects.unsettled() == []


def test_one_order_that_cannot_be_read_keeps_no_link_back(
    business: tuple[World, dict[str, str], Path], tmp_path: Path
) -> None:
    world, deals, kept = business
    order = world.company.box(deals["new"])["fieldsByName"]["ERP order"]
    world.company.erp(f"/records/salesorders/{order}", {"TotalAmount": "a lot"})
    restore(world, kept, tmp_path / "restored")
    recover(actor="test", ports=world.ports)
    assert {link.streak_key for link in world.ports.store.links.all("order")} == set(deals.values())
    assert world.ports.store.links.erp_key("order", deals["new"]) == order


def test_business_goes_on_after_it(business: tuple[World, dict[str, str], Path], tmp_path: Path) -> None:
    world, deals, kept = business
    restore(world, kept, tmp_path / "restored")
    recover(actor="test", ports=world.ports)
    world.restart()
    world.company.edit(deals["sibling"], stage="Closed-Won")
    world.webhook(deals["sibling"])
    world.run_until_quiet(rounds=200)
    assert len(world.company.found_in_erp("invoices")) == 4
    assert len(world.company.found_in_erp("salesorders")) == 5


def test_an_order_made_twice_by_somebody_is_told(business: tuple[World, dict[str, str], Path]) -> None:
    world, _deals, _kept = business
    order = world.company.found_in_erp("salesorders")[0]
    copy = {k: order[k] for k in ("CustomerID", "OrderDate", "Currency", "ExternalReference")}
    lines = [{k: line[k] for k in ("Product", "Quantity", "Price")} for line in order["LineItems"]]
    world.company.book("salesorders", {**copy, "LineItems": lines})
    (conflict,) = recover(actor="test", ports=world.ports).conflicts
    assert order["OrderID"] in conflict and "same reference" in conflict


def test_of_two_orders_the_one_that_stands_is_the_deals(
    business: tuple[World, dict[str, str], Path], tmp_path: Path
) -> None:
    """A person had settled the doubt by cancelling one: a link to that one would be wrong for ever."""
    world, deals, _kept = business
    deal = deals["ordered before"]
    cancelled = world.ports.store.links.erp_key("order", deal)
    (order,) = world.company.found_in_erp("salesorders", OrderID=cancelled or "")
    copy = {k: order[k] for k in ("CustomerID", "OrderDate", "Currency", "ExternalReference")}
    lines = [{k: line[k] for k in ("Product", "Quantity", "Price")} for line in order["LineItems"]]
    stands = world.company.book("salesorders", {**copy, "LineItems": lines})["OrderID"]
    world.company.erp(f"/orders/{cancelled}/status", {"OrderStatus": "Cancelled"})
    restore(world, None, tmp_path / "restored")
    recover(actor="test", ports=world.ports)
    world.restart()
    world.run_until_quiet(rounds=200)
    assert world.ports.store.links.erp_key("order", deal) == stands


@pytest.mark.parametrize("ledger", ["old", "none"])
def test_the_newest_order_of_a_deal_is_its_order(
    make_world: Callable[..., World], ledger: str, tmp_path: Path
) -> None:
    """One that was accepted again after the backup: the first order is cancelled and carries the first reference."""
    world = make_world(settings={"{backwards: report}": "{backwards: cancel, reaccepted: new_order}"})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    backup(tmp_path, tmp_path / "backup")
    for stage in ("Qualified", "Proposal Accepted"):
        world.clock.advance(60)
        world.company.edit(deal, stage=stage)
        world.look(deal)
    _first, second = sorted(order["OrderID"] for order in world.company.found_in_erp("salesorders"))
    restore(world, tmp_path / "backup" if ledger == "old" else None, tmp_path / "restored")
    assert recover(actor="test", ports=world.ports).conflicts == []
    world.restart()
    world.run_until_quiet(rounds=200)
    assert world.ports.store.links.erp_key("order", deal) == second
    for stage in ("Qualified", "Closed-Won"):
        world.clock.advance(60)
        world.company.edit(deal, stage=stage)
        world.look(deal)
    statuses = [order["OrderStatus"] for order in world.company.found_in_erp("salesorders")]
    assert statuses == ["Cancelled", "Cancelled", "Invoiced"]
    references = {order["ExternalReference"] for order in world.company.found_in_erp("salesorders")}
    assert len(references) == 3


def books(world: World, deals: dict[str, str]) -> dict[str, object]:
    """Everything both systems hold, whatever the ledger thinks."""
    company = world.company
    return {
        **{name: len(company.found_in_erp(name)) for name in ("customers", "salesorders", "invoices")},
        "totals": sorted(order["TotalAmount"] for order in company.found_in_erp("salesorders")),
        "comments": {name: sorted(company.comments(box)) for name, box in deals.items()},
        "fields": {name: company.box(box)["fieldsByName"] for name, box in deals.items()},
    }


def test_what_it_finds_is_counted_and_every_deal_is_looked_at_again(world: World) -> None:
    ordered = world.company.deal("Northwind", stage="Proposal Accepted")
    waiting = world.company.deal("Tailspin")
    world.look(ordered)
    found = recover(actor="anna", ports=world.ports)
    assert found == Recovered(deals=2, known=2, added=0, conflicts=[])
    store = world.ports.store
    for deal in (ordered, waiting):
        newest = store.inbox.events("deal", deal)[0]
        assert (newest.source, newest.name, newest.lane) == ("sweep", "RECOVER", "bulk")
        pending = store.inbox.pending("deal", deal)
        assert pending is not None and pending.due_at is not None
    assert "anna" in {entry.actor for entry in store.audit.recent()}
    world.restart()
    assert world.ports.store.restored_at is not None, "every write is probed for first"
