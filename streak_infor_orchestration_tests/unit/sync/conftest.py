"""The use cases against both twins: a world per test."""

from streak_infor_orchestration_tests.world.fixtures import acme, make_world, world

__all__ = ["acme", "make_world", "world"]
