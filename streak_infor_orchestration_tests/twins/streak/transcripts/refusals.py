"""Requests that no correct client sends: each is refused and changes nothing."""

from typing import Any

from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX, PIPELINE, TEAM

_AS_ANA = {"Authorization": "Bearer strk_ana"}
_BASIC_WITHOUT_BASE64 = {"Authorization": "Basic !"}
_OTHER_SCHEME = {"Authorization": "Digest strk_ana"}


def _box(body: Any, violates: str | None = "wrong_type") -> X:
    return X("§3.6", "POST /api/v1/boxes/{box}", 400, {"success": False}, json=body, violates=violates)


def _contact(body: Any, violates: str | None = "wrong_type") -> X:
    return X("§3.8", "POST /api/v2/contacts/{bo}", 400, {"success": False}, json=body, violates=violates)


def _v2_pipeline(violates: str | None, **body: Any) -> X:
    whole = {"name": "P", "teamKey": "{team}", "stages": ["A"], **body}
    return X("§3.3", "POST /api/v2/pipelines", 400, json=whole, violates=violates)


TRANSCRIPTS = {
    "unreadable bodies": [
        *BOX,
        X(
            "§2.3",
            "POST /api/v1/boxes/{box}",
            400,
            content=b"{notes}",
            headers=_AS_ANA | {"Content-Type": "application/json"},
            violates="invalid_json",
        ),
        X(
            "§2.3",
            "PUT /api/v1/pipelines/{pipeline}/stages",
            400,
            content=b"\xff",
            headers=_AS_ANA | {"Content-Type": "application/x-www-form-urlencoded"},
            violates="invalid_form",
        ),
    ],
    "credentials": [
        X("§1", "GET /api/v1/users/me", 401, headers=_BASIC_WITHOUT_BASE64),
        X("§1", "GET /api/v1/users/me", 401, headers=_OTHER_SCHEME),
    ],
    "boxes": [
        *BOX,
        _box({"assignedToSharingEntries": [{"email": "eve@example.com"}]}, None),
        _box({"assignedToSharingEntries": [7]}, None),
        _box({"assignedToSharingEntries": {"email": "ana@example.com"}}),
        _box({"assignedToSharingEntries": "[{"}, "invalid_json"),
        _box({"name": 7}),
        _box({"fields": ["1001"]}),
        _box({"fields": {"1099": "x"}}, "unknown_field_key"),
        _box({"fields": {"1001": ["x"]}}),
        _box({"fields": "{"}, "invalid_json"),
        _box({"followerKeys": ["agxno"]}, None),
        _box({"linkedBoxKeys": ["agxno"]}, None),
        _box(["name"]),
        X("§3.6", "POST /api/v1/boxes/{box}", json={"linkedBoxKeys": []}, body={"linkedBoxKeys": []}),
        X(
            "§3.6",
            "POST /api/v2/pipelines/{pipeline}/boxes/batch",
            400,
            json=[{"key": "{box}", "pipelineKey": "agxno"}],
        ),
        X("§3.7", "GET /api/v1/boxes/{box}/fields/1099", 404),
        X("§3.11", "POST /api/v2/boxes/{box}/comments", 400, json={"message": "x", "parent": "agxno"}),
        X("§3.14", "GET /api/v1/search", query={"query": "!"}, body={"results": {"boxes": []}}),
        X(
            "§3.14",
            "GET /api/v1/search",
            query={"query": "northwind", "teamKey": "agxno"},
            body={"results": {"boxes": []}},
        ),
    ],
    "pipelines, stages, fields": [
        *PIPELINE,
        _v2_pipeline("wrong_type", fields=["A"]),
        _v2_pipeline(None, stages=["A", "A"]),
        _v2_pipeline("wrong_type", sharingRestrictedToTeam="maybe"),
        X(
            "§3.3",
            "PUT /api/v1/pipelines",
            400,
            form={"name": "P", "teamKey": "{team}", "fieldNames": "A,B", "fieldTypes": "DATE"},
            violates="mismatched_fields",
        ),
        X(
            "§3.3",
            "PUT /api/v1/pipelines",
            form={"name": "P", "teamKey": "{team}", "teamWide": "true"},
            body={"orgWide": True},
        ),
        X(
            "§3.3 an empty list of members is invalid",
            "POST /api/v2/pipelines/{pipeline}",
            400,
            json={"aclEntries": []},
            violates="wrong_type",
        ),
        X(
            "§3.3",
            "POST /api/v1/pipelines/{pipeline}",
            400,
            json={"aclEntries": [{"email": "eve@x.example"}]},
        ),
        X(
            "§3.3",
            "POST /api/v1/pipelines/{pipeline}",
            json={"aclEntries": [{"email": "ana@example.com"}, {"email": "ben@example.com"}]},
            body={"aclEntries": [{"isOwner": True}, {"isOwner": False}]},
        ),
        X(
            "§3.4",
            "POST /api/v2/pipelines/{pipeline}/stages",
            400,
            json={"name": "Q", "color": "red"},
            violates="wrong_type",
        ),
        X("§5", "GET /api/v1/pipelines/{pipeline}/fields/1099", 404),
        X(
            "§3.5",
            "POST /api/v1/pipelines/{pipeline}/fields/1001",
            400,
            json={"dropdownSettings": {"items": []}},
            violates="wrong_type",
        ),
        X(
            "§3.5",
            "POST /api/v1/pipelines/{pipeline}/fields/1003",
            400,
            json={"dropdownSettings": ["EU"]},
            violates="wrong_type",
        ),
        X(
            "§3.16",
            "POST /api/v2/webhooks",
            404,
            query={"pipelineKey": "agxno"},
            json={"event": "BOX_EDIT", "targetUrl": "https://x.example"},
        ),
        X(
            "§3.16",
            "POST /api/v2/webhooks",
            404,
            query={"teamKey": "agxno"},
            json={"event": "ORG_UPDATE", "targetUrl": "https://x.example"},
        ),
    ],
    "colours of a stage": [
        *PIPELINE,
        X(
            "§3.4",
            "POST /api/v2/pipelines/{pipeline}/stages",
            json={"name": "Red", "color": {"foregroundColor": "#fff", "backgroundColor": "#f00"}},
            body={"key": "5004", "isColorFromTheme": False, "color": {"backgroundColor": "#f00"}},
        ),
        X(
            "§3.4 two empty colours give it back to the theme",
            "POST /api/v2/pipelines/{pipeline}/stages/5004",
            json={"color": {"foregroundColor": "", "backgroundColor": ""}},
            body={"name": "Red", "isColorFromTheme": True},
        ),
    ],
    "directory": [
        *TEAM,
        X("§3.8", "POST /api/v2/teams/{team}/contacts", json={"givenName": "Bo"}, saves={"bo": "key"}),
        _contact({"fields": ["x"]}),
        _contact({"orgLinks": ["agxno"]}),
        _contact({"orgLinks": [{"key": "agxno"}]}, None),
        _contact({"givenName": 7}),
        X("§3.8", "GET /api/v2/contacts/{bo}", body={"givenName": "Bo", "orgLinks": []}),
    ],
}
