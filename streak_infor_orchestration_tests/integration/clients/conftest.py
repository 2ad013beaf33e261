"""Both twins and both clients as production wires them: OAuth, rate budgets, real time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from streak_infor_orchestration.infor.facade.product import FACADE
from streak_infor_orchestration.infor.facade.section import FacadeSection
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.transport.auth import Basic
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.infor import create_app as infor_app
from streak_infor_orchestration.twins.streak import create_app as streak_app
from streak_infor_orchestration_tests.conformance.control import Control

STREAK_KEY = "strk_5ecretkey"
CLIENT_SECRET = "twin-secret"
SERVICE_PASSWORD = "twin-service-password"


@dataclass
class Clients:
    streak_twin: Control
    infor_twin: Control

    def infor_http(self, **options: Any) -> tuple[HttpClient, OAuth]:
        auth = OAuth(
            f"{self.infor_twin.base_url}/oauth/token",
            "twin-client",
            CLIENT_SECRET,
            username="twin-service",
            password=SERVICE_PASSWORD,
            clock=options.get("clock"),
        )
        base_url = f"{self.infor_twin.base_url}/infor/api/v1"
        return HttpClient("infor", base_url, **{"auth": auth, **options}), auth

    def erp(self, **options: Any) -> Erp:
        section = FacadeSection(product="facade", base_url=self.infor_twin.base_url)
        return FACADE.open(section, self.infor_http(**options)[0])

    def streak(self, **options: Any) -> StreakClient:
        base_url = f"{self.streak_twin.base_url}/api"
        return StreakClient(HttpClient("streak", base_url, **{"auth": Basic(STREAK_KEY), **options}))


@pytest.fixture(scope="session")
def twins() -> Iterator[Clients]:
    with serve(streak_app({STREAK_KEY: "integration@acme.example"})) as streak_url:
        with serve(infor_app()) as infor_url:
            yield Clients(Control(streak_url), Control(infor_url))


@pytest.fixture
def clients(twins: Clients) -> Iterator[Clients]:
    for twin in (twins.streak_twin, twins.infor_twin):
        twin.reset()
    yield twins
    for twin in (twins.streak_twin, twins.infor_twin):
        assert twin.violations() == []
