"""Streak's own token, which stands in no address and so in no proxy's log (Streak API contract §3.16).

The contract is not sure that Streak sends it. So the secret in the address counts alone until the token was seen once,
with a delivery that was stored; from then on it is required, after every start. Another token is one that was not seen
yet: nothing is refused between its setting here and `webhooks register`.
"""

import hmac
import logging

from starlette.concurrency import run_in_threadpool

from streak_infor_orchestration.ledger.seen_token import SeenToken

logger = logging.getLogger(__name__)


class StreakToken:
    """`token` None: webhooks are registered without one."""

    def __init__(self, seen: SeenToken, token: str | None) -> None:
        self._seen = seen
        self._token = token
        self._known = False

    async def admits(self, sent: str) -> bool:
        """Whether a delivery with the right secret may come in with this token, "" for none. Raises what the ledger
        does."""
        return self._is_right(sent) or not (self._token and await self._was_seen(self._token))

    async def stored(self, sent: str) -> None:
        """Notes the token of a delivery that was stored."""
        if self._known or not self._token or not self._is_right(sent):
            return
        try:
            if not await self._was_seen(self._token):
                await run_in_threadpool(self._seen.note, self._token)
                logger.info("Streak sends the webhooks' token: from now on it is required")
            self._known = True
        except Exception as error:  # the delivery is stored; the next one brings it again
            logger.warning("the webhooks' token was not noted: %s", type(error).__name__)

    async def _was_seen(self, token: str) -> bool:
        """Asked each time until it is: it may come to another machine's gateway first."""
        self._known = self._known or await run_in_threadpool(self._seen.is_seen, token)
        return self._known

    def _is_right(self, sent: str) -> bool:
        return self._token is None or hmac.compare_digest(sent.encode(), self._token.encode())
