"""Pipelines in their two shapes, and the guard against deleting one with boxes."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT, ANYTHING, KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX, PIPELINE, TEAM

TRANSCRIPTS = {
    "create by form": [
        *TEAM,
        X(
            "§2.3, §3.3",
            "PUT /api/v1/pipelines",
            form={
                "name": "Sales",
                "teamKey": "{team}",
                "stageNames": "Lead,Won",
                "fieldNames": "Deal size,Signed",
                "fieldTypes": "TEXT_INPUT,CHECKBOX",
            },
            body={
                "key": KEY,
                "pipelineKey": KEY,
                "name": "Sales",
                "creatorKey": "{ana}",
                "stages": {
                    "5001": {"key": "5001", "name": "Lead"},
                    "5002": {"key": "5002", "name": "Won"},
                },
                "stageOrder": ["5001", "5002"],
                "fields": [
                    {"key": "1001", "name": "Deal size", "type": "TEXT_INPUT"},
                    {"key": "1002", "name": "Signed", "type": "CHECKBOX"},
                ],
                "owner": {"email": "ana@example.com", "isOwner": True},
            },
        ),
        X(
            "§2.3 parameters in the query string work too",
            "PUT /api/v1/pipelines",
            query={"name": "Support", "teamKey": "{team}"},
            body={"name": "Support"},
        ),
        X(
            "§0.2, §2.3 JSON to a form create: an empty body",
            "PUT /api/v1/pipelines",
            400,
            b"",
            json={"name": "Sales", "teamKey": "{team}"},
            violates="json_where_form_belongs",
        ),
        X(
            "§3.3 name is required",
            "PUT /api/v1/pipelines",
            400,
            form={"teamKey": "{team}"},
            violates="missing_parameter",
        ),
        X(
            "§3.5 no number type",
            "PUT /api/v1/pipelines",
            400,
            form={"name": "P", "teamKey": "{team}", "fieldNames": "Amount", "fieldTypes": "NUMBER"},
            violates="unknown_field_type",
        ),
    ],
    "create by JSON": [
        *TEAM,
        X(
            "§3.3",
            "POST /api/v2/pipelines",
            json={
                "name": "Sales",
                "teamKey": "{team}",
                "stages": ["Lead", "Won"],
                "fields": [{"name": "Close date", "type": "DATE"}],
            },
            body={
                "key": KEY,
                "pipelineKey": ABSENT,
                "teamKey": "{team}",
                "boxCount": 0,
                "stages": {"5001": {"name": "Lead", "boxCount": 0, "isColorFromTheme": True}},
                "fields": [{"key": "1001", "type": "DATE"}],
            },
        ),
        X(
            "§3.3 stages are required",
            "POST /api/v2/pipelines",
            400,
            json={"name": "Sales", "teamKey": "{team}"},
            violates="wrong_type",
        ),
        X(
            "§2.3 a form where JSON belongs",
            "POST /api/v2/pipelines",
            400,
            {"success": False, "error": "Missing parameters"},
            form={"name": "Sales", "teamKey": "{team}"},
            violates="form_where_json_belongs",
        ),
    ],
    "read, edit, delete": [
        *PIPELINE,
        X(
            "§2.5 v1: a bare array",
            "GET /api/v1/pipelines",
            query={"sortBy": "lastUpdatedTimestamp"},
            body=[{"key": "{pipeline}"}],
        ),
        X(
            "§2.5 v2: wrapped",
            "GET /api/v2/pipelines",
            body={"results": [{"key": "{pipeline}", "boxCount": 0}], "hasNextPage": False},
        ),
        X("§3.3", "GET /api/v1/pipelines", 400, query={"sortBy": "name"}, violates="invalid_sort_by"),
        X("§3.3", "GET /api/v1/pipelines/{pipeline}", body={"pipelineKey": "{pipeline}", "orgWide": False}),
        X(
            "§3.3",
            "GET /api/v2/pipelines/{pipeline}",
            body={"key": "{pipeline}", "creationSourceType": "HUMAN"},
        ),
        X("§5", "GET /api/v1/pipelines/agxnothing", 404, {"success": False, "error": ANYTHING}),
        X(
            "§3.3 stages cannot be edited through the pipeline",
            "POST /api/v1/pipelines/{pipeline}",
            json={"name": "Deals", "stages": {}},
            body={"name": "Deals", "stages": {"5001": {"name": "Lead"}}},
            violates="unknown_property",
        ),
        X(
            "§3.3",
            "POST /api/v2/pipelines/{pipeline}",
            json={"stageOrder": ["5003", "5001", "5002"], "sharingRestrictedToTeam": True},
            body={"stageOrder": ["5003", "5001", "5002"], "sharingRestrictedToTeam": True},
        ),
        X(
            "§3.3 the order is a complete list",
            "POST /api/v1/pipelines/{pipeline}",
            400,
            json={"stageOrder": ["5001"]},
        ),
        X("§3.3", "DELETE /api/v1/pipelines/{pipeline}", body={"success": True}),
        X("§5", "GET /api/v2/pipelines/{pipeline}", 404),
    ],
    "a pipeline with boxes stays": [
        *BOX,
        X("§3.3", "DELETE /api/v2/pipelines/{pipeline}", 400, {"success": False}),
        X("§3.6", "DELETE /api/v1/boxes/{box}", body={"success": True}),
        X("§3.3", "DELETE /api/v2/pipelines/{pipeline}", body={"success": True}),
    ],
}
