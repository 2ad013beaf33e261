"""Webhook deliveries over real HTTP to a real receiver (Streak API contract §3.16)."""

import itertools
import time
from typing import Any

from streak_infor_orchestration_tests.twins.streak.exchange import BEN
from streak_infor_orchestration_tests.twins.streak.receiver import Receiver, hanging, until
from streak_infor_orchestration_tests.twins.streak.team import Team


def _events(receiver: Receiver, count: int) -> list[str]:
    return [request["path"].strip("/") for request in receiver.wait_for(count)]


def _names(requests: list[dict[str, Any]]) -> list[str]:
    return [request["body"][0]["name"] for request in requests]


def test_the_body_is_an_array_with_the_whole_object_and_nothing_else(team: Team, receiver: Receiver) -> None:
    team.hook("BOX_EDIT", receiver.url)
    box = team.edit(team.box(), notes="new")
    [request] = receiver.wait_for(1)
    assert request["body"] == [box]
    assert request["headers"]["content-type"] == "application/json"
    assert "x-streak-webhook-token" not in request["headers"]


def test_a_token_travels_in_its_header(team: Team, receiver: Receiver) -> None:
    team.hook("BOX_CREATE", receiver.url, token="s3cret")
    team.box()
    [request] = receiver.wait_for(1)
    assert request["headers"]["x-streak-webhook-token"] == "s3cret"


def test_each_change_is_told_by_its_event(team: Team, receiver: Receiver) -> None:
    for event in (
        "BOX_CREATE",
        "BOX_EDIT",
        "BOX_CHANGE_STAGE",
        "BOX_DELETE",
        "STAGE_CREATE",
        "COMMENT_CREATE",
    ):
        team.hook(event, receiver.url)
    box = team.box()
    assert _events(receiver, 1)[-1] == "BOX_CREATE"
    team.edit(box, stageKey="5002")
    assert _events(receiver, 2)[-1] == "BOX_CHANGE_STAGE"
    team.post(f"/api/v1/boxes/{box}/fields/1001", {"value": "9001"})
    assert _events(receiver, 3)[-1] == "BOX_EDIT"
    team.post(f"/api/v2/boxes/{box}/comments", {"message": "Hi"})
    assert _events(receiver, 4)[-1] == "COMMENT_CREATE"
    team.client.delete(f"/api/v1/boxes/{box}").raise_for_status()
    assert _events(receiver, 5)[-1] == "BOX_DELETE"
    team.post(f"/api/v2/pipelines/{team.pipeline}/stages", {"name": "Lost"})
    assert _events(receiver, 6)[-1] == "STAGE_CREATE"


def test_tasks_and_meetings_are_told_and_a_draft_is_not(team: Team, receiver: Receiver) -> None:
    for event in ("TASK_CREATE", "TASK_COMPLETE", "TASK_UPDATED", "MEETING_CREATE", "MEETING_UPDATE"):
        team.hook(event, receiver.url)
    box = team.box()
    draft = team.post(f"/api/v2/boxes/{box}/tasks", {"text": "draft", "isDraft": True})
    team.post(f"/api/v2/tasks/{draft['key']}", {"text": "still a draft"})
    task = team.post(f"/api/v2/boxes/{box}/tasks", {"text": "Follow up"})
    [request] = receiver.wait_for(1)
    assert (request["path"].strip("/"), request["body"]) == ("TASK_CREATE", [task])
    team.post(f"/api/v2/tasks/{task['key']}", {"status": "DONE"})
    assert sorted(_events(receiver, 3)[1:]) == ["TASK_COMPLETE", "TASK_UPDATED"]
    started = {"meetingType": "CALL_LOG", "startTimestamp": 1767299000000}
    call = team.post(f"/api/v2/boxes/{box}/meetings", started)
    assert _events(receiver, 4)[-1] == "MEETING_CREATE"
    team.post(f"/api/v2/meetings/{call['key']}", {"notes": "later"})
    assert _events(receiver, 5)[-1] == "MEETING_UPDATE"


def test_the_directories_tell_the_team(team: Team, receiver: Receiver) -> None:
    events = [f"{kind}_{what}" for kind in ("CONTACT", "ORG") for what in ("CREATE", "UPDATE", "DELETE")]
    for event in events:
        team.hook(event, receiver.url)
    for plural, name in (("contacts", "givenName"), ("organizations", "name")):
        key = team.post(f"/api/v2/teams/{team.key}/{plural}", {name: "Bo"})["key"]
        team.post(f"/api/v2/{plural}/{key}", {name: "Li"})
        team.client.delete(f"/api/v2/{plural}/{key}").raise_for_status()
    assert sorted(_events(receiver, 6)) == sorted(events)


def test_a_move_is_told_to_the_pipeline(team: Team, receiver: Receiver) -> None:
    target = team.post("/api/v2/pipelines", {"name": "Ops", "teamKey": team.key, "stages": ["New"]})["key"]
    team.hook("BOX_CHANGE_PIPELINE", receiver.url)
    box = team.box()
    team.post(
        f"/api/v2/pipelines/{team.pipeline}/boxes/batch", [{"key": box, "boxKey": box, "pipelineKey": target}]
    )
    [request] = receiver.wait_for(1)
    assert request["body"][0]["pipelineKey"] == target


def test_what_the_list_of_events_leaves_out_is_told_to_nobody(team: Team, receiver: Receiver) -> None:
    team.hook("BOX_EDIT", receiver.url)
    contact = team.post(f"/api/v2/teams/{team.key}/contacts", {"givenName": "Bo"})["key"]
    box = team.box()
    team.edit(box, contacts=[{"key": contact, "isStarred": True}])
    team.edit(box, name="A")  # as it was
    team.edit(box, stageKey="5002")
    team.edit(box, notes="told")
    [request] = receiver.wait_for(1)
    assert request["body"][0]["notes"] == "told"
    until(lambda: team.pending() == 0)
    assert len(team.attempts()) == 1


def test_a_stage_change_can_be_told_as_an_edit_too(team: Team, receiver: Receiver) -> None:
    team.levers(box_edit_with_stage_change=True)
    team.hook("BOX_EDIT", receiver.url)
    team.edit(team.box(), stageKey="5002")
    receiver.wait_for(1)


def test_deliveries_of_a_webhook_come_in_order(team: Team, receiver: Receiver) -> None:
    team.hook("BOX_CREATE", receiver.url)
    names = [f"box {n}" for n in range(20)]
    for name in names:
        team.box(name)
    assert _names(receiver.wait_for(20)) == names


def test_anything_but_200_is_retried_with_growing_waits(team: Team, receiver: Receiver) -> None:
    team.levers(retry_first=0.05)
    receiver.answers = [500, 202, 204]
    team.hook("BOX_CREATE", receiver.url)
    box = team.box()
    receiver.wait_for(4)
    until(lambda: team.pending() == 0)
    attempts = team.attempts()
    assert [(a["attempt"], a["status"]) for a in attempts] == [(1, 500), (2, 202), (3, 204), (4, 200)]
    assert {(a["event"], a["key"], a["target"]) for a in attempts} == {
        ("BOX_CREATE", box, f"{receiver.url}/BOX_CREATE")
    }
    waits = [later["at"] - earlier["at"] for earlier, later in itertools.pairwise(attempts)]
    assert all(wait >= least for wait, least in zip(waits, (0.05, 0.1, 0.2), strict=True))
    assert all(0 < attempt["seconds"] < 5 for attempt in attempts)


def test_a_failed_delivery_holds_up_no_other(team: Team, receiver: Receiver) -> None:
    team.levers(retry_first=0.2)
    receiver.answers = [500]
    team.hook("BOX_CREATE", receiver.url)
    for name in ("first", "second"):
        team.box(name)
    assert _names(receiver.wait_for(3)) == ["first", "second", "first"]


def test_nobody_listening_is_retried_and_given_up_after_the_last_attempt(team: Team) -> None:
    team.levers(retry_first=0.01, attempts=3)
    team.hook("BOX_CREATE", "http://127.0.0.1:1")
    team.box()
    until(lambda: team.pending() == 0)
    assert [(a["attempt"], a["status"]) for a in team.attempts()] == [(1, None), (2, None), (3, None)]


def test_410_deletes_the_webhook(team: Team, receiver: Receiver) -> None:
    receiver.answers = [410]
    hook = team.hook("BOX_CREATE", receiver.url)
    team.box()
    until(lambda: team.pending() == 0 and len(team.attempts()) == 1)
    assert team.client.get(f"/api/v2/webhooks/{hook}").status_code == 404
    team.box()
    assert team.pending() == 0
    assert len(receiver.received) == 1


def test_duplicates_are_the_same_delivery_again(team: Team, receiver: Receiver) -> None:
    team.levers(duplicate=2)
    team.hook("BOX_CREATE", receiver.url)
    team.box()
    first, *copies = [request["body"] for request in receiver.wait_for(3)]
    assert copies == [first, first]


def test_the_next_deliveries_are_lost(team: Team, receiver: Receiver) -> None:
    team.levers(drop=2)
    team.hook("BOX_CREATE", receiver.url)
    for name in ("lost", "lost too", "told"):
        team.box(name)
    assert _names(receiver.wait_for(1)) == ["told"]
    assert [attempt["status"] for attempt in team.attempts()[:2]] == ["dropped", "dropped"]


def test_a_share_of_the_deliveries_is_lost_the_same_ones_for_the_same_seed(team: Team) -> None:
    team.hook("BOX_CREATE", "http://127.0.0.1:1")
    lost = []
    for _ in range(2):
        team.levers(drop=0.5, seed=0)
        team.levers(seed=7, attempts=1)
        for _ in range(20):
            team.box()
        until(lambda: team.pending() == 0)
        lost.append(sum(attempt["status"] == "dropped" for attempt in team.attempts()))
    assert 0 < lost[0] < 20
    assert lost[1] == 2 * lost[0]


def test_a_delay_holds_the_first_attempt_back(team: Team, receiver: Receiver) -> None:
    team.levers(delay=0.1)
    team.hook("BOX_CREATE", receiver.url)
    started = time.monotonic()
    team.box()
    receiver.wait_for(1)
    assert time.monotonic() - started >= 0.1


def test_reordering_loses_nothing(team: Team, receiver: Receiver) -> None:
    team.levers(reorder=True, seed=3)
    team.hook("BOX_CREATE", receiver.url)
    names = [f"box {n}" for n in range(20)]
    for name in names:
        team.box(name)
    received = _names(receiver.wait_for(20))
    assert received != names
    assert sorted(received) == sorted(names)


def test_pausing_holds_everything_until_it_ends(team: Team, receiver: Receiver) -> None:
    team.levers(paused=True)
    team.hook("BOX_CREATE", receiver.url)
    for name in ("A", "B"):
        team.box(name)
    assert (team.pending(), receiver.received) == (2, [])
    team.levers(paused=False)
    assert _names(receiver.wait_for(2)) == ["A", "B"]


def test_a_flush_attempts_at_once_what_waits(team: Team, receiver: Receiver) -> None:
    team.levers(paused=True)
    team.hook("BOX_CREATE", receiver.url)
    team.box("held")
    team.levers(delay=60)
    team.box("delayed")
    receiver.answers = [200, 503]
    assert team.post("/__twin__/deliveries/flush", None) == {"attempted": 2, "pending": 1}
    assert team.post("/__twin__/deliveries/flush", None) == {"attempted": 1, "pending": 0}
    assert _names(receiver.received) == ["held", "delayed", "delayed"]


def test_own_changes_can_be_kept_from_their_author(team: Team, receiver: Receiver) -> None:
    team.levers(echo_own=False)
    team.hook("BOX_CREATE", receiver.url)
    team.box("by Ana, who made the webhook")
    team.client.auth = (BEN, "")
    team.box("by Ben")
    assert _names(receiver.wait_for(1)) == ["by Ben"]


def test_an_edited_webhook_gets_the_next_attempt_at_its_new_address(team: Team, receiver: Receiver) -> None:
    team.levers(retry_first=0.05)
    hook = team.hook("BOX_CREATE", "http://127.0.0.1:1")
    team.box()
    until(lambda: len(team.attempts()) >= 1)
    team.post(f"/api/v2/webhooks/{hook}", {"targetUrl": f"{receiver.url}/moved"})
    assert _events(receiver, 1) == ["moved"]


def test_what_waits_for_a_deleted_webhook_is_not_sent(team: Team, receiver: Receiver) -> None:
    team.levers(paused=True)
    hook = team.hook("BOX_CREATE", receiver.url)
    team.box()
    team.client.delete(f"/api/v2/webhooks/{hook}").raise_for_status()
    assert team.post("/__twin__/deliveries/flush", None) == {"attempted": 1, "pending": 0}
    assert receiver.received == []


def test_an_edited_webhook_sends_its_new_token(team: Team, receiver: Receiver) -> None:
    hook = team.hook("BOX_CREATE", receiver.url, token="old")
    team.post(f"/api/v2/webhooks/{hook}", {"token": "new"})
    team.box()
    assert receiver.wait_for(1)[0]["headers"]["x-streak-webhook-token"] == "new"


def test_a_reset_forgets_deliveries_under_way_and_to_come(team: Team) -> None:
    with hanging() as url:
        team.hook("BOX_CREATE", url)
        team.box("under way")
        team.levers(delay=60)
        team.box("to come")
        team.post("/__twin__/reset", None)
    assert team.get("/__twin__/deliveries") == {"attempts": [], "pending": 0}


def test_the_api_answers_while_a_receiver_hangs(team: Team) -> None:
    with hanging() as url:
        team.levers(timeout=30)
        team.hook("BOX_CREATE", url)
        started = time.monotonic()
        for _ in range(5):
            team.box()
        assert time.monotonic() - started < 2
        assert team.pending() == 5


def test_unknown_levers_and_wrong_values_are_refused(team: Team) -> None:
    wrong: list[Any] = [{"dorp": 1}, {"paused": 1}, {"drop": 1.5}, {"duplicate": 0.5}, {"delay": -1}, []]
    for levers in wrong:
        assert team.client.post("/__twin__/delivery", json=levers).status_code == 400
    assert team.levers(drop=3)["drop"] == 3
