"""Meeting notes and call logs (Streak API contract §3.12)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Rejected, Unknown
from streak_infor_orchestration.streak import api
from streak_infor_orchestration_tests.conformance.streak.lab import StreakLab

AT = datetime(2026, 1, 1, 20, 23, 20, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.mark.covers("POST /v2/activities", by="POST /v2/boxes/{box}/meetings")
@pytest.mark.covers("meetings and calls", by="GET /v2/boxes/{box}/meetings")
@pytest.mark.covers("meetings and calls", by="POST /v2/boxes/{box}/meetings")
@pytest.mark.covers("meetings and calls", by="GET /v2/meetings/{meeting}")
@pytest.mark.covers("meetings and calls", by="POST /v2/meetings/{meeting}")
@pytest.mark.covers("meetings and calls", by="DELETE /v2/meetings/{meeting}")
def test_a_call_is_logged_read_changed_and_deleted(lab: StreakLab) -> None:
    box = lab.make_box()
    made = lab.client.create_meeting(box, "CALL_LOG", AT, duration=QUARTER, notes="15 min call")
    assert (made.kind, made.started, made.duration, made.notes) == ("CALL_LOG", AT, QUARTER, "15 min call")
    assert (made.box_key, made.creator_key) == (box, lab.client.me().key)
    assert lab.client.meeting(made.key) == made
    assert lab.client.update_meeting(made.key, notes="").notes == ""
    longer = lab.client.update_meeting(made.key, duration=2 * QUARTER)
    assert (longer.duration, longer.started) == (2 * QUARTER, AT)
    lab.client.delete_meeting(made.key)
    assert lab.client.meeting(made.key) is None
    assert lab.client.meetings(box) == ()


def test_all_pages_of_meetings_are_read(lab: StreakLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    box = lab.make_box()
    made = {lab.client.create_meeting(box, "MEETING_NOTES", AT, notes=f"met {n}").key for n in range(5)}
    assert {meeting.key for meeting in lab.client.meetings(box)} == made


def test_where_json_is_refused_as_by_a_form_create_the_form_is_sent(lab: StreakLab) -> None:
    box = lab.make_box()
    lab.control.fault("status", status=400, method="POST", path="/meetings$")
    made = lab.client.create_meeting(box, "CALL_LOG", AT, duration=QUARTER, notes="ünï & more")
    assert (made.started, made.duration, made.notes) == (AT, QUARTER, "ünï & more")
    assert lab.client.meetings(box) == (made,)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "status", "status": 400, "body": {"success": False, "error": "no"}}, Rejected),
        ({"kind": "status_after", "status": 500}, Unknown),
        ({"kind": "cut_after"}, Unknown),
    ],
)
def test_any_other_bad_answer_is_not_an_invitation_to_send_it_again(
    lab: StreakLab, fault: dict[str, Any], error: type[Exception]
) -> None:
    box = lab.make_box()
    since = lab.control.last_call()
    lab.control.fault(**fault, method="POST", path="/meetings$")
    with pytest.raises(error):
        lab.client.create_meeting(box, "CALL_LOG", AT)
    assert len(lab.control.calls_since(since)) == 1
