"""Meeting notes and call logs on a box (Streak API contract §3.12)."""

from datetime import datetime, timedelta
from typing import Any

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.streak.activity import Meeting, MeetingKind
from streak_infor_orchestration.streak.activity_wire import MeetingWire
from streak_infor_orchestration.streak.api import Api, explain, one, success
from streak_infor_orchestration.streak.values import milliseconds
from streak_infor_orchestration.transport.http import segment
from streak_infor_orchestration.transport.outcomes import Refusal


class Meetings(Api):
    def meetings(self, box_key: str) -> tuple[Meeting, ...]:
        """All meetings and calls of the box."""
        read = self._readable("meetings", lambda item: MeetingWire.model_validate(item).meeting())
        return self._all(_of_box(box_key), read)

    def meeting(self, key: str) -> Meeting | None:
        wire = self.http.find(
            "/v2/meetings", key, decode=self._found("meetings", MeetingWire), explain=explain
        )
        return None if wire is None else wire.meeting()

    def create_meeting(
        self,
        box_key: str,
        kind: MeetingKind,
        started: datetime,
        *,
        duration: timedelta = timedelta(),
        notes: str = "",
    ) -> Meeting:
        """As JSON, like the newest API; as the form of the docs where that is refused as a form create refuses
        JSON, with 400 and an empty body (§2.3): so it was certainly not done."""
        told = _changes(duration or None, notes or None)
        body = {"meetingType": kind, "startTimestamp": milliseconds(started), **told}
        try:
            return self._meeting_of(_of_box(box_key), json=body)
        except Rejected as error:
            if error.code != SystemCode.STREAK_FORM_WANTED:
                raise
            return self._meeting_of(_of_box(box_key), data={name: str(value) for name, value in body.items()})

    def update_meeting(
        self, key: str, *, duration: timedelta | None = None, notes: str | None = None
    ) -> Meeting:
        """What is not named stays."""
        return self._meeting_of(_one(key), json=_changes(duration, notes))

    def delete_meeting(self, key: str) -> None:
        self.http.write("DELETE", _one(key), decode=success, explain=explain)

    def _meeting_of(self, path: str, **content: Any) -> Meeting:
        return self.http.write("POST", path, decode=one(MeetingWire), explain=_explain, **content).meeting()


def _explain(body: Any) -> Refusal:
    return (
        Refusal("the form of this request is refused", code=SystemCode.STREAK_FORM_WANTED)
        if body is None
        else explain(body)
    )


def _of_box(key: str) -> str:
    return f"/v2/boxes/{segment(key)}/meetings"


def _one(key: str) -> str:
    return f"/v2/meetings/{segment(key)}"


def _changes(duration: timedelta | None, notes: str | None) -> dict[str, Any]:
    length = None if duration is None else duration // timedelta(milliseconds=1)
    return {name: value for name, value in (("duration", length), ("notes", notes)) if value is not None}
