"""`streak-infor link`, `dead-letters show` and `sync customer` as an administrator types them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process, make_world, process, world
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "fresh_process", "make_world", "process", "world"]


@pytest.fixture
def typed(process: Wiring, fresh_process: Callable[..., Wiring]) -> Callable[..., str]:
    """What a command says. Each runs in a process of its own, on the same ledger; another exit code than 0 has to be
    expected."""
    assert process.store, "`check` has begun it"

    def type_(*words: str, code: int = 0) -> str:
        fresh_process(process.clock)
        result = CliRunner().invoke(_group, words)
        assert result.exit_code == code, result.output
        return result.output + str(result.exception or "")

    return type_


def due(process: Wiring, deal: str) -> None:
    process.store.inbox.record([Event("streak", "BOX_EDIT", "deal", deal)])
    ORDER_TO_CASH.run(Batch("run"), process.ports)


def test_the_table_says_what_is_linked_would_be_ambiguous_and_new(
    world: World, process: Wiring, typed: Callable[..., str]
) -> None:
    world.company.book("customers", {"Name": "Northwind GmbH", "Email": "buying@northwind.example"})
    world.company.book("customers", {"Name": "Contoso Ltd.", "TaxID": "DE 1"})
    for name in ("Northwind GmbH", "Contoso AG", "Tailspin"):
        domain = f"{name.split()[0].lower()}.example"
        world.company.deal(name, organization=world.company.organization(name, domains=[domain]))
    said = typed("link", "--dry-run")
    for row in (line for line in said.splitlines() if line.startswith(("would link", "new"))):
        standing, party, name, *_ = re.split(r" {2,}", row)
        assert (standing, name) in {("would link", "Northwind GmbH"), ("new", "Tailspin")}, (
            "columns are told apart"
        )
        assert party.startswith("organization:")
    assert "would link" in said and "Northwind GmbH" in said and "same name and e-mail domain" in said
    assert "C-100002 Contoso Ltd. (DE 1; same name but for the legal form)" in said
    assert "3 customers in Streak, 2 in the ERP: 0 linked, 1 would link, 1 ambiguous, 1 new" in said
    assert "1 linked now" in typed("link")
    assert "1 linked, 0 linked now, 1 ambiguous, 1 new" in typed("link"), "it may be run again"


def test_a_person_sees_the_candidates_side_by_side_and_decides(
    world: World, process: Wiring, typed: Callable[..., str]
) -> None:
    for desk, city in (("buying", "Berlin"), ("sales", "Hamburg")):
        world.company.book(
            "customers",
            {
                "Name": "Northwind GmbH",
                "Email": f"{desk}@northwind.example",
                "BillingAddress": {"City": city, "Country": "DE"},
            },
        )
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    deal = world.company.deal("Northwind", organization=organization, stage="Proposal Accepted")
    due(process, deal)
    (letter,) = process.store.dead_letters.listing()
    said = typed("dead-letters", "show", str(letter.id))
    for known in ("C-100001", "C-100002", "Berlin", "Hamburg", "why"):
        assert known in said
    assert f"streak-infor link customer organization:{organization} NUMBER" in said

    assert "no customer C-9" in typed("link", "customer", organization, "C-9", code=1)
    assert "C-100002 Northwind GmbH" in typed("link", "customer", organization, "C-100002")
    assert "linked to C-100002 already" in typed("link", "customer", organization, "C-100001", code=1)
    ORDER_TO_CASH.run(Batch("next"), process.ports)
    (order,) = world.company.found_in_erp("salesorders")
    assert order["CustomerID"] == "C-100002"
    assert "by streak-infor: converged" in typed("dead-letters", "show", str(letter.id))


def test_none_of_them_is_said_too(world: World, process: Wiring, typed: Callable[..., str]) -> None:
    world.company.book("customers", {"Name": "Northwind Ltd."})
    refresh(process.erp, process.store)
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    due(process, world.company.deal("Northwind", organization=organization, stage="Proposal Accepted"))
    assert "1 deals go on" in typed("link", "customer", organization, "--new")
    ORDER_TO_CASH.run(Batch("next"), process.ports)
    assert len(world.company.found_in_erp("customers")) == 2
    assert "say --new" in typed("link", "customer", organization, code=2)


def test_a_customer_can_be_looked_at_by_hand(
    world: World, process: Wiring, typed: Callable[..., str], tmp_path: Path
) -> None:
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    due(process, world.company.deal("Northwind", organization=organization, stage="Proposal Accepted"))
    world.company.edit_party(f"organization:{organization}", name="Northwind Group GmbH")
    dry = typed("sync", "customer", f"organization:{organization}", "--dry-run", code=2)
    assert "would set in the ERP: customer.name = Northwind Group GmbH" in dry
    assert world.company.found_in_erp("customers")[0]["Name"] == "Northwind GmbH"
    assert "updated: customer.name" in typed("sync", "customer", f"organization:{organization}")
    assert world.company.found_in_erp("customers")[0]["Name"] == "Northwind Group GmbH"
    assert "in step" in typed("sync", "customer", f"organization:{organization}", "--dry-run")
