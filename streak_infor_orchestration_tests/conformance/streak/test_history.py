"""What happened on a box: newsfeed and timeline (Streak API contract §3.13)."""

from datetime import UTC, datetime, timedelta

import pytest

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration_tests.conformance.streak.lab import StreakLab

AT = datetime(2026, 1, 1, 20, 23, 20, tzinfo=UTC)


def busy_box(lab: StreakLab) -> str:
    box = lab.make_box("Northwind renewal")
    lab.client.add_comment(box, "Sent quote")
    lab.client.create_meeting(box, "CALL_LOG", AT)
    lab.client.update_box(box, pipeline_key=lab.pipeline_key, stage="Closed-Won")
    return box


@pytest.mark.covers("newsfeed and timeline", by="GET /v1/boxes/{box}/newsfeed")
@pytest.mark.covers("newsfeed and timeline", by="GET /v1/pipelines/{pipeline}/newsfeed")
def test_the_newsfeed_tells_what_happened_the_newest_first(lab: StreakLab) -> None:
    box = busy_box(lab)
    moved, made = lab.client.newsfeed(box)
    assert (moved.operation, moved.what, moved.box_key) == ("UPDATE", "EDIT_STAGE", box)
    assert (made.operation, made.what) == ("CREATE", "NEW_BOX")
    assert moved.creator_key == lab.client.me().key
    assert moved.details["BOX_NAME"] == "Northwind renewal"
    assert moved.details["STAGE_KEY"] == lab.truth(box)["stageKey"]
    assert moved.happened > made.happened
    assert moved.story
    lab.make_box("Another")
    assert len(lab.client.pipeline_newsfeed(lab.pipeline_key)) == 3


@pytest.mark.covers("newsfeed and timeline", by="GET /v2/boxes/{box}/timeline")
def test_the_timeline_is_read_to_its_end_the_oldest_first(
    lab: StreakLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = busy_box(lab)
    whole = list(lab.client.timeline(box))
    times = [entry.happened for entry in whole]
    assert None not in times
    assert times == sorted(times, key=lambda at: at or AT)
    assert [entry.content["type"] for entry in whole] == [
        "NEWSFEED_BOX_CREATION_MOVE",
        "COMMENTS",
        "CALL_LOGS",
        "NEWSFEED_BOX_EDIT",
    ]
    monkeypatch.setattr("streak_infor_orchestration.streak.api.PAGE", 1)
    assert list(lab.client.timeline(box)) == whole


def test_the_timeline_may_be_of_some_kinds_and_since_a_moment(lab: StreakLab) -> None:
    box = busy_box(lab)
    some = list(lab.client.timeline(box, kinds=("CALL_LOGS", "COMMENTS")))
    assert [entry.content["type"] for entry in some] == ["COMMENTS", "CALL_LOGS"]
    last = some[-1].happened
    assert last is not None
    assert list(lab.client.timeline(box, kinds=("CALL_LOGS", "COMMENTS"), since=last)) == some[1:]
    assert list(lab.client.timeline(box, since=last + timedelta(days=1))) == []


def test_a_timeline_without_end_is_an_error(lab: StreakLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streak_infor_orchestration.streak.api.PAGES", 3)
    lab.control.fault("status", status=200, body={"entries": [], "nextPage": "again"}, times=None)
    with pytest.raises(Transient) as caught:
        list(lab.client.timeline("some-box"))
    assert caught.value.code == "endless_list"
