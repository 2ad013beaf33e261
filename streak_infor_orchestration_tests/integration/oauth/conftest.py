"""The OAuth server for the session, and a Streak behind a gateway that believes only that server."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.streak import create_app
from streak_infor_orchestration_tests.integration.oauth.guard import Guard
from streak_infor_orchestration_tests.integration.oauth.server import serving

KEY = "strk_gateway"


@dataclass(frozen=True)
class Gateway:
    guard: Guard
    base_url: str


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    with serving() as url:
        yield url


@pytest.fixture
def gateway(issuer: str) -> Iterator[Gateway]:
    keys = httpx.get(f"{issuer}/jwks", trust_env=False).raise_for_status().json()
    guard = Guard(create_app({KEY: "integration@acme.example"}), keys, KEY)
    with serve(guard) as url:
        yield Gateway(guard, f"{url}/api")
