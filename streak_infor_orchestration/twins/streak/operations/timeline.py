"""A box's timeline: all kinds of activity in one order, page by page (§3.13).

Assumed: an entry is ``{type, timestamp, item}``, for its schema is documented nowhere (§10.10).
"""

import base64
import json
from collections.abc import Iterator
from typing import Any

from streak_infor_orchestration.twins.streak.operations.lookup import box_of
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import DEFAULT_LIMIT, whole_number
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

Json = dict[str, Any]

FILTERS = (
    "NEWSFEED_BOX_CREATION_MOVE",
    "NEWSFEED_BOX_EDIT",
    "CALL_LOGS",
    "COMMENTS",
    "EMAILS",
    "FILES",
    "HANGOUTS_CHAT",
    "MEETING_NOTES",
)
_TOKEN = "nextPageToken"


def _timeline(call: Call) -> Json:
    asked = _continued(call) if _TOKEN in call.query else _asked(call)
    kinds, since, offset, limit = asked["kinds"], asked["since"], asked["offset"], asked["limit"]
    found = [e for e in _entries(call, box_of(call)) if e["type"] in kinds and e["timestamp"] >= since]
    found.sort(key=lambda entry: entry["timestamp"], reverse=asked["descending"])
    page: Json = {"entries": found[offset : offset + limit]}
    if offset + limit < len(found):
        page["nextPage"] = _token({**asked, "offset": offset + limit})
    return page


def _asked(call: Call) -> Json:
    direction = call.query.get("direction", "Descending")
    if direction not in ("Ascending", "Descending"):
        raise bad_request("Invalid direction", "invalid_direction")
    return {
        "kinds": _kinds(call.query.get("filters")),
        "since": whole_number(call, "startTimestamp", 0, 0),
        "descending": direction == "Descending",
        "limit": whole_number(call, "limit", DEFAULT_LIMIT, 1),
        "offset": 0,
    }


def _kinds(filters: str | None) -> list[str]:
    """``[CALL_LOGS,COMMENTS]``: bracketed, unquoted."""
    if filters is None:
        return list(FILTERS)
    kinds = [kind.strip() for kind in filters[1:-1].split(",")]
    if filters[:1] + filters[-1:] != "[]" or not set(kinds) <= set(FILTERS):
        raise bad_request("Invalid filters", "invalid_filters")
    return kinds


def _continued(call: Call) -> Json:
    if len(call.query) > 1:
        raise bad_request("A token goes alone", "token_not_alone")
    try:
        asked: Json = json.loads(base64.urlsafe_b64decode(call.query[_TOKEN]))
    except ValueError as error:
        raise bad_request("Invalid token", "invalid_token") from error
    return asked


def _token(asked: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(asked).encode()).decode()


def _entries(call: Call, box: Json) -> Iterator[Json]:
    streak, key = call.streak, box["key"]
    for item in streak.newsfeed.newest(key):
        new = item["newsfeedEntrySpecific"] == "NEW_BOX"
        yield _entry("NEWSFEED_BOX_CREATION_MOVE" if new else "NEWSFEED_BOX_EDIT", item["timestamp"], item)
    for comment in streak.comments.of(key):
        yield _entry("COMMENTS", comment["timestamp"], comment)
    for meeting in streak.meetings.of(key):
        kind = "CALL_LOGS" if meeting["meetingType"] == "CALL_LOG" else "MEETING_NOTES"
        yield _entry(kind, meeting["creationDate"], meeting)
    for thread in streak.threads.of(key):
        yield _entry("EMAILS", thread["lastEmailTimestamp"], thread)
    for file in streak.files.of(key):
        yield _entry("FILES", file["creationTimestamp"], file)


def _entry(kind: str, at: int, item: Json) -> Json:
    return {"type": kind, "timestamp": at, "item": item}


_QUERY = ("direction", "filters", "startTimestamp", "limit", _TOKEN)

OPERATIONS = (Operation("GET", "/v2/boxes/{box}/timeline", _timeline, query=_QUERY),)
