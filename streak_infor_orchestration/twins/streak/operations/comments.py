"""Comments on a box, and their legacy v1 form (§3.11)."""

from streak_infor_orchestration.twins.streak.operations.lookup import box_of, home_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import PAGE, wrapped
from streak_infor_orchestration.twins.streak.protocol.properties import Json, properties, required_text
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found
from streak_infor_orchestration.twins.streak.state.roster import sharing_entry


def _comment_of(call: Call) -> Json:
    comment = call.streak.comments.by_key.get(call.path["comment"])
    if comment is None:
        raise not_found("Comment")
    return comment


def _newest_first(call: Call) -> list[Json]:
    return call.streak.comments.of(box_of(call)["key"])[::-1]


def _create(call: Call) -> Json:
    box = box_of(call)
    body = properties(call)
    message = required_text(body, "message")
    parent = body.get("parent")
    siblings = [comment["key"] for comment in call.streak.comments.of(box["key"])]
    if parent is not None and parent not in siblings:
        raise bad_request("Unknown parent comment")
    at = call.streak.tick()
    comment = {
        "key": call.streak.new_key("Comment", call.user),
        "boxKey": box["key"],
        "pipelineKey": box["pipelineKey"],
        "creatorKey": call.user["key"],
        "timestamp": at,
        "lastSavedTimestamp": at,
        "message": message,
        "mentions": body.get("mentions") or [],
        "parent": parent,
        "children": [],
        "reactionSummary": [],
        "newsfeedEntryKey": call.streak.new_key("NewsfeedItem", call.user),
    }
    if parent is not None:
        call.streak.comments.by_key[parent]["children"].append(comment["key"])
    call.streak.comments.put(comment)
    _count(call, box)
    box["lastCommentTimestamp"] = at
    call.streak.emit("COMMENT_CREATE", home_of(call, box).key, comment, call.user)
    return comment


def _edit(call: Call) -> Json:
    comment = _comment_of(call)
    message = required_text(properties(call), "message")
    comment.update(message=message, lastSavedTimestamp=call.streak.tick())
    return comment


def _delete(call: Call) -> Json:
    comment = _comment_of(call)
    call.streak.comments.take(comment["key"])
    _count(call, call.streak.boxes[comment["boxKey"]])
    return {"success": True}


def _react(call: Call) -> Json:
    """Each user once per emoji."""
    comment, emoji = _comment_of(call), required_text(properties(call), "emoji")
    users = _users_by_emoji(comment)
    users.setdefault(emoji, {})[call.user["key"]] = sharing_entry(call.user)
    return _reacted(comment, users)


def _unreact(call: Call) -> Json:
    comment, emoji = _comment_of(call), required_text(properties(call), "emoji")
    users = _users_by_emoji(comment)
    users.get(emoji, {}).pop(call.user["key"], None)
    return _reacted(comment, users)


def _users_by_emoji(comment: Json) -> dict[str, dict[str, Json]]:
    return {
        entry["emoji"]: {user["userKey"]: user for user in entry["users"]}
        for entry in comment["reactionSummary"]
    }


def _reacted(comment: Json, users: dict[str, dict[str, Json]]) -> Json:
    comment["reactionSummary"] = [
        {"emoji": emoji, "count": len(by_key), "users": list(by_key.values())}
        for emoji, by_key in users.items()
        if by_key
    ]
    return comment


def _count(call: Call, box: Json) -> None:
    """Assumed: a comment does not bump the box's ``lastUpdatedTimestamp`` (§10.6)."""
    box["commentCount"] = len(call.streak.comments.of(box["key"]))
    box["lastSavedTimestamp"] = call.streak.tick()


_OF_BOX = "/boxes/{box}/comments"
_ONE = "/v2/comments/{comment}"
_CREATE = ("message", "mentions", "parent", "searchForAtMentions")

OPERATIONS = (
    Operation("GET", "/v2" + _OF_BOX, lambda call: wrapped(call, _newest_first(call)), query=PAGE),
    Operation("POST", "/v2" + _OF_BOX, _create, Encoding.JSON, accepts=_CREATE),
    Operation("GET", "/v1" + _OF_BOX, _newest_first),
    Operation("PUT", "/v1" + _OF_BOX, _create, Encoding.FORM, accepts=("message",)),
    Operation("GET", _ONE, _comment_of),
    Operation("POST", _ONE, _edit, Encoding.JSON, accepts=("message", "mentions")),
    Operation("DELETE", _ONE, _delete),
    Operation("POST", _ONE + "/react", _react, Encoding.JSON, accepts=("emoji",)),
    Operation("POST", _ONE + "/unreact", _unreact, Encoding.JSON, accepts=("emoji",)),
)
