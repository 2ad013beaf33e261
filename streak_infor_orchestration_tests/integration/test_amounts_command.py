"""`streak-infor amounts`, `customer`, `times` and `export`, as people type them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process, make_world, process, world
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "fresh_process", "make_world", "process", "world"]

Typed = Callable[..., str]


@pytest.fixture
def typed(process: Wiring, fresh_process: Callable[..., Wiring]) -> Typed:
    """What a command says. Each runs in a process of its own, on the same ledger and tables."""

    def type_(*words: str, code: int = 0) -> str:
        fresh_process(process.clock)
        result = CliRunner().invoke(_group, words)
        assert result.exit_code == code, result.output + str(result.exception or "")
        return result.output + str(result.exception or "")

    return type_


@pytest.fixture
def invoice(world: World, process: Wiring) -> dict[str, str]:
    """Of a deal that was won, as the product made it."""
    box = world.company.deal("Northwind", stage="Closed-Won")
    process.store.inbox.record([Event(source="streak", name="BOX_EDIT", kind="deal", key=box)])
    ORDER_TO_CASH.run(Batch(run_id="run"), process.ports)
    (booked,) = world.company.found_in_erp("invoices")
    return {"box": box, **booked}


def test_every_cent_and_then_a_wrong_one(world: World, invoice: dict[str, str], typed: Typed) -> None:
    assert "every cent has a cause" in typed("amounts", "--fresh")
    steps = typed("amounts", invoice["OrderID"])
    assert all(word in steps for word in ("asked by the deal", "ordered", "invoiced", "balance"))
    assert f"Order {invoice['OrderID']}" in typed("amounts", invoice["box"])
    world.clock.advance(3_600)
    world.company.erp(f"/records/invoices/{invoice['InvoiceID']}", {"Balance": "0.01"})
    told = typed("amounts", "--fresh", code=1)
    assert "1 of 1 orders have amounts without a cause" in told and invoice["OrderID"] in told
    assert "without a cause" in typed("amounts", invoice["OrderID"], code=1)
    assert "in the tables" in typed("amounts", "SO-9", code=1)


def test_a_customer_by_number_and_by_name(world: World, invoice: dict[str, str], typed: Typed) -> None:
    told = typed("customer", invoice["CustomerID"], "--fresh")
    assert "Northwind" in told and "balance" in told and f"of order {invoice['OrderID']}" in told
    assert typed("customer", "north") == typed("customer", invoice["CustomerID"])
    assert "no customer is called" in typed("customer", "Fabrikam", code=1)


def test_times_beside_those_typed_by_hand_or_from_before(
    world: World, invoice: dict[str, str], typed: Typed
) -> None:
    told = typed("times", "--fresh")
    assert "won to ordered" in told and "typed by hand" in told
    assert "before 2026-01-01" in typed("times", "--since", "2026-01-01")


def test_tables_as_files(world: World, invoice: dict[str, str], typed: Typed, tmp_path: Path) -> None:
    typed("customer", "north", "--fresh")
    for ending in ("csv", "xlsx"):
        target = tmp_path / f"customers.{ending}"
        assert "1 rows of analytics/customer_360" in typed("export", "analytics/customer_360", str(target))
        assert target.stat().st_size > 0
    assert "analytics/order_to_cash" in typed("export", "nonsense", str(tmp_path / "x.csv"), code=2)


def test_what_was_never_worked_out_is_said(process: Wiring, typed: Typed) -> None:
    process.store  # noqa: B018  # `check` has begun it
    assert "not read yet: analytics/order_to_cash" in typed("amounts", code=1)
