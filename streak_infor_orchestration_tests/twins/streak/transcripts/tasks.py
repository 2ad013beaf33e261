"""Tasks of a box: assignees in two ways, -1 for no due date, drafts that tell nobody."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT, ANYTHING, KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_TASKS = "/api/v2/boxes/{box}/tasks"
_ANA = {"userKey": "{ana}", "email": "ana@example.com"}

TRANSCRIPTS = {
    "life of a task": [
        *BOX,
        X(
            "§3.10, §6; without assignees its creator's",
            f"POST {_TASKS}",
            json={"key": "{box}", "text": "Follow up", "dueDate": 1767398400000},
            body={
                "key": KEY,
                "boxKey": "{box}",
                "pipelineKey": "{pipeline}",
                "creatorKey": "{ana}",
                "creator": _ANA,
                "assignedTo": [_ANA],
                "assignedToSharingEntries": [_ANA],
                "creationDate": ANYTHING,
                "lastSavedTimestamp": ANYTHING,
                "lastStatusChangeDate": ANYTHING,
                "dueDate": 1767398400000,
                "text": "Follow up",
                "status": "NOT_DONE",
                "reminderStatus": "SCHEDULED",
                "meetingKey": None,
            },
            saves={"first": "key"},
        ),
        X(
            "§3.10 assignees, newest form",
            f"POST {_TASKS}",
            json={"text": "Call", "assignedTo": [{"email": "ben@example.com"}], "dueDate": -1},
            body={
                "assignedTo": [{"email": "ben@example.com"}],
                "dueDate": ABSENT,
                "reminderStatus": "NONE",
            },
        ),
        X(
            "§3.10 assignees, documented form",
            f"POST {_TASKS}",
            json={"text": "Visit", "assignedToSharingEntries": [{"email": "ben@example.com"}]},
            body={"assignedTo": [{"email": "ben@example.com"}]},
        ),
        X(
            "§3.10 an empty list of assignees is none: its creator's",
            f"POST {_TASKS}",
            json={"text": "Mine", "assignedTo": []},
            body={"assignedTo": [_ANA]},
            saves={"mine": "key"},
        ),
        X(
            "§3.10 of an update it replaces",
            "POST /api/v2/tasks/{mine}",
            json={"assignedTo": []},
            body={"assignedTo": []},
        ),
        X("§3.10", "DELETE /api/v2/tasks/{mine}", body={"success": True}),
        X(
            "§3.10 by creation date",
            f"GET {_TASKS}",
            body={
                "results": [{"text": "Follow up"}, {"text": "Call"}, {"text": "Visit"}],
                "hasNextPage": False,
            },
        ),
        X(
            "§2.5",
            f"GET {_TASKS}",
            query={"limit": 2, "page": 1},
            body={"results": [{"text": "Visit"}], "hasNextPage": False},
        ),
        X("§4 at most 1000", f"GET {_TASKS}", 400, query={"limit": 1001}, violates="invalid_limit"),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"taskTotal": 3, "taskIncompleteCount": 3}),
        X("§3.10", "GET /api/v2/tasks/{first}", body={"text": "Follow up"}),
        X(
            "§3.10 update; assignees replace",
            "POST /api/v2/tasks/{first}",
            json={"status": "DONE", "dueDate": -1, "assignedTo": [{"email": "ben@example.com"}]},
            body={
                "status": "DONE",
                "text": "Follow up",
                "dueDate": ABSENT,
                "assignedTo": [{"email": "ben@example.com"}],
            },
        ),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"taskCompleteCount": 1, "taskIncompleteCount": 2}),
        X("§3.10", "DELETE /api/v2/tasks/{first}", body={"success": True}),
        X("§5", "GET /api/v2/tasks/{first}", 404),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"taskTotal": 2, "taskCompleteCount": 0}),
    ],
    "agenda": [
        *BOX,
        X("§3.10", f"POST {_TASKS}", json={"text": "late", "dueDate": 1767139200000}),
        X("§3.10", f"POST {_TASKS}", json={"text": "soon", "dueDate": 1798761600000}),
        X("§3.10", f"POST {_TASKS}", json={"text": "some day"}),
        X(
            "§3.10",
            f"POST {_TASKS}",
            json={"text": "Ben's", "dueDate": 1767139200000, "assignedTo": [{"email": "ben@example.com"}]},
            saves={"bens": "key"},
        ),
        X(
            "§3.10 by default what is mine, not done, and due before tomorrow",
            "GET /api/v2/tasks",
            body={"results": [{"text": "late"}], "hasNextPage": False},
        ),
        X(
            "§3.10 the other way",
            "GET /api/v2/tasks",
            query={"direction": "future"},
            body={"results": [{"text": "soon"}]},
        ),
        X(
            "§3.10 of others",
            "GET /api/v2/tasks",
            query={"userKeys": "agxnobody", "pipelineKey": "{pipeline}"},
            body={"results": []},
        ),
        X(
            "§3.10",
            "POST /api/v2/tasks/{bens}",
            json={"status": "DONE", "assignedTo": [{"userKey": "{ana}"}]},
        ),
        X(
            "§3.10 done ones too",
            "GET /api/v2/tasks",
            query={"includeCompleted": "true"},
            body={"results": [{"text": "late"}, {"text": "Ben's"}]},
        ),
        X(
            "§3.10",
            "GET /api/v2/tasks",
            400,
            query={"direction": "sideways"},
            violates="invalid_direction",
        ),
    ],
    "what is refused": [
        *BOX,
        X(
            "§3.10 text is required",
            f"POST {_TASKS}",
            400,
            json={"key": "{box}"},
            violates="missing_parameter",
        ),
        X(
            "§3.10 NOT_DONE or DONE",
            f"POST {_TASKS}",
            json={"text": "x"},
            saves={"task": "key"},
        ),
        X(
            "§3.10",
            "POST /api/v2/tasks/{task}",
            400,
            json={"status": "FINISHED"},
            violates="unknown_task_status",
        ),
        X("§3.10", f"POST {_TASKS}", 400, json={"text": "x", "dueDate": "soon"}, violates="wrong_type"),
        X("§3.10", f"POST {_TASKS}", 400, json={"text": "x", "assignedTo": [{"email": "nobody@x.example"}]}),
        X("§5", "GET /api/v2/boxes/agxnothing/tasks", 404),
        X("§3.6 a box takes its tasks with it", "DELETE /api/v1/boxes/{box}"),
        X("§5", "GET /api/v2/tasks/{task}", 404),
    ],
}
