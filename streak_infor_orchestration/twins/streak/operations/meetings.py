"""Meeting notes and call logs on a box (§3.12)."""

from streak_infor_orchestration.twins.streak.operations.lookup import box_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import PAGE, wrapped
from streak_infor_orchestration.twins.streak.protocol.properties import (
    Json,
    choice,
    flag,
    number,
    properties,
    text,
    texts,
)
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found

KINDS = ("CALL_LOG", "MEETING_NOTES")


def _meeting_of(call: Call) -> Json:
    meeting = call.streak.meetings.by_key.get(call.path["meeting"])
    if meeting is None:
        raise not_found("Meeting")
    return meeting


def _list(call: Call) -> Json:
    return wrapped(call, call.streak.meetings.of(box_of(call)["key"]))


def _create(call: Call) -> Json:
    box, body = box_of(call), properties(call)
    for name in ("meetingType", "startTimestamp"):
        if body.get(name) in (None, ""):
            raise bad_request(f"Missing parameter: {name}", "missing_parameter")
    at = call.streak.tick()
    meeting = {
        "key": call.streak.new_key("Meeting", call.user),
        "boxKey": box["key"],
        "pipelineKey": box["pipelineKey"],
        "creatorKey": call.user["key"],
        "creationDate": at,
        "lastSavedTimestamp": at,
        "duration": 0,
        "notes": "",
        "taskKeys": [],
        "isDraft": False,
        **_changes(body),
    }
    call.streak.meetings.put(meeting)
    _count(call, box)
    call.streak.emit("MEETING_CREATE", box["pipelineKey"], meeting, call.user)
    return meeting


def _edit(call: Call) -> Json:
    meeting = _meeting_of(call)
    meeting.update(_changes(properties(call)), lastSavedTimestamp=call.streak.tick())
    _count(call, call.streak.boxes[meeting["boxKey"]])
    call.streak.emit("MEETING_UPDATE", meeting["pipelineKey"], meeting, call.user)
    return meeting


def _delete(call: Call) -> Json:
    meeting = _meeting_of(call)
    call.streak.meetings.take(meeting["key"])
    _count(call, call.streak.boxes[meeting["boxKey"]])
    return {"success": True}


def _changes(body: Json) -> Json:
    """Raises Refused."""
    found: Json = {
        "meetingType": choice(body, "meetingType", KINDS, "unknown_meeting_type"),
        "startTimestamp": number(body, "startTimestamp"),
        "duration": number(body, "duration"),
        "notes": text(body, "notes"),
        "taskKeys": texts(body, "taskKeys") if body.get("taskKeys") else None,
        "isDraft": flag(body, "isDraft", False) if "isDraft" in body else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _count(call: Call, box: Json) -> None:
    """Assumed: a meeting does not bump the box's ``lastUpdatedTimestamp`` (§10.6)."""
    meetings = call.streak.meetings.of(box["key"])
    calls, notes = ([m["duration"] for m in meetings if m["meetingType"] == kind] for kind in KINDS)
    box.update(
        callLogCount=len(calls),
        meetingNotesCount=len(notes),
        totalCallLogDuration=sum(calls),
        totalMeetingNotesDuration=sum(notes),
        lastSavedTimestamp=call.streak.tick(),
    )


_OF_BOX = "/v2/boxes/{box}/meetings"
_ONE = "/v2/meetings/{meeting}"
_WRITABLE = ("meetingType", "startTimestamp", "duration", "notes", "taskKeys", "isDraft")

OPERATIONS = (
    Operation("GET", _OF_BOX, _list, query=PAGE),
    Operation("POST", _OF_BOX, _create, Encoding.EITHER, accepts=_WRITABLE),
    Operation("GET", _ONE, _meeting_of),
    Operation("POST", _ONE, _edit, Encoding.JSON, accepts=_WRITABLE),
    Operation("DELETE", _ONE, _delete),
)
