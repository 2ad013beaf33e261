"""The world of both twins."""

from streak_infor_orchestration_tests.world.fixtures import acme, make_world, world

__all__ = ["acme", "make_world", "world"]
