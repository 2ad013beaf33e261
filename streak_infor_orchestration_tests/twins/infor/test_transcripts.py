"""Plays every transcript against the twin over real HTTP, with no client of ours in between."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.infor import create_app
from streak_infor_orchestration_tests.twins.exchange import Exchange, Story
from streak_infor_orchestration_tests.twins.infor import (
    collection_transcripts,
    invoice_transcripts,
    order_transcripts,
    transport_transcripts,
)
from streak_infor_orchestration_tests.twins.player import play

PREFIX = "/infor/api/v1"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STORIES: list[Story] = [
    *transport_transcripts.STORIES,
    *collection_transcripts.STORIES,
    *order_transcripts.STORIES,
    *invoice_transcripts.STORIES,
]


@pytest.fixture(scope="module")
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="module")
def connection(clock: ManualClock) -> Iterator[httpx.Client]:
    app = create_app(
        client_id="twin-client",
        client_secret="twin-secret",
        api_key="twin-key",
        service_user="twin-service",
        service_password="twin-service-password",
        token_seconds=3600,
        now=clock,
    )
    with serve(app) as base_url, httpx.Client(base_url=base_url) as client:
        yield client


@pytest.fixture
def fresh(connection: httpx.Client, clock: ManualClock) -> httpx.Client:
    clock.set(START)
    connection.post("/__twin__/reset").raise_for_status()
    return connection


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_transcript(fresh: httpx.Client, clock: ManualClock, story: Story) -> None:
    play(story, fresh, clock, addressed)


def test_the_suite_is_not_thinned_out() -> None:
    assert sum(isinstance(step, Exchange) for story in STORIES for step in story.steps) >= 250


def addressed(step: Exchange, path: str) -> tuple[str, dict[str, str]]:
    if not path.startswith(("/oauth/", "/__twin__/", PREFIX)):
        path = PREFIX + path
    return path, {} if step.anonymous else {"X-API-Key": "twin-key"}
