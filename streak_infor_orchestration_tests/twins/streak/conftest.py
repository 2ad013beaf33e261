from collections.abc import Iterator

import httpx
import pytest

from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.streak import create_app

from .exchange import ANA, USERS
from .receiver import Receiver, receiving
from .team import Team


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def team() -> Iterator[Team]:
    with serve(create_app(USERS)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        client.auth = (ANA, "")
        yield Team(client)
