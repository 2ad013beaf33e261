"""Worlds as fixtures. The twins are served once per session and emptied for every world."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration_tests.world.company import Company, company
from streak_infor_orchestration_tests.world.world import Connections, World, connections

Acme = tuple[Company, Connections]


@pytest.fixture(scope="session")
def acme() -> Iterator[Acme]:
    """The one company of the session. Its clock goes on from test to test."""
    with company(ManualClock()) as opened, connections(opened) as ours:
        yield opened, ours


@pytest.fixture
def make_world(acme: Acme, tmp_path: Path) -> Iterator[Callable[..., World]]:
    """`make_world(settings={…}, database_url=…)`; one world per test, as there is one company.

    Ends with the demand that nothing was sent against either contract.
    """
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(closing(World(*acme, tmp_path, **options)))
    assert acme[0].violations() == []


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """With the packaged template's configuration, on SQLite."""
    return make_world()
