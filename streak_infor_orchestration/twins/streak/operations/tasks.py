"""Tasks on a box (§3.10). TASK_DUE is told to nobody: the twin does nothing by itself."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.box_changes import assignees
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
    required_text,
    text,
)
from streak_infor_orchestration.twins.streak.protocol.refused import not_found
from streak_infor_orchestration.twins.streak.state.roster import sharing_entry

STATUSES = ("NOT_DONE", "DONE")
NO_DUE_DATE = -1
_ASSIGNEES = ("assignedTo", "assignedToSharingEntries")
MOST = 1000


def _task_of(call: Call) -> Json:
    task = call.streak.tasks.by_key.get(call.path["task"])
    if task is None:
        raise not_found("Task")
    return task


def _list(call: Call) -> Json:
    return wrapped(call, call.streak.tasks.of(box_of(call)["key"]), most=MOST)


def _create(call: Call) -> Json:
    box, body = box_of(call), properties(call)
    required_text(body, "text")
    at = call.streak.tick()
    task: Json = {
        "key": call.streak.new_key("Task", call.user),
        "boxKey": box["key"],
        "pipelineKey": box["pipelineKey"],
        "creatorKey": call.user["key"],
        "creator": sharing_entry(call.user),
        "creationDate": at,
        "lastSavedTimestamp": at,
        "lastStatusChangeDate": at,
        "status": "NOT_DONE",
        "reminderStatus": "NONE",
        "meetingKey": None,
        "isDraft": False,
        **_assigned([sharing_entry(call.user)]),
    }
    changed = _changes(call, body)
    task.update(changed if changed.get("assignedTo") else {**changed, **_assigned(task["assignedTo"])})
    _schedule(task, number(body, "dueDate"))
    call.streak.tasks.put(task)
    _count(call, box)
    _tell(call, "TASK_CREATE", task)
    return task


def _edit(call: Call) -> Json:
    task, body = _task_of(call), properties(call)
    changed = _changes(call, body)
    due = number(body, "dueDate")
    done = changed.get("status") == "DONE" and task["status"] != "DONE"
    at = call.streak.tick()
    if changed.get("status", task["status"]) != task["status"]:
        changed["lastStatusChangeDate"] = at
    task.update(changed, lastSavedTimestamp=at)
    _schedule(task, due)
    _count(call, call.streak.boxes[task["boxKey"]])
    _tell(call, "TASK_UPDATED", task)
    if done:
        _tell(call, "TASK_COMPLETE", task)
    return task


def _delete(call: Call) -> Json:
    task = _task_of(call)
    call.streak.tasks.take(task["key"])
    _count(call, call.streak.boxes[task["boxKey"]])
    return {"success": True}


def _changes(call: Call, body: Json) -> Json:
    """Raises Refused. Assignees by either name (§3.10); they replace."""
    found: Json = {
        "text": text(body, "text"),
        "status": choice(body, "status", STATUSES, "unknown_task_status"),
        "meetingKey": text(body, "meetingKey"),
        "isDraft": flag(body, "isDraft", False) if "isDraft" in body else None,
    }
    given = next((body[name] for name in _ASSIGNEES if body.get(name) is not None), None)
    people = {} if given is None else _assigned(assignees(call, given))
    return {name: value for name, value in found.items() if value is not None} | people


def _assigned(people: list[Json]) -> Json:
    """Both names, as newer and older answers have it."""
    return {"assignedTo": people, "assignedToSharingEntries": people}


def _schedule(task: Json, due: int | None) -> None:
    if due == NO_DUE_DATE:
        task.pop("dueDate", None)
    elif due is not None:
        task["dueDate"] = due
    if task["status"] == "DONE":
        task["reminderStatus"] = "NOT_REMINDED_BECAUSE_TASK_DONE"
    else:
        task["reminderStatus"] = "SCHEDULED" if "dueDate" in task else "NONE"


def _tell(call: Call, event: str, task: Json) -> None:
    """A draft sends neither notifications nor webhooks."""
    if not task["isDraft"]:
        call.streak.emit(event, task["pipelineKey"], task, call.user)


def _count(call: Call, box: Json) -> None:
    """Assumed: a task does not bump the box's ``lastUpdatedTimestamp`` (§10.6)."""
    tasks = call.streak.tasks.of(box["key"])
    done = sum(task["status"] == "DONE" for task in tasks)
    counted: dict[str, Any] = {
        "taskTotal": len(tasks),
        "taskCompleteCount": done,
        "taskIncompleteCount": len(tasks) - done,
    }
    box.update(counted, lastSavedTimestamp=call.streak.tick())


_OF_BOX = "/v2/boxes/{box}/tasks"
_ONE = "/v2/tasks/{task}"
_WRITABLE = ("text", "dueDate", *_ASSIGNEES, "meetingKey", "isDraft")

OPERATIONS = (
    Operation("GET", _OF_BOX, _list, query=PAGE),
    Operation("POST", _OF_BOX, _create, Encoding.JSON, accepts=(*_WRITABLE, "key", "teamContactKey")),
    Operation("GET", _ONE, _task_of),
    Operation("POST", _ONE, _edit, Encoding.JSON, accepts=(*_WRITABLE, "status")),
    Operation("DELETE", _ONE, _delete),
)
