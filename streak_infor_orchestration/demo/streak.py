"""The Streak twin: as people in sales use it, and as an auditor finds it afterwards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from streak_infor_orchestration.demo.http import Json, client

Look = tuple[dict[str, Any], list[str]]
"""A box's fields by name, and its comments, oldest first."""

WEBHOOK_EVENTS = ("BOX_CREATE", "BOX_EDIT", "BOX_CHANGE_STAGE", "BOX_DELETE")
TEAM_EVENTS = ("CONTACT_UPDATE", "ORG_UPDATE")


@dataclass(frozen=True)
class Board:
    """A pipeline by names. `fields`: each field's type, or for a dropdown the tuple of its options."""

    name: str
    before: tuple[str, ...]
    order: tuple[str, ...]
    invoice: tuple[str, ...]
    lost: tuple[str, ...]
    fields: Mapping[str, str | tuple[str, ...]]
    columns: tuple[str, str, str] = ("SKU {n}", "Qty {n}", "Price {n}")
    rows: int = 4

    @property
    def stages(self) -> tuple[str, ...]:
        return (*self.before, *self.order, *self.invoice, *self.lost)

    @property
    def all_fields(self) -> dict[str, str | tuple[str, ...]]:
        """With the columns, which are texts: Streak has no number type (Streak API contract §3.5)."""
        rows = range(1, self.rows + 1)
        return {column.format(n=n): "TEXT_INPUT" for n in rows for column in self.columns} | dict(self.fields)


@dataclass(frozen=True)
class Sale:
    """What sales types into a box. `lines`: SKU, quantity and price, empty for the list price."""

    name: str
    organization: str = ""
    contact: str = ""
    lines: tuple[tuple[str, str, str], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


class Streak:
    """Names in, names out: keys stay in here. `api_key` is that of a person in sales."""

    def __init__(self, url: str, api_key: str) -> None:
        self._sales = client(f"{url}/api", auth=(api_key, ""))
        self._twin = client(f"{url}/__twin__")
        self._fields: dict[str, Json] = {}
        self._stages: dict[str, str] = {}
        self._pipeline_key = ""
        self.team_key = self._ask("GET", "/v2/users/me/teams")["results"][0]["key"]

    def open_pipeline(self, pipeline: Board) -> None:
        """Makes the pipeline with its stages, fields and dropdown options."""
        kinds = {
            name: kind if isinstance(kind, str) else "DROPDOWN" for name, kind in pipeline.all_fields.items()
        }
        body = {
            "name": pipeline.name,
            "teamKey": self.team_key,
            "stages": list(pipeline.stages),
            "fields": [{"name": name, "type": kind} for name, kind in kinds.items()],
        }
        self.pipeline = pipeline
        self._pipeline_key = self._ask("POST", "/v2/pipelines", body)["key"]
        shown = self._ask("GET", f"/v1/pipelines/{self._pipeline_key}")
        self._stages = {stage["name"]: key for key, stage in shown["stages"].items()}
        for definition in shown["fields"]:
            options = pipeline.all_fields[definition["name"]]
            if not isinstance(options, str):
                path = f"/v1/pipelines/{self._pipeline_key}/fields/{definition['key']}"
                items = [{"name": option} for option in options]
                definition = self._ask("POST", path, {"dropdownSettings": {"items": items}})
            self._fields[definition["name"]] = definition

    def tell(self, gateway_url: str, secret: str) -> None:
        """Registers the webhooks, the event's name in the address since the body has none."""
        of_pipeline, of_team = f"pipelineKey={self._pipeline_key}", f"teamKey={self.team_key}"
        for owner, events in ((of_pipeline, WEBHOOK_EVENTS), (of_team, TEAM_EVENTS)):
            for event in events:
                target = f"{gateway_url}/webhooks/streak/{event}/{secret}"
                self._ask("POST", f"/v2/webhooks?{owner}", {"event": event, "targetUrl": target})

    def organization(self, name: str, **properties: Any) -> str:
        path = f"/v2/teams/{self.team_key}/organizations"
        return str(self._ask("POST", path, {"name": name, **properties})["key"])

    def contact(self, given: str, family: str, email: str, **properties: Any) -> str:
        body = {"givenName": given, "familyName": family, "emailAddresses": [email], **properties}
        return str(self._ask("POST", f"/v2/teams/{self.team_key}/contacts", body)["key"])

    def correct(self, kind: str, key: str, **properties: Any) -> None:
        """Somebody puts one of `contacts` or `organizations` right."""
        self._ask("POST", f"/v2/{kind}/{key}", properties)

    def open_deal(self, deal: Sale, stage: str = "") -> str:
        """A box at the first stage, or at `stage`, with the deal's lines, values and customer; its key."""
        key = str(self._ask("POST", f"/v2/pipelines/{self._pipeline_key}/boxes", {"name": deal.name})["key"])
        columns = self.pipeline.columns
        lines = {
            column.format(n=n): cell
            for n, line in enumerate(deal.lines, 1)
            for column, cell in zip(columns, line, strict=True)
            if cell
        }
        people: dict[str, Sequence[Json]] = {}
        if deal.organization:
            people["organizations"] = [{"key": deal.organization, "isStarred": True}]
        if deal.contact:
            people["contacts"] = [{"key": deal.contact, "isStarred": True}]
        self.edit(key, {**lines, **deal.values}, stage=stage, **people)
        return key

    def edit(
        self, box: str, values: Mapping[str, Any] | None = None, *, stage: str = "", **properties: Any
    ) -> None:
        """Changes fields, the stage and other properties in one call, as Streak's own box view does."""
        fields = {self._fields[name]["key"]: self._encode(name, v) for name, v in (values or {}).items()}
        moved = {"stageKey": self._stages[stage]} if stage else {}
        self._ask("POST", f"/v1/boxes/{box}", {"fields": fields, **moved, **properties})

    def delete(self, box: str) -> None:
        self._ask("DELETE", f"/v1/boxes/{box}")

    def relabel_field(self, name: str, shown: str) -> None:
        """People see it by another name from now on; here it keeps the name it was made with."""
        self._ask("POST", f"{self._field_path}/{self._fields[name]['key']}", {"name": shown})

    def add_field(self, name: str) -> str:
        """A text field more, whatever others are called; its key."""
        path = f"/v2/pipelines/{self._pipeline_key}/fields"
        return str(self._ask("POST", path, {"name": name, "type": "TEXT_INPUT"})["key"])

    def drop_field(self, key: str) -> None:
        self._ask("DELETE", f"{self._field_path}/{key}")

    @property
    def _field_path(self) -> str:
        return f"/v1/pipelines/{self._pipeline_key}/fields"

    def _encode(self, name: str, value: Any) -> Any:
        if isinstance(value, date):
            return int(datetime.combine(value, time(12), UTC).timestamp() * 1000)
        if self._fields[name]["type"] == "DROPDOWN":
            items = self._fields[name]["dropdownSettings"]["items"]
            return next(item["key"] for item in items if item["name"] == value)
        return value

    # -- what is found afterwards -----------------------------------------------------------------------

    def state(self) -> Json:
        """Boxes with `stageName` and `fieldsByName`, comments, contacts, organizations of the pipeline."""
        return dict(self.control("GET", "/state", params={"pipelineKey": self._pipeline_key}))

    def look(self, box: str) -> Look:
        """What a box shows now."""
        state = self.state()
        fields = next(found["fieldsByName"] for found in state["boxes"] if found["key"] == box)
        return fields, [comment["message"] for comment in state["comments"] if comment["boxKey"] == box]

    def deliveries(self) -> list[Json]:
        """Every attempt to tell a webhook: event, key, status, and `at`, the instant of the answer."""
        return list(self.control("GET", "/deliveries")["attempts"])

    def control(self, method: str, path: str, **options: Any) -> Any:
        """The twin's own levers, below `/__twin__`."""
        return self._twin.request(method, path, **options).raise_for_status().json()

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        return self._sales.request(method, path, json=body).raise_for_status().json()


def without_token(comment: str) -> str:
    """A comment as people read it: the integration ends its own with a mark by which it knows them again."""
    return re.sub(r" \[[A-Z0-9]{8}\]$", "", comment)
