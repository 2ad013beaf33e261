"""Tasks on a box (Streak API contract §3.10)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from streak_infor_orchestration.streak.activity import Task
from streak_infor_orchestration.streak.activity_wire import TaskWire
from streak_infor_orchestration.streak.api import Api, Read, explain, one, page_of, success
from streak_infor_orchestration.streak.models import Page
from streak_infor_orchestration.streak.values import milliseconds
from streak_infor_orchestration.transport.http import segment

_NO_DUE_DATE = -1
_MOST = 1000


class Tasks(Api):
    """Assignees are e-mail addresses of users; those of an update replace. A task without any is its creator's."""

    def tasks(self, box_key: str, *, whole: bool = False) -> tuple[Task, ...]:
        """All tasks of the box, by creation. `whole`: raises `Unreadable` rather than leave one out."""
        return self._all(_of_box(box_key), self._tasks(whole=whole))

    def task(self, key: str) -> Task | None:
        wire = self.http.find("/v2/tasks", key, decode=self._found("tasks", TaskWire), explain=explain)
        return None if wire is None else wire.task()

    def agenda(
        self, *, future: bool = False, done: bool = False, users: Sequence[str] = (), pipeline_key: str = ""
    ) -> Page[Task]:
        """The first thousand over all pipelines: what is due before tomorrow, or else in `future`; by keys of `users`,
        none for our own."""
        params: dict[str, Any] = {"direction": "future" if future else "past", "limit": _MOST}
        params |= {"includeCompleted": "true"} if done else {}
        params |= {"userKeys": list(users)} if users else {}
        params |= {"pipelineKey": pipeline_key} if pipeline_key else {}
        decode = page_of(self._tasks(), _MOST)
        return self.http.read("GET", "/v2/tasks", params=params, decode=decode, explain=explain)

    def create_task(
        self, box_key: str, text: str, *, due: datetime | None = None, assignees: Sequence[str] = ()
    ) -> Task:
        """The box's key is sent in the body too: the docs call for it (§3.10)."""
        body = {"key": box_key, "text": text, "dueDate": _due(due)} | _people(assignees or None)
        return self._task_of(_of_box(box_key), body)

    def update_task(
        self,
        key: str,
        *,
        text: str | None = None,
        done: bool | None = None,
        assignees: Sequence[str] | None = None,
    ) -> Task:
        """What is not named stays."""
        named = {"text": text, "status": None if done is None else "DONE" if done else "NOT_DONE"}
        body = {name: value for name, value in named.items() if value is not None}
        return self._task_of(_one(key), body | _people(assignees))

    def reschedule_task(self, key: str, due: datetime | None) -> Task:
        """None: no due date."""
        return self._task_of(_one(key), {"dueDate": _due(due)})

    def delete_task(self, key: str) -> None:
        self.http.write("DELETE", _one(key), decode=success, explain=explain)

    def _tasks(self, *, whole: bool = False) -> Read[Task]:
        read = self._whole if whole else self._readable
        return read("tasks", lambda item: TaskWire.model_validate(item).task())

    def _task_of(self, path: str, body: dict[str, Any]) -> Task:
        return self.http.write("POST", path, json=body, decode=one(TaskWire), explain=explain).task()


def _of_box(key: str) -> str:
    return f"/v2/boxes/{segment(key)}/tasks"


def _one(key: str) -> str:
    return f"/v2/tasks/{segment(key)}"


def _due(moment: datetime | None) -> int:
    return _NO_DUE_DATE if moment is None else milliseconds(moment)


def _people(emails: Sequence[str] | None) -> dict[str, Any]:
    return {} if emails is None else {"assignedTo": [{"email": email} for email in emails]}
