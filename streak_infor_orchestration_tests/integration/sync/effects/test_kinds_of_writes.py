"""Every kind of write is found again by its key, and a key of none is never taken for settled."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import pytest

from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.sync import effects
from streak_infor_orchestration.sync.effects.kind import KindOfWrite
from streak_infor_orchestration.sync.effects.registry import KINDS, box_is_gone, kind_of, recover
from streak_infor_orchestration.sync.effects.sending import Sender
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration_tests.world import World

WRITTEN = {
    "customer:organization:agxz": ("organization:agxz",),
    "customer:contact:c1": ("contact:c1",),
    "deal:agxz:sales_order:2": ("agxz", "2"),
    "order:SO-1:edit": ("SO-1",),
    "order:SO-1:cancel": ("SO-1",),
    "order:SO-1:invoice": ("SO-1",),
    "order:SO-1:ready": ("SO-1",),
    "comment:agxz:problem:unknown:Item {1}\nnext": ("agxz", "problem:unknown:Item {1}\nnext"),
    "box_of:SO-1": ("SO-1",),
    "task:agxz:overdue:INV-1:2026-12-10": ("agxz", "overdue:INV-1:2026-12-10"),
    "task_done:agxz:stuck:2026-12-10T08:00:00+00:00": ("agxz", "stuck:2026-12-10T08:00:00+00:00"),
    "box:agxz:fields": ("agxz",),
    "erp_customer:C-1:fields": ("C-1",),
    "contact:c1:fields": ("c1",),
    "organization:o1:fields": ("o1",),
    "erp_contact:c1@C-1": ("c1", "C-1"),
    "erp_contact:CT-1:fields": ("CT-1",),
    "streak_contact:CT-1@C-1": ("CT-1", "C-1"),
    "streak_organization:C-1": ("C-1",),
}
"""Keys as ledgers have them, and what each is of."""


@pytest.mark.parametrize("key", WRITTEN)
def test_a_key_is_of_one_kind_and_says_what_it_is_of(key: str) -> None:
    kind, parts = kind_of(key)
    assert parts == WRITTEN[key]
    assert kind.key.of(*parts) == key
    assert [other for other in KINDS if other.key.parts(key) is not None] == [kind]


def test_each_kind_that_there_is_can_be_found_again() -> None:
    modules = [
        import_module(f"{effects.__name__}.{module.name}") for module in iter_modules(effects.__path__)
    ]
    defined = {
        value for module in modules for value in vars(module).values() if isinstance(value, KindOfWrite)
    }
    assert defined == set(KINDS) == {kind_of(key)[0] for key in WRITTEN}


@pytest.mark.parametrize("find_out", [recover, box_is_gone])
@pytest.mark.parametrize("key", ["pallet:P-1", "order:SO-1:hold", "deal:agxz", "erp_customer:C-1", ""])
def test_what_became_of_an_unknown_kind_is_not_guessed(
    world: World, find_out: Callable[[Writes, Effect], None], key: str
) -> None:
    ports = world.ports
    ports.store.effects.plan(key, shape="create", body={}, subject="agxz")
    effect = ports.store.effects.get(key)
    assert isinstance(effect, Effect)
    writes = Writes(ports, Sender(ports.store, ports.leases, ports.clock, "run"))
    with pytest.raises(LookupError, match=f"no kind of write has a key such as {key}"):
        find_out(writes, effect)
    assert ports.store.effects.get(key) == effect
