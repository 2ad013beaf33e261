"""A small company for tests: both twins over real HTTP, a seeded pipeline, a ledger, and clocks moved by hand.

A suite that wants the fixtures imports them in its conftest: `from …world.fixtures import acme, make_world, world`.
"""

from streak_infor_orchestration_tests.world.company import Company, company
from streak_infor_orchestration_tests.world.world import Connections, World, connections, process

__all__ = ["Company", "Connections", "World", "company", "connections", "process"]
