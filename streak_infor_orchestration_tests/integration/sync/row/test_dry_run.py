"""A dry run says what would be done, and does nothing: no write leaves, no row appears."""

import sqlite3
from pathlib import Path

import pytest

from streak_infor_orchestration_tests.world import World


def rows(folder: Path) -> list[str]:
    """Everything both databases hold, but what was read of Streak's names and is remembered for all processes."""
    lines: list[str] = []
    for name in ("inbox.db", "ledger.db"):
        connection = sqlite3.connect(folder / name)
        lines += connection.iterdump()
        connection.close()
    return [line for line in lines if 'INTO "sio_metadata"' not in line]


def story(world: World, stage: str) -> str:
    """A deal in that state, with everything that was done for it."""
    if stage == "invoiced":
        world.look(deal := world.company.deal("Northwind", stage="Closed-Won"))
        invoice = world.company.found_in_erp("invoices")[0]
        world.company.pays(invoice["InvoiceID"], invoice["TotalAmount"])
        return deal
    if stage == "unknown product":
        return world.company.deal("Northwind", lines=[("NO-SUCH", "1", "")], stage="Proposal Accepted")
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    if stage == "won":
        world.look(deal)
        world.company.edit(deal, stage="Closed-Won")
    if stage == "lost":
        world.look(deal)
        world.company.edit(deal, stage="Closed-Lost")
    return deal


@pytest.mark.parametrize(
    ("stage", "would"),
    [
        ("accepted", "would create an order: 1 lines, 360.00 EUR"),
        ("won", "would request the invoice of order"),
        ("lost", "would tell on the box: Needs attention. The deal is at 'Closed-Lost'"),
        ("invoiced", "would set on the box: Payment status = Paid"),
        ("unknown product", "would tell on the box: Not in the ERP yet."),
    ],
)
def test_a_dry_run_tells_and_touches_nothing(world: World, tmp_path: Path, stage: str, would: str) -> None:
    deal = story(world, stage)
    before, written = rows(tmp_path), writes(world)
    (work,) = world.run(only=(deal,), dry_run=True).items
    assert any(did.startswith(would) for did in work.trail), work.trail
    assert (writes(world), rows(tmp_path)) == (written, before)


def test_what_a_dry_run_looks_at_is_leased_by_nobody_and_waited_for_by_nobody(world: World) -> None:
    deal = world.company.deal("Northwind")
    (work,) = world.run(only=(deal,), dry_run=True).items
    claim = work.claim
    assert (claim.kind, claim.key, claim.lane, claim.token, claim.correlation_id) == (
        "deal", deal, "manual", "", "",
    )  # fmt: skip
    assert (claim.seq, claim.attempts, claim.min_version, claim.first_due_at) == (0, 0, 0, None)


def writes(world: World) -> list[str]:
    return [call for call in world.company.calls() if not call.startswith("GET")]


def test_all_that_a_dry_run_would_do_for_a_new_deal_in_its_order(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    (work,) = world.run(only=(deal,), dry_run=True).items
    assert work.trail == (
        "would create customer Northwind Ltd",
        "would create an order: 1 lines, 360.00 EUR",
        "would request the invoice",
    )
    assert (work.customer_id, work.verdict) == ("(new)", None)


def test_a_dry_run_would_link_whom_it_is_certain_of(world: World) -> None:
    booked = {"Name": "Northwind Ltd", "Email": "a@northwind.example", "Currency": "EUR"}
    number = world.company.book("customers", booked)["CustomerID"]
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    (work,) = world.run(only=(deal,), dry_run=True).items
    assert work.trail == (
        f"would link customer {number}",
        "would create an order: 1 lines, 360.00 EUR",
    )
