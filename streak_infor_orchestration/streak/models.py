"""Streak's records as the rest of the product sees them: names instead of keys, values instead of wire forms."""

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from streak_infor_orchestration.domain.deal import UnreadableValue, Value
from streak_infor_orchestration.domain.model import Model

T = TypeVar("T")


class BoxParty(Model):
    """A contact or organization on a box."""

    key: str
    starred: bool = False


class Box(Model):
    """A box. `fields` by field *name*, only those that are set; `stage` is the stage's name.

    `version` is Streak's lastUpdatedTimestamp (ms): the only thing events are ordered by. `saved` is its
    lastSavedTimestamp (ms), which may move without the other; `tasks`, `comments`, `meetings` count them.
    """

    key: str
    pipeline_key: str
    name: str
    notes: str = ""
    stage: str
    creator_key: str = ""
    created: datetime
    stage_changed: datetime | None = None
    version: int
    saved: int = 0
    tasks: int = 0
    comments: int = 0
    meetings: int = 0
    fields: dict[str, Value] = {}
    contacts: tuple[BoxParty, ...] = ()
    organizations: tuple[BoxParty, ...] = ()
    linked_boxes: tuple[str, ...] = ()  # keys
    assignees: tuple[str, ...] = ()  # e-mail addresses


class BoxVersion(NamedTuple):
    """Which box it is and how new, all that a sweep needs to know, and its notes, by which one is found."""

    key: str
    version: int
    notes: str = ""


class Entry(Model):
    """What contacts and organizations have in common. `notes` is Streak's `other`."""

    key: str
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    notes: str = ""
    twitter: str = ""
    facebook: str = ""
    linkedin: str = ""
    instagram: str = ""
    creator_key: str = ""
    created: datetime | None = None
    fields: dict[str, str | UnreadableValue] = {}  # the team's own, by name
    version: int = 0  # lastSavedTimestamp in ms


class Contact(Entry):
    given_name: str = ""
    family_name: str = ""
    title: str = ""
    photo_url: str = ""
    emails: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()  # keys


class Organization(Entry):
    """`employees` is a text: "51-200"."""

    name: str = ""
    industry: str = ""
    employees: str = ""
    logo_url: str = ""
    contacts: tuple[str, ...] = ()  # keys


class Comment(Model):
    """`parent`: the key of the comment it answers."""

    key: str
    box_key: str = ""
    message: str
    creator_key: str = ""
    parent: str = ""
    created: datetime | None = None


class User(Model):
    """`agent`: not a human being."""

    key: str
    email: str = ""
    name: str = ""
    agent: bool = False


class SearchHit(Model):
    """What a search found: `kind` is box, contact or organization."""

    kind: str
    key: str
    name: str = ""


class Webhook(Model):
    """One event of one pipeline or team, delivered to `target_url`, which holds a secret."""

    key: str
    event: str
    target_url: str
    pipeline_key: str = ""
    team_key: str = ""


class Page(NamedTuple, Generic[T]):
    """`more`: another page follows."""

    items: tuple[T, ...]
    more: bool


class Slice(NamedTuple, Generic[T]):
    """`cursor`: what to ask for next, "" at the end."""

    items: tuple[T, ...]
    cursor: str
