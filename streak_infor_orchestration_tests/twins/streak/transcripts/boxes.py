"""Boxes: two list shapes, creates that take no fields, edits whose arrays replace, moves."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT, ANYTHING, KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX, PIPELINE, TEAM

_BOXES = "/api/v1/pipelines/{pipeline}/boxes"

TRANSCRIPTS = {
    "several at once": [
        *BOX,
        *(
            X(
                "§3.6 by a bare array of keys; what is not there is left out",
                f"POST /api/v1/pipelines/{{pipeline}}/boxes/batch{end}",
                json=["{box}", "agxnothing"],
                body=[{"key": "{box}"}],
            )
            for end in ("/", "")
        ),
    ],
    "as markdown": [
        *BOX,
        X("§3.6 text/markdown, no JSON", "GET /api/v1/boxes/{box}/md"),
        X("§3.6", "GET /api/v1/boxes/{box}/md", query={"maxTokens": 1000}),
        X("§3.6, §5 too small a cap", "GET /api/v1/boxes/{box}/md", 400, query={"maxTokens": 1}),
    ],
    "create": [
        *PIPELINE,
        X(
            "§3.6, assumed: into the first stage",
            "POST /api/v2/pipelines/{pipeline}/boxes",
            json={"name": "A", "notes": "Call", "assignedToSharingEntries": [{"email": "BEN@example.com"}]},
            body={
                "key": KEY,
                "boxKey": KEY,
                "pipelineKey": "{pipeline}",
                "creatorKey": "{ana}",
                "name": "A",
                "notes": "Call",
                "stageKey": "5001",
                "fields": {},
                "contacts": [],
                "organizations": [],
                "linkedBoxKeys": [],
                "commentCount": 0,
                "assignedToSharingEntries": [{"email": "ben@example.com", "displayName": "Ben"}],
                "creatorSharingEntry": {"userKey": "{ana}"},
            },
        ),
        X(
            "§3.6 the docs' text with an array in it",
            "POST /api/v2/pipelines/{pipeline}/boxes",
            json={
                "name": "B",
                "stageKey": "5002",
                "assignedToSharingEntries": '[{"email": "ana@example.com"}]',
            },
            body={"stageKey": "5002", "assignedToSharingEntries": [{"userKey": "{ana}"}]},
        ),
        X(
            "§3.6 fields are not taken at create",
            "POST /api/v2/pipelines/{pipeline}/boxes",
            json={"name": "C", "fields": {"1001": "5"}},
            body={"name": "C", "fields": {}, "notes": ABSENT},
            violates="unknown_property",
        ),
        X(
            "§3.6 name is required",
            "POST /api/v2/pipelines/{pipeline}/boxes",
            400,
            json={},
            violates="missing_parameter",
        ),
        X(
            "§9.5 unknown stage",
            "POST /api/v2/pipelines/{pipeline}/boxes",
            400,
            json={"name": "D", "stageKey": "5099"},
            violates="unknown_stage_key",
        ),
        X("§3.6 legacy", f"PUT {_BOXES}", form={"name": "E", "stageKey": "5003"}, body={"stageKey": "5003"}),
        X("§5", "POST /api/v2/pipelines/agxnothing/boxes", 404, json={"name": "F"}),
    ],
    "lists": [
        *PIPELINE,
        X("§3.6", "POST /api/v2/pipelines/{pipeline}/boxes", json={"name": "A"}, saves={"a": "key"}),
        X("§3.6", "POST /api/v2/pipelines/{pipeline}/boxes", json={"name": "B"}, saves={"b": "key"}),
        X("§3.6", "POST /api/v2/pipelines/{pipeline}/boxes", json={"name": "C", "stageKey": "5002"}),
        X("§3.6", "POST /api/v1/boxes/{a}", json={"notes": "touched"}),
        X(
            "§0.3 v1: a bare array, all of them",
            f"GET {_BOXES}",
            body=[{"name": "C"}, {"name": "B"}, {"name": "A"}],
        ),
        X(
            "§0.4 by last update, descending",
            f"GET {_BOXES}",
            query={"sortBy": "lastUpdatedTimestamp"},
            body=[{"name": "A"}, {"name": "C"}, {"name": "B"}],
        ),
        X("§3.6", f"GET {_BOXES}", query={"stageKey": "5002"}, body=[{"name": "C"}]),
        X("§4", f"GET {_BOXES}", query={"limit": 2}, body=[{"name": "C"}, {"name": "B"}]),
        X("§4", f"GET {_BOXES}", query={"limit": 2, "page": 1}, body=[{"name": "A"}]),
        X("§4 beyond the end", f"GET {_BOXES}", query={"limit": 2, "page": 2}, body=[]),
        X(
            "§2.5 v2: wrapped",
            "GET /api/v2/pipelines/{pipeline}/boxes",
            query={"limit": 2},
            body={"results": [{"name": "C"}, {"name": "B"}], "hasNextPage": True},
        ),
        X(
            "§2.5",
            "GET /api/v2/pipelines/{pipeline}/boxes",
            body={"results": [{"name": "C"}, {"name": "B"}, {"name": "A"}], "hasNextPage": False},
        ),
        X("§9.4 the other shape of v1", "POST /__twin__/v1-box-list", json={"wrapped": True}),
        X(
            "§2.5",
            f"GET {_BOXES}",
            query={"limit": 2},
            body={"results": [{"name": "C"}, {"name": "B"}], "hasNextPage": True},
        ),
        X("§9.4", "POST /__twin__/v1-box-list", json={"wrapped": False}),
        X(
            "§0.4 no filter by time",
            f"GET {_BOXES}",
            query={"updatedSince": "1767225600000"},
            violates="unknown_query_parameter",
        ),
        X(
            "§3.6 legacy: of all pipelines",
            "GET /api/v1/boxes",
            body=[{"name": "C"}, {"name": "B"}, {"name": "A"}],
        ),
        X(
            "§3.6 batch get, docs' path",
            f"POST {_BOXES}/batch/",
            json=["{b}", "agxgone", "{a}"],
            body=[{"name": "B"}, {"name": "A"}],
        ),
    ],
    "edit": [
        *BOX,
        X(
            "§3.6 several at once",
            "POST /api/v1/boxes/{box}",
            json={
                "name": "Northwind 2027",
                "stageKey": "5002",
                "fields": {"1001": "48000", "1003": "9002", "1004": ["9001", "9003"], "1005": True},
                "followerKeys": ["{ana}"],
            },
            body={
                "name": "Northwind 2027",
                "stageKey": "5002",
                "fields": {"1001": "48000", "1003": "9002", "1004": ["9001", "9003"], "1005": True},
                "followerCount": 1,
                "lastUpdatedTimestamp": ANYTHING,
            },
        ),
        X(
            "§3.6 fields not mentioned are untouched; the docs' text with an object in it",
            "POST /api/v1/boxes/{box}",
            json={"fields": '{"1001": "50000"}'},
            body={"fields": {"1001": "50000", "1003": "9002"}},
        ),
        X(
            "§3.6 assignees by key",
            "POST /api/v1/boxes/{box}",
            json={"assignedToSharingEntries": ["{ana}"]},
            body={"assignedToSharingEntries": [{"userKey": "{ana}"}]},
        ),
        X(
            "§3.6 assignees by objects",
            "POST /api/v1/boxes/{box}",
            json={"assignedToSharingEntries": [{"userKey": "{ana}"}, {"email": "ben@example.com"}]},
            body={"assignedToSharingEntries": [{"displayName": "Ana"}, {"displayName": "Ben"}]},
        ),
        X(
            "§0.9 arrays replace",
            "POST /api/v1/boxes/{box}",
            json={"assignedToSharingEntries": []},
            body={"assignedToSharingEntries": [], "followerKeys": ["{ana}"]},
        ),
        X(
            "§2.3 unknown properties are ignored",
            "POST /api/v1/boxes/{box}",
            json={"taskTotal": 9},
            body={"taskTotal": 0},
        ),
        X(
            "§2.3 the old wrapper's form",
            "POST /api/v1/boxes/{box}",
            form={"json": '{"notes": "by form"}'},
            body={"notes": "by form"},
        ),
        X("§2.3", "POST /api/v1/boxes/{box}", 400, form={"notes": "no"}, violates="form_where_json_belongs"),
        X("§0.2", "PUT /api/v1/boxes/{box}", 404, json={"notes": "no"}, violates="unknown_method"),
        X(
            "§9.5",
            "POST /api/v1/boxes/{box}",
            400,
            json={"stageKey": "Won"},
            violates="label_where_key_belongs",
        ),
        X("§7 linked to itself", "POST /api/v1/boxes/{box}", 400, json={"linkedBoxKeys": ["{box}"]}),
        X(
            "§3.6 refused whole",
            "POST /api/v1/boxes/{box}",
            400,
            json={"name": "half", "fields": {"1003": "9099"}},
            violates="unknown_option_key",
        ),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"name": "Northwind 2027", "notes": "by form"}),
    ],
    "links to contacts and organizations": [
        *BOX,
        X("§3.8", "POST /api/v2/teams/{team}/contacts/", json={"givenName": "Bo"}, saves={"bo": "key"}),
        X(
            "§3.9",
            "POST /api/v2/teams/{team}/organizations",
            json={"name": "Northwind"},
            saves={"org": "key"},
        ),
        X(
            "§3.6",
            "POST /api/v1/boxes/{box}",
            json={
                "contacts": [{"key": "{bo}", "isStarred": False}],
                "organizations": [{"key": "{org}", "isStarred": True}],
            },
            body={
                "contacts": [{"key": "{bo}", "isStarred": False, "isAutoboxed": False}],
                "organizations": [{"key": "{org}", "isStarred": True, "isAutoboxed": False}],
            },
        ),
        X(
            "§3.6 isStarred is required",
            "POST /api/v1/boxes/{box}",
            400,
            json={"contacts": [{"key": "{bo}"}]},
            violates="wrong_type",
        ),
        X("§3.6", "POST /api/v1/boxes/{box}", 400, json={"contacts": [{"key": "agxno", "isStarred": True}]}),
        X(
            "§0.9",
            "POST /api/v1/boxes/{box}",
            json={"contacts": []},
            body={"contacts": [], "organizations": [{"key": "{org}"}]},
        ),
        X("§3.9", "DELETE /api/v2/organizations/{org}", body={"success": True}),
        X("§7 the link is cleaned up", "GET /api/v1/boxes/{box}", body={"organizations": []}),
    ],
    "delete and move": [
        *BOX,
        X("§3.7", "POST /api/v1/boxes/{box}/fields/1001", json={"value": "7"}),
        X(
            "§3.3",
            "POST /api/v2/pipelines",
            json={
                "name": "Delivery",
                "teamKey": "{team}",
                "stages": ["Planned"],
                "fields": [{"name": "Owner", "type": "PERSON"}, {"name": "Deal size", "type": "TEXT_INPUT"}],
            },
            saves={"delivery": "key"},
        ),
        X(
            "§3.6 a bare array",
            "POST /api/v2/pipelines/{pipeline}/boxes/batch",
            json=[{"key": "{box}", "boxKey": "{box}", "pipelineKey": "{delivery}"}],
            body=[{"key": "{box}", "pipelineKey": "{delivery}", "stageKey": "5001", "fields": {"1002": "7"}}],
        ),
        X("§3.6", f"GET {_BOXES}", body=[]),
        X(
            "§3.6",
            "POST /api/v2/pipelines/{pipeline}/boxes/batch",
            400,
            json={"key": "{box}"},
            violates="wrong_type",
        ),
        X("§3.6", "DELETE /api/v1/boxes/{box}", body={"success": True}),
        X("§5", "GET /api/v1/boxes/{box}", 404, {"success": False, "error": ANYTHING}),
        X("§5", "DELETE /api/v1/boxes/{box}", 404),
    ],
    "newsfeed": [
        *BOX,
        X("§3.6", "POST /api/v1/boxes/{box}", json={"stageKey": "5002"}),
        X(
            "§3.13 newest first",
            "GET /api/v1/boxes/{box}/newsfeed",
            query={"detailLevel": "ALL"},
            body=[
                {
                    "newsfeedEntrySpecific": "EDIT_STAGE",
                    "newsfeedEntryOperation": "UPDATE",
                    "specificVariables": {"STAGE_KEY": "5002", "BOX_NAME": "Northwind renewal"},
                },
                {"newsfeedEntrySpecific": "NEW_BOX", "newsfeedEntryScope": "BOX", "boxKey": "{box}"},
            ],
        ),
        X("§3.13", "GET /api/v1/pipelines/{pipeline}/newsfeed", body=[ANYTHING, ANYTHING]),
        X("§3.13", "GET /api/v1/newsfeed", body=[ANYTHING, ANYTHING]),
        X(
            "§3.13",
            "GET /api/v1/newsfeed",
            400,
            query={"detailLevel": "SOME"},
            violates="invalid_detail_level",
        ),
    ],
    "team of an invented key": [
        *TEAM,
        X("§3.3", "PUT /api/v1/pipelines", 400, form={"name": "P", "teamKey": "agxno"}),
    ],
}
