"""Boxes: decoded to names and values, encoded back to keys (Streak API contract §3.6, §3.7, §3.14)."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.errors import (
    IntegrationError,
    Misconfigured,
    Rejected,
    Transient,
    Unknown,
)
from streak_infor_orchestration.streak.accounts import Accounts
from streak_infor_orchestration.streak.api import explain, one, page_of, success
from streak_infor_orchestration.streak.models import Box, Page
from streak_infor_orchestration.streak.pipeline import SYSTEM, Pipeline
from streak_infor_orchestration.streak.values import decode, encode, instant
from streak_infor_orchestration.streak.wire import BoxWire, SearchWire, moment
from streak_infor_orchestration.transport.http import HttpClient, segment

T = TypeVar("T")


class Boxes(Accounts):
    def __init__(self, http: HttpClient, clock: Clock | None = None) -> None:
        super().__init__(http, clock)
        self._unresolved: set[tuple[str, str]] = set()  # pipeline and key: unknown even after looking again

    def box(self, key: str) -> Box | None:
        wire = self.http.find("/v1/boxes", key, decode=one(BoxWire), explain=explain)
        return None if wire is None else self._decoded(wire)

    def boxes(self, pipeline_key: str, *, page: int = 0, limit: int = 200) -> Page[Box]:
        """One page, the last updated first (v1: the only documented order). There is no filter by time; the
        pages shift while people work, so overlap them and take repeats as harmless (contract §4)."""
        wires, more = self.http.read(
            "GET",
            f"/v1/pipelines/{segment(pipeline_key)}/boxes",
            params={"sortBy": "lastUpdatedTimestamp", "page": page, "limit": limit},
            decode=page_of(BoxWire, limit),
            explain=explain,
        )
        return Page(tuple(self._decoded(wire) for wire in wires), more)

    def search_boxes(self, name: str, pipeline_key: str) -> tuple[str, ...]:
        """Keys of the boxes called exactly `name`. The index may lag behind (contract §10)."""
        found = self.http.read(
            "GET",
            "/v1/search",
            params={"name": name, "pipelineKey": pipeline_key},
            decode=one(SearchWire),
            explain=explain,
        )
        return tuple(box.key for box in found.results.boxes if box.name == name)

    def create_box(self, pipeline_key: str, name: str, stage: str | None = None) -> Box:
        """Fields need a second call. Not to be repeated blindly: names are not unique."""
        body = {"name": name}
        if stage is not None:
            body["stageKey"] = self._by_name(pipeline_key, lambda pipeline: pipeline.stage(stage).key)
        path = f"/v2/pipelines/{segment(pipeline_key)}/boxes"
        return self._written(self.http.write("POST", path, json=body, decode=one(BoxWire), explain=explain))

    def update_box(
        self,
        box: Box | str,
        *,
        fields: Mapping[str, Value] | None = None,
        stage: str | None = None,
        pipeline_key: str = "",
    ) -> Box:
        """Set fields by name, and the stage, in one call; fields not named keep their values.

        `box` may be a key, with its pipeline's. Arrays that replace (contacts, organizations, assignees) are
        never sent. Raises `Misconfigured` for an unknown field or stage, `Rejected` for an unknown option or a
        value of the wrong type, before anything is sent.
        """
        key, home = (box, pipeline_key) if isinstance(box, str) else (box.key, box.pipeline_key)
        body = self._by_name(home, lambda pipeline: _edit(pipeline, fields or {}, stage))
        path = f"/v1/boxes/{segment(key)}"
        return self._written(self.http.write("POST", path, json=body, decode=one(BoxWire), explain=explain))

    def delete_box(self, key: str) -> None:
        self.http.write("DELETE", f"/v1/boxes/{segment(key)}", decode=success, explain=explain)

    def _by_name(self, pipeline_key: str, resolve: Callable[[Pipeline], T]) -> T:
        """`resolve` with what we remember of the pipeline, and once more with a fresh look before giving up."""
        pipeline = self._pipelines.get(pipeline_key)
        with suppress(Misconfigured, Rejected):
            return resolve(pipeline)
        return resolve(self._pipelines.newer(pipeline_key, than=pipeline))

    def _written(self, wire: BoxWire) -> Box:
        """The answer of a write that was done: whatever goes wrong now, it is not "certainly not done"."""
        try:
            return self._decoded(wire)
        except IntegrationError as error:
            raise Unknown(f"written, but not understood: {error.message}", system=SYSTEM) from None

    def _decoded(self, wire: BoxWire) -> Box:
        pipeline = self._pipelines.get(wire.pipeline_key)
        unknown = {(pipeline.key, key) for key in _unknown_keys(pipeline, wire)}
        if unknown - self._unresolved:
            pipeline = self._pipelines.newer(wire.pipeline_key, than=pipeline)
            self._unresolved |= {(pipeline.key, key) for key in _unknown_keys(pipeline, wire)}
        stage = pipeline.stage_of_key(wire.stage_key)
        if stage is None:
            raise Transient(
                "the box is in a stage its pipeline does not know yet", code="no_stage", system=SYSTEM
            )
        return Box(
            key=wire.key,
            pipeline_key=wire.pipeline_key,
            name=wire.name,
            notes=wire.notes,
            stage=stage.name,
            creator_key=wire.creator_key,
            created=instant(wire.creation),
            stage_changed=moment(wire.stage_change),
            version=wire.updated,
            fields=_fields(pipeline, wire),
            contacts=tuple(link.link() for link in wire.contacts or ()),
            organizations=tuple(link.link() for link in wire.organizations or ()),
        )


def _edit(pipeline: Pipeline, fields: Mapping[str, Value], stage: str | None) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if fields:
        known = [(pipeline.field(name), value) for name, value in fields.items()]
        body["fields"] = {field.key: encode(field, value) for field, value in known}
    if stage is not None:
        body["stageKey"] = pipeline.stage(stage).key
    return body


def _fields(pipeline: Pipeline, wire: BoxWire) -> dict[str, Value]:
    """By name. Where two fields bear one name, both are shown by key: neither may pass for the other."""
    names = [field.name for field in pipeline.fields]
    decoded: dict[str, Value] = {}
    for field in pipeline.fields:
        value = decode(field, wire.fields.get(field.key))
        if value is not None:
            decoded[field.name if names.count(field.name) == 1 else f"{field.name} ({field.key})"] = value
    return decoded


def _unknown_keys(pipeline: Pipeline, wire: BoxWire) -> set[str]:
    """Keys on the box that the pipeline's description does not explain: of the stage, fields, options."""
    unknown = set() if pipeline.stage_of_key(wire.stage_key) else {f"stage {wire.stage_key}"}
    for key, value in wire.fields.items():
        field = pipeline.field_of_key(key)
        if field is None:
            unknown.add(f"field {key}")
        elif field.type in ("DROPDOWN", "TAG"):
            options = value if isinstance(value, list) else [value]
            unknown |= {f"option {key}/{o}" for o in options if o and field.option_name(str(o)) is None}
    return unknown
