"""Values by type: what is written, what is read back, what is refused."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_ONE = "/api/v1/boxes/{box}/fields"


def _refused(field: str, value: object, rule: str) -> X:
    return X("§3.7", f"POST {_ONE}/{field}", 400, {"success": False}, json={"value": value}, violates=rule)


TRANSCRIPTS = {
    "written and read back": [
        *BOX,
        X("§3.7 unset fields are absent", "GET /api/v1/boxes/{box}", body={"fields": {"1001": ABSENT}}),
        X("§3.7", f"GET {_ONE}", body=[]),
        X("§3.7", f"POST {_ONE}/1001", json={"value": "text"}, body={"key": "1001", "value": "text"}),
        X("§3.7 a number reads back as text", f"POST {_ONE}/1001", json={"value": 42}, body={"value": "42"}),
        X("§3.7", f"POST {_ONE}/1002", json={"value": 1769904000000}, body={"value": 1769904000000}),
        X("§3.7", f"POST {_ONE}/1003", json={"value": "9002"}, body={"value": "9002"}),
        X("§3.7", f"POST {_ONE}/1004", json={"value": ["9003", "9001"]}, body={"value": ["9003", "9001"]}),
        X("§3.7", f"POST {_ONE}/1005", json={"value": True}, body={"value": True}),
        X("§3.7 older text", f"POST {_ONE}/1005", json={"value": "false"}, body={"value": False}),
        X("§9.6 opaque", f"POST {_ONE}/1007", json={"value": {"any": 1}}, body={"value": {"any": 1}}),
        X(
            "§3.7",
            f"GET {_ONE}",
            body=[
                {"key": "1001", "value": "42"},
                {"key": "1002", "value": 1769904000000},
                {"key": "1003", "value": "9002"},
                {"key": "1004", "value": ["9003", "9001"]},
                {"key": "1005", "value": False},
                {"key": "1007", "value": {"any": 1}},
            ],
        ),
        X("§3.7", f"GET {_ONE}/1003", body={"key": "1003", "value": "9002"}),
        X("§3.7 cleared", f"POST {_ONE}/1003", json={"value": None}, body={"key": "1003", "value": None}),
        X("§3.7 cleared", f"POST {_ONE}/1004", json={"value": []}, body={"value": None}),
        X("§3.7 cleared", f"POST {_ONE}/1001", json={"value": ""}, body={"value": None}),
        X("§3.7 cleared", f"POST {_ONE}/1005", json={"value": None}, body={"value": None}),
        X("§3.7 cleared", f"POST {_ONE}/1002", json={"value": None}, body={"value": None}),
        X("§3.7 cleared already", f"POST {_ONE}/1001", json={"value": None}, body={"value": None}),
        X(
            "§3.7",
            "GET /api/v1/boxes/{box}",
            body={"fields": {f"100{number}": ABSENT for number in (1, 2, 3, 4, 5)}},
        ),
    ],
    "refused": [
        *BOX,
        _refused("1003", "EU", "label_where_key_belongs"),
        _refused("1003", "9009", "unknown_option_key"),
        _refused("1003", ["9001"], "wrong_type"),
        _refused("1004", ["hot"], "label_where_key_belongs"),
        _refused("1004", "9001", "wrong_type"),
        _refused("1002", "2026-02-01", "wrong_type"),
        _refused("1005", 1, "wrong_type"),
        _refused("1002", "", "wrong_type"),
        _refused("1003", "", "unknown_option_key"),
        _refused("1004", "", "wrong_type"),
        _refused("1004", None, "wrong_type"),
        _refused("1005", "", "wrong_type"),
        _refused("1003", [], "wrong_type"),
        _refused("1006", "12", "formula_written"),
        X("§3.7", f"POST {_ONE}/1099", 404, json={"value": "x"}),
        X(
            "§2.1 seconds are taken for 1970",
            f"POST {_ONE}/1002",
            json={"value": 1769904000},
            body={"value": 1769904000},
            violates="seconds_for_milliseconds",
        ),
        X("§3.7", f"POST {_ONE}/1001", 400, json={}, violates="missing_parameter"),
    ],
}
