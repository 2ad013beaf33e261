"""What Streak sends, read defensively: absent means null, unknown properties are ignored (contract §2.4, §6)."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from streak_infor_orchestration.streak import models, pipeline
from streak_infor_orchestration.streak.values import instant

_none_as_empty = BeforeValidator(lambda value: "" if value is None else value)
Text = Annotated[str, _none_as_empty]
Texts = Annotated[tuple[str, ...], BeforeValidator(lambda value: tuple(value or ()))]


class Wire(BaseModel):
    """Strict about types, so that a wrong-typed answer is noticed and not bent into shape."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Link(Wire):
    key: str
    is_starred: bool = Field(False, alias="isStarred")

    def link(self) -> models.Link:
        return models.Link(key=self.key, starred=self.is_starred)


class BoxWire(Wire):
    key: str
    pipeline_key: str = Field(alias="pipelineKey")
    stage_key: str = Field(alias="stageKey")
    name: Text = ""
    notes: Text = ""
    creator_key: Text = Field("", alias="creatorKey")
    creation: int = Field(alias="creationTimestamp")
    updated: int = Field(alias="lastUpdatedTimestamp")
    stage_change: int | None = Field(None, alias="lastStageChangeTimestamp")
    fields: dict[str, Any] = {}
    contacts: list[Link] | None = None
    organizations: list[Link] | None = None


class Item(Wire):
    key: str
    name: Text = ""


class TagWire(Wire):
    key: str
    tag: Text = ""


class Dropdown(Wire):
    items: list[Item] = []


class Tags(Wire):
    tags: list[TagWire] = []


class FieldWire(Wire):
    key: str
    name: Text = ""
    type: str
    dropdown: Dropdown | None = Field(None, alias="dropdownSettings")
    tags: Tags | None = Field(None, alias="tagSettings")

    def field(self) -> pipeline.Field:
        items = [(item.key, item.name) for item in self.dropdown.items] if self.dropdown else []
        tags = [(tag.key, tag.tag) for tag in self.tags.tags] if self.tags else []
        options = tuple(pipeline.Option(key=key, name=name) for key, name in (*items, *tags))
        return pipeline.Field(key=self.key, name=self.name, type=self.type, options=options)


class PipelineWire(Wire):
    key: str
    name: Text = ""
    team_key: Text = Field("", alias="teamKey")
    fields: list[FieldWire] = []
    stages: dict[str, Item] = {}
    stage_order: list[str] = Field([], alias="stageOrder")

    def pipeline(self) -> pipeline.Pipeline:
        """Stages come as a map; their order only from `stageOrder` (contract §7)."""
        ordered = [key for key in self.stage_order if key in self.stages]
        rest = [key for key in self.stages if key not in ordered]
        return pipeline.Pipeline(
            key=self.key,
            name=self.name,
            team_key=self.team_key,
            stages=tuple(pipeline.Stage(key=key, name=self.stages[key].name) for key in ordered + rest),
            fields=tuple(field.field() for field in self.fields),
        )


class DirectoryLink(Wire):
    key: str


class EntryWire(Wire):
    """What contacts and organizations have in common (contract §3.8, §3.9)."""

    key: str
    team_key: Text = Field("", alias="teamKey")
    phones: Texts = Field((), alias="phoneNumbers")
    addresses: Texts = ()
    domains: Texts = ()
    fields: dict[str, Any] = {}
    saved: int | None = Field(None, alias="lastSavedTimestamp")


class ContactWire(EntryWire):
    given_name: Text = Field("", alias="givenName")
    family_name: Text = Field("", alias="familyName")
    title: Text = ""
    emails: Texts = Field((), alias="emailAddresses")
    organizations: list[DirectoryLink] = Field([], alias="orgLinks")

    def contact(self, field_names: dict[str, str]) -> models.Contact:
        return models.Contact(
            key=self.key,
            given_name=self.given_name,
            family_name=self.family_name,
            title=self.title,
            emails=self.emails,
            phones=self.phones,
            addresses=self.addresses,
            organizations=tuple(link.key for link in self.organizations),
            fields=named(self.fields, field_names),
            version=self.saved or 0,
        )


class OrganizationWire(EntryWire):
    name: Text = ""
    industry: Text = ""

    def organization(self, field_names: dict[str, str]) -> models.Organization:
        return models.Organization(
            key=self.key,
            name=self.name,
            domains=self.domains,
            phones=self.phones,
            addresses=self.addresses,
            industry=self.industry,
            fields=named(self.fields, field_names),
            version=self.saved or 0,
        )


class CommentWire(Wire):
    key: str
    message: Text = ""
    creator_key: Text = Field("", alias="creatorKey")
    timestamp: int | None = None

    def comment(self) -> models.Comment:
        return models.Comment(
            key=self.key,
            message=self.message,
            creator_key=self.creator_key,
            created=moment(self.timestamp),
        )


class WebhookWire(Wire):
    key: str
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

    def names(self) -> dict[str, str]:
        """Names by key, where a name is not borne twice."""
        names = [field.name for field in self.fields.values()]
        return {key: field.name for key, field in self.fields.items() if names.count(field.name) == 1}


class TeamWire(Wire):
    key: str
    name: Text = ""
    contact_settings: FieldDefinitions = Field(FieldDefinitions(), alias="contactSettings")
    organization_settings: FieldDefinitions = Field(FieldDefinitions(), alias="organizationSettings")

    def team(self) -> models.Team:
        return models.Team(
            key=self.key,
            name=self.name,
            contact_fields=self.contact_settings.names(),
            organization_fields=self.organization_settings.names(),
        )


class UserWire(Wire):
    key: str
    email: Text = ""
    name: Text = Field("", alias="displayName")

    def user(self) -> models.User:
        return models.User(key=self.key, email=self.email, name=self.name)


def named(fields: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    return {names.get(key, key): str(value) for key, value in fields.items() if value not in (None, "")}


def moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else instant(milliseconds)


class FoundBox(Wire):
    key: str = Field(alias="boxKey")
    name: Text = ""


class FoundWire(Wire):
    boxes: list[FoundBox] = []


class SearchWire(Wire):
    """`{"results": {"boxes": []}, "page": 0, "query": null}` (contract §3.14)."""

    results: FoundWire
