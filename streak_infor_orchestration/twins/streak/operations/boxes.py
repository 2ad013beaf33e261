"""Boxes: lists, one box, create, edit, delete (§3.6)."""

from collections.abc import Iterable, Iterator
from typing import Any

from streak_infor_orchestration.twins.streak.operations.box_changes import apply, changes
from streak_infor_orchestration.twins.streak.operations.links import follow_links
from streak_infor_orchestration.twins.streak.operations.lookup import box_of, home_of, pipeline_of
from streak_infor_orchestration.twins.streak.operations.newsfeeds import note
from streak_infor_orchestration.twins.streak.operations.pipelines import sort_order
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Binary, Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import PAGE, page, whole_number, wrapped
from streak_infor_orchestration.twins.streak.protocol.properties import Json, properties, required_text
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request
from streak_infor_orchestration.twins.streak.state.box import new_box, search_summary, search_text
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline


def _newest_first(call: Call, pipeline: Pipeline) -> Iterator[Json]:
    boxes = pipeline.by_update if sort_order(call) == "lastUpdatedTimestamp" else pipeline.boxes
    return reversed(boxes.values())


def _v1_list(call: Call) -> list[Json] | Json:
    """An array, as documented, or wrapped as one client's tests have it (§2.5)."""
    pipeline = pipeline_of(call)
    boxes: Iterable[Json] = _newest_first(call, pipeline)
    if stage_key := call.query.get("stageKey"):
        boxes = (box for box in boxes if box["stageKey"] == stage_key)
    return wrapped(call, boxes, limit=None) if call.streak.v1_boxes_wrapped else page(call, boxes)[0]


def _v2_list(call: Call) -> Json:
    return wrapped(call, _newest_first(call, pipeline_of(call)), limit=None)


def _all(call: Call) -> list[Json]:
    order = sort_order(call) or "creationTimestamp"
    return sorted(call.streak.boxes.values(), key=lambda box: -box[order])


def _create(call: Call) -> Json:
    pipeline = pipeline_of(call)
    body = properties(call)
    name = required_text(body, "name")
    stage_key = body.get("stageKey") or pipeline.stage_order[0]  # assumed: the first stage
    key = call.streak.new_key("Box", call.user)
    box = new_box(key, pipeline.key, call.user, name, pipeline.stage_order[0], call.streak.tick())
    box.update(changes(call, pipeline, box, {**body, "stageKey": stage_key}))
    pipeline.put_box(box)
    call.streak.boxes[key] = box
    call.streak.search.put(("boxes", key), search_summary(box), search_text(box))
    note(call, pipeline, box, "CREATE", "NEW_BOX")
    call.streak.emit("BOX_CREATE", pipeline.key, box, call.user)
    return box


def _edit(call: Call) -> Json:
    box = box_of(call)
    apply(call, box, changes(call, home_of(call, box), box, properties(call)))
    return box


def _delete(call: Call) -> dict[str, Any]:
    """Also deletes what hangs on the box; other boxes' links to it stay."""
    box = box_of(call)
    streak, key = call.streak, box["key"]
    home_of(call, box).take_box(key)
    del streak.boxes[key]
    for records in streak.on_boxes():
        records.forget_box(key)
    follow_links(streak, box, {"contacts": [], "organizations": []})
    streak.search.remove(("boxes", key))
    streak.newsfeed.forget_box(key)
    streak.emit("BOX_DELETE", box["pipelineKey"], box, call.user)
    return {"success": True}


def _markdown(call: Call) -> Binary:
    """Assumed: a token is four characters, and a cap below the whole text's is too small."""
    box = box_of(call)
    pipeline = home_of(call, box)
    lines = [f"# {box['name']}", f"Stage: {pipeline.stages[box['stageKey']]['name']}", box.get("notes", "")]
    lines += [f"- {pipeline.fields[key]['name']}: {value}" for key, value in box["fields"].items()]
    rendered = "\n".join(lines)
    if whole_number(call, "maxTokens", len(rendered), 1) * _TOKEN < len(rendered):
        raise bad_request("maxTokens is too small")
    return Binary(rendered.encode(), "text/markdown")


_TOKEN = 4
_ALL = "/pipelines/{pipeline}/boxes"
_ONE = "/v1/boxes/{box}"
_CREATE_V2 = ("name", "stageKey", "notes", "assignedToSharingEntries")

OPERATIONS = (
    Operation("GET", _ONE, box_of),
    Operation("POST", _ONE, _edit, Encoding.JSON),
    Operation("DELETE", _ONE, _delete),
    Operation("GET", _ONE + "/md", _markdown, query=("maxTokens",)),
    Operation("GET", "/v1" + _ALL, _v1_list, query=("sortBy", "stageKey", *PAGE)),
    Operation("PUT", "/v1" + _ALL, _create, Encoding.FORM, accepts=("name", "stageKey")),
    Operation("GET", "/v2" + _ALL, _v2_list, query=PAGE),
    Operation("POST", "/v2" + _ALL, _create, Encoding.JSON, accepts=_CREATE_V2),
    Operation("GET", "/v1/boxes", _all, query=("sortBy",)),
)
