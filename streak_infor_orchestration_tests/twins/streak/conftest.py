from collections.abc import Iterator

import httpx
import pytest

from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.streak import create_app
from streak_infor_orchestration_tests.twins.streak.exchange import ANA, USERS
from streak_infor_orchestration_tests.twins.streak.receiver import Receiver, receiving
from streak_infor_orchestration_tests.twins.streak.team import Team


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def team() -> Iterator[Team]:
    with serve(create_app(USERS)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        client.auth = (ANA, "")
        yield Team(client)
