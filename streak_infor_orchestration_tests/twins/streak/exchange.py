"""An exchange with Streak as data, how it is played against the twin, and how its answer is compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

ANYTHING = object()
ABSENT = object()
"""As an expected member: the answer must not have it."""


@dataclass(frozen=True)
class Matches:
    """As an expected value: a text that fits the regular expression whole."""

    pattern: str


@dataclass(frozen=True)
class Exchange:
    """One request and what must come back; ``source`` is the section of the Streak API contract.

    ``body`` is a subset: members not named are free, arrays match element by element. ``saves`` keeps
    members of the answer under names that later exchanges write as ``{name}``. ``violates`` is the rule that
    the twin must log; without it the log must stay as it is.
    """

    source: str
    request: str
    status: int = 200
    body: Any = ANYTHING
    query: dict[str, Any] | None = None
    json: Any = None
    form: dict[str, str] | None = None
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=lambda: {"Authorization": "Basic c3Rya19hbmE6"})
    saves: dict[str, str] = field(default_factory=dict)
    violates: str | None = None


Transcript = Sequence[Exchange]

ANA, BEN = "strk_ana", "strk_ben"
USERS = {ANA: "ana@example.com", BEN: "ben@example.com"}
KEY = Matches(r"agxzfm1haWxmb29nYWVy[\w-]{44,100}")


async def play(client: httpx.AsyncClient, transcript: Transcript) -> None:
    """Raises AssertionError naming the exchange that differs."""
    names: dict[str, str] = {}
    violations: list[str] = []
    for number, exchange in enumerate(transcript, 1):
        answer = await _send(client, exchange, names)
        where = f"exchange {number}, {exchange.source}: {exchange.request}"
        assert answer.status_code == exchange.status, f"{where}: {answer.status_code} {answer.text}"
        if exchange.body == b"":
            assert answer.content == b"", where
        elif exchange.body is not ANYTHING:
            compare(_filled(exchange.body, names), answer.json(), where)
        for name, member in exchange.saves.items():
            names[name] = _member(answer.json(), member)
        violations += [exchange.violates] if exchange.violates else []
        logged = (await client.get("/__twin__/violations")).json()
        assert [entry["rule"] for entry in logged] == violations, where


async def _send(client: httpx.AsyncClient, exchange: Exchange, names: dict[str, str]) -> httpx.Response:
    method, _, path = _filled(exchange.request, names).partition(" ")
    content: dict[str, Any] = {}
    if exchange.json is not None:
        content["json"] = _filled(exchange.json, names)
    if exchange.form is not None:
        content["data"] = _filled(exchange.form, names)
    if exchange.content is not None:
        content["content"] = exchange.content
    query = _filled(exchange.query, names)
    return await client.request(method, path, params=query, headers=exchange.headers, **content)


def _filled(value: Any, names: dict[str, str]) -> Any:
    match value:
        case str():
            return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], value)
        case dict():
            return {_filled(name, names): _filled(member, names) for name, member in value.items()}
        case list():
            return [_filled(item, names) for item in value]
        case _:
            return value


def _member(answer: Any, path: str) -> str:
    for step in path.split("."):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return str(answer)


def compare(expected: Any, actual: Any, where: str) -> None:
    match expected:
        case dict():
            assert isinstance(actual, dict), f"{where}: {actual!r} is no object"
            for name, member in expected.items():
                if member is ABSENT:
                    assert name not in actual, f"{where}.{name} is there"
                else:
                    assert name in actual, f"{where}.{name} is missing in {actual}"
                    compare(member, actual[name], f"{where}.{name}")
        case list():
            assert isinstance(actual, list) and len(actual) == len(expected), f"{where}: {actual!r}"
            for n, (wanted, found) in enumerate(zip(expected, actual, strict=True)):
                compare(wanted, found, f"{where}[{n}]")
        case Matches():
            assert isinstance(actual, str) and re.fullmatch(expected.pattern, actual), f"{where}: {actual!r}"
        case _ if expected is ANYTHING:
            pass
        case _:
            same = type(expected) is type(actual) and expected == actual
            assert same, f"{where}: {actual!r} is not {expected!r}"
