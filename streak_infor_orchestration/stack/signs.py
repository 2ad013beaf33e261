"""Signs of life of a process: it answers, accepts, greets, beats, or has just touched its file."""

import http.client
import json
import socket
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from streak_infor_orchestration.stack.ports import LOOPBACK

Address = int | Path
"""A loopback port, or a socket in a folder."""

FRESH = 5.0
"""Seconds. Who touches its file touches it many times in that."""

_GREETING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes((0, 0, 0, 4, 0, 0, 0, 0, 0))
"""What a client of gRPC says first: HTTP/2, and settings that it has no wishes for (RFC 9113, 3.4)."""

_HEARTBEATS = "{ instance { daemonHealth { allDaemonStatuses { lastHeartbeatTime } } } }"
_JSON = {"Content-Type": "application/json"}
_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""This machine is not behind the company's proxy, whatever HTTP_PROXY says."""


def answers(url: str, seconds: float = 1.0) -> bool:
    """Whether `url` (http) answers within so many seconds, with anything but a server's own error."""
    status = _status(url, seconds)
    return status is not None and status < 500


def lives(url: str, seconds: float = 1.0) -> bool:
    """Whether `url` answers at all: who says 503 is busy, not dead, and would lose its work by a new start."""
    return _status(url, seconds) is not None


def _status(url: str, seconds: float) -> int | None:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or LOOPBACK, address.port, timeout=seconds)
    try:
        connection.request("GET", address.path or "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def accepts(address: Address, seconds: float = 1.0) -> bool:
    """Whether something accepts connections there; a process that is stopped does, too."""
    try:
        _connected(address, seconds).close()
    except OSError:
        return False
    return True


def greets(address: Address, seconds: float = 1.0) -> bool:
    """Whether the gRPC server there says anything within so many seconds."""
    try:
        with _connected(address, seconds) as connection:
            connection.sendall(_GREETING)
            return bool(connection.recv(1))
    except OSError:
        return False


def _connected(address: Address, seconds: float) -> socket.socket:
    if isinstance(address, int):
        return socket.create_connection((LOOPBACK, address), timeout=seconds)
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(seconds)
        connection.connect(str(address))
    except OSError:
        connection.close()
        raise
    return connection


def beats(webserver_url: str, seconds: float = 1.0, *, within: float = 90.0) -> bool:
    """Whether any part of Dagster's daemon has told the instance of itself within that time; each does every 30 s. True
    also when the webserver, through which we ask, does not answer: that is not the daemon's fault."""
    question = urllib.request.Request(  # noqa: S310  our own webserver
        f"{webserver_url}/graphql", json.dumps({"query": _HEARTBEATS}).encode(), _JSON
    )
    try:
        with _DIRECTLY.open(question, timeout=seconds) as answer:
            told = json.load(answer)["data"]["instance"]["daemonHealth"]["allDaemonStatuses"]
    except (OSError, ValueError, LookupError, TypeError):
        return True
    heard = [status["lastHeartbeatTime"] or 0.0 for status in told]
    return time.time() - max(heard, default=0.0) < within


def is_touched(file: Path, _seconds: float = 0.0) -> bool:
    """Whether somebody touched it a moment ago."""
    try:
        return time.time() - file.stat().st_mtime < FRESH
    except OSError:
        return False
