"""The door of an installation of one's own: HTTP Basic, and no gateway in front. Contract, B.4."""

import base64
import hmac

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

USER, PASSWORD = "mi-user", "mi-password"


class BasicDoor:
    """Pure ASGI, around the routes of the API."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._opens = b"Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if hmac.compare_digest(headers.get(b"authorization", b""), self._opens):
            await self._app(scope, receive, send)
            return
        challenge = {"WWW-Authenticate": 'Basic realm="m3api-rest"'}
        await PlainTextResponse("Unauthorized", 401, challenge)(scope, receive, send)
