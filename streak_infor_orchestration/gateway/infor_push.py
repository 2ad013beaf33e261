"""`/webhooks/infor`: where the ERP says of its own accord that a record changed (Infor API contract E).

    POST /webhooks/infor[/{secret}]                  any message: a BOD, an event of M3 or SyteLine, our own form
    GET  …/service/ping, …/service/protocol          what ION asks a connection point of the kind "IMS via API"
    POST …/service/{v2,v3}/message, …/multipartMessage,
         …/service/v3/message/multipart              how it delivers

Nothing in a message is acted upon. 2xx means *it is on disk*, or *sending it again could not help*.
"""

import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway.body import body_of
from streak_infor_orchestration.gateway.committer import Committer
from streak_infor_orchestration.gateway.infor_events import push_events
from streak_infor_orchestration.gateway.infor_proof import Proof
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.gateway.storing import stored
from streak_infor_orchestration.infor.push.message import Hints
from streak_infor_orchestration.infor.push.unpacked import PushDelivery

logger = logging.getLogger(__name__)

PATH = "/webhooks/infor"
MOST_BYTES = 4 * 1024 * 1024
"""A BOD of an order of a thousand lines."""

_DELIVERIES = (
    "v2/message",
    "v2/multipartMessage",
    "v3/message",
    "v3/multipartMessage",
    "v3/message/multipart",
)
_PARAMETERS = ("documentname", "encoding")


@dataclass(frozen=True)
class Push:
    """What the route needs to know: who may send, how a message is read, what ION's question is answered."""

    proof: Proof
    hints: Hints
    protocol: Mapping[str, Any]


class InforPush:
    def __init__(self, push: Push, committer: Committer, metrics: Metrics, clock: Clock) -> None:
        self._push = push
        self._committer = committer
        self._metrics = metrics
        self._clock = clock

    @property
    def routes(self) -> list[BaseRoute]:
        """With the secret in the address, and without it for senders that bring it otherwise."""
        return [
            route
            for base in (PATH, f"{PATH}/{{secret}}")
            for route in (
                Route(f"{base}/service/ping", self.ping),
                Route(f"{base}/service/protocol", self.protocol),
                *(Route(f"{base}/service/{way}", self.deliver, methods=["POST"]) for way in _DELIVERIES),
                Route(base, self.receive, methods=["POST"]),
            )
        ]

    async def receive(self, request: Request) -> Response:
        """200, 401, or 503 when it could not be stored."""
        status, outcome = await self._taken(request)
        return PlainTextResponse(outcome, status)

    async def deliver(self, request: Request) -> Response:
        """The same in the words of ION's own messaging service (contract E.1): 201, or what is wrong as `message`."""
        status, outcome = await self._taken(request)
        if status == 200:
            return JSONResponse({"status": "OK"}, 201)
        return JSONResponse({"message": outcome}, status)

    async def ping(self, request: Request) -> Response:
        return JSONResponse({"status": "OK"}) if self._admits(request, b"") else _refused()

    async def protocol(self, request: Request) -> Response:
        return JSONResponse(dict(self._push.protocol)) if self._admits(request, b"") else _refused()

    async def _taken(self, request: Request) -> tuple[int, str]:
        started = time.perf_counter()
        status, outcome, name = await self._answer(request)
        seconds = time.perf_counter() - started
        self._metrics.answered(f"infor {outcome}", seconds)
        # the only access log of this path: its last segment may be a secret
        logger.info("push %s %s %d in %.1f ms", name, outcome, status, 1000 * seconds)
        return status, outcome

    async def _answer(self, request: Request) -> tuple[int, str, str]:
        nameless = "(no name)"
        if not self._push.proof.needs_body and not self._admits(request, b""):
            return 401, "refused", nameless
        try:
            body = await body_of(request, MOST_BYTES)
        except ClientDisconnect:
            return 400, "cut", nameless  # nobody hears it
        if self._push.proof.needs_body and (body.content is None or not self._admits(request, body.content)):
            return 401, "refused", nameless
        delivery = PushDelivery(
            request.headers.get("content-type", ""), body.content or b"", _parameters(request)
        )
        name, events = await run_in_threadpool(
            push_events,
            delivery,
            body,
            self._push.hints,
            correlation_id=secrets.token_hex(8),
            now=self._clock.now(),
        )
        if events and events[-1].lane == "bulk":
            logger.warning("push: %s", events[-1].name)
        status, outcome = await stored(self._committer, events)
        return status, outcome, name

    def _admits(self, request: Request, body: bytes) -> bool:
        return self._push.proof.admits(request.headers, request.path_params.get("secret", ""), body)


def _refused() -> Response:
    return PlainTextResponse("refused", 401)


def _parameters(request: Request) -> dict[str, str]:
    """The parameters that ION sends beside the document, where it does not send them in it."""
    given = {name.lower(): value for name, value in request.query_params.items()}
    given |= {name: request.headers[name] for name in _PARAMETERS if name in request.headers}
    return {name: given[name] for name in _PARAMETERS if name in given}
