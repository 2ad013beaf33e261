"""Plays every transcript against the twin over real HTTP, with no client of ours in between."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.syteline import create_app
from streak_infor_orchestration_tests.twins.exchange import Exchange, Story
from streak_infor_orchestration_tests.twins.player import play
from streak_infor_orchestration_tests.twins.syteline import (
    access_transcripts,
    load_transcripts,
    order_transcripts,
    receivable_transcripts,
    update_transcripts,
)
from streak_infor_orchestration_tests.twins.syteline.exchange import CONFIGURATION, NAME_AND_PASSWORD

SERVICE = "/IDORequestService/ido"
OTHER_ROOTS = ("/__twin__/", "/TWIN_TST/", "/IDORequestService/")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STORIES: list[Story] = [
    *access_transcripts.STORIES,
    *load_transcripts.STORIES,
    *update_transcripts.STORIES,
    *order_transcripts.STORIES,
    *receivable_transcripts.STORIES,
]


@pytest.fixture(scope="module")
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="module")
def connection(clock: ManualClock) -> Iterator[httpx.Client]:
    with serve(create_app(now=clock)) as base_url, httpx.Client(base_url=base_url) as client:
        yield client


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_transcript(connection: httpx.Client, clock: ManualClock, story: Story) -> None:
    clock.set(START)
    connection.post("/__twin__/reset").raise_for_status()
    token = connection.get(f"{SERVICE}/token/{CONFIGURATION}", headers=NAME_AND_PASSWORD).json()["Token"]

    def addressed(step: Exchange, path: str) -> tuple[str, dict[str, str]]:
        whole = path if path.startswith(OTHER_ROOTS) else SERVICE + path
        return whole, {} if step.anonymous else {"Authorization": token}

    play(story, connection, clock, addressed)


def test_the_suite_is_not_thinned_out() -> None:
    assert sum(isinstance(step, Exchange) for story in STORIES for step in story.steps) >= 300
