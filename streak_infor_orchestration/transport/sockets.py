"""A connection pool whose sockets obey the deadline.

httpx limits each single read or write, so an endpoint that sends one byte now and then could hold a call for
ever. Here every operation on the socket gets no more than what is left of the deadline.
"""

import math
import ssl
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

from streak_infor_orchestration.transport.deadline import remaining
from streak_infor_orchestration.transport.proxies import proxy_for

CONNECT_SECONDS = 5.0
CONNECTIONS = 32
KEEP_ALIVE_SECONDS = 30.0
_INSTANT = 0.001  # a socket timeout of zero would mean "do not block", not "too late"


def _left(timeout: float | None) -> float | None:
    left = min(remaining(), math.inf if timeout is None else timeout)
    return None if left == math.inf else max(left, _INSTANT)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(super().connect_tcp(host, port, _left(timeout), local_address, socket_options))


class DeadlineTransport(httpx.HTTPTransport):
    """httpx's transport over a pool of our own. `verify` is True, or the path of a CA bundle; a proxy comes from
    the environment (see `proxies`), which raises Misconfigured where it names none."""

    def __init__(self, base_url: str, verify: bool | str = True) -> None:
        trusting = _trusting(verify)
        super().__init__(verify=trusting)
        options: dict[str, Any] = {
            "ssl_context": trusting,
            "max_connections": CONNECTIONS,
            "max_keepalive_connections": CONNECTIONS,
            "keepalive_expiry": KEEP_ALIVE_SECONDS,
            "network_backend": _Backend(),
        }
        proxy = _proxy(base_url)
        self._pool = (
            httpcore.ConnectionPool(**options)
            if proxy is None
            else httpcore.HTTPProxy(str(proxy.url), proxy.raw_auth, **options)
        )


def _proxy(base_url: str) -> httpx.Proxy | None:
    address = proxy_for(base_url)
    return httpx.Proxy(address) if address else None


@cache
def _trusting(verify: bool | str) -> ssl.SSLContext:
    """Loading the authorities takes tens of milliseconds: once per process."""
    return httpx.create_ssl_context(
        verify=ssl.create_default_context(cafile=verify) if isinstance(verify, str) else verify
    )
