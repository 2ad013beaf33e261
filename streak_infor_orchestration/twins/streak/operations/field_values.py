"""One field value of a box at a time (§3.7)."""

from streak_infor_orchestration.twins.streak.operations.box_changes import apply, changes
from streak_infor_orchestration.twins.streak.operations.lookup import box_of, home_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.properties import Json, properties
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found


def _list(call: Call) -> list[Json]:
    return [{"key": key, "value": value} for key, value in box_of(call)["fields"].items()]


def _get(call: Call) -> Json:
    """The value of an unset field is null."""
    box, key = box_of(call), call.path["field"]
    if key not in home_of(call, box).fields:
        raise not_found("Field")
    return {"key": key, "value": box["fields"].get(key)}


def _set(call: Call) -> Json:
    box, key = box_of(call), call.path["field"]
    pipeline = home_of(call, box)
    if key not in pipeline.fields:
        raise not_found("Field")
    body = properties(call)
    if "value" not in body:
        raise bad_request("Missing parameter: value", "missing_parameter")
    apply(call, box, changes(call, pipeline, box, {"fields": {key: body["value"]}}))
    return {"key": key, "value": box["fields"].get(key)}


_ALL = "/v1/boxes/{box}/fields"
_ONE = _ALL + "/{field}"

OPERATIONS = (
    Operation("GET", _ALL, _list),
    Operation("GET", _ONE, _get),
    Operation("POST", _ONE, _set, Encoding.JSON, accepts=("value",)),
)
