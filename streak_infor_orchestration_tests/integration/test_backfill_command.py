"""`streak-infor backfill`, and `up` before one, as an administrator types them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process, make_world, process, world
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "fresh_process", "make_world", "process", "world"]


@pytest.fixture
def typed(process: Wiring, fresh_process: Callable[..., Wiring]) -> Callable[..., str]:
    """What a command says. Each runs in a process of its own, on the same ledger."""
    assert process.store, "`check` has begun it"

    def type_(*words: str, code: int = 0) -> str:
        fresh_process(process.clock)
        result = CliRunner().invoke(_group, words)
        assert result.exit_code == code, result.output
        return result.output + str(result.exception or "")

    return type_


def test_from_what_is_missing_to_orders_that_a_person_has_confirmed(
    world: World, process: Wiring, typed: Callable[..., str]
) -> None:
    world.company.deal("Northwind", stage="Contract Signed")
    world.company.deal("Contoso", stage="Lead")
    said = typed("backfill", "--dry-run")
    assert "without an order" in said and "Northwind" in said and "Contoso" not in said
    assert '--create orders --count 1 --sum "360.00 EUR"' in said
    assert "needs --count and --sum" in typed("backfill", "--create", "orders", code=2)
    wrong = typed("backfill", "--create", "orders", "--count", "1", "--sum", "359.00 EUR", code=1)
    assert "1 orders are, of 360.00 EUR in all" in wrong
    assert world.company.found_in_erp("salesorders") == []
    made = typed("backfill", "--create", "orders", "--count", "1", "--sum", "360.00 EUR")
    assert "is ordered" in made and "1 deals looked at" in made
    assert len(world.company.found_in_erp("salesorders")) == 1
    document = json.loads(typed("backfill", "--json"))
    assert [deal["standing"] for deal in document["deals"]] == ["linked"] and document["missing"] == {}
    assert "no amount" in typed("backfill", "--sum", "much", code=2)


def test_a_dry_run_says_by_its_exit_code_that_something_would_be_linked(
    world: World, process: Wiring, typed: Callable[..., str]
) -> None:
    organization = world.company.organization("Northwind", domains=["northwind.example"])
    world.company.book("customers", {"Name": "Northwind", "Email": "office@northwind.example"})
    world.company.deal("Northwind", organization=organization)
    assert "1 certain" in typed("backfill", "--dry-run", code=2)
    typed("backfill")
    assert "1 linked, 0 certain" in typed("backfill", "--dry-run")


def test_a_person_says_which_order_it_is(world: World, process: Wiring, typed: Callable[..., str]) -> None:
    deal = world.company.deal("Northwind", stage="Contract Signed")
    typed("backfill")
    assert "name the order's number" in typed("link", "order", deal, code=2)
    assert "no order SO-1" in typed("link", "order", deal, "SO-1", code=1)
    assert "is left without an order" in typed("link", "order", deal, "--none")
    assert "gets an order" in typed("link", "order", deal, "--new")
    typed("sync", "deal", deal)
    (order,) = world.company.found_in_erp("salesorders")
    other = world.company.deal("Contoso", stage="Contract Signed")
    assert "is linked to" in typed("link", "order", other, order["OrderID"], code=1)


def test_nothing_is_started_where_old_deals_would_all_be_ordered(
    world: World, process: Wiring, typed: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    world.company.deal("Northwind", stage="Contract Signed")
    said = typed("up", code=1)
    assert "1 deals stand where an order is due" in said and "streak.since" in said
    assert not (tmp_path / "process" / "in-use").exists()
