"""Who calls: the API key as Basic user name (any password) or as Bearer token, and the two 401s (§1)."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.twins.streak.protocol.refused import Refused


def authenticated(
    authorization: str | None, users_by_api_key: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """The key's user. Raises Refused with the body for no credentials or the one for a wrong key."""
    if not authorization:
        raise Refused(401, {"error": "Authentication required"})
    user = users_by_api_key.get(_api_key(authorization))
    if user is None:
        raise Refused(401, {"success": False, "error": "invalid api key"})
    return user


def _api_key(authorization: str) -> str:
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""
