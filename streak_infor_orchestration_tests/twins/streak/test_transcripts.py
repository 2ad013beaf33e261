import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from streak_infor_orchestration.twins.harness import ManualClock
from streak_infor_orchestration.twins.streak import create_app

from .exchange import USERS, Transcript, play
from .transcripts import TRANSCRIPTS


@pytest.mark.parametrize("transcript", TRANSCRIPTS.values(), ids=TRANSCRIPTS)
def test_the_twin_answers_as_the_contract_says(transcript: Transcript) -> None:
    app = create_app(USERS, now=ManualClock(datetime(2026, 1, 1, tzinfo=UTC)))

    async def against_the_twin() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://streak.example") as client:
            await play(client, transcript)

    asyncio.run(against_the_twin())


def test_the_transcripts_do_not_shrink() -> None:
    assert sum(map(len, TRANSCRIPTS.values())) >= 540
