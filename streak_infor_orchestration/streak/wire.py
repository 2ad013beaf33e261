"""What Streak sends, read defensively: absent means null, unknown properties are ignored (contract §2.4, §6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from streak_infor_orchestration.domain.deal import UnreadableValue, Value
from streak_infor_orchestration.streak import models, vocabulary
from streak_infor_orchestration.streak.values import by_name, instant, shown

_none_as_empty = BeforeValidator(lambda value: "" if value is None else value)
Text = Annotated[str, _none_as_empty]
Key = Annotated[str, Field(min_length=1, max_length=250)]
Texts = Annotated[tuple[str, ...], BeforeValidator(lambda value: tuple(value or ()))]


def _listed(value: Any) -> list[Any]:
    """Only shown: what is no list is nobody."""
    return value if isinstance(value, list) else []


Count = Annotated[int, Field(ge=0, lt=2**31)]
Milliseconds = Annotated[int, Field(ge=-62_135_596_800_000, lt=253_402_300_800_000)]  # years 1 to 9999


class Wire(BaseModel):
    """Strict about types, so that a wrong-typed answer is noticed and not bent into shape."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class BoxPartyWire(Wire):
    key: Key
    is_starred: bool = Field(False, alias="isStarred")

    def box_party(self) -> models.BoxParty:
        return models.BoxParty(key=self.key, starred=self.is_starred)


class BoxWire(Wire):
    key: Key
    pipeline_key: str = Field(alias="pipelineKey")
    stage_key: str = Field(alias="stageKey")
    name: Text = ""
    notes: Text = ""
    creator_key: Text = Field("", alias="creatorKey")
    creation: Milliseconds = Field(alias="creationTimestamp")
    updated: Milliseconds = Field(alias="lastUpdatedTimestamp")
    saved: Milliseconds | None = Field(None, alias="lastSavedTimestamp")
    stage_change: Milliseconds | None = Field(None, alias="lastStageChangeTimestamp")
    tasks: Count | None = Field(None, alias="taskTotal")
    comments: Count | None = Field(None, alias="commentCount")
    calls: Count | None = Field(None, alias="callLogCount")
    notes_of_meetings: Count | None = Field(None, alias="meetingNotesCount")
    fields: dict[str, Any] = {}
    contacts: list[BoxPartyWire] | None = None
    organizations: list[BoxPartyWire] | None = None
    linked_boxes: Texts = Field((), alias="linkedBoxKeys")
    assigned: Annotated[list[Any], BeforeValidator(_listed)] = Field([], alias="assignedToSharingEntries")

    @property
    def assignees(self) -> tuple[str, ...]:
        """E-mail addresses; who has none is left out."""
        said = [entry.get("email") for entry in self.assigned if isinstance(entry, dict)]
        return tuple(email for email in said if email and isinstance(email, str))


class BoxVersionWire(Wire):
    """Of a box only which it is, how new, and its notes."""

    key: Key
    updated: Milliseconds = Field(alias="lastUpdatedTimestamp")
    notes: Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else "")] = ""


class BoxLinksWire(Wire):
    """Of a box only who is on it."""

    contacts: list[BoxPartyWire] | None = None
    organizations: list[BoxPartyWire] | None = None

    def links(self, plural: str) -> list[BoxPartyWire]:
        return (self.contacts if plural == "contacts" else self.organizations) or []


class NamedWire(Wire):
    key: Key
    name: Text = ""


class TagWire(Wire):
    key: Key
    tag: Text = ""


class Dropdown(Wire):
    items: list[NamedWire] = []


class Tags(Wire):
    tags: list[TagWire] = []


class FieldWire(Wire):
    key: Key
    name: Text = ""
    type: str
    dropdown: Dropdown | None = Field(None, alias="dropdownSettings")
    tags: Tags | None = Field(None, alias="tagSettings")

    def field(self) -> vocabulary.Field:
        items = [(item.key, item.name) for item in self.dropdown.items] if self.dropdown else []
        tags = [(tag.key, tag.tag) for tag in self.tags.tags] if self.tags else []
        options = tuple(vocabulary.Option(key=key, name=name) for key, name in (*items, *tags))
        return vocabulary.Field(key=self.key, name=self.name, type=self.type, options=options)


class MemberWire(Wire):
    """Somebody who has a part in a pipeline."""

    key: Text = Field("", alias="userKey")
    email: Text = ""


class PipelineWire(Wire):
    key: Key
    name: Text = ""
    team_key: Text = Field("", alias="teamKey")
    fields: list[FieldWire] = []
    stages: dict[str, NamedWire] = {}
    stage_order: list[str] = Field([], alias="stageOrder")
    members: list[MemberWire] | None = Field(None, alias="aclEntries")

    def pipeline(self) -> vocabulary.Pipeline:
        """Stages come as a map; their order only from `stageOrder` (contract §7)."""
        ordered = [key for key in self.stage_order if key in self.stages]
        rest = [key for key in self.stages if key not in ordered]
        return vocabulary.Pipeline(
            key=self.key,
            name=self.name,
            team_key=self.team_key,
            stages=tuple(vocabulary.Stage(key=key, name=self.stages[key].name) for key in ordered + rest),
            fields=tuple(self._with_people(field.field()) for field in self.fields),
        )

    def _with_people(self, field: vocabulary.Field) -> vocabulary.Field:
        """Who can be chosen is whoever has a part in the pipeline."""
        if field.type != "PERSON":
            return field
        people = (vocabulary.Option(key=m.key, name=m.email) for m in self.members or () if m.key and m.email)
        return field.model_copy(update={"options": tuple(people)})


class DirectoryLink(Wire):
    key: Key


_HANDLES = ("twitter", "facebook", "linkedin", "instagram")
_PLAIN = ("key", "phones", "addresses", "domains", "notes", "creator_key", *_HANDLES)


class EntryWire(Wire):
    """What contacts and organizations have in common (contract §3.8, §3.9)."""

    key: Key
    team_key: Text = Field("", alias="teamKey")
    phones: Texts = Field((), alias="phoneNumbers")
    addresses: Texts = ()
    domains: Texts = ()
    notes: Text = Field("", alias="other")
    twitter: Text = Field("", alias="twitterHandle")
    facebook: Text = Field("", alias="facebookHandle")
    linkedin: Text = Field("", alias="linkedinHandle")
    instagram: Text = Field("", alias="instagramHandle")
    creator_key: Text = Field("", alias="creatorKey")
    creation: Milliseconds | None = Field(None, alias="creationDate")
    fields: dict[str, Any] = {}
    saved: Milliseconds | None = Field(None, alias="lastSavedTimestamp")

    def entry(self, definitions: Sequence[vocabulary.Field]) -> dict[str, Any]:
        return {
            **self.model_dump(include=set(_PLAIN)),
            "created": moment(self.creation),
            "fields": {name: _text(value) for name, value in by_name(definitions, self.fields).items()},
            "version": self.saved or 0,
        }


def _text(value: Value) -> str | UnreadableValue:
    return value if isinstance(value, UnreadableValue) else shown(value)


class ContactWire(EntryWire):
    given_name: Text = Field("", alias="givenName")
    family_name: Text = Field("", alias="familyName")
    title: Text = ""
    photo_url: Text = Field("", alias="photoUrl")
    emails: Texts = Field((), alias="emailAddresses")
    organizations: list[DirectoryLink] = Field([], alias="orgLinks")

    def contact(self, definitions: Sequence[vocabulary.Field]) -> models.Contact:
        return models.Contact(
            **self.entry(definitions),
            given_name=self.given_name,
            family_name=self.family_name,
            title=self.title,
            photo_url=self.photo_url,
            emails=self.emails,
            organizations=tuple(link.key for link in self.organizations),
        )


class OrganizationWire(EntryWire):
    name: Text = ""
    industry: Text = ""
    employees: Text = Field("", alias="employeeCount")
    logo_url: Text = Field("", alias="logoURL")
    contacts: list[DirectoryLink] = Field([], alias="contactLinks")

    def organization(self, definitions: Sequence[vocabulary.Field]) -> models.Organization:
        return models.Organization(
            **self.entry(definitions),
            name=self.name,
            industry=self.industry,
            employees=self.employees,
            logo_url=self.logo_url,
            contacts=tuple(link.key for link in self.contacts),
        )


class WebhookWire(Wire):
    key: Key
    event: str
    target_url: str = Field(alias="targetUrl")
    pipeline_key: Text = Field("", alias="pipelineKey")
    team_key: Text = Field("", alias="teamKey")

    def webhook(self) -> models.Webhook:
        return models.Webhook(
            key=self.key,
            event=self.event,
            target_url=self.target_url,
            pipeline_key=self.pipeline_key,
            team_key=self.team_key,
        )


class FieldDefinitions(Wire):
    fields: dict[str, FieldWire] = {}

    def all(self) -> tuple[vocabulary.Field, ...]:
        return tuple(field.field() for field in self.fields.values())


class TeamWire(Wire):
    key: Key
    name: Text = ""
    contact_settings: FieldDefinitions = Field(FieldDefinitions(), alias="contactSettings")
    organization_settings: FieldDefinitions = Field(FieldDefinitions(), alias="organizationSettings")

    def team(self) -> vocabulary.Team:
        return vocabulary.Team(
            key=self.key,
            name=self.name,
            contact_fields=self.contact_settings.all(),
            organization_fields=self.organization_settings.all(),
        )


class UserWire(Wire):
    key: Key
    email: Text = ""
    name: Text = Field("", alias="displayName")
    type: Text = Field("HUMAN", alias="userType")

    def user(self) -> models.User:
        return models.User(key=self.key, email=self.email, name=self.name, agent=self.type == "AGENT")


def moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else instant(milliseconds)


class FoundBoxWire(Wire):
    key: str = Field(alias="boxKey")
    name: Text = ""
    pipeline_key: Text = Field("", alias="pipelineKey")


class FoundContactWire(Wire):
    key: Text = ""
    given_name: Text = Field("", alias="givenName")
    family_name: Text = Field("", alias="familyName")


class FoundOrganizationWire(Wire):
    key: Text = ""
    name: Text = ""


class FoundWire(Wire):
    boxes: list[FoundBoxWire] = []
    contacts: list[FoundContactWire] = []
    organizations: list[FoundOrganizationWire] = Field([], alias="orgs")

    def all(self) -> tuple[models.SearchHit, ...]:
        boxes = [("box", box.key, box.name) for box in self.boxes]
        people = [("contact", c.key, f"{c.given_name} {c.family_name}".strip()) for c in self.contacts]
        firms = [("organization", o.key, o.name) for o in self.organizations]
        found = (*boxes, *people, *firms)
        return tuple(models.SearchHit(kind=kind, key=key, name=name) for kind, key, name in found)


class SearchWire(Wire):
    """`{"results": {"boxes": []}, "page": 0, "query": null}` (contract §3.14)."""

    results: FoundWire
