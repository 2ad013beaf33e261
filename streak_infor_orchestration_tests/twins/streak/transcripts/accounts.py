"""Authentication, users, the team, and what is no operation."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT, ANYTHING, KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import TEAM

_WRONG_KEY = {"success": False, "error": "invalid api key"}

TRANSCRIPTS = {
    "authentication": [
        X(
            "§1 no credentials",
            "GET /api/v1/users/me",
            401,
            {"error": "Authentication required", "success": ABSENT},
            headers={},
        ),
        X(
            "§1 wrong key",
            "GET /api/v1/users/me",
            401,
            _WRONG_KEY,
            headers={"Authorization": "Bearer strk_x"},
        ),
        X(
            "§1 wrong key, Basic",
            "GET /api/v1/users/me",
            401,
            _WRONG_KEY,
            headers={"Authorization": "Basic c3Rya194Og=="},
        ),
        X("§1 Basic with an empty password", "GET /api/v1/users/me", body={"email": "ana@example.com"}),
        X(
            "§1 Basic with the key repeated as password",
            "GET /api/v1/users/me",
            body={"email": "ana@example.com"},
            headers={"Authorization": "Basic c3Rya19hbmE6c3Rya19hbmE="},
        ),
        X(
            "§1 Bearer",
            "GET /api/v1/users/me",
            body={"email": "ben@example.com"},
            headers={"Authorization": "Bearer strk_ben"},
        ),
    ],
    "users and team": [
        *TEAM,
        X(
            "§3.1",
            "GET /api/v1/users/me",
            body={
                "key": KEY,
                "userKey": KEY,
                "email": "ana@example.com",
                "lowercaseEmail": "ana@example.com",
                "userType": "HUMAN",
                "displayName": "Ana",
                "creationTimestamp": 1767225600000,
            },
        ),
        X("§3.1", "GET /api/v1/users/{ana}", body={"email": "ana@example.com"}),
        X("§5", "GET /api/v1/users/agxnobody", 404, {"success": False, "error": ANYTHING}),
        X(
            "§3.2",
            "GET /api/v2/teams/{team}",
            body={
                "key": "{team}",
                "name": "Acme",
                "creator": "{ana}",
                "contactSettings": {"fields": {}},
                "members": [{"userKey": "{ana}", "role": "Owner"}, {"role": "Member"}],
            },
        ),
        X(
            "§3.1, §2.5",
            "GET /api/v2/teams/{team}/users",
            body={
                "results": [{"email": "ana@example.com"}, {"email": "ben@example.com"}],
                "hasNextPage": False,
            },
        ),
        X(
            "§2.5",
            "GET /api/v2/teams/{team}/users",
            query={"limit": 1},
            body={"results": [{"email": "ana@example.com"}], "hasNextPage": True},
        ),
        X(
            "§2.5, zero-based",
            "GET /api/v2/teams/{team}/users",
            query={"limit": 1, "page": 1},
            body={"results": [{"email": "ben@example.com"}], "hasNextPage": False},
        ),
    ],
    "users and team are changed": [
        *TEAM,
        X(
            "§3.1 our own details",
            "POST /api/v1/users/{ana}",
            json={"firstName": "Ana", "lastName": "Reyes", "timezoneId": "Europe/Berlin"},
            body={"displayName": "Ana Reyes", "timezoneId": "Europe/Berlin", "email": "ana@example.com"},
        ),
        X("§3.1", "GET /api/v1/users/me", body={"displayName": "Ana Reyes"}),
        X(
            "§5 nobody else's (assumed: no access)",
            "POST /api/v1/users/{ana}",
            401,
            json={"firstName": "Eve"},
            headers={"Authorization": "Bearer strk_ben"},
        ),
        X(
            "§3.2 partial",
            "POST /api/v2/teams/{team}",
            json={"name": "Acme Europe"},
            body={"key": "{team}", "name": "Acme Europe", "sharingRestrictedToTeam": False},
        ),
        X("§3.2", "POST /api/v2/teams/{team}", 400, json={"name": 7}, violates="wrong_type"),
        X("§3.2", "GET /api/v2/users/me/teams", body={"results": [{"name": "Acme Europe"}]}),
    ],
    "no such operation": [
        X(
            "§8 flat path of another world",
            "GET /api/v2/boxes",
            404,
            {"success": False},
            violates="unknown_path",
        ),
        X("§8", "POST /api/v2/activities", 404, json={}, violates="unknown_path"),
        X("§0.2 no PATCH anywhere", "PATCH /api/v1/users/me", 404, json={}, violates="unknown_method"),
        X("§2.1 a slash too many", "GET /api/v1/users/me/", 404, violates="unknown_path"),
        X(
            "§3.1, ignored and noted",
            "GET /api/v1/users/me",
            query={"fields": "email"},
            violates="unknown_query_parameter",
        ),
        X(
            "§4 limit from 1",
            "GET /api/v2/users/me/teams",
            400,
            query={"limit": 0},
            violates="invalid_limit",
        ),
    ],
}
