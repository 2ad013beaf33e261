"""Tasks on a box (Streak API contract §3.10)."""

from datetime import UTC, datetime

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.streak import api
from streak_infor_orchestration_tests.conformance.streak.lab import StreakLab

DUE = datetime(2026, 1, 3, 8, tzinfo=UTC)


@pytest.mark.covers("POST /v2/activities", by="POST /v2/boxes/{box}/tasks")
@pytest.mark.covers("tasks", by="GET /v2/boxes/{box}/tasks")
@pytest.mark.covers("tasks", by="POST /v2/boxes/{box}/tasks")
@pytest.mark.covers("tasks", by="GET /v2/tasks/{task}")
@pytest.mark.covers("tasks", by="POST /v2/tasks/{task}")
@pytest.mark.covers("tasks", by="DELETE /v2/tasks/{task}")
def test_a_task_is_made_read_done_and_deleted(lab: StreakLab) -> None:
    box = lab.make_box()
    made = lab.client.create_task(box, "Follow up", due=DUE)
    assert (made.text, made.due, made.done, made.box_key) == ("Follow up", DUE, False, box)
    assert made.assignees == (lab.client.me().key,)
    assert lab.client.task(made.key) == made
    done = lab.client.update_task(made.key, done=True, assignees=["sales@acme.example"])
    assert (done.text, done.due, done.done) == ("Follow up", DUE, True)
    assert done.assignees == (lab.person("GET", "/v1/users/me")["key"],)
    assert done.status_changed is not None
    assert done.status_changed > made.created
    assert lab.client.reschedule_task(made.key, None).due is None
    lab.client.delete_task(made.key)
    assert lab.client.task(made.key) is None
    assert lab.client.tasks(box) == ()


def test_all_pages_of_tasks_are_read_by_creation(lab: StreakLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    box = lab.make_box()
    made = [lab.client.create_task(box, f"task {n}") for n in range(5)]
    assert lab.client.tasks(box) == tuple(made)


def test_assignees_are_read_from_older_answers_too(lab: StreakLab) -> None:
    box = lab.make_box()
    made = lab.client.create_task(box, "Follow up")
    shown = lab.person("GET", f"/v2/tasks/{made.key}")
    del shown["assignedTo"]
    lab.control.fault("status", status=200, body=shown | {"dueDate": -1}, path="/tasks/")
    assert lab.client.task(made.key) == made


def test_an_assignee_who_is_no_user_is_refused(lab: StreakLab) -> None:
    with pytest.raises(Rejected):
        lab.client.create_task(lab.make_box(), "Follow up", assignees=["nobody@acme.example"])


@pytest.mark.covers("tasks", by="GET /v2/tasks")
def test_the_agenda_has_what_is_ours_and_due_over_all_boxes(lab: StreakLab) -> None:
    late = lab.client.create_task(lab.make_box("A"), "late", due=DUE)
    soon = lab.client.create_task(lab.make_box("B"), "soon", due=datetime(2100, 1, 1, tzinfo=UTC))
    theirs = lab.client.create_task(lab.make_box("C"), "theirs", due=DUE, assignees=["sales@acme.example"])
    done = lab.client.update_task(lab.client.create_task(lab.make_box("D"), "done", due=DUE).key, done=True)
    assert lab.client.agenda() == ((late,), False)
    assert lab.client.agenda(future=True).items == (soon,)
    assert set(lab.client.agenda(done=True).items) == {late, done}
    assert lab.client.agenda(users=theirs.assignees, pipeline_key=lab.pipeline_key).items == (theirs,)
