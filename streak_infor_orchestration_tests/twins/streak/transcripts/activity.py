"""What happened on a box, to read only: newsfeed and timeline; reactions to a comment."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT, ANYTHING
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_TIMELINE = "GET /api/v2/boxes/{box}/timeline"

TRANSCRIPTS = {
    "newsfeed": [
        *BOX,
        X("§3.6", "POST /api/v1/boxes/{box}", json={"stageKey": "5002"}),
        X(
            "§3.13, §6",
            "GET /api/v1/boxes/{box}/newsfeed",
            query={"detailLevel": "ALL"},
            body=[
                {
                    "newsfeedItemKey": ANYTHING,
                    "creatorKey": "{ana}",
                    "boxKey": "{box}",
                    "newsfeedEntryScope": "BOX",
                    "newsfeedEntryOperation": "UPDATE",
                    "newsfeedEntrySpecific": "EDIT_STAGE",
                    "specificVariables": {"STAGE_KEY": "5002", "PIPELINE_NAME": "Sales"},
                },
                {"newsfeedEntryOperation": "CREATE", "newsfeedEntrySpecific": "NEW_BOX"},
            ],
        ),
        X("§3.13", "GET /api/v1/pipelines/{pipeline}/newsfeed", body=[{}, {}]),
        X("§3.13", "GET /api/v1/newsfeed", body=[{}, {}]),
        X(
            "§3.13 ALL or CONDENSED",
            "GET /api/v1/newsfeed",
            400,
            query={"detailLevel": "SOME"},
            violates="invalid_detail_level",
        ),
    ],
    "timeline": [
        *BOX,
        X("§3.11", "POST /api/v2/boxes/{box}/comments", json={"message": "Sent quote"}),
        X(
            "§3.12",
            "POST /api/v2/boxes/{box}/meetings",
            json={"meetingType": "CALL_LOG", "startTimestamp": 1767299000000, "notes": "call"},
        ),
        X("§3.6", "POST /api/v1/boxes/{box}", json={"stageKey": "5002"}),
        X(
            "§3.13 all of it, the oldest first",
            _TIMELINE,
            query={"direction": "Ascending"},
            body={"entries": [{"timestamp": ANYTHING}, {}, {}, {}], "nextPage": ABSENT},
        ),
        X(
            "§3.13 filters are bracketed and unquoted",
            _TIMELINE,
            query={"direction": "Descending", "filters": "[CALL_LOGS,COMMENTS]", "limit": 1},
            body={"entries": [{"type": "CALL_LOGS"}], "nextPage": ANYTHING},
            saves={"next": "nextPage"},
        ),
        X(
            "§3.13 the token alone",
            _TIMELINE,
            query={"nextPageToken": "{next}"},
            body={"entries": [{"type": "COMMENTS"}], "nextPage": ABSENT},
        ),
        X(
            "§3.13 nothing beside the token",
            _TIMELINE,
            400,
            query={"nextPageToken": "{next}", "limit": 1},
            violates="token_not_alone",
        ),
        X("§3.13", _TIMELINE, 400, query={"filters": "COMMENTS"}, violates="invalid_filters"),
        X("§3.13", _TIMELINE, 400, query={"filters": "[LUNCHES]"}, violates="invalid_filters"),
        X("§3.13", _TIMELINE, 400, query={"direction": "Up"}, violates="invalid_direction"),
    ],
    "reactions": [
        *BOX,
        X(
            "§3.11",
            "POST /api/v2/boxes/{box}/comments",
            json={"message": "Won!"},
            saves={"comment": "key"},
        ),
        X(
            "§3.11",
            "POST /api/v2/comments/{comment}/react",
            json={"emoji": "🎉"},
            body={"reactionSummary": [{"emoji": "🎉", "count": 1}]},
        ),
        X(
            "§3.11",
            "POST /api/v2/comments/{comment}/unreact",
            json={"emoji": "🎉"},
            body={"reactionSummary": []},
        ),
    ],
}
