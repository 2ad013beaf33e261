"""Pipelines: v1 answers arrays and takes forms, v2 wraps its lists and takes JSON (§3.3)."""

from collections.abc import Iterable
from typing import Any

from streak_infor_orchestration.twins.streak.operations.fields import checked_type
from streak_infor_orchestration.twins.streak.operations.lookup import pipeline_of
from streak_infor_orchestration.twins.streak.operations.pipeline_views import v1_pipeline, v2_pipeline
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import PAGE, wrapped
from streak_infor_orchestration.twins.streak.protocol.properties import (
    Json,
    flag,
    properties,
    required_text,
    split,
    text,
    texts,
)
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline

SORT_ORDERS = ("creationTimestamp", "lastUpdatedTimestamp")
FIRST_STAGE = "New"  # assumed: the stage of a pipeline created by v1 without stageNames


def sort_order(call: Call) -> str | None:
    """Both orders are descending (§4). Raises Refused."""
    order = call.query.get("sortBy")
    if order not in (None, *SORT_ORDERS):
        raise bad_request("Invalid sortBy", "invalid_sort_by")
    return order


def _sorted(call: Call) -> list[Pipeline]:
    order = sort_order(call)
    newest_first = list(call.streak.pipelines.values())[::-1]
    if order == "lastUpdatedTimestamp":
        newest_first.sort(key=lambda pipeline: -pipeline.updated)
    return newest_first


def _v1_list(call: Call) -> list[Json]:
    return [v1_pipeline(pipeline) for pipeline in _sorted(call)]


def _v2_list(call: Call) -> Json:
    return wrapped(call, (v2_pipeline(pipeline) for pipeline in _sorted(call)))


def _v1_create(call: Call) -> Json:
    body = properties(call)
    types = split(body, "fieldTypes")
    names = split(body, "fieldNames")
    if len(names) != len(types):
        raise bad_request("fieldNames and fieldTypes differ in length", "mismatched_fields")
    stages = split(body, "stageNames") or [FIRST_STAGE]
    pipeline = _created(call, body, stages, zip(names, types, strict=True))
    pipeline.org_wide = flag(body, "teamWide", False)
    return v1_pipeline(pipeline)


def _v2_create(call: Call) -> Json:
    body = properties(call)
    stages = texts(body, "stages")
    fields = body.get("fields") or []
    if not stages or not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise bad_request("Invalid stages or fields", "wrong_type")
    named = [(required_text(field, "name"), required_text(field, "type")) for field in fields]
    pipeline = _created(call, body, stages, named)
    pipeline.description = text(body, "description") or ""
    pipeline.icon = text(body, "icon") or ""
    pipeline.sharing_restricted = flag(body, "sharingRestrictedToTeam", False)
    return v2_pipeline(pipeline)


def _created(call: Call, body: Json, stages: list[str], fields: Iterable[tuple[str, str]]) -> Pipeline:
    name, team_key = required_text(body, "name"), required_text(body, "teamKey")
    if team_key != call.streak.roster.team_key:
        raise bad_request("Invalid teamKey")
    if len(set(stages)) != len(stages):
        raise bad_request("stage name already exists")
    checked = [(field, checked_type(kind)) for field, kind in fields]
    at = call.streak.tick()
    key = call.streak.new_key("Workflow", call.user)
    pipeline = Pipeline(key, team_key, call.user, name, at, at, acl=[call.user])
    for stage in stages:
        pipeline.add_stage(stage)
    for field, kind in checked:
        pipeline.add_field(field, kind, at)
    call.streak.pipelines[key] = pipeline
    return pipeline


def _v1_edit(call: Call) -> Json:
    return v1_pipeline(_edited(call))


def _v2_edit(call: Call) -> Json:
    return v2_pipeline(_edited(call))


def _edited(call: Call) -> Pipeline:
    pipeline = pipeline_of(call)
    body = properties(call)
    changes: dict[str, Any] = {
        "name": text(body, "name", pipeline.name),
        "description": text(body, "description", pipeline.description),
        "icon": text(body, "icon", pipeline.icon),
        "org_wide": flag(body, "orgWide", pipeline.org_wide),
        "sharing_restricted": flag(body, "sharingRestrictedToTeam", pipeline.sharing_restricted),
    }
    if "stageOrder" in body:
        changes["stage_order"] = texts(body, "stageOrder")
        if sorted(changes["stage_order"]) != sorted(pipeline.stages):
            raise bad_request("stageOrder must list every stage once")
    if "aclEntries" in body:
        changes["acl"] = _acl(call, body["aclEntries"])
    for name, value in changes.items():
        setattr(pipeline, name, value)
    pipeline.updated = call.streak.tick()
    return pipeline


def _acl(call: Call, entries: Any) -> list[Json]:
    if not isinstance(entries, list) or not entries:
        raise bad_request("aclEntries can't be empty", "wrong_type")
    users = [call.streak.roster.find(entry) for entry in entries]
    if None in users:
        raise bad_request("Unknown user in aclEntries")
    return [user for user in users if user is not None]


def _delete(call: Call) -> Json:
    pipeline = pipeline_of(call)
    if pipeline.boxes:
        raise bad_request("Can't delete a pipeline with boxes in it")
    del call.streak.pipelines[pipeline.key]
    return {"success": True}


_CREATE_V1 = ("name", "teamKey", "teamWide", "fieldNames", "fieldTypes", "stageNames")
_CREATE_V2 = ("name", "teamKey", "stages", "fields", "icon", "description", "templateType")
_SHARING_V2 = ("defaultPermissionSetName", "sharingRestrictedToTeam")
_EDIT_V1 = ("name", "orgWide", "stageOrder", "aclEntries", "teamKey")
_EDIT_V2 = ("teamKey", "icon", "name", "description", "stageOrder", "stageColorTheme", "customPermissionSets")
_ALL = "/pipelines"
_ONE = "/pipelines/{pipeline}"

OPERATIONS = (
    Operation("GET", "/v1" + _ALL, _v1_list, query=("sortBy",)),
    Operation("GET", "/v2" + _ALL, _v2_list, query=("sortBy", *PAGE)),
    Operation("GET", "/v1" + _ONE, lambda call: v1_pipeline(pipeline_of(call))),
    Operation("GET", "/v2" + _ONE, lambda call: v2_pipeline(pipeline_of(call))),
    Operation("PUT", "/v1" + _ALL, _v1_create, Encoding.FORM, accepts=_CREATE_V1),
    Operation("POST", "/v2" + _ALL, _v2_create, Encoding.JSON, accepts=_CREATE_V2 + _SHARING_V2),
    Operation("POST", "/v1" + _ONE, _v1_edit, Encoding.JSON, accepts=_EDIT_V1),
    Operation("POST", "/v2" + _ONE, _v2_edit, Encoding.JSON, accepts=(*_EDIT_V2, *_SHARING_V2, "aclEntries")),
    *(Operation("DELETE", version + _ONE, _delete) for version in ("/v1", "/v2")),
)
