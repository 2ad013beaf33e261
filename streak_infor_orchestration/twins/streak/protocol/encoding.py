"""How a request's body is read (§2.3): creates by PUT take forms, everything else JSON, meetings either."""

import json
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from streak_infor_orchestration.twins.streak.protocol.refused import Refused, bad_request


class Encoding(Enum):
    NONE = "none"
    FORM = "form"
    JSON = "json"
    EITHER = "either"


def decoded(encoding: Encoding, request: Request, raw: bytes) -> Any:
    """A form as a dict of strings, JSON as it is, None where no body belongs. Raises Refused."""
    if encoding is Encoding.NONE:
        return None
    if encoding is Encoding.FORM or (
        encoding is Encoding.EITHER and "form-urlencoded" in _content_type(request)
    ):
        return _form(request, raw)
    return _json(request, raw)


def _form(request: Request, raw: bytes) -> dict[str, str]:
    """Query-string parameters work as well (§2.3); JSON gets 400 with an empty body."""
    if "json" in _content_type(request) or raw[:1] in (b"{", b"["):
        raise Refused(400, None, "json_where_form_belongs")
    return {**request.query_params, **_pairs(raw)}


def _json(request: Request, raw: bytes) -> Any:
    content_type = _content_type(request)
    if "form-urlencoded" in content_type and list(legacy := _pairs(raw)) == ["json"]:
        raw = legacy["json"].encode()  # the old official wrapper's way for every POST
    elif "json" not in content_type:
        raise bad_request("Missing parameters", "form_where_json_belongs")
    try:
        return json.loads(raw)
    except ValueError as error:
        raise bad_request("Invalid JSON", "invalid_json") from error


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").lower()


def _pairs(raw: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True))
    except UnicodeDecodeError as error:
        raise bad_request("Invalid form", "invalid_form") from error
