"""A pipeline as v1 shows it and as v2 does (§3.3)."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.stages import v2_stage
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline
from streak_infor_orchestration.twins.streak.state.roster import sharing_entry

Json = dict[str, Any]


def v1_pipeline(pipeline: Pipeline) -> Json:
    return {
        "key": pipeline.key,
        "pipelineKey": pipeline.key,
        "creatorKey": pipeline.owner["key"],
        "name": pipeline.name,
        "description": pipeline.description,
        "orgWide": pipeline.org_wide,
        "fields": list(pipeline.fields.values()),
        "stages": {key: {"key": key, "name": stage["name"]} for key, stage in pipeline.stages.items()},
        "stageOrder": pipeline.stage_order,
        "creationTimestamp": pipeline.created,
        "lastUpdatedTimestamp": pipeline.updated,
        "aclEntries": [{**sharing_entry(user), "isOwner": user is pipeline.owner} for user in pipeline.acl],
        "owner": {**sharing_entry(pipeline.owner), "isOwner": True},
    }


def v2_pipeline(pipeline: Pipeline) -> Json:
    return {
        "key": pipeline.key,
        "creatorKey": pipeline.owner["key"],
        "teamKey": pipeline.team_key,
        "name": pipeline.name,
        "description": pipeline.description,
        "icon": pipeline.icon,
        "fields": list(pipeline.fields.values()),
        "stages": {key: v2_stage(pipeline, stage) for key, stage in pipeline.stages.items()},
        "stageOrder": pipeline.stage_order,
        "stageColorTheme": "DEFAULT",
        "creationTimestamp": pipeline.created,
        "lastUpdatedTimestamp": pipeline.updated,
        "lastSavedTimestamp": pipeline.updated,
        "customPermissionSets": {},
        "defaultPermissionSetName": "DEFAULT",
        "sharingRestrictedToTeam": pipeline.sharing_restricted,
        "aclEntries": [
            {**sharing_entry(user), "permissionSetName": "DEFAULT", "isReadOnly": False}
            for user in pipeline.acl
        ],
        "creationSourceType": "HUMAN",
        "boxCount": len(pipeline.boxes),
    }
