"""`POST /webhooks/streak/{EVENT}/{secret}`: the one door that is open to the world.

What Streak makes of the answer (Streak API contract §3.16): exactly 200 is done, 410 deletes the webhook, anything
else is sent again. So 200 means *it is on disk*, or *sending it again could not help*; and 410 is never said.
"""

import hmac
import logging
import secrets
import time
from datetime import timedelta

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.gateway.body import body_of
from streak_infor_orchestration.gateway.committer import Committer
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.gateway.storing import stored
from streak_infor_orchestration.gateway.streak_events import Delivery, event_name, events_of
from streak_infor_orchestration.gateway.streak_token import StreakToken

logger = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024
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
            delivery = Delivery(name, *await body_of(request, MOST_BYTES))
        except ClientDisconnect:
            return 400, "cut"  # nobody hears it
        newest = int((self._clock.now() + _CLOCKS_DIFFER).timestamp() * 1000)
        events = events_of(delivery, correlation_id=secrets.token_hex(8), newest_version=newest)
        return await stored(self._committer, events)
