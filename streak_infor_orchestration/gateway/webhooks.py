"""`POST /webhooks/streak/{EVENT}/{secret}`: the one door that is open to the world.

What Streak makes of the answer (Streak API contract §3.16): exactly 200 is done, 410 deletes the webhook, anything
else is sent again. So 200 means *it is on disk*, or *sending it again could not help*; and 410 is never said.
"""

import asyncio
import hashlib
import hmac
import logging
import secrets
import time
from datetime import timedelta

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.gateway.committer import Committer, Overloaded
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.gateway.streak_events import Delivery, event_name, events_of
from streak_infor_orchestration.gateway.streak_token import StreakToken

logger = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024
PATIENCE_SECONDS = 10.0
"""For one commit; then 503, and the same delivery again later is a harmless duplicate."""
TOKEN_HEADER = "X-Streak-Webhook-Token"  # noqa: S105  # a header's name
_CLOCKS_DIFFER = timedelta(minutes=10)


class StreakWebhooks:
    """`secret` is the one in the URL; `token` is about the one that Streak sends along."""

    def __init__(
        self, committer: Committer, metrics: Metrics, clock: Clock, token: StreakToken, *, secret: str
    ) -> None:
        if not secret:
            raise ValueError("without a secret anybody could fill the inbox")
        self._committer = committer
        self._metrics = metrics
        self._clock = clock
        self._secret = secret.encode()
        self._token = token

    async def receive(self, request: Request) -> Response:
        """200 when stored (or of no concern), 401, or 503 when it could not be stored."""
        started = time.perf_counter()
        name = request.path_params["event"]
        status, outcome = await self._answer(request, name)
        seconds = time.perf_counter() - started
        self._metrics.answered(outcome, seconds)
        # the only access log of this path: its last segment is a secret
        logger.info("webhook %s %s %d in %.1f ms", event_name(name), outcome, status, 1000 * seconds)
        return PlainTextResponse(outcome, status)

    async def _answer(self, request: Request, name: str) -> tuple[int, str]:
        if not hmac.compare_digest(request.path_params["secret"].encode(), self._secret):
            return 401, "refused"
        token = request.headers.get(TOKEN_HEADER, "")
        try:
            admitted = await self._token.admits(token)
        except IntegrationError as error:
            logger.error("the webhooks' token cannot be looked up: %s", error.message)
            return 503, "not stored"
        if not admitted:
            return 401, "refused"
        status, outcome = await self._take(request, name)
        if outcome in ("stored", "sweep"):
            await self._token.stored(token)
        return status, outcome

    async def _take(self, request: Request, name: str) -> tuple[int, str]:
        try:
            delivery = await _read(request, name)
        except ClientDisconnect:
            return 400, "cut"  # nobody hears it
        newest = int((self._clock.now() + _CLOCKS_DIFFER).timestamp() * 1000)
        events = events_of(delivery, correlation_id=secrets.token_hex(8), newest_version=newest)
        if not events:
            return 200, "ignored"
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await asyncio.wrap_future(self._committer.submit(events))
        except Overloaded:
            return 503, "overloaded"
        except Exception:  # the committer has logged it
            return 503, "not stored"
        return 200, "sweep" if events[-1].kind == Kind.SWEEP else "stored"


async def _read(request: Request, name: str) -> Delivery:
    """Keeps no more than `MOST_BYTES`: a body beyond that is measured up to where reading it was given up."""
    digest, content, size = hashlib.sha256(), bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        digest.update(chunk)
        if size > MOST_BYTES:
            return Delivery(name, size, digest.hexdigest(), None)
        content += chunk
    return Delivery(name, size, digest.hexdigest(), bytes(content))
