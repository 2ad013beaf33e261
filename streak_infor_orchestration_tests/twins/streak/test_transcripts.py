import asyncio
import re
from datetime import UTC, datetime

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock
from streak_infor_orchestration.twins.streak import create_app
from streak_infor_orchestration.twins.streak.operations import OPERATIONS
from streak_infor_orchestration.twins.streak.protocol.operation import Operation
from streak_infor_orchestration_tests.twins.streak.exchange import USERS, Transcript, play
from streak_infor_orchestration_tests.twins.streak.transcripts import TRANSCRIPTS

REQUESTS = {exchange.request for transcript in TRANSCRIPTS.values() for exchange in transcript}


@pytest.mark.parametrize("transcript", TRANSCRIPTS.values(), ids=TRANSCRIPTS)
def test_the_twin_answers_as_the_contract_says(transcript: Transcript) -> None:
    app = create_app(USERS, now=ManualClock(datetime(2026, 1, 1, tzinfo=UTC)))

    async def against_the_twin() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://streak.example") as client:
            await play(client, transcript)

    asyncio.run(against_the_twin())


@pytest.mark.parametrize(
    "operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}"
)
def test_every_operation_of_the_twin_has_its_exchange(operation: Operation) -> None:
    pattern = re.sub(r"{\w+}", "[^/]+", f"{operation.method} /api{operation.path}")
    assert any(re.fullmatch(pattern, request) for request in REQUESTS)


def test_the_transcripts_do_not_shrink() -> None:
    assert sum(map(len, TRANSCRIPTS.values())) >= 553
