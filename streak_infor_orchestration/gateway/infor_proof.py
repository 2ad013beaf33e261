"""Whether a message is the ERP's. Nothing of one that is not is read, and nothing is written.

By a secret: in the address, as `X-Webhook-Secret`, as a bearer token, or as the password of HTTP Basic, whichever the
sender can be told. By a signature: as Standard Webhooks has it (HMAC-SHA256 of id, time and body), for a hub of an
integrator's between the ERP and us.
"""

import base64
import binascii
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime

from streak_infor_orchestration.domain.errors import Misconfigured

SECRET_HEADER = "X-Webhook-Secret"  # noqa: S105  # a header's name
TOLERANCE_SECONDS = 300
"""How old, or ahead of our clock, a signature may be: a recorded message is no new one for ever."""

_PREFIX = "whsec_"
_VERSION = "v1,"

Headers = Mapping[str, str]
"""Looked up without regard to case."""


class SharedSecret:
    """Known before the body is read."""

    needs_body = False

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("without a secret anybody could fill the inbox")
        self._secret = secret.encode()

    def admits(self, headers: Headers, in_address: str, _body: bytes) -> bool:
        sent = (in_address, headers.get(SECRET_HEADER, ""), _credential(headers.get("authorization", "")))
        return any(hmac.compare_digest(one.encode(), self._secret) for one in sent)


class StandardSignature:
    """`secret` is the key in base64, with or without `whsec_` before it. Raises Misconfigured for another."""

    needs_body = True

    def __init__(self, secret: str, now: Callable[[], datetime]) -> None:
        try:
            self._key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except ValueError:  # also of characters that base64 never has
            self._key = b""
        if not self._key:
            raise Misconfigured(
                f"INFOR_WEBHOOK_SECRET is no signing key; it is {_PREFIX} and base64 (erp.push.proof is signature)",
                field="INFOR_WEBHOOK_SECRET",
            )
        self._now = now

    def admits(self, headers: Headers, _in_address: str, body: bytes) -> bool:
        sender, time = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not (sender and time.isascii() and time.isdecimal() and len(time) < 12):
            return False
        if abs(self._now().timestamp() - int(time)) > TOLERANCE_SECONDS:
            return False
        signed = f"{sender}.{time}.".encode() + body
        right = base64.b64encode(hmac.digest(self._key, signed, "sha256"))
        sent = headers.get("webhook-signature", "").split()
        signatures = [one.removeprefix(_VERSION).encode() for one in sent if one.startswith(_VERSION)]
        return any(hmac.compare_digest(one, right) for one in signatures)


Proof = SharedSecret | StandardSignature


def _credential(authorization: str) -> str:
    scheme, _, credential = authorization.partition(" ")
    match scheme.lower():
        case "bearer":
            return credential.strip()
        case "basic":
            try:
                return base64.b64decode(credential, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""
