"""A process that is configured as an administrator would: by a file and the environment."""

import dagster as dg
import pytest

from streak_infor_orchestration.definitions import defs
from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process, make_world, process, world

__all__ = ["acme", "fresh_process", "make_world", "process", "world"]


@pytest.fixture(scope="session")
def definitions() -> dg.Definitions:
    loaded: dg.Definitions = defs()
    return loaded
