"""What happens on a box, as the rest of the product sees it. Instants are aware; people are user keys."""

from datetime import datetime, timedelta
from typing import Any, Literal

from streak_infor_orchestration.domain.model import Model

MeetingKind = Literal["CALL_LOG", "MEETING_NOTES"]
TimelineKind = Literal[
    "NEWSFEED_BOX_CREATION_MOVE",
    "NEWSFEED_BOX_EDIT",
    "CALL_LOGS",
    "COMMENTS",
    "EMAILS",
    "FILES",
    "HANGOUTS_CHAT",
    "MEETING_NOTES",
]


class OnBox(Model):
    """What every record on a box has."""

    key: str
    box_key: str
    pipeline_key: str = ""
    creator_key: str = ""


class Task(OnBox):
    """`version` is Streak's lastSavedTimestamp (ms)."""

    text: str = ""
    done: bool = False
    due: datetime | None = None
    assignees: tuple[str, ...] = ()
    meeting_key: str = ""
    created: datetime
    status_changed: datetime | None = None
    version: int = 0


class Meeting(OnBox):
    """Meeting notes or the log of a call. `version` is Streak's lastSavedTimestamp (ms)."""

    kind: str
    started: datetime
    duration: timedelta = timedelta()
    notes: str = ""
    task_keys: tuple[str, ...] = ()
    created: datetime
    version: int = 0


class NewsfeedEntry(OnBox):
    """`operation` is CREATE, UPDATE or DELETE; `what` names it closer (EDIT_STAGE, NEW_BOX: the full list is not
    documented), `details` are its variables, `story` is the sentence Streak shows."""

    happened: datetime
    scope: str = ""
    operation: str = ""
    what: str = ""
    details: dict[str, str] = {}
    story: str = ""


class TimelineEntry(Model):
    """The schema of an entry is documented nowhere: `content` is all that came, `happened` its timestamp, if any."""

    happened: datetime | None = None
    content: dict[str, Any] = {}


class File(OnBox):
    """`kind` is Streak's fileType: contents can be read of GMAIL_API only. `size` in bytes, where it is told."""

    name: str = ""
    kind: str = ""
    mime_type: str = ""
    size: int | None = None
    created: datetime | None = None


class Thread(OnBox):
    """A Gmail thread on a box."""

    subject: str = ""
    gmail_id: str = ""
    emails: tuple[str, ...] = ()
    file_keys: tuple[str, ...] = ()
    last_email: datetime | None = None
