"""Each Infor product behind its gateway, in the time of the world's company. Served once per session."""

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module

import pytest

from streak_infor_orchestration.demo.erps import ERPS, DemoErp
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.world.fixtures import Acme


@pytest.fixture(scope="session", params=["m3", "syteline"])
def product(request: pytest.FixtureRequest) -> DemoErp:
    return ERPS[request.param]


@pytest.fixture(scope="session")
def erp(product: DemoErp, acme: Acme) -> Iterator[Control]:
    """Its simulator, as people work in it."""
    app = import_module(product.module).create_app(now=acme[0].clock.now)
    with serve(app) as base_url, closing(Control(base_url)) as control:
        yield control
