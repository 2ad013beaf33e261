"""Stages: a map, digits for keys that are never used again, guards against deletion."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_STAGES = "/api/v1/pipelines/{pipeline}/stages"

TRANSCRIPTS = {
    "life of a stage": [
        *BOX,
        X(
            "§2.5 an object by key",
            "GET " + _STAGES,
            body={"5001": {"key": "5001", "name": "Lead", "boxCount": ABSENT}, "5003": {"name": "Won"}},
        ),
        X(
            "§3.4 v2 counts boxes",
            "GET /api/v2/pipelines/{pipeline}/stages",
            body={"5001": {"boxCount": 1}, "5002": {"boxCount": 0}},
        ),
        X("§3.4", f"GET {_STAGES}/5002", body={"key": "5002", "name": "Qualified"}),
        X("§3.4", f"PUT {_STAGES}", form={"name": "Lost"}, body={"key": "5004", "name": "Lost"}),
        X(
            "§3.4",
            f"PUT {_STAGES}",
            400,
            {"success": False, "error": "stage name already exists"},
            form={"name": "Lost"},
        ),
        X("§0.2", f"PUT {_STAGES}", 400, b"", json={"name": "Later"}, violates="json_where_form_belongs"),
        X("§3.4", f"POST {_STAGES}/5004", json={"name": "Closed-Lost"}, body={"name": "Closed-Lost"}),
        X("§3.4", f"DELETE {_STAGES}/5004", body={"success": True}),
        X(
            "§2.2 a key is never used again",
            "POST /api/v2/pipelines/{pipeline}/stages",
            json={"name": "Lost"},
            body={"key": "5005", "isColorFromTheme": True},
        ),
        X("§3.4", "GET /api/v2/pipelines/{pipeline}/stages/5005", body={"name": "Lost", "boxCount": 0}),
        X("§3.4 not while boxes are in it", f"DELETE {_STAGES}/5001", 400, {"success": False}),
        X("§5", f"DELETE {_STAGES}/5004", 404),
        X("§3.4", f"DELETE {_STAGES}/5002", body={"success": True}),
        X("§3.4", f"DELETE {_STAGES}/5003", body={"success": True}),
        X("§3.4", "DELETE /api/v2/pipelines/{pipeline}/stages/5005", body={"success": True}),
        X("§3.6", "DELETE /api/v1/boxes/{box}"),
        X("§3.4 never the last one", f"DELETE {_STAGES}/5001", 400, {"success": False}),
    ],
}
