"""The newsfeed: read-only, the 50 newest events (§3.13). Of its events only the two known ones are kept."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.lookup import box_of, pipeline_of
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline

Json = dict[str, Any]


def note(call: Call, pipeline: Pipeline, box: Json, operation: str, specific: str) -> None:
    """Adds what ``call`` did to a box: ``EDIT_STAGE`` or ``NEW_BOX``."""
    story = f"{call.user['displayName']}: {specific} {box['name']}"
    call.streak.newsfeed.add(
        {
            "newsfeedItemKey": call.streak.new_key("NewsfeedItem", call.user),
            "creatorKey": call.user["key"],
            "pipelineKey": pipeline.key,
            "boxKey": box["key"],
            "timestamp": box["lastUpdatedTimestamp"],
            "lastSavedTimestamp": box["lastUpdatedTimestamp"],
            "newsfeedEntryScope": "BOX",
            "newsfeedEntryOperation": operation,
            "newsfeedEntrySpecific": specific,
            "specificVariables": {
                "BOX_NAME": box["name"],
                "PIPELINE_NAME": pipeline.name,
                "STAGE_KEY": box["stageKey"],
                "STORY_AUTHOR_DISPLAY_NAME": call.user["displayName"],
            },
            "collapsedEntries": [],
            "moved": False,
            "storyTextBox": story,
            "storyTextPipeline": story,
            "storyTextGlobal": story,
        }
    )


def _newest(call: Call, scope: str = "") -> list[Json]:
    if call.query.get("detailLevel", "ALL") not in ("ALL", "CONDENSED"):
        raise bad_request("Invalid detailLevel", "invalid_detail_level")
    return call.streak.newsfeed.newest(scope)


_QUERY = ("detailLevel",)

OPERATIONS = (
    Operation("GET", "/v1/newsfeed", _newest, query=_QUERY),
    Operation(
        "GET",
        "/v1/pipelines/{pipeline}/newsfeed",
        lambda call: _newest(call, pipeline_of(call).key),
        query=_QUERY,
    ),
    Operation(
        "GET", "/v1/boxes/{box}/newsfeed", lambda call: _newest(call, box_of(call)["key"]), query=_QUERY
    ),
)
