"""Several boxes in one call: get them, or move them to another pipeline (§3.6)."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.fields import OPTION_SETTINGS
from streak_infor_orchestration.twins.streak.operations.lookup import pipeline_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.properties import Json, keys_in_array
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request
from streak_infor_orchestration.twins.streak.state.box import search_summary, search_text
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline


def _get(call: Call) -> list[Json]:
    boxes = pipeline_of(call).boxes
    return [boxes[key] for key in keys_in_array(call) if key in boxes]


def _move(call: Call) -> list[Json]:
    """The path names the pipeline the boxes are in, each entry the one to go to."""
    source = pipeline_of(call)
    checked = [_checked(call, source, entry) for entry in _entries(call.body)]
    targets = {box["key"]: target for box, target in checked}
    for key, target in targets.items():
        _to(call, source, target, call.streak.boxes[key])
    return [call.streak.boxes[key] for key in targets]


def _entries(body: Any) -> list[Json]:
    if not isinstance(body, list) or not all(isinstance(entry, dict) for entry in body):
        raise bad_request("Expected a JSON array of boxes", "wrong_type")
    return body


def _checked(call: Call, source: Pipeline, entry: Json) -> tuple[Json, Pipeline]:
    box = source.boxes.get(entry.get("boxKey") or entry.get("key") or "")
    target = call.streak.pipelines.get(entry.get("pipelineKey") or "")
    if box is None or target is None:
        raise bad_request("Unknown box or pipeline in a move")
    return box, target


def _to(call: Call, source: Pipeline, target: Pipeline, box: Json) -> None:
    """Assumed: the box arrives in the first stage, and both pipelines' webhooks are told."""
    source.take_box(box["key"])
    at = call.streak.tick()
    box.update(
        pipelineKey=target.key,
        stageKey=target.stage_order[0],
        fields=_carried(box["fields"], source, target),
        lastUpdatedTimestamp=at,
        lastSavedTimestamp=at,
        lastStageChangeTimestamp=at,
    )
    target.put_box(box)
    call.streak.search.put(("boxes", box["key"]), search_summary(box), search_text(box))
    for pipeline in (source, target):
        call.streak.emit("BOX_CHANGE_PIPELINE", pipeline.key, box, call.user)


def _carried(values: Json, source: Pipeline, target: Pipeline) -> Json:
    """Assumed: a value goes along to a field of the same name and type, if options don't tie it down."""
    homes = {(field["name"], field["type"]): key for key, field in target.fields.items()}
    carried = {}
    for key, value in values.items():
        field = source.fields[key]
        home = homes.get((field["name"], field["type"]))
        if home is not None and field["type"] not in OPTION_SETTINGS:
            carried[home] = value
    return carried


_BATCH = "/pipelines/{pipeline}/boxes/batch"

OPERATIONS = (
    *(Operation("POST", "/v1" + _BATCH + end, _get, Encoding.JSON, reads=True) for end in ("/", "")),
    Operation("POST", "/v2" + _BATCH, _move, Encoding.JSON),
)
