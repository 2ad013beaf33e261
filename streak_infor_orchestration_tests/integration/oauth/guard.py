"""A gateway before Streak that wants tokens: it lets in only what the OAuth server signed and what has not ended."""

import base64
import hashlib
import json
import time
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

Json = dict[str, Any]

_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 hash in a PKCS #1 v1.5 signature (RFC 8017 §9.2)."""


class Guard:
    """`keys` is the server's JWKS. To the app behind, an admitted call comes with Streak's own key. Keeps the claims of
    the tokens it saw, and refuses those in `revoked`."""

    def __init__(self, app: ASGIApp, keys: Json, api_key: str) -> None:
        self._app = app
        self._keys = {key["kid"]: key for key in keys["keys"]}
        self._inside = b"Bearer " + api_key.encode()
        self.seen: list[Json] = []
        self.revoked: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        token = headers.get(b"authorization", b"").decode().removeprefix("Bearer ")
        claims = None if token in self.revoked else claims_of(token, self._keys)
        if claims is None or claims["exp"] <= time.time():
            await JSONResponse({"error": "invalid_token"}, 401)(scope, receive, send)
            return
        self.seen.append(claims | {"token": token})
        inside = [*headers.items(), (b"authorization", self._inside)]
        await self._app({**scope, "headers": list(dict(inside).items())}, receive, send)


def claims_of(token: str, keys: dict[str, Json]) -> Json | None:
    """Of a JWT that one of `keys` signed by RS256; None for any other text (RFC 7515, RFC 8017 §8.2.2)."""
    try:
        head, payload, signature = token.split(".")
        header = json.loads(_decoded(head))
        key = keys[header["kid"]]
        modulus, exponent = (int.from_bytes(_decoded(key[name])) for name in ("n", "e"))
        size = (modulus.bit_length() + 7) // 8
        opened = pow(int.from_bytes(_decoded(signature)), exponent, modulus).to_bytes(size)
    except (ValueError, KeyError):
        return None
    signed = _SHA256 + hashlib.sha256(f"{head}.{payload}".encode()).digest()
    padded = b"\x00\x01" + b"\xff" * (size - len(signed) - 3) + b"\x00" + signed
    if header["alg"] != "RS256" or opened != padded:
        return None
    claims: Json = json.loads(_decoded(payload))
    return claims


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
