"""Plays M3's transcripts against the twin over real HTTP, with no client of ours in between."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.m3 import create_app
from streak_infor_orchestration_tests.twins.exchange import Exchange, Story
from streak_infor_orchestration_tests.twins.m3 import (
    invoice_transcripts,
    order_transcripts,
    record_transcripts,
    transport_transcripts,
)
from streak_infor_orchestration_tests.twins.player import play

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STORIES: list[Story] = [
    *transport_transcripts.STORIES,
    *record_transcripts.STORIES,
    *order_transcripts.STORIES,
    *invoice_transcripts.STORIES,
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
    file = connection.get("/__twin__/ionapi").json()
    tokens: dict[date, str] = {}

    def addressed(step: Exchange, path: str) -> tuple[str, dict[str, str]]:
        if path.startswith("/__twin__/"):
            return path, {}
        if step.basic or step.anonymous:
            return path, {"Accept": "application/json"}
        if clock().date() not in tokens:
            tokens[clock().date()] = log_in(connection, file)
        return f"/{file['ti']}/M3{path}", {"Authorization": f"Bearer {tokens[clock().date()]}"}

    play(story, connection, clock, addressed)


def log_in(client: httpx.Client, file: dict[str, Any]) -> str:
    form = {"grant_type": "password", "username": file["saak"], "password": file["sask"]}
    answer = client.post(file["pu"] + file["ot"], data=form, auth=(file["ci"], file["cs"]))
    return str(answer.raise_for_status().json()["access_token"])
