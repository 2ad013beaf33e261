"""Endpoints to talk to: a Starlette app over real HTTP, and a bare socket that says exactly the given bytes."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


class Host:
    """One server for every endpoint of a test session: each gets a first path segment of its own."""

    def __init__(self) -> None:
        self.base_url = ""
        self.endpoints: dict[str, Endpoint] = {}
        self.app = Starlette(routes=[Route("/{name}{path:path}", self._answer, methods=METHODS)])

    async def _answer(self, request: Request) -> Response:
        return await self.endpoints[request.path_params["name"]].answer(request)


METHODS = ["GET", "POST", "PUT", "DELETE"]
HOST = Host()


class Endpoint:
    """Plays `script`, one entry per request, the last one for ever; keeps the requests it saw."""

    def __init__(self, *script: Response | Callable[[Request], Response]) -> None:
        self.script = list(script)
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self._lock = threading.Lock()

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        with self._lock:
            step = self.script[min(len(self.seen), len(self.script) - 1)]
            self.seen.append((request.method, request.path_params["path"], dict(request.headers), body))
        return step if isinstance(step, Response) else step(request)

    @contextmanager
    def served(self) -> Iterator[str]:
        name = f"endpoint-{id(self)}"
        HOST.endpoints[name] = self
        yield f"{HOST.base_url}/{name}"
        del HOST.endpoints[name]


def ok(body: object = None) -> Response:
    return JSONResponse({"ok": True} if body is None else body)


@contextmanager
def talking(talk: Callable[[socket.socket], None], heard: list[bytes] | None = None) -> Iterator[str]:
    """A bare TCP endpoint: `talk` gets each connection after its request arrived (kept in `heard`), then it is
    closed."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=converse, args=(connection,), daemon=True).start()

    def converse(connection: socket.socket) -> None:
        with connection:
            try:
                if request := connection.recv(65536):
                    if heard is not None:
                        heard.append(request)
                    talk(connection)
            except OSError:  # the client has hung up, which is what some tests want
                pass

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def refused_address() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
