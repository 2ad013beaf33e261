"""Connections nobody can hold for nothing: who sends half a request, or none, makes room for who sends a whole one.

uvicorn waits for a request for ever, and answers 503 to everybody once a thousand connections are open. Here a request
has to arrive in time, and connections that still owe one are few, for each client and in all: one too many ends the one
that has waited longest. A request that has arrived is never dropped for that, and a whole one needs milliseconds to
arrive, so nobody who means it is in the way. That holds for the requests of a proxy, too, which are all one client's.
"""

import asyncio
import logging
import time
from collections import defaultdict
from dataclasses import dataclass

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

logger = logging.getLogger(__name__)

_TELL_EVERY = 60.0


@dataclass(frozen=True)
class RequestLimits:
    """Seconds for a request's head, from its connection on or from its first byte, and for its body; bytes of a head;
    connections that owe a request, of one client (by its address) and in all."""

    head_seconds: float = 10.0
    body_seconds: float = 30.0
    head_bytes: int = 32 * 1024
    of_one: int = 200
    in_all: int = 600


class Crowd:
    """The connections that owe a request, the one that has waited longest first."""

    def __init__(self, limits: RequestLimits) -> None:
        self._limits = limits
        self._all: dict[Connection, None] = {}
        self._by_client: defaultdict[str, dict[Connection, None]] = defaultdict(dict)
        self._dropped = 0
        self._told = float("-inf")

    def join(self, connection: "Connection") -> None:
        """The longest waiting ones make room, of this client's first."""
        self.leave(connection)
        of_client = self._by_client[connection.address]
        for waiting, most in ((of_client, self._limits.of_one), (self._all, self._limits.in_all)):
            if len(waiting) >= most:
                self.drop(next(iter(waiting)))
        self._by_client[connection.address][connection] = self._all[connection] = None

    def leave(self, connection: "Connection") -> None:
        if connection in self._all:
            of_client = self._by_client[connection.address]
            del self._all[connection], of_client[connection]
            if not of_client:
                del self._by_client[connection.address]

    def drop(self, connection: "Connection") -> None:
        self.leave(connection)
        connection.transport.abort()
        self._dropped += 1
        if time.monotonic() - self._told > _TELL_EVERY:
            logger.warning("%d connections dropped that owed a request, or a part of one", self._dropped)
            self._told, self._dropped = time.monotonic(), 0


class Connection(HttpToolsProtocol):
    """uvicorn's own, watched: what it owes, and until when."""

    limits: RequestLimits
    crowd: Crowd
    address = ""
    _arriving = False
    _head_bytes = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._allow(self.limits.head_seconds)
        self.crowd.join(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._allow(None)
        self.crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # from the first byte on, even if it is a blank line, which begins no request yet
        if self._deadline is None and not self._is_answering:
            self._allow(self.limits.head_seconds)
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > self.limits.head_bytes and not self.transport.is_closing():
            self.crowd.drop(self)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._arriving = True

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._allow(self.limits.body_seconds)

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._arriving, self._head_bytes = False, 0
        if self._is_answering:
            self._allow(None)
            self.crowd.leave(self)
        else:  # the request was answered before all of it had arrived
            self._allow(self.limits.head_seconds)
            self.crowd.join(self)

    def on_response_complete(self) -> None:
        if not (self._arriving or self.pipeline or self.transport.is_closing()):
            self.crowd.join(self)
        super().on_response_complete()

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _allow(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self.crowd.drop, self)


def connections(limits: RequestLimits) -> type[Connection]:
    """The connections of one server, counted apart from any other's."""
    return type("Connection", (Connection,), {"limits": limits, "crowd": Crowd(limits)})
