"""What stands before Dagster's webserver, which answers anybody: it has no login, takes mutations by GET, and does what
the page of another site asks through somebody's browser.

It answers only by names that are its own (a foreign page can lend its name to 127.0.0.1), only pages of its own, and
takes what changes anything only as JSON, which no page can send elsewhere without the browser asking first. Who may
reach the port at all is the proxy's to decide: this is no login.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VARIABLE = "STREAK_INFOR_WEBSERVER_HOSTS"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.IGNORECASE)
_POLICY_VIOLATION = 1008


def named_hosts(environ: Mapping[str, str]) -> list[str]:
    """What STREAK_INFOR_WEBSERVER_HOSTS lists, separated by commas: `name`, or `name:port` where the port is not the
    scheme's own. Raises ValueError."""
    hosts = [host.strip().lower() for host in environ.get(VARIABLE, "").split(",") if host.strip()]
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise ValueError(f"{VARIABLE}: {host!r} is no host; write it as dagster.example.com")
    return hosts


class Guard:
    """`app`, for those who call it by a loopback name, or by one of `hosts` (see `named_hosts`)."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif why := self._refusal(scope):
            await _refuse(why, scope, receive, send)
        else:
            await self._app(scope, receive, _unframed(send))

    def _refusal(self, scope: Scope) -> str:
        """Why not; "" when nothing speaks against it."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return f"this webserver does not go by that name; a proxy's belongs into {VARIABLE}"
        if len(origins) > 1 or (origins and not self._is_own_page(origins[0], hosts[0])):
            return "pages of other sites are not answered"
        if scope["type"] == "websocket":
            return "" if origins else "a websocket is opened by a page"
        return _unsafe(scope, headers)

    def _is_ours(self, host: str) -> bool:
        if not _HOST.fullmatch(host):
            return False
        name, _ = _name_and_port(f"//{host}")
        return name in LOOPBACK or host.lower() in self._hosts or name in self._hosts

    def _is_own_page(self, origin: str, host: str) -> bool:
        """Of the very host that is called. Behind a proxy that calls us by another name: of one that is named."""
        scheme, _, authority = origin.partition("://")
        if scheme not in ("http", "https") or not _HOST.fullmatch(authority):
            return False  # "null", and what extensions and files call themselves
        name, port = page = _name_and_port(origin)
        called, at = _name_and_port(f"//{host}")
        if page == (called, at or _DEFAULT_PORTS[scheme]):
            return True
        named = name if port == _DEFAULT_PORTS[scheme] else f"{name}:{port}"
        return named in self._hosts


def _unsafe(scope: Scope, headers: Headers) -> str:
    if scope["method"] in ("GET", "HEAD"):
        executed = scope["path"].rstrip("/").endswith("/graphql") and "text/html" not in headers.get(
            "accept", ""
        )
        return "GraphQL is asked by POST" if executed else ""
    if scope["method"] != "POST":
        return "only GET and POST are answered"
    kinds = headers.getlist("content-type")
    is_json = len(kinds) == 1 and kinds[0].partition(";")[0].strip().lower() == "application/json"
    return "" if is_json else "what is posted has to be JSON"


def _name_and_port(url: str) -> tuple[str, int | None]:
    """Both ("", None) where it is no address."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return "", None


async def _refuse(why: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": why})
    else:
        await PlainTextResponse(f"refused: {why}\n", 403)(scope, receive, send)


def _unframed(send: Send) -> Send:
    """Shown within no page of another site: a click there would be one here."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (b"x-frame-options", b"SAMEORIGIN")]
        await send(message)

    return sending
