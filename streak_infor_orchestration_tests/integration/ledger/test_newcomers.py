"""Who is about to be made a customer, on both databases: of several that may be one, one is announced."""

from datetime import timedelta
from typing import Any

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.newcomers import Newcomer
from streak_infor_orchestration_tests.integration.ledger.support import at_once, planned, sent


def announce(store: Store, key: str, name: str = "Northwind") -> Newcomer | None:
    def may_be(other: dict[str, Any]) -> bool:
        return bool(other["name"] == name)

    return store.newcomers.announce(key, {"name": name}, seconds=40, may_be=may_be)


def test_of_many_at_once_one_is_announced(store: Store) -> None:
    for _ in range(5):
        others = at_once(8, lambda number: announce(store, f"organization:{number}"))
        (winner,) = [number for number, other in enumerate(others) if other is None]
        assert {other.streak_key for other in others if other} == {f"organization:{winner}"}
        store.newcomers.withdraw(f"organization:{winner}")


def test_another_company_is_announced_beside_it(store: Store) -> None:
    assert announce(store, "organization:1") is None
    assert announce(store, "organization:2", "Contoso") is None
    assert store.newcomers.count() == 2


def test_announced_again_it_is_as_old_as_before_and_lasts_longer(store: Store, clock: ManualClock) -> None:
    began = clock.now()
    announce(store, "organization:1")
    clock.advance(30)
    assert announce(store, "organization:1") is None
    clock.advance(39)
    other = announce(store, "organization:2")
    assert other is not None and other.at == began and clock.now() - began == timedelta(seconds=69)


def test_it_is_over_with_its_time_with_its_link_and_when_withdrawn(store: Store, clock: ManualClock) -> None:
    announce(store, "organization:1")
    clock.advance(40)
    assert announce(store, "organization:2") is None and store.newcomers.count() == 1
    store.links.add(Link("customer", "organization:2", "C-2"))
    assert announce(store, "organization:3") is None and store.newcomers.count() == 1
    store.newcomers.withdraw("organization:3")
    assert store.newcomers.count() == 0


def test_while_nobody_knows_whether_it_was_made_it_stays(store: Store, clock: ManualClock) -> None:
    announce(store, "organization:1")
    effect = sent(store, planned(store, "customer:organization:1"))
    store.effects.unknown(effect, {}, clock.now())
    clock.advance(86400)
    other = announce(store, "organization:2")
    assert other is not None and other.streak_key == "organization:1"
