"""Listing a directory: by key, with an opaque cursor, contacts also by ``after`` (§3.8, §3.9, §4)."""

import base64
import binascii
import json
from itertools import islice

from streak_infor_orchestration.twins.streak.operations.accounts import team_of
from streak_infor_orchestration.twins.streak.operations.directory_kind import DirectoryKind
from streak_infor_orchestration.twins.streak.protocol.operation import Call
from streak_infor_orchestration.twins.streak.protocol.paging import whole_number
from streak_infor_orchestration.twins.streak.protocol.properties import Json
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

DEFAULT_LIMIT = 100
LIMIT_CAP = 1000  # larger values are capped, not rejected
MILLISECONDS_SUSPECTED_ABOVE = 100_000_000_000


def list_entries(kind: DirectoryKind, call: Call) -> Json:
    """A full page comes with a cursor, even when the next page turns out empty."""
    team_of(call)
    limit = min(whole_number(call, "limit", DEFAULT_LIMIT, 1), LIMIT_CAP)
    after = _after(call) if "after" in kind.list_query else 0
    start = _start(call, after)
    saved_since = after * 1000
    found = (
        entry
        for entry in kind.directory(call.streak).after(start)
        if entry["lastSavedTimestamp"] >= saved_since
    )
    results = list(islice(found, limit))
    if len(results) < limit:
        return {"results": results}
    return {"results": results, "cursor": _cursor(results[-1]["key"], after)}


def _after(call: Call) -> int:
    """Epoch seconds: the one place where Streak does not count milliseconds."""
    after = whole_number(call, "after", 0, 0)
    if after > MILLISECONDS_SUSPECTED_ABOVE:
        call.violation("milliseconds_for_seconds", f"after={after}")
    return after


def _cursor(last_key: str, after: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([last_key, after]).encode()).decode()


def _start(call: Call, after: int) -> str:
    if "cursor" not in call.query:
        return ""
    try:
        last_key, first_after = json.loads(base64.urlsafe_b64decode(call.query["cursor"]))
    except (binascii.Error, ValueError, TypeError) as error:
        raise bad_request("Invalid cursor", "invalid_cursor") from error
    if after != first_after:
        call.violation("after_changed_while_paging", f"{first_after} became {after}")
    return str(last_key)
