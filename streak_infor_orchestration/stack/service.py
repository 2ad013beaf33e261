"""What a supervisor needs to know of a service, and how it sees that one is ready."""

import http.client
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .ports import LOOPBACK

Readiness = str | Callable[[int], bool]


@dataclass(frozen=True)
class Service:
    """A program to keep running.

    argv: a command; or, with `module` set, that module's arguments, started warm (`python -m module argv...`).
    env: added to the stack's environment.
    ready: a URL that answers below 500, or a predicate of the process id; None is ready once started.
    after: names of the services that must have been ready once before this one is started.
    preload: modules the warm process imports before it forks this one.
    once: it does its work and ends with exit code 0, then counts as ready.
    critical: the stack does not come up without it.
    patience: seconds from start to ready before it is started anew.
    health: a URL that has to go on answering; when it has not for `hangs_after` seconds, the service is started anew.
    """

    name: str
    argv: tuple[str, ...] = ()
    module: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Readiness | None = None
    after: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    once: bool = False
    critical: bool = True
    patience: float = 90.0
    health: str = ""
    hangs_after: float = 30.0

    def is_ready(self, pid: int) -> bool:
        if self.ready is None:
            return not self.once
        if callable(self.ready):
            return self.ready(pid)
        return answers(self.ready)


def answers(url: str, seconds: float = 1.0) -> bool:
    """Whether `url` (http) answers within so many seconds, with anything but a server's own error."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or LOOPBACK, address.port, timeout=seconds)
    try:
        connection.request("GET", address.path or "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def listens(port: int) -> Callable[[int], bool]:
    """A predicate: something accepts connections on the loopback `port`."""

    def accepted(_pid: int) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex((LOOPBACK, port)) == 0

    return accepted
