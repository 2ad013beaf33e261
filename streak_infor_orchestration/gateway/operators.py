"""Who may see the operational pages: whoever brings the status token; where there is none, this machine.

A token that is set is always asked for. By nginx's defaults a request of the world comes from 127.0.0.1, calls
127.0.0.1 and says nothing of where it came from: only who set no token, and so let nobody in, can be this machine's.
"""

import functools
import hmac
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_OF_A_PROXY = ("forwarded", "x-forwarded-for", "x-real-ip", "via")

Page = Callable[[Request], Response]


class Operators:
    def __init__(self, token: str | None) -> None:
        self._token = f"Bearer {token}".encode() if token else None

    def only(self, page: Page) -> Page:
        """`page`, answered to operators; 401 for everybody else."""

        @functools.wraps(page)
        def guarded(request: Request) -> Response:
            if self.admits(request):
                return page(request)
            return PlainTextResponse("for operators", 401, {"WWW-Authenticate": "Bearer"})

        return guarded

    def admits(self, request: Request) -> bool:
        if self._token is None:
            return _is_local(request)
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), self._token)


def _is_local(request: Request) -> bool:
    """Local the client, not only its proxy; and local the name it called, or a web page could lend its own
    name to 127.0.0.1 and read along."""
    return (
        request.client is not None
        and request.client.host in _LOOPBACK
        and request.url.hostname in _LOOPBACK
        and not any(header in request.headers for header in _OF_A_PROXY)
    )
