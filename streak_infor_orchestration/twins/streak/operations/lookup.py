"""The objects a path names. Each raises Refused (404) for what does not exist."""

from typing import Any

from streak_infor_orchestration.twins.streak.protocol.operation import Call
from streak_infor_orchestration.twins.streak.protocol.refused import not_found
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline

Json = dict[str, Any]


def pipeline_of(call: Call) -> Pipeline:
    pipeline = call.streak.pipelines.get(call.path["pipeline"])
    if pipeline is None:
        raise not_found("Pipeline")
    return pipeline


def box_of(call: Call) -> Json:
    box = call.streak.boxes.get(call.path["box"])
    if box is None:
        raise not_found("Box")
    return box


def home_of(call: Call, box: Json) -> Pipeline:
    """The pipeline a box is in."""
    return call.streak.pipelines[box["pipelineKey"]]
