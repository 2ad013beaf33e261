"""Plays the gateway's transcripts, with a product behind it that echoes."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.twins.harness import (
    Instruments,
    Lever,
    ManualClock,
    Violations,
    serve,
    twin_app,
)
from streak_infor_orchestration.twins.ion import Gateway
from streak_infor_orchestration_tests.twins.exchange import Exchange, Story
from streak_infor_orchestration_tests.twins.ion import transcripts
from streak_infor_orchestration_tests.twins.player import play

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def behind_gateway(clock: ManualClock) -> Starlette:
    """A product of three routes: one echoes, one is slow, one tells how often the slow one came to its end."""
    violations = Violations(clock)
    gateway = Gateway("CSI", now=clock, violations=violations)
    ended = []

    async def echo(request: Request) -> Response:
        return JSONResponse({"path": request.url.path, "body": (await request.body()).decode()})

    async def slow(request: Request) -> Response:
        await asyncio.sleep(0.3)
        ended.append(request)
        return JSONResponse({})

    async def tell(request: Request) -> Response:
        return JSONResponse({"ended": len(ended)})

    async def expire(request: Request) -> Response:
        return JSONResponse({"expired": gateway.expire_tokens()})

    product = [Route("/echo", echo, methods=["GET", "POST"]), Route("/slow", slow), Route("/ended", tell)]
    return twin_app(
        gateway.routes(product),
        instruments=Instruments(violations=violations),
        reset=gateway.clear,
        levers=[*gateway.levers(), Lever("/tokens/expire", expire, methods=["POST"])],
    )


@pytest.fixture(scope="module")
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="module")
def connection(clock: ManualClock) -> Iterator[httpx.Client]:
    with serve(behind_gateway(clock)) as base_url, httpx.Client(base_url=base_url) as client:
        yield client


@pytest.mark.parametrize("story", transcripts.STORIES, ids=str)
def test_transcript(connection: httpx.Client, clock: ManualClock, story: Story) -> None:
    clock.set(START)
    connection.post("/__twin__/reset").raise_for_status()
    play(story, connection, clock, addressed)


@pytest.mark.parametrize("variant", ["1.0", "1.1", "absolute", "onpremises"])
def test_each_file_leads_to_a_token_and_through_the_gateway(connection: httpx.Client, variant: str) -> None:
    file = connection.get("/__twin__/ionapi", params={"variant": variant}).json()
    address = file["ot"] if variant == "absolute" else file["pu"] + file["ot"]
    form = {"grant_type": "password", "username": file["saak"], "password": file["sask"]}
    token = connection.post(address, data=form, auth=(file["ci"], file["cs"])).json()["access_token"]
    url = f"{file.get('iu', connection.base_url)}/{file['ti']}/CSI/echo"
    assert connection.get(url, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def addressed(step: Exchange, path: str) -> tuple[str, dict[str, str]]:
    return path, {} if step.anonymous else {"Authorization": "Bearer $token"}
