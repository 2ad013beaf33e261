"""Webhooks from raw sockets, as fast as they are acknowledged or at a given rate: what only costs the sender little."""

import json
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

SILENCE_SECONDS = 30.0
"""With no answer on any connection for so long, the load ends."""


@dataclass
class Load:
    """`acknowledged`: keys answered 200. `seconds`: one latency per answer, from when it was to be sent."""

    acknowledged: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    elapsed: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.acknowledged) / self.elapsed

    def percentile(self, percent: float) -> float:
        """Seconds."""
        return sorted(self.seconds)[min(int(len(self.seconds) * percent / 100), len(self.seconds) - 1)]


def box(key: str, *, version: int = 1_767_225_600_000) -> dict[str, object]:
    """A box of the size Streak sends (Streak API contract §6)."""
    return {
        "key": key,
        "boxKey": key,
        "pipelineKey": "agxzfm1haWxmb29nYWVyPIPE",
        "name": f"Deal {key}",
        "notes": "n" * 400,
        "stageKey": "5003",
        "lastUpdatedTimestamp": version,
        "fields": {str(1000 + n): f"value {n}" for n in range(30)},
    }


def request(path: str, body: object) -> bytes:
    content = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


class _Connection:
    """One request after the other; `key` is what is being sent, None while there is nothing to send."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.key: str | None = None
        self.due = 0.0
        self._received = b""

    def send(self, key: str, content: bytes, due: float) -> None:
        self.key, self.due, self._received = key, due, b""
        self.socket.sendall(content)

    def read(self) -> int | None:
        """The status once the answer is complete. Raises ConnectionError when it will never be."""
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError
        self._received += part
        head, complete, body = self._received.partition(b"\r\n\r\n")
        if not complete:
            return None
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        return int(head[9:12]) if len(body) >= length else None


def send_load(
    port: int,
    path: str,
    *,
    connections: int,
    seconds: float,
    rate: float | None = None,
    prefix: str = "box",
    on_answer: Callable[[int], object] = lambda _answers: None,
) -> Load:
    """Sends a box of its own with each request. `rate` per second over all connections; None: the next as soon as one
    is answered. Ends after `seconds`, or when every connection broke."""
    load, numbers = Load(), count()
    selector = selectors.DefaultSelector()
    all_connections = [_Connection(port) for _ in range(connections)]
    for connection in all_connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    started = last = time.perf_counter()
    idle, answers = list(all_connections), 0
    while selector.get_map() and (now := time.perf_counter()) - last < SILENCE_SECONDS:
        over = now - started > seconds
        while idle and not over:
            number = next(numbers)
            due = started + number / rate if rate else now
            if due > now:
                numbers = count(number)
                break
            key = f"{prefix}{number}"
            idle.pop().send(key, request(path, [box(key)]), due)
        if over and len(idle) == len(selector.get_map()):
            break
        for chosen, _ in selector.select(0.001 if rate else 1.0):
            connection = chosen.data
            try:
                status = connection.read()
            except ConnectionError:
                selector.unregister(connection.socket)
                idle = [other for other in idle if other is not connection]
                continue
            if status is None:
                continue
            last = time.perf_counter()
            load.seconds.append(last - connection.due)
            load.statuses[status] += 1
            if status == 200:
                load.acknowledged.append(connection.key)
            idle.append(connection)
            answers += 1
            on_answer(answers)
    load.elapsed = time.perf_counter() - started
    for connection in all_connections:
        connection.socket.close()
    selector.close()
    return load
