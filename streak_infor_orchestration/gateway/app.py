"""Puts the gateway together: routes, the committer's and the nudger's lives."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway import deals
from streak_infor_orchestration.gateway.committer import Committer
from streak_infor_orchestration.gateway.infor_push import InforPush, Push
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.gateway.nudge import Launch, Nudger
from streak_infor_orchestration.gateway.operators import Operators
from streak_infor_orchestration.gateway.streak_token import StreakToken
from streak_infor_orchestration.gateway.webhooks import StreakWebhooks
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.sync.desk.story import story

logger = logging.getLogger(__name__)


def create_app(
    store: Store,
    *,
    secret: str,
    token: str | None = None,
    launch: Launch | None = None,
    status_token: str | None = None,
    clock: Clock | None = None,
    push: Push | None = None,
) -> Starlette:
    """`secret` is the webhook URL's, `token` Streak's own if webhooks are registered with one (Streak API contract
    §3.16), `launch` asks Dagster for a run (None: the sensor alone does), `status_token` opens the operators' pages
    from elsewhere, `push` is about the ERP's messages (None: it sends none). The store is not closed. Raises ValueError
    for an empty secret.
    """
    metrics, clock = Metrics(store), clock or Clock()
    nudger = Nudger(store, launch, metrics, clock) if launch else None
    committer = Committer(store.inbox.record, nudger.committed if nudger else lambda _events: None)
    webhooks = StreakWebhooks(committer, metrics, clock, StreakToken(store.seen_token, token), secret=secret)
    operators = Operators(status_token)
    of_the_erp = InforPush(push, committer, metrics, clock).routes if push else []

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        committer.start()
        if nudger:
            nudger.start()
        try:
            yield
        finally:
            await run_in_threadpool(committer.close)
            if nudger:
                await run_in_threadpool(nudger.close)

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    @operators.only
    def readyz(_: Request) -> Response:
        try:
            store.nudges.acquire("readyz", 0.0)  # any row will do: what counts is that it can be written
        except Exception as error:
            logger.error("the ledger cannot be written: %s", type(error).__name__)
            return PlainTextResponse("the ledger cannot be written", 503)
        return PlainTextResponse("ok")

    @operators.only
    def scrape(_: Request) -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    @operators.only
    def deal(request: Request) -> Response:
        return deals.page(story(store, request.path_params["box_key"]))

    return Starlette(
        routes=[
            Route("/webhooks/streak/{event}/{secret}", webhooks.receive, methods=["POST"]),
            *of_the_erp,
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", scrape),
            Route("/deals/{box_key}", deal),
        ],
        lifespan=life,
    )
