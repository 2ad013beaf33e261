"""What Streak sends of the things on a box (Streak API contract §3.10 to §3.15, §6)."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from streak_infor_orchestration.streak import activity, models
from streak_infor_orchestration.streak.values import instant, shown
from streak_infor_orchestration.streak.wire import Key, Milliseconds, Text, Texts, Wire, moment

_NO_DUE_DATE = -1


class OnBoxWire(Wire):
    key: Key
    box_key: Text = Field("", alias="boxKey")
    pipeline_key: Text = Field("", alias="pipelineKey")
    creator_key: Text = Field("", alias="creatorKey")

    def on_box(self) -> dict[str, str]:
        return {
            "key": self.key,
            "box_key": self.box_key,
            "pipeline_key": self.pipeline_key,
            "creator_key": self.creator_key,
        }


class CommentWire(OnBoxWire):
    message: Text = ""
    parent: Text = ""
    timestamp: Milliseconds | None = None

    def comment(self) -> models.Comment:
        return models.Comment(
            key=self.key,
            box_key=self.box_key,
            message=self.message,
            creator_key=self.creator_key,
            parent=self.parent,
            created=moment(self.timestamp),
        )


class Person(Wire):
    key: str = Field(alias="userKey")


class TaskWire(OnBoxWire):
    """Assignees are `assignedTo`, in older answers `assignedToSharingEntries`."""

    text: Text = ""
    status: str
    due: int | None = Field(None, alias="dueDate")
    assigned: list[Person] | None = Field(None, alias="assignedTo")
    assigned_before: list[Person] | None = Field(None, alias="assignedToSharingEntries")
    meeting_key: Text = Field("", alias="meetingKey")
    creation: Milliseconds = Field(alias="creationDate")
    status_change: Milliseconds | None = Field(None, alias="lastStatusChangeDate")
    saved: Milliseconds | None = Field(None, alias="lastSavedTimestamp")

    def task(self) -> activity.Task:
        people = self.assigned if self.assigned is not None else self.assigned_before or []
        return activity.Task(
            **self.on_box(),
            text=self.text,
            done=self.status == "DONE",
            due=None if self.due == _NO_DUE_DATE else moment(self.due),
            assignees=tuple(person.key for person in people),
            meeting_key=self.meeting_key,
            created=instant(self.creation),
            status_changed=moment(self.status_change),
            version=self.saved or 0,
        )


class MeetingWire(OnBoxWire):
    kind: str = Field(alias="meetingType")
    start: Milliseconds = Field(alias="startTimestamp")
    duration: Annotated[int, Field(ge=0, lt=2**40)] | None = None
    notes: Text = ""
    task_keys: Texts = Field((), alias="taskKeys")
    creation: Milliseconds = Field(alias="creationDate")
    saved: Milliseconds | None = Field(None, alias="lastSavedTimestamp")

    def meeting(self) -> activity.Meeting:
        return activity.Meeting(
            **self.on_box(),
            kind=self.kind,
            started=instant(self.start),
            duration=timedelta(milliseconds=self.duration or 0),
            notes=self.notes,
            task_keys=self.task_keys,
            created=instant(self.creation),
            version=self.saved or 0,
        )


class NewsfeedWire(OnBoxWire):
    """`key` is called newsfeedItemKey here."""

    key: Key = Field(alias="newsfeedItemKey")
    timestamp: Milliseconds
    scope: Text = Field("", alias="newsfeedEntryScope")
    operation: Text = Field("", alias="newsfeedEntryOperation")
    specific: Text = Field("", alias="newsfeedEntrySpecific")
    variables: dict[str, Any] | None = Field(None, alias="specificVariables")
    story: Text = Field("", alias="storyTextBox")

    def entry(self) -> activity.NewsfeedEntry:
        return activity.NewsfeedEntry(
            **self.on_box(),
            happened=instant(self.timestamp),
            scope=self.scope,
            operation=self.operation,
            what=self.specific,
            details={name: shown(value) for name, value in (self.variables or {}).items()},
            story=self.story,
        )


class TimelineWire(Wire):
    entries: list[dict[str, Any]]
    next_page: Text = Field("", alias="nextPage")


class FileWire(OnBoxWire):
    """`size` is a text (a number would be understood as well)."""

    name: Text = Field("", alias="fileName")
    kind: Text = Field("", alias="fileType")
    mime_type: Text = Field("", alias="mimeType")
    size: int | str | None = None
    owner: Text = Field("", alias="fileOwner")
    creation: Milliseconds | None = Field(None, alias="creationTimestamp")

    def file(self) -> activity.File:
        return activity.File(
            **{**self.on_box(), "creator_key": self.creator_key or self.owner},
            name=self.name,
            kind=self.kind,
            mime_type=self.mime_type,
            size=int(self.size) if self.size is not None and str(self.size).isdecimal() else None,
            created=moment(self.creation),
        )


class ThreadWire(OnBoxWire):
    subject: Text = ""
    gmail_id: Text = Field("", alias="threadGmailId")
    emails: Texts = Field((), alias="emailAddresses")
    file_keys: Texts = Field((), alias="fileKeys")
    last_email: Milliseconds | None = Field(None, alias="lastEmailTimestamp")

    def thread(self) -> activity.Thread:
        return activity.Thread(
            **self.on_box(),
            subject=self.subject,
            gmail_id=self.gmail_id,
            emails=self.emails,
            file_keys=self.file_keys,
            last_email=moment(self.last_email),
        )
