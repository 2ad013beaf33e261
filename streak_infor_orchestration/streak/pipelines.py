"""Pipelines, their stages and their fields, made and changed (Streak API contract §3.3 to §3.5).

Creates by PUT are forms (§2.3). What this process remembers of a pipeline is forgotten with each change of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.streak.accounts import Accounts
from streak_infor_orchestration.streak.api import by_key, explain, one, page_of, success
from streak_infor_orchestration.streak.vocabulary import SYSTEM, Field, Pipeline, Stage
from streak_infor_orchestration.streak.wire import FieldWire, NamedWire, PipelineWire
from streak_infor_orchestration.transport.http import segment

_SETTINGS = {"DROPDOWN": ("dropdownSettings", "items", "name"), "TAG": ("tagSettings", "tags", "tag")}
"""By type: the property with the options, their list in it, and what a name is called there (§3.5)."""


class Pipelines(Accounts):
    def stages(self, pipeline_key: str) -> tuple[Stage, ...]:
        """As they are now, in the order of the board. Raises `Misconfigured` where there is no such pipeline."""
        order = [stage.key for stage in self._pipelines.fresh(pipeline_key).stages]
        decode = by_key(self._whole("stages", NamedWire.model_validate))
        read = self.http.read("GET", _stages(pipeline_key), decode=decode, explain=explain)
        found = {item.key: item for item in read}
        ordered = [key for key in order if key in found] + [key for key in found if key not in order]
        return tuple(Stage(key=key, name=found[key].name) for key in ordered)

    def fields(self, pipeline_key: str) -> tuple[Field, ...]:
        """As they are now, in their stored order, with their options."""
        decode = page_of(self._whole("fields", lambda item: FieldWire.model_validate(item).field()))
        return self.http.read("GET", _fields(pipeline_key), decode=decode, explain=explain).items

    def create_pipeline(
        self, team_key: str, name: str, *, stages: Sequence[str], fields: Mapping[str, str] | None = None
    ) -> Pipeline:
        """`fields`: types by name. Raises `Rejected` for a name with a comma, which separates names in this form."""
        fields = fields or {}
        form = {
            "name": name,
            "teamKey": team_key,
            "stageNames": _separated(stages),
            "fieldNames": _separated(list(fields)),
            "fieldTypes": _separated(list(fields.values())),
        }
        form = {name: text for name, text in form.items() if text}
        decode = one(PipelineWire)
        return self.http.write("PUT", "/v1/pipelines", data=form, decode=decode, explain=explain).pipeline()

    def edit_pipeline(
        self, key: str, *, name: str | None = None, stage_order: Sequence[str] | None = None
    ) -> Pipeline:
        """`stage_order`: the keys of all its stages. What is not named stays."""
        given = {"name": name, "stageOrder": None if stage_order is None else list(stage_order)}
        body = {property_: value for property_, value in given.items() if value is not None}
        path, decode = f"/v1/pipelines/{segment(key)}", one(PipelineWire)
        made = self.http.write("POST", path, json=body, decode=decode, explain=explain).pipeline()
        self._pipelines.forget(key)
        return made

    def delete_pipeline(self, key: str) -> None:
        """Only one without boxes. Raises `Rejected`."""
        self._deleted_of(f"/v1/pipelines/{segment(key)}", key)

    def create_stage(self, pipeline_key: str, name: str) -> Stage:
        """Comes last. Raises `Rejected` for a name that another stage has."""
        return self._stage_of("PUT", _stages(pipeline_key), pipeline_key, data={"name": name})

    def rename_stage(self, pipeline_key: str, key: str, name: str) -> Stage:
        path = f"{_stages(pipeline_key)}/{segment(key)}"
        return self._stage_of("POST", path, pipeline_key, json={"name": name})

    def delete_stage(self, pipeline_key: str, key: str) -> None:
        """Only one without boxes, and never the last. Raises `Rejected`."""
        self._deleted_of(f"{_stages(pipeline_key)}/{segment(key)}", pipeline_key)

    def create_field(self, pipeline_key: str, name: str, type: str) -> Field:
        return self._field_of("PUT", _fields(pipeline_key), pipeline_key, data={"name": name, "type": type})

    def rename_field(self, pipeline_key: str, key: str, name: str) -> Field:
        """A field's type never changes."""
        path = f"{_fields(pipeline_key)}/{segment(key)}"
        return self._field_of("POST", path, pipeline_key, json={"name": name})

    def add_options(self, pipeline_key: str, field: Field, names: Sequence[str]) -> Field:
        """To a dropdown or the tags; those there are stay, whoever added them meanwhile. Raises `Rejected` for a field
        of another type."""
        if field.type not in _SETTINGS:
            raise Rejected(
                f'the {field.type} field "{field.name}" has no options',
                code=ValueCode.WRONG_TYPE,
                system=SYSTEM,
            )
        settings, items, name = _SETTINGS[field.type]
        body = {settings: {items: [{name: option} for option in names]}}
        path = f"{_fields(pipeline_key)}/{segment(field.key)}"
        return self._field_of("POST", path, pipeline_key, json=body, params={"addOnly": "true"})

    def delete_field(self, pipeline_key: str, key: str) -> None:
        """Deletes the field, and with it its values on all boxes."""
        self._deleted_of(f"{_fields(pipeline_key)}/{segment(key)}", pipeline_key)

    def _stage_of(self, method: str, path: str, pipeline_key: str, **content: Any) -> Stage:
        wire = self.http.write(method, path, decode=one(NamedWire), explain=explain, **content)
        self._pipelines.forget(pipeline_key)
        return Stage(key=wire.key, name=wire.name)

    def _field_of(self, method: str, path: str, pipeline_key: str, **content: Any) -> Field:
        wire = self.http.write(method, path, decode=one(FieldWire), explain=explain, **content)
        self._pipelines.forget(pipeline_key)
        return wire.field()

    def _deleted_of(self, path: str, pipeline_key: str) -> None:
        self.http.write("DELETE", path, decode=success, explain=explain)
        self._pipelines.forget(pipeline_key)


def _stages(pipeline_key: str) -> str:
    return f"/v1/pipelines/{segment(pipeline_key)}/stages"


def _fields(pipeline_key: str) -> str:
    return f"/v1/pipelines/{segment(pipeline_key)}/fields"


def _separated(names: Sequence[str]) -> str:
    for name in names:
        if "," in name:
            raise Rejected(
                f'"{name}" holds a comma, which separates names here',
                code=ValueCode.COMMA,
                system=SYSTEM,
                value=name,
            )
    return ",".join(names)
