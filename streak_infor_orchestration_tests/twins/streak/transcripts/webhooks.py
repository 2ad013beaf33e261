"""Registering webhooks: the scope stands in the query, the token is never shown."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT, KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import PIPELINE

_HOOKS = "POST /api/v2/webhooks"
_URL = "https://x.example/hooks/streak/BOX_EDIT/ab12"

TRANSCRIPTS = {
    "life of a webhook": [
        *PIPELINE,
        X(
            "§3.16",
            _HOOKS,
            query={"pipelineKey": "{pipeline}"},
            json={"event": "BOX_EDIT", "targetUrl": _URL, "token": "s3cret"},
            body={
                "key": KEY,
                "event": "BOX_EDIT",
                "targetUrl": _URL,
                "pipelineKey": "{pipeline}",
                "teamKey": ABSENT,
                "userKey": "{ana}",
                "token": ABSENT,
            },
            saves={"hook": "key"},
        ),
        X(
            "§3.16",
            _HOOKS,
            query={"teamKey": "{team}"},
            json={"event": "CONTACT_UPDATE", "targetUrl": _URL},
            body={"teamKey": "{team}", "pipelineKey": ABSENT},
        ),
        X(
            "§3.16 neither scope",
            _HOOKS,
            400,
            json={"event": "BOX_EDIT", "targetUrl": _URL},
            violates="webhook_scope",
        ),
        X(
            "§3.16 wrong scope",
            _HOOKS,
            400,
            query={"pipelineKey": "{pipeline}"},
            json={"event": "CONTACT_UPDATE", "targetUrl": _URL},
            violates="webhook_scope",
        ),
        X(
            "§3.16 a wrong name",
            _HOOKS,
            400,
            query={"pipelineKey": "{pipeline}"},
            json={"event": "BOX_EDITED", "targetUrl": _URL},
            violates="unknown_event",
        ),
        X(
            "§3.16",
            _HOOKS,
            400,
            query={"pipelineKey": "{pipeline}"},
            json={"event": "BOX_EDIT", "targetUrl": "x.example"},
            violates="invalid_target_url",
        ),
        X("§3.16", "GET /api/v2/pipelines/{pipeline}/webhooks", body=[{"key": "{hook}"}]),
        X("§3.16", "GET /api/v2/teams/{team}/webhooks", body=[{"event": "CONTACT_UPDATE"}]),
        X("§3.16", "GET /api/v2/webhooks/{hook}", body={"key": "{hook}", "token": ABSENT}),
        X(
            "§3.16",
            "POST /api/v2/webhooks/{hook}",
            json={"event": "BOX_CREATE"},
            body={"event": "BOX_CREATE", "targetUrl": _URL},
        ),
        X("§3.16", "DELETE /api/v2/webhooks/{hook}", body={"success": True}),
        X("§3.16", "GET /api/v2/webhooks/{hook}", 404),
        X("§3.16", "GET /api/v2/pipelines/{pipeline}/webhooks", body=[]),
    ],
}
