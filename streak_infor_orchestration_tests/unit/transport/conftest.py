"""The server behind every `Endpoint`."""

from collections.abc import Iterator

import pytest

from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration_tests.unit.transport.endpoint import HOST


@pytest.fixture(scope="session", autouse=True)
def host() -> Iterator[None]:
    with serve(HOST.app) as HOST.base_url:
        yield
