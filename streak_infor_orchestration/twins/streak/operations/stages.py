"""Stages: a map by key, whose order only the pipeline's ``stageOrder`` tells (§3.4)."""

from streak_infor_orchestration.twins.streak.operations.lookup import pipeline_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.properties import Json, properties, required_text
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline


def v2_stage(pipeline: Pipeline, stage: Json) -> Json:
    return {
        "color": {"foregroundColor": "", "backgroundColor": ""},
        "isColorFromTheme": True,
        "boxCount": pipeline.boxes_in_stage[stage["key"]],
        **stage,
    }


def stage_name(pipeline: Pipeline, body: Json) -> str:
    """Raises Refused when it is missing or taken in the pipeline."""
    name = required_text(body, "name")
    if any(stage["name"] == name for stage in pipeline.stages.values()):
        raise bad_request("stage name already exists")
    return name


def _stage_of(call: Call, pipeline: Pipeline) -> Json:
    stage = pipeline.stages.get(call.path["stage"])
    if stage is None:
        raise not_found("Stage")
    return stage


def _shown(call: Call, pipeline: Pipeline, stage: Json) -> Json:
    return v2_stage(pipeline, stage) if "/v2/" in call.url_path else {k: stage[k] for k in ("key", "name")}


def _list(call: Call) -> Json:
    pipeline = pipeline_of(call)
    return {key: _shown(call, pipeline, stage) for key, stage in pipeline.stages.items()}


def _get(call: Call) -> Json:
    pipeline = pipeline_of(call)
    return _shown(call, pipeline, _stage_of(call, pipeline))


def _create(call: Call) -> Json:
    pipeline = pipeline_of(call)
    body = properties(call)
    stage = pipeline.add_stage(stage_name(pipeline, body))
    if "color" in body:
        _paint(stage, body["color"])
    pipeline.updated = call.streak.tick()
    call.streak.emit("STAGE_CREATE", pipeline.key, v2_stage(pipeline, stage), call.user)
    return _shown(call, pipeline, stage)


def _edit(call: Call) -> Json:
    pipeline = pipeline_of(call)
    stage = _stage_of(call, pipeline)
    body = properties(call)
    if body.get("name", stage["name"]) != stage["name"]:
        stage["name"] = stage_name(pipeline, body)
    if "color" in body:
        _paint(stage, body["color"])
    pipeline.updated = call.streak.tick()
    return _shown(call, pipeline, stage)


def _paint(stage: Json, color: Json) -> None:
    """Two empty colours give the stage back to the pipeline's theme."""
    if not isinstance(color, dict):
        raise bad_request("color must be an object", "wrong_type")
    if any(color.values()):
        stage.update(color=color, isColorFromTheme=False)
    else:
        stage.pop("color", None)
        stage.pop("isColorFromTheme", None)


def _delete(call: Call) -> Json:
    pipeline = pipeline_of(call)
    key = _stage_of(call, pipeline)["key"]
    if pipeline.boxes_in_stage[key]:
        raise bad_request("Can't delete a stage with boxes in it")
    if len(pipeline.stages) == 1:
        raise bad_request("Can't delete the last stage")
    del pipeline.stages[key]
    pipeline.stage_order.remove(key)
    pipeline.updated = call.streak.tick()
    return {"success": True}


_ALL = "/pipelines/{pipeline}/stages"
_ONE = _ALL + "/{stage}"

OPERATIONS = (
    *(Operation("GET", version + _ALL, _list) for version in ("/v1", "/v2")),
    *(Operation("GET", version + _ONE, _get) for version in ("/v1", "/v2")),
    Operation("PUT", "/v1" + _ALL, _create, Encoding.FORM, accepts=("name",)),
    Operation("POST", "/v2" + _ALL, _create, Encoding.JSON, accepts=("name", "color")),
    Operation("POST", "/v1" + _ONE, _edit, Encoding.JSON, accepts=("name",)),
    Operation("POST", "/v2" + _ONE, _edit, Encoding.JSON, accepts=("name", "color")),
    *(Operation("DELETE", version + _ONE, _delete) for version in ("/v1", "/v2")),
)
