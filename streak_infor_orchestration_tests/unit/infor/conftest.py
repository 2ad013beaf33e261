"""The façade's client against answers that are written out here, over real HTTP."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.responses import Response

from streak_infor_orchestration_tests.unit.infor.facade import Facade
from streak_infor_orchestration_tests.unit.transport.conftest import host

__all__ = ["host"]

Answering = Callable[..., Facade]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """`answering(page([…]), …)`: a façade that gives these answers, one a request, the last one for ever."""
    with ExitStack() as stack:

        def opened(*script: Response) -> Facade:
            return stack.enter_context(Facade(*script).opened())

        yield opened
