"""Who waits for a name, on both databases: whoever was not told of is not forgotten."""

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store


def keys(store: Store, name: str) -> list[str]:
    return [record.key for record in store.held.waiting(name)]


def test_who_waits_is_told_by_the_name(store: Store) -> None:
    store.held.add("deal", "b", ["Qty 1", "SKU 1"])
    store.held.add("deal", "a", ["Qty 1"])
    assert (keys(store, "Qty 1"), keys(store, "SKU 1"), keys(store, "Price 1")) == (["a", "b"], ["b"], [])
    assert store.held.names() == {"Qty 1", "SKU 1"}


def test_what_was_told_is_forgotten_for_that_name_alone(store: Store) -> None:
    store.held.add("deal", "a", ["Qty 1", "SKU 1"])
    store.held.forget(store.held.waiting("Qty 1"))
    assert (keys(store, "Qty 1"), keys(store, "SKU 1")) == ([], ["a"])
    store.held.forget(())
    assert store.held.names() == {"SKU 1"}


def test_who_was_written_after_the_others_were_told_stays(store: Store, clock: ManualClock) -> None:
    """Its writer had begun before, and waited for its turn: nobody made it due, so forgotten it would wait for ever."""
    store.held.add("deal", "first", ["Qty 1"])
    clock.advance(1)
    told = store.held.waiting("Qty 1")
    clock.advance(-0.5)
    store.held.add("deal", "late", ["Qty 1"])
    clock.advance(1)
    store.held.forget(told)
    assert keys(store, "Qty 1") == ["late"]


def test_who_began_to_wait_anew_stays(store: Store, clock: ManualClock) -> None:
    store.held.add("deal", "a", ["Qty 1"])
    told = store.held.waiting("Qty 1")
    clock.advance(1)
    store.held.add("deal", "a", ["Qty 1"])
    store.held.forget(told)
    assert keys(store, "Qty 1") == ["a"]
