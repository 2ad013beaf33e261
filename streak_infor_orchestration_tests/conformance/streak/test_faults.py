"""Streak's bad days: what must never pass for "not there", and what a write leaves open."""

from collections.abc import Callable
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unauthorized, Unknown
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.transport.auth import Basic, Bearer
from streak_infor_orchestration_tests.conformance.streak.lab import OURS, StreakLab

HTML = "<html><head><title>500 Server Error</title></head></html>"  # App Engine's own page (contract §5)
BAD_ANSWERS: dict[str, dict[str, Any]] = {
    "500": {"kind": "status", "status": 500, "body": HTML, "content_type": "text/html"},
    "404 of a proxy": {"kind": "status", "status": 404, "body": HTML, "content_type": "text/html"},
    "200 login page": {"kind": "status", "status": 200, "body": HTML, "content_type": "text/html"},
    "200 empty": {"kind": "status", "status": 200},
    "200 {}": {"kind": "status", "status": 200, "body": {}},
    "200 success false": {"kind": "status", "status": 200, "body": {"success": False}},
    "truncated": {"kind": "garbage", "style": "truncated"},
    "wrong types": {"kind": "garbage", "style": "wrong_types"},
    "cut": {"kind": "cut_after"},
    "429": {"kind": "status", "status": 429, "headers": {"Retry-After": "9"}},
}


@pytest.mark.parametrize("fault", BAD_ANSWERS.values(), ids=BAD_ANSWERS.keys())
def test_no_bad_answer_passes_for_nothing_there(lab: StreakLab, fault: dict[str, Any]) -> None:
    box = lab.make_box()
    contact = lab.client.create_contact(lab.team_key, given_name="Bo").key
    lab.client.pipeline(lab.pipeline_key)
    reads: dict[str, Callable[[], Any]] = {
        "box": lambda: lab.client.box(box),
        "boxes": lambda: lab.client.boxes(lab.pipeline_key),
        "boxes_of": lambda: lab.client.boxes_of(lab.pipeline_key, [box]),
        "comments": lambda: lab.client.comments(box),
        "tasks": lambda: lab.client.tasks(box),
        "meetings": lambda: lab.client.meetings(box),
        "newsfeed": lambda: lab.client.newsfeed(box),
        "timeline": lambda: list(lab.client.timeline(box)),
        "files": lambda: lab.client.files(box),
        "threads": lambda: lab.client.threads(box),
        "contact": lambda: lab.client.contact(contact),
        "team_contacts": lambda: lab.client.team_contacts(lab.team_key),
        "team_organizations": lambda: lab.client.team_organizations(lab.team_key),
        "pipelines": lambda: lab.client.pipelines(lab.team_key),
        "fields": lambda: lab.client.fields(lab.pipeline_key),
        "stages": lambda: lab.client.stages(lab.pipeline_key),
        "users": lambda: lab.client.users(lab.team_key),
        "webhooks": lambda: lab.client.webhooks(pipeline_key=lab.pipeline_key),
        "search_boxes": lambda: lab.client.search_boxes("Northwind", lab.pipeline_key),
        "search": lambda: lab.client.search("Northwind"),
    }
    lab.control.fault(**fault, times=None)
    assert {name: outcome(read) for name, read in reads.items()} == dict.fromkeys(reads, "Transient")


def outcome(act: Callable[[], Any]) -> str:
    try:
        return f"answered {act()}"
    except IntegrationError as error:
        return type(error).__name__


def test_an_empty_object_is_no_empty_list(lab: StreakLab) -> None:
    """What a box without comments looks like when types go wrong; a probe would conclude "not there"."""
    key = lab.make_box()
    for body in ({}, {"results": {}, "hasNextPage": False}, {"results": None}, "null"):
        lab.control.mend()
        lab.control.fault("status", status=200, body=body, times=None)
        with pytest.raises(Transient):
            lab.client.comments(key)


@pytest.mark.parametrize(
    ("fault", "made"),
    [
        ({"kind": "cut_before"}, 0),
        ({"kind": "cut_after"}, 1),
        ({"kind": "status", "status": 500, "body": HTML, "content_type": "text/html"}, 0),
        ({"kind": "status_after", "status": 503}, 1),
        ({"kind": "garbage", "style": "truncated"}, 1),
        ({"kind": "garbage", "style": "wrong_types"}, 1),
    ],
)
def test_a_doubtful_comment_is_sent_once_and_left_unknown(
    lab: StreakLab, fault: dict[str, Any], made: int
) -> None:
    key = lab.make_box()
    since = lab.control.last_call()
    lab.control.fault(**fault, method="POST")
    with pytest.raises(Unknown):
        lab.client.add_comment(key, "Order SO-1 created [ABCD1234]")
    assert len(lab.control.calls_since(since)) == 1
    assert len(lab.client.comments(key)) == made


def test_a_write_that_was_done_is_never_reported_as_certainly_not_done(lab: StreakLab) -> None:
    """The answer needs the pipeline's names; that they cannot be read does not undo the write."""
    key = lab.make_box()
    added = lab.add_field("Incoterm", "TEXT_INPUT")
    client = lab.new_client()
    client.pipeline(lab.pipeline_key)
    late = lab.add_field("Terms", "TEXT_INPUT")
    lab.person("POST", f"/v1/boxes/{key}", {"fields": {late: "30 days"}})
    lab.control.fault("status", status=500, path=f"/pipelines/{lab.pipeline_key}$", times=None)
    with pytest.raises(Unknown):
        client.update_box(key, pipeline_key=lab.pipeline_key, fields={"Incoterm": "FOB"})
    assert lab.truth(key)["fields"][added] == "FOB"


WRITES: dict[str, Callable[[StreakLab, str], Any]] = {
    "create_box": lambda lab, box: lab.client.create_box(lab.pipeline_key, "Another"),
    "update_box": lambda lab, box: lab.client.update_box(box, pipeline_key=lab.pipeline_key, stage="Lead"),
    "replace_links": lambda lab, box: lab.client.replace_links(box, assignees=[]),
    "delete_box": lambda lab, box: lab.client.delete_box(box),
    "create_contact": lambda lab, box: lab.client.create_contact(lab.team_key, given_name="Bo"),
    "create_organization": lambda lab, box: lab.client.create_organization(lab.team_key, name="Northwind"),
    "create_task": lambda lab, box: lab.client.create_task(box, "Follow up"),
    "create_stage": lambda lab, box: lab.client.create_stage(lab.pipeline_key, "Lost"),
    "create_field": lambda lab, box: lab.client.create_field(lab.pipeline_key, "ERP order", "TEXT_INPUT"),
    "create_pipeline": lambda lab, box: lab.client.create_pipeline(lab.team_key, "Support", stages=["New"]),
}


@pytest.mark.parametrize("act", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize(
    "fault", [{"kind": "cut_after"}, {"kind": "garbage", "style": "truncated"}], ids=["cut", "garbled"]
)
def test_any_write_without_a_clear_answer_is_sent_once_and_left_unknown(
    lab: StreakLab, act: Callable[[StreakLab, str], Any], fault: dict[str, Any]
) -> None:
    box = lab.make_box()
    lab.client.pipeline(lab.pipeline_key)
    since = lab.control.last_call()
    lab.control.fault(**fault)
    with pytest.raises(Unknown):
        act(lab, box)
    assert len(lab.control.calls_since(since)) == 1


@pytest.mark.parametrize("auth", [Basic("strk_wrong"), Bearer("strk_wrong")])
def test_a_wrong_key_is_told_apart_from_a_bad_day(lab: StreakLab, auth: Any) -> None:
    client = lab.new_client(auth=auth)
    acts: list[Callable[[StreakClient], Any]] = [
        lambda c: c.me(),
        lambda c: c.box("some-box"),
        lambda c: c.add_comment("some-box", "x"),
    ]
    for act in acts:
        with pytest.raises(Unauthorized, match="invalid api key"):
            act(client)


def test_the_key_may_also_go_as_a_bearer_token(lab: StreakLab) -> None:
    assert lab.new_client(auth=Bearer(OURS)).me() == lab.client.me()


def test_a_list_without_end_is_an_error_and_not_a_part(
    lab: StreakLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streak_infor_orchestration.streak.api.PAGES", 3)
    lab.control.fault("status", status=200, body={"results": [], "hasNextPage": True}, times=None)
    with pytest.raises(Transient) as caught:
        lab.client.comments("some-box")
    assert caught.value.code == "endless_list"
