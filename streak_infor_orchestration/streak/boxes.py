"""Boxes: decoded to names and values, encoded back to keys (Streak API contract §3.6, §3.7, §3.14)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unknown
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.streak.accounts import Accounts
from streak_infor_orchestration.streak.api import W, explain, one, page_of, success
from streak_infor_orchestration.streak.models import Box, BoxVersion, Page
from streak_infor_orchestration.streak.values import by_name, encoded, instant
from streak_infor_orchestration.streak.vocabulary import SYSTEM, Pipeline
from streak_infor_orchestration.streak.wire import BoxVersionWire, BoxWire, SearchWire, moment
from streak_infor_orchestration.transport.http import HttpClient, segment


class Boxes(Accounts):
    def __init__(self, http: HttpClient, clock: Clock | None = None) -> None:
        super().__init__(http, clock)
        # unknown stages, fields and options that are unknown after a fresh look too
        self._unresolved: set[tuple[str, ...]] = set()

    def box(self, key: str) -> Box | None:
        """Raises `Unreadable` for one that is there and not as promised."""
        wire = self.http.find("/v1/boxes", key, decode=self._found("boxes", BoxWire), explain=explain)
        return None if wire is None else self.http.records.one("boxes", wire, self._decoded, _key)

    def box_as_markdown(self, key: str) -> str:
        """As Streak itself tells it to a reader."""
        path = f"/v1/boxes/{segment(key)}/md"
        return self.http.read(
            "GET", path, decode=lambda answer: answer.content.decode(errors="replace"), explain=explain
        )

    def boxes(self, pipeline_key: str, *, page: int = 0, limit: int = 200) -> Page[Box]:
        """One page, the last updated first (v1: the only documented order). There is no filter by time; the
        pages shift while people work, so overlap them and take repeats as harmless (contract §4)."""
        wires, more = self._page(BoxWire, pipeline_key, page, limit)
        decode = partial(self._decoded, alone=False)
        return Page(self.http.records.readable("boxes", wires, decode, _key), more)

    def box_versions(
        self, pipeline_key: str, *, page: int = 0, limit: int = 200, whole: bool = False
    ) -> Page[BoxVersion]:
        """`boxes`, but nothing else of a box is read: what cannot be read of it does not hide that it changed. `whole`:
        raises `Unreadable` rather than leave one out."""
        wires, more = self._page(BoxVersionWire, pipeline_key, page, limit, whole=whole)
        return Page(tuple(BoxVersion(wire.key, wire.updated, wire.notes) for wire in wires), more)

    def _page(
        self, wire: type[W], pipeline_key: str, page: int, limit: int, *, whole: bool = False
    ) -> Page[W]:
        read = self._whole if whole else self._readable
        return self.http.read(
            "GET",
            f"/v1/pipelines/{segment(pipeline_key)}/boxes",
            params={"sortBy": "lastUpdatedTimestamp", "page": page, "limit": limit},
            decode=page_of(read("boxes", wire.model_validate), limit),
            explain=explain,
        )

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

    def create_box(self, pipeline_key: str, name: str, stage: str | None = None, *, notes: str = "") -> Box:
        """Fields need a second call. Not to be repeated blindly: names are not unique."""
        body = {"name": name} | ({"notes": notes} if notes else {})
        if stage is not None:
            body["stageKey"] = self._pipelines.resolve(
                pipeline_key, lambda pipeline: pipeline.stage(stage).key
            )
        path = f"/v2/pipelines/{segment(pipeline_key)}/boxes"
        return self._written_box(
            self.http.write("POST", path, json=body, decode=one(BoxWire), explain=explain)
        )

    def update_box(
        self,
        box: Box | str,
        *,
        fields: Mapping[str, Value] | None = None,
        stage: str | None = None,
        name: str | None = None,
        notes: str | None = None,
        pipeline_key: str = "",
    ) -> Box:
        """Set fields by name, and what else is given, in one call; fields not named keep their values.

        `box` may be a key, with its pipeline's. Arrays that replace (contacts, organizations, assignees) are
        never sent: `replace_links` does that. Raises `Misconfigured` for an unknown field or stage, `Rejected` for
        an unknown option or a value of the wrong type, before anything is sent.
        """
        key, home = (box, pipeline_key) if isinstance(box, str) else (box.key, box.pipeline_key)
        body = self._pipelines.resolve(home, lambda pipeline: _edit(pipeline, fields or {}, stage))
        body |= {text: said for text, said in (("name", name), ("notes", notes)) if said is not None}
        path = f"/v1/boxes/{segment(key)}"
        return self._written_box(
            self.http.write("POST", path, json=body, decode=one(BoxWire), explain=explain)
        )

    def delete_box(self, key: str) -> None:
        self.http.write("DELETE", f"/v1/boxes/{segment(key)}", decode=success, explain=explain)

    def _written_box(self, wire: BoxWire) -> Box:
        """The answer of a write that was done: whatever goes wrong now, it is not "certainly not done"."""
        try:
            return self._decoded(wire)
        except IntegrationError as error:
            raise Unknown(f"written, but not understood: {error.message}", system=SYSTEM) from None

    def _decoded(self, wire: BoxWire, *, alone: bool = True) -> Box:
        """In a list (not `alone`) a stage that its pipeline does not know is shown by its key: one such box must not
        hide all the others."""
        pipeline = self._pipelines.get(wire.pipeline_key)
        if pipeline.stage_of_key(wire.stage_key) is None or _unknown(pipeline, wire) - self._unresolved:
            pipeline = self._pipelines.newer(wire.pipeline_key, than=pipeline)
            if alone:
                self._await_names(pipeline, wire)
            self._unresolved |= _unknown(pipeline, wire)
        stage = pipeline.stage_of_key(wire.stage_key)
        return Box(
            key=wire.key,
            pipeline_key=wire.pipeline_key,
            name=wire.name,
            notes=wire.notes,
            stage=stage.name if stage else wire.stage_key,
            creator_key=wire.creator_key,
            created=instant(wire.creation),
            stage_changed=moment(wire.stage_change),
            version=wire.updated,
            saved=wire.saved or wire.updated,
            tasks=wire.tasks or 0,
            comments=wire.comments or 0,
            meetings=(wire.calls or 0) + (wire.notes_of_meetings or 0),
            fields=by_name(pipeline.fields, wire.fields),
            contacts=tuple(party.box_party() for party in wire.contacts or ()),
            organizations=tuple(party.box_party() for party in wire.organizations or ()),
            linked_boxes=wire.linked_boxes,
            assignees=wire.assignees,
        )

    def _await_names(self, pipeline: Pipeline, wire: BoxWire) -> None:
        """What was made and used since the pipeline was asked for is explained when it is asked for again. Raises
        `Transient`; for a stage in any case, as nothing can be said of such a box."""
        asked, wait = self._pipelines.asked(pipeline.key), self._pipelines.renewed_in(pipeline.key)
        stage = pipeline.stage_of_key(wire.stage_key)
        is_older = asked is not None and wait and asked <= instant(wire.updated)
        if stage is not None and not (is_older and _unknown(pipeline, wire) - self._unresolved):
            return
        raise Transient(
            f"the box {'holds something' if stage else 'is in a stage'} its pipeline does not know yet",
            code=DealCode.NEW_NAME if stage else DealCode.NO_STAGE,
            system=SYSTEM,
            retry_after=wait.total_seconds() if is_older else None,
        )


def _key(wire: BoxWire) -> str:
    return wire.key


def _edit(pipeline: Pipeline, fields: Mapping[str, Value], stage: str | None) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if fields:
        body["fields"] = encoded(pipeline.fields, fields, f'pipeline "{pipeline.name}"')
    if stage is not None:
        body["stageKey"] = pipeline.stage(stage).key
    return body


def _unknown(pipeline: Pipeline, wire: BoxWire) -> set[tuple[str, ...]]:
    """Fields and options on the box that the pipeline's description does not explain."""
    unknown: set[tuple[str, ...]] = set()
    for key, value in wire.fields.items():
        field = pipeline.field_of_key(key)
        if field is None:
            unknown.add((pipeline.key, key))
        elif field.type in ("DROPDOWN", "TAG", "PERSON"):
            options = value if isinstance(value, list) else [value]
            unknown |= {
                (pipeline.key, key, str(option))
                for option in options
                if option and field.option_name(str(option)) is None
            }
    return unknown
