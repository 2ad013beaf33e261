"""Plays M3's transcripts against the twin over real HTTP, with no client of ours in between."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.m3 import create_app
from streak_infor_orchestration_tests.twins.exchange import Exchange, Story
from streak_infor_orchestration_tests.twins.m3 import order_transcripts
from streak_infor_orchestration_tests.twins.player import play

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STORIES: list[Story] = [*order_transcripts.STORIES]


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
    file = connection.get("/__twin__/ionapi").json()
    form = {"grant_type": "password", "username": file["saak"], "password": file["sask"]}
    answer = connection.post(file["pu"] + file["ot"], data=form, auth=(file["ci"], file["cs"]))
    token = answer.raise_for_status().json()["access_token"]

    def addressed(step: Exchange, path: str) -> tuple[str, dict[str, str]]:
        if path.startswith("/__twin__/"):
            return path, {}
        if step.basic or step.anonymous:
            return path, {"Accept": "application/json"}
        return f"/{file['ti']}/M3{path}", {"Authorization": f"Bearer {token}"}

    play(story, connection, clock, addressed)
