"""Plays every transcript against the twin over real HTTP, with no client of ours in between."""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.infor import create_app
from streak_infor_orchestration_tests.twins.infor import (
    collection_transcripts,
    invoice_transcripts,
    order_transcripts,
    transport_transcripts,
)
from streak_infor_orchestration_tests.twins.infor.exchange import Exchange, Story, Wait

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
    kept: dict[str, str] = {}
    for n, step in enumerate(story.steps):
        if isinstance(step, Wait):
            clock.advance(step.seconds)
            continue
        response = send(fresh, step, kept)
        where = f"step {n}: {step.method} {step.path} -> {response.status_code} {response.text[:2000]}"
        assert response.status_code == step.status, where
        check(response, step, kept, where)
    violations = fresh.get("/__twin__/violations").json()
    assert tuple(entry["rule"] for entry in violations) == story.violations


def test_the_suite_is_not_thinned_out() -> None:
    assert sum(isinstance(step, Exchange) for story in STORIES for step in story.steps) >= 250


def send(client: httpx.Client, step: Exchange, kept: dict[str, str]) -> httpx.Response:
    path = filled(step.path, kept)
    if not path.startswith(("/oauth/", "/__twin__/", PREFIX)):
        path = PREFIX + path
    headers = {} if step.anonymous else {"X-API-Key": "twin-key"}
    if step.basic is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(step.basic).encode()).decode()
    if step.raw is not None:
        headers["Content-Type"] = "application/json"
    headers |= filled(step.headers, kept)
    return client.request(
        step.method,
        path,
        json=filled(step.json, kept),
        data=filled(step.form, kept),
        content=step.raw,
        headers=headers,
    )


def check(response: httpx.Response, step: Exchange, kept: dict[str, str], where: str) -> None:
    for name, expected in step.answer_headers.items():
        actual = response.headers[name]
        assert expected is ... or actual == expected, where
    body = response.json() if response.content else None
    if step.answer is not None:
        assert_part(filled(step.answer, kept), body, where)
    for path in step.absent:
        *parents, last = path.split(".")
        assert last not in member(body, parents), where
    for name, path in step.keep.items():
        source, _, rest = path.partition(":")
        kept[name] = response.headers[rest] if source == "header" else str(member(body, path.split(".")))


def assert_part(expected: Any, actual: Any, where: str) -> None:
    """``expected`` must be contained in ``actual``; a list must match element by element."""
    if expected is ...:
        return
    if isinstance(expected, dict):
        assert isinstance(actual, dict), where
        for name, part in expected.items():
            assert name in actual, f"{name} missing in {where}"
            assert_part(part, actual[name], where)
    elif isinstance(expected, list):
        assert isinstance(actual, list) and len(actual) == len(expected), (
            f"{expected} is not {actual} in {where}"
        )
        for part, item in zip(expected, actual, strict=True):
            assert_part(part, item, where)
    else:
        assert actual == expected, where


def member(body: Any, path: list[str]) -> Any:
    for name in path:
        body = body[int(name)] if isinstance(body, list) else body[name]
    return body


def filled(value: Any, kept: dict[str, str]) -> Any:
    """The value with every ``$name`` replaced."""
    match value:
        case str():
            return re.sub(r"\$([a-z]+)", lambda found: kept[found[1]], value)
        case dict():
            return {name: filled(part, kept) for name, part in value.items()}
        case list():
            return [filled(part, kept) for part in value]
        case _:
            return value
