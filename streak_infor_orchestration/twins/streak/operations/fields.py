"""Field definitions and their options, which an edit replaces unless ``addOnly`` is set (§3.5)."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.lookup import pipeline_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.properties import Json, properties, required_text, text
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline

TYPES = frozenset(
    {
        "TEXT_INPUT",
        "DROPDOWN",
        "CHECKBOX",
        "DATE",
        "PERSON",
        "FORMULA",
        "TAG",
        "TEAM_CONTACT",
        "TEAM_ORGANIZATION",
    }
)
OPTION_SETTINGS = {
    "DROPDOWN": ("dropdownSettings", "items", "name"),
    "TAG": ("tagSettings", "tags", "tag"),
}
"""Per type: the property with its options, the list inside it, and the name of an option's label."""


def checked_type(kind: str) -> str:
    """Raises Refused: there is no number or currency type."""
    if kind not in TYPES:
        raise bad_request(f"Unknown field type: {kind}", "unknown_field_type")
    return kind


def options_of(definition: Json) -> dict[str, str]:
    """The labels of a dropdown's or tag field's options by key; none for other types."""
    if definition["type"] not in OPTION_SETTINGS:
        return {}
    settings, inner, label = OPTION_SETTINGS[definition["type"]]
    return {option["key"]: option[label] for option in definition[settings][inner]}


def _definition(call: Call, pipeline: Pipeline) -> Json:
    definition = pipeline.fields.get(call.path["field"])
    if definition is None:
        raise not_found("Field")
    return definition


def _list(call: Call) -> list[Json]:
    return list(pipeline_of(call).fields.values())


def _get(call: Call) -> Json:
    return _definition(call, pipeline_of(call))


def _create(call: Call) -> Json:
    pipeline = pipeline_of(call)
    body = properties(call)
    name, kind = required_text(body, "name"), checked_type(required_text(body, "type"))
    at = pipeline.updated = call.streak.tick()
    definition = pipeline.add_field(name, kind, at)
    if kind == "FORMULA":
        definition["defaultValue"] = text(body, "defaultValue") or ""
    return definition


def _edit(call: Call) -> Json:
    pipeline = pipeline_of(call)
    definition = _definition(call, pipeline)
    body = properties(call)
    if body.get("type", definition["type"]) != definition["type"]:
        raise bad_request("Can't change the type of a field", "field_type_changed")
    changes: Json = {
        name: text(body, name, definition.get(name)) for name in ("name", "defaultValue") if name in body
    }
    add_only = call.query.get("addOnly") == "true"
    for kind, (settings, inner, label) in OPTION_SETTINGS.items():
        if settings not in body:
            continue
        if kind != definition["type"]:
            raise bad_request(f"{settings} on a field of type {definition['type']}", "wrong_type")
        changes[settings] = {inner: _options(pipeline, definition, body[settings], add_only, inner, label)}
    at = pipeline.updated = call.streak.tick()
    definition.update(changes, lastUpdatedTimestamp=at)
    return definition


def _options(
    pipeline: Pipeline, definition: Json, settings: Any, add_only: bool, inner: str, label: str
) -> list[Json]:
    """An option is kept by its key and made by leaving the key out. Raises Refused for an unknown key."""
    posted = settings.get(inner) if isinstance(settings, dict) else None
    if not isinstance(posted, list) or not all(isinstance(option, dict) for option in posted):
        raise bad_request(f"Expected a list of {inner}", "wrong_type")
    existing = options_of(definition)
    options = {key: name for key, name in existing.items() if add_only}
    for option in posted:
        key = text(option, "key")
        if key is not None and key not in existing:
            raise bad_request(f"Unknown option key: {key}", "unknown_option_key")
        if key is None:
            key = pipeline.new_option_key(definition["key"])
        options[key] = required_text(option, label)
    return [{"key": key, label: name} for key, name in options.items()]


def _delete(call: Call) -> Json:
    """Also erases the field's value on every box."""
    pipeline = pipeline_of(call)
    key = _definition(call, pipeline)["key"]
    del pipeline.fields[key]
    for box in pipeline.boxes.values():
        box["fields"].pop(key, None)
    pipeline.updated = call.streak.tick()
    return {"success": True}


_ALL = "/pipelines/{pipeline}/fields"
_ONE = "/v1" + _ALL + "/{field}"
_EDIT = ("name", "type", "defaultValue", "dropdownSettings", "tagSettings", "aiSettings")

OPERATIONS = (
    Operation("GET", "/v1" + _ALL, _list),
    Operation("GET", _ONE, _get),
    Operation("PUT", "/v1" + _ALL, _create, Encoding.FORM, accepts=("name", "type")),
    Operation("POST", "/v2" + _ALL, _create, Encoding.JSON, accepts=("name", "type", "defaultValue")),
    Operation("POST", _ONE, _edit, Encoding.JSON, query=("addOnly",), accepts=_EDIT),
    Operation("DELETE", _ONE, _delete),
)
