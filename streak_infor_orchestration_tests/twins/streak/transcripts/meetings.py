"""Meeting notes and call logs: JSON in the newest specification, a form in the docs (both are taken)."""

from streak_infor_orchestration_tests.twins.streak.exchange import ANYTHING, KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_MEETINGS = "/api/v2/boxes/{box}/meetings"

TRANSCRIPTS = {
    "life of a call log": [
        *BOX,
        X(
            "§3.12, §6",
            f"POST {_MEETINGS}",
            json={
                "meetingType": "CALL_LOG",
                "startTimestamp": 1767299000000,
                "duration": 900000,
                "notes": "15 min call",
            },
            body={
                "key": KEY,
                "boxKey": "{box}",
                "pipelineKey": "{pipeline}",
                "creatorKey": "{ana}",
                "isDraft": False,
                "taskKeys": [],
                "creationDate": ANYTHING,
                "meetingType": "CALL_LOG",
                "startTimestamp": 1767299000000,
                "duration": 900000,
                "notes": "15 min call",
                "lastSavedTimestamp": ANYTHING,
            },
            saves={"call": "key"},
        ),
        X(
            "§2.3 as a form too",
            f"POST {_MEETINGS}",
            form={"meetingType": "MEETING_NOTES", "startTimestamp": "1767300000000", "notes": "met"},
            body={"meetingType": "MEETING_NOTES", "startTimestamp": 1767300000000, "duration": 0},
        ),
        X(
            "§2.5",
            f"GET {_MEETINGS}",
            query={"limit": 1},
            body={"results": [{"notes": "15 min call"}], "hasNextPage": True},
        ),
        X(
            "§3.6",
            "GET /api/v1/boxes/{box}",
            body={"callLogCount": 1, "meetingNotesCount": 1, "totalCallLogDuration": 900000},
        ),
        X("§3.12", "GET /api/v2/meetings/{call}", body={"notes": "15 min call"}),
        X(
            "§3.12",
            "POST /api/v2/meetings/{call}",
            json={"notes": "20 min call", "duration": 1200000},
            body={"notes": "20 min call", "duration": 1200000, "meetingType": "CALL_LOG"},
        ),
        X("§3.12", "DELETE /api/v2/meetings/{call}", body={"success": True}),
        X("§5", "GET /api/v2/meetings/{call}", 404),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"callLogCount": 0, "totalCallLogDuration": 0}),
    ],
    "what is refused": [
        *BOX,
        X(
            "§3.12 a type of two",
            f"POST {_MEETINGS}",
            400,
            json={"meetingType": "LUNCH", "startTimestamp": 1767299000000},
            violates="unknown_meeting_type",
        ),
        X(
            "§3.12 startTimestamp is required",
            f"POST {_MEETINGS}",
            400,
            json={"meetingType": "CALL_LOG"},
            violates="missing_parameter",
        ),
        X("§5", "GET /api/v2/boxes/agxnothing/meetings", 404),
    ],
}
