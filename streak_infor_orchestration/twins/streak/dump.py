"""The whole state in one answer, for those who judge a test's outcome without the API."""

from collections.abc import Iterable
from typing import Any

from streak_infor_orchestration.twins.streak.operations.fields import options_of
from streak_infor_orchestration.twins.streak.operations.pipeline_views import v2_pipeline
from streak_infor_orchestration.twins.streak.state.on_boxes import OnBoxes
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline
from streak_infor_orchestration.twins.streak.state.system import Streak

Json = dict[str, Any]


def dump(streak: Streak, pipeline_key: str | None = None) -> Json:
    """Everything, or of pipelines, boxes, what hangs on them, and webhooks only what belongs to one pipeline.

    A box carries, beside its wire form, ``stageName`` and ``fieldsByName`` with labels for option keys.
    """
    pipelines = [p for p in streak.pipelines.values() if pipeline_key in (None, p.key)]
    boxes = [_box(pipeline, box) for pipeline in pipelines for box in pipeline.boxes.values()]
    hooks = streak.deliveries.hooks
    return {
        "team": streak.roster.team,
        "users": list(streak.roster.users.values()),
        "pipelines": [v2_pipeline(pipeline) for pipeline in pipelines],
        "boxes": boxes,
        "comments": _of(boxes, streak.comments),
        "tasks": _of(boxes, streak.tasks),
        "meetings": _of(boxes, streak.meetings),
        "contacts": list(streak.contacts.entries.values()),
        "organizations": list(streak.organizations.entries.values()),
        "webhooks": [
            {**hook, "token": hooks.tokens.get(hook["key"])}
            for hook in hooks.by_key.values()
            if pipeline_key is None or hook.get("pipelineKey") == pipeline_key
        ],
    }


def _of(boxes: Iterable[Json], records: OnBoxes) -> list[Json]:
    return [record for box in boxes for record in records.of(box["key"])]


def _box(pipeline: Pipeline, box: Json) -> Json:
    return {
        **box,
        "stageName": pipeline.stages[box["stageKey"]]["name"],
        "fieldsByName": {
            pipeline.fields[key]["name"]: _labelled(pipeline.fields[key], value)
            for key, value in box["fields"].items()
        },
    }


def _labelled(definition: Json, value: Any) -> Any:
    """An option that was taken out of its field's list still shows its key."""
    labels = options_of(definition)
    if not labels:
        return value
    return [labels.get(key, key) for key in value] if isinstance(value, list) else labels.get(value, value)
