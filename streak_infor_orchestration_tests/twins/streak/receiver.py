"""A webhook receiver over real HTTP that notes what it gets and answers what it is told."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from streak_infor_orchestration.twins.harness import serve

PATIENCE_SECONDS = 5.0


@dataclass
class Receiver:
    """``answers`` are the statuses of the next requests; afterwards 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    async def receive(self, request: Request) -> Response:
        body = await request.body()
        with self._arrived:
            self.received.append(
                {"path": request.url.path, "headers": dict(request.headers), "body": json.loads(body)}
            )
            self._arrived.notify_all()
            return Response(status_code=self.answers.pop(0) if self.answers else 200)

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        """The first ``count`` requests. Raises AssertionError when they don't come in time."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: len(self.received) >= count, PATIENCE_SECONDS)
            assert came, f"{len(self.received)} of {count} deliveries came"
            return self.received[:count]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    app = Starlette(routes=[Route("/{path:path}", receiver.receive, methods=["POST"])])
    with serve(app) as receiver.url:
        yield receiver


def until(condition: Callable[[], bool]) -> None:
    """Looks every few milliseconds. Raises AssertionError when it does not come true in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.005)


@contextmanager
def hanging() -> Iterator[str]:
    """The URL of a receiver that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
