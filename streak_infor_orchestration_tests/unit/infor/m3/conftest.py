"""The client of M3 against answers that are written out here, over real HTTP."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.responses import Response

from streak_infor_orchestration_tests.unit.infor.m3.scripted import ScriptedM3

M3Answering = Callable[..., ScriptedM3]


@pytest.fixture
def m3() -> Iterator[M3Answering]:
    """`m3(done("AddBatchHead", {…}), …, prices="erp")`: gives these answers, one a request, the last one for ever;
    the rest is said in the configuration's section."""
    with ExitStack() as stack:

        def opened(*script: Response, **settings: Any) -> ScriptedM3:
            return stack.enter_context(ScriptedM3(*script, **settings).opened())

        yield opened
