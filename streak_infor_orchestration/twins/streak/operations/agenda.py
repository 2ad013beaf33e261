"""Tasks across all pipelines: by default one's own, not done, due before tomorrow (§3.10)."""

from typing import Any

from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import whole_number, wrapped
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

Json = dict[str, Any]

DEFAULT_LIMIT = 50
_DAY = 86_400_000  # milliseconds
_BACKWARD, _FORWARD = ("desc", "past"), ("asc", "future")


def _agenda(call: Call) -> Json:
    """Assumed: forward is what is due from tomorrow on, the soonest first; a task without a date is in neither."""
    direction = call.query.get("direction", "desc")
    if direction not in (*_BACKWARD, *_FORWARD):
        raise bad_request("Invalid direction", "invalid_direction")
    whole_number(call, "limit", DEFAULT_LIMIT, 1)
    backward, tomorrow = direction in _BACKWARD, (call.streak.tick() // _DAY + 1) * _DAY
    found = [
        task
        for task in call.streak.tasks.by_key.values()
        if "dueDate" in task and (task["dueDate"] < tomorrow) is backward and _asked_for(call, task)
    ]
    found.sort(key=lambda task: task["dueDate"], reverse=backward)
    return wrapped(call, found, DEFAULT_LIMIT)


def _asked_for(call: Call, task: Json) -> bool:
    people = set(call.query.getlist("userKeys") or [call.user["key"]])
    pipelines = call.query.getlist("pipelineKey")
    return (
        (task["status"] != "DONE" or call.query.get("includeCompleted") == "true")
        and not people.isdisjoint(person["userKey"] for person in task["assignedTo"])
        and (not pipelines or task["pipelineKey"] in pipelines)
    )


_QUERY = ("direction", "includeCompleted", "limit", "pipelineKey", "sortOrder", "userKeys")

OPERATIONS = (Operation("GET", "/v2/tasks", _agenda, query=_QUERY),)
