"""Both twins, and a process configured by a company's own file."""

from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process

__all__ = ["acme", "fresh_process"]
