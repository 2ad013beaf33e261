"""Serves the application with uvicorn, until SIGTERM: then what was taken is committed and answered first."""

import logging
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from streak_infor_orchestration.gateway.connections import RequestLimits, connections

CONNECTIONS = 1_000
"""More at once are answered 503: requests, since connections that owe one are fewer (see `connections.Limits`)."""
GRACE_SECONDS = 15
"""Seconds that requests under way are given at the end; longer than a webhook waits for its commit."""


def server(app: ASGIApp, limits: RequestLimits | None = None) -> uvicorn.Server:
    """No access log, since the webhooks' URLs hold a secret; and no trust in X-Forwarded-For."""
    # uvicorn writes its access log as soon as anything attached a handler to the logger, whatever it was told
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=connections(limits or RequestLimits()),
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )


def run(app: ASGIApp, host: str, port: int, announce: Callable[[str], object]) -> None:
    """Blocks; `announce` is told the address once connections are accepted. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=1024) as listener:
        name = f"[{host}]" if ":" in host else host
        announce(f"http://{name}:{listener.getsockname()[1]}")
        server(app).run(sockets=[listener])
