"""`streak-infor customers` as an administrator types it."""

from collections.abc import Callable

from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.test_link_command import (
    acme,
    fresh_process,
    make_world,
    process,
    typed,
    world,
)
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "fresh_process", "make_world", "process", "typed", "world"]


def test_who_may_be_there_twice_is_shown_and_merged_by_a_word(
    world: World, process: Wiring, typed: Callable[..., str]
) -> None:
    numbers = [
        world.company.book("customers", {"Name": name, "Currency": "EUR"})["CustomerID"]
        for name in ("Northwind GmbH", "Northwind Ltd.")
    ]
    key = f"organization:{world.company.organization('Northwind')}"
    process.store.links.add(Link("customer", key, numbers[1]))
    said = typed("customers", "duplicates")
    assert "same name in the ERP:" in said and "1 suspicions" in said
    assert f"{numbers[0]:<44}  {'Northwind GmbH':<32}  not linked; 0 orders" in said
    assert f"{numbers[1]:<44}  {'Northwind Ltd.':<32}  linked to {key}; 0 orders" in said
    assert "no customer C-9 that is not closed" in typed("customers", "merge", "C-9", numbers[1], code=1)
    assert f"{numbers[1]} is {numbers[0]}" in typed("customers", "merge", *numbers)
    assert process.store.links.erp_key("customer", key) == numbers[0]
