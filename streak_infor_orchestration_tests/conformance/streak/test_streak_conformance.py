"""The suite on Streak's client and its twin, and on a twin that breaks its contract."""

from collections.abc import Callable
from typing import Any

import pytest

from streak_infor_orchestration.conformance.outcome import CheckOutcome
from streak_infor_orchestration.conformance.run import run
from streak_infor_orchestration.conformance.streak_subject import StreakSubject
from streak_infor_orchestration.conformance.suites import STREAK
from streak_infor_orchestration.twins.streak.operations import box_changes, boxes, comments
from streak_infor_orchestration.twins.streak.state.directory import Directory
from streak_infor_orchestration_tests.conformance.streak.lab import FIELDS, StreakLab


@pytest.fixture
def team(lab: StreakLab) -> StreakLab:
    """A pipeline in use: boxes with people on them, comments, webhooks, contacts of several slices."""
    links = []
    for n in range(30):
        contact = lab.client.create_contact(
            lab.team_key, given_name=f"C{n}", emails=(f"c{n}@northwind.example",)
        )
        links.append({"key": contact.key, "isStarred": n == 0})
    organization = lab.client.create_organization(lab.team_key, name="Northwind").key
    for n in range(28):
        lab.make_box(
            f"Deal {n}", contacts=links[:2], organizations=[{"key": organization, "isStarred": False}]
        )
    box = lab.client.boxes(lab.pipeline_key).items[0]
    lab.client.update_box(box, fields={"Deal value": "1", "Ship via": "Ground", "Labels": ("hot",)})
    lab.client.add_comment(box.key, "Hello")
    lab.client.create_webhook("BOX_EDIT", "https://hooks.example/in", pipeline_key=lab.pipeline_key)
    return lab


def examine(
    lab: StreakLab, *, write: bool, pipeline: str = "Sales"
) -> tuple[StreakSubject, list[CheckOutcome]]:
    name = lab.client.team(lab.team_key).name
    subject = StreakSubject(lab.new_client(), "K7Q2MX", team=name, pipeline=pipeline)
    return subject, list(run(STREAK, subject, write=write))


def failed(outcomes: list[CheckOutcome]) -> dict[str, str]:
    return {outcome.check: outcome.detail for outcome in outcomes if outcome.verdict == "fail"}


def test_streak_passes_every_check(team: StreakLab) -> None:
    subject, outcomes = examine(team, write=True)
    assert failed(outcomes) == {}
    skipped = {outcome.check: outcome.detail for outcome in outcomes if outcome.verdict != "pass"}
    assert skipped == {
        "a box is found by its exact name": "no box is old enough to be in the index for certain"
    }
    subject.tidy()
    assert subject.left == []
    state = team.control.get("/state")
    assert "CONFORMANCE K7Q2MX" not in str([state["boxes"], state["contacts"], state["organizations"]])
    assert len(state["webhooks"]) == 1


def test_what_may_not_be_deleted_is_said(team: StreakLab) -> None:
    subject, _ = examine(team, write=True)
    team.control.fault("status", status=403, method="DELETE", path="/contacts/", times=None)
    subject.tidy()
    (left,) = subject.left
    assert (left.kind, left.system) == ("contact", "streak")
    assert "could not be deleted" in left.state


def test_reading_sends_nothing_but_reads(team: StreakLab) -> None:
    before, n = team.control.get("/state"), team.control.last_call()
    subject, outcomes = examine(team, write=False)
    subject.tidy()
    assert failed(outcomes) == {}
    assert len(outcomes) == sum(not check.writes for check in STREAK.checks)
    sent = team.control.calls_since(n)
    assert {call for call in sent if not call.startswith("GET ") and "/batch/get" not in call} == set()
    assert team.control.get("/state") == before


def test_an_empty_pipeline_is_no_bad_one(lab: StreakLab) -> None:
    assert failed(examine(lab, write=False)[1]) == {}


def test_what_a_killed_run_left_is_deleted_by_its_end(lab: StreakLab) -> None:
    subject = StreakSubject(lab.client, "K7Q2MX", team=lab.client.team(lab.team_key).name, pipeline="Sales")
    key = subject.box.key
    subject.tidy()
    assert lab.client.box(key) is None


def test_a_pipeline_that_is_not_there_is_told_with_the_nearest_name(lab: StreakLab) -> None:
    _, outcomes = examine(lab, write=False, pipeline="Sale")
    told = failed(outcomes)["the pipeline has stages of different names"]
    assert 'did you mean "Sales"?' in told


def test_a_key_that_nobody_has_ends_it_at_once(lab: StreakLab) -> None:
    lab.control.fault("status", status=401, path="/v1/users/me", times=None)
    _, outcomes = examine(lab, write=True)
    assert list(failed(outcomes)) == ["the key has an owner"]
    assert {outcome.verdict for outcome in outcomes[1:]} == {"not applicable"}


def test_two_fields_of_one_name_are_told(lab: StreakLab) -> None:
    lab.add_field("Deal value", "TEXT_INPUT")
    assert (
        failed(examine(lab, write=False)[1])["fields have different names"]
        == "two fields are called the same"
    )
    assert "Deal value" in FIELDS


def _oldest_first(patch: pytest.MonkeyPatch) -> None:
    newest_first = boxes._newest_first
    patch.setattr(boxes, "_newest_first", lambda *where: reversed(list(newest_first(*where))))


def _fields_replace(patch: pytest.MonkeyPatch) -> None:
    fields = box_changes._READERS["fields"]

    def alone(call: Any, pipeline: Any, box: Any, value: Any) -> Any:
        return fields(call, pipeline, {**box, "fields": {}}, value)

    patch.setitem(box_changes._READERS, "fields", alone)


def _always_another(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Directory, "first_with", lambda self, values: None)


def _no_comments(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(comments, "_newest_first", lambda call: [])


def _stays_in_its_stage(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(box_changes.Pipeline, "move_to_stage", lambda self, box, stage_key: None)


BREACHES = {
    _oldest_first: "boxes come page by page the last updated first",
    _fields_replace: "a field is cleared and the others stay",
    _always_another: "a contact is made read and changed",
    _no_comments: "a comment is ours and found at once",
    _stays_in_its_stage: "a box is moved to another stage",
}


@pytest.mark.parametrize("plant", BREACHES, ids=lambda plant: plant.__name__)
def test_a_planted_breach_turns_its_check_red(
    team: StreakLab, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """The twin's own code is bent, so what it answers is what a Streak with this defect would."""
    plant(monkeypatch)
    subject, outcomes = examine(team, write=True)
    subject.tidy()
    assert BREACHES[plant] in failed(outcomes)
