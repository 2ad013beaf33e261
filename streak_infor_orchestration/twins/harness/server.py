"""Serves a twin over real HTTP: in a thread for tests, or blocking for the command line."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 10.0
STOP_SECONDS = 10.0
BACKLOG = 2048


def _server(app: ASGIApp) -> uvicorn.Server:
    # critical: a cut connection is this server's errand, not an error worth a log line
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="critical",
            timeout_keep_alive=60,
            timeout_graceful_shutdown=1,
        )
    )


def _listen(host: str, port: int) -> tuple[socket.socket, str]:
    """A listening socket, so that whoever learns its base URL can connect. Raises OSError when it is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener, f"http://{host}:{listener.getsockname()[1]}"


@contextmanager
def serve(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serves ``app`` in a thread while the context lasts and yields its base URL (port 0: a free one).

    Raises OSError when the port is taken, RuntimeError when the server does not come up.
    """
    listener, base_url = _listen(host, port)
    server = _server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                raise RuntimeError(f"the twin did not start at {base_url}")
            time.sleep(0.002)
        yield base_url
    finally:
        server.should_exit = True
        thread.join(STOP_SECONDS)
        listener.close()


def run(
    app: ASGIApp,
    host: str = "127.0.0.1",
    port: int = 0,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serves ``app`` until SIGINT or SIGTERM; ``announce`` is told the base URL once it can be reached."""
    listener, base_url = _listen(host, port)
    with listener:
        if announce is not None:
            announce(base_url)
        _server(app).run(sockets=[listener])
