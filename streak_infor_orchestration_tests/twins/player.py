"""Plays transcripts over real HTTP, with no client of ours in between."""

import base64
import re
from collections.abc import Callable
from typing import Any

import httpx

from streak_infor_orchestration.twins.harness import ManualClock
from streak_infor_orchestration_tests.twins.exchange import Exchange, Story, Wait

Addressed = Callable[[Exchange, str], tuple[str, dict[str, str]]]
"""(exchange, its path filled in) to the path as it is sent, and the headers that the suite adds."""


def play(story: Story, client: httpx.Client, clock: ManualClock, addressed: Addressed) -> None:
    """On a twin freshly reset. Raises AssertionError at the first answer that is not the transcript's."""
    kept: dict[str, str] = {}
    for n, step in enumerate(story.steps):
        if isinstance(step, Wait):
            clock.advance(step.seconds)
            continue
        response = send(client, step, kept, addressed)
        where = f"step {n}: {step.method} {step.path} -> {response.status_code} {response.text[:2000]}"
        assert response.status_code == step.status, where
        check(response, step, kept, where)
    violations = client.get("/__twin__/violations").json()
    assert tuple(entry["rule"] for entry in violations) == story.violations


def send(client: httpx.Client, step: Exchange, kept: dict[str, str], addressed: Addressed) -> httpx.Response:
    path, headers = addressed(step, filled(step.path, kept))
    if step.basic is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(step.basic).encode()).decode()
    if step.raw is not None:
        headers["Content-Type"] = "application/json"
    headers = filled(headers | step.headers, kept)
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
        actual = response.headers.get(name)
        assert (actual is None) == (expected is None), where
        assert expected is ... or actual == expected, where
    body = _body(response)
    if step.answer is not None:
        assert_part(filled(step.answer, kept), body, where)
    for path in step.absent:
        *parents, last = path.split(".")
        assert last not in member(body, parents), where
    for name, path in step.keep.items():
        source, _, rest = path.partition(":")
        kept[name] = response.headers[rest] if source == "header" else str(member(body, path.split(".")))


def _body(response: httpx.Response) -> Any:
    is_json = response.content and "json" in response.headers["content-type"]
    return response.json() if is_json else response.text or None


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
