"""Comments, in v2 and in their legacy form."""

from streak_infor_orchestration_tests.twins.streak.exchange import KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_COMMENTS = "/api/v2/boxes/{box}/comments"

TRANSCRIPTS = {
    "life of a comment": [
        *BOX,
        X(
            "§3.11",
            f"POST {_COMMENTS}",
            json={"message": "Sent quote"},
            body={
                "key": KEY,
                "boxKey": "{box}",
                "pipelineKey": "{pipeline}",
                "creatorKey": "{ana}",
                "message": "Sent quote",
                "reactionSummary": [],
                "parent": None,
            },
            saves={"first": "key"},
        ),
        X(
            "§3.11",
            f"POST {_COMMENTS}",
            json={"message": "Yes", "parent": "{first}"},
            body={"parent": "{first}"},
        ),
        X(
            "§3.11",
            f"GET {_COMMENTS}",
            body={"results": [{"message": "Yes"}, {"message": "Sent quote"}], "hasNextPage": False},
        ),
        X(
            "§2.5",
            f"GET {_COMMENTS}",
            query={"limit": 1},
            body={"results": [{"message": "Yes"}], "hasNextPage": True},
        ),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"commentCount": 2}),
        X("§3.11", f"POST {_COMMENTS}", 400, json={"message": ""}, violates="missing_parameter"),
        X("§3.11", f"POST {_COMMENTS}", json={"message": "x", "text": "y"}, violates="unknown_property"),
        X("§3.11", "POST /api/v2/comments/{first}", json={"message": "Sent"}, body={"message": "Sent"}),
        X(
            "§3.11 legacy",
            "PUT /api/v1/boxes/{box}/comments",
            form={"message": "old"},
            body={"message": "old"},
        ),
        X(
            "§3.11 legacy",
            "GET /api/v1/boxes/{box}/comments",
            body=[{"message": "old"}, {"message": "x"}, {"message": "Yes"}, {"message": "Sent"}],
        ),
        X("§3.11", "DELETE /api/v2/comments/{first}", body={"success": True}),
        X("§3.11", "GET /api/v2/comments/{first}", 404),
        X("§3.6", "DELETE /api/v1/boxes/{box}"),
        X("§3.11", f"GET {_COMMENTS}", 404),
    ],
}
