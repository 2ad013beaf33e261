"""What a sender is answered once its events are on disk, or cannot be."""

import asyncio
from collections.abc import Sequence

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.gateway.committer import Committer, Overloaded
from streak_infor_orchestration.ledger.inbox_rows import Event

PATIENCE_SECONDS = 10.0
"""Seconds that a webhook waits for its commit; then it is answered 503, and the same delivery again later is a
harmless duplicate."""


async def stored(committer: Committer, events: Sequence[Event]) -> tuple[int, str]:
    """Status and outcome: 200 when stored (or of no concern), or 503."""
    if not events:
        return 200, "ignored"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.wrap_future(committer.submit(events))
    except Overloaded:
        return 503, "overloaded"
    except Exception:  # the committer has logged it
        return 503, "not stored"
    return 200, "sweep" if events[-1].kind == Kind.SWEEP else "stored"
