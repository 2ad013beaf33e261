"""Field definitions: options are replaced unless addOnly, types never change."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_FIELDS = "/api/v1/pipelines/{pipeline}/fields"

TRANSCRIPTS = {
    "life of a field": [
        *BOX,
        X(
            "§3.5 in stored order",
            "GET " + _FIELDS,
            body=[{"key": f"100{n}"} for n in range(1, 8)],
        ),
        X(
            "§3.5 dropdown items have names",
            f"GET {_FIELDS}/1003",
            body={
                "type": "DROPDOWN",
                "dropdownSettings": {"items": [{"key": "9001", "name": "EU"}, {"key": "9002", "name": "US"}]},
            },
        ),
        X(
            "§3.5 tags have tags",
            f"GET {_FIELDS}/1004",
            body={
                "tagSettings": {
                    "tags": [
                        {"key": "9001", "tag": "hot"},
                        {"key": "9002", "tag": "new"},
                        {"key": "9003", "tag": "vip"},
                    ]
                }
            },
        ),
        X(
            "§3.5 addOnly keeps the rest",
            f"POST {_FIELDS}/1003",
            query={"addOnly": "true"},
            json={"dropdownSettings": {"items": [{"name": "APAC"}]}},
            body={
                "dropdownSettings": {
                    "items": [{"key": "9001"}, {"key": "9002"}, {"key": "9003", "name": "APAC"}]
                }
            },
        ),
        X(
            "§3.5 without it the list is replaced; an option sent without its key is a new one",
            f"POST {_FIELDS}/1003",
            json={"dropdownSettings": {"items": [{"key": "9002", "name": "USA"}, {"name": "EU"}]}},
            body={
                "dropdownSettings": {"items": [{"key": "9002", "name": "USA"}, {"key": "9004", "name": "EU"}]}
            },
        ),
        X(
            "§3.5 unknown option",
            f"POST {_FIELDS}/1003",
            400,
            json={"dropdownSettings": {"items": [{"key": "9001", "name": "EU"}]}},
            violates="unknown_option_key",
        ),
        X(
            "§3.5",
            f"POST {_FIELDS}/1001",
            400,
            {"success": False, "error": "Can't change the type of a field"},
            json={"type": "DATE"},
            violates="field_type_changed",
        ),
        X(
            "§3.5",
            f"PUT {_FIELDS}",
            form={"name": "ERP order", "type": "TEXT_INPUT"},
            body={"key": "1008", "name": "ERP order", "dropdownSettings": ABSENT},
        ),
        X(
            "§3.5",
            "POST /api/v2/pipelines/{pipeline}/fields",
            json={"name": "Sum", "type": "FORMULA", "defaultValue": "1+1"},
            body={"key": "1009", "type": "FORMULA", "defaultValue": "1+1"},
        ),
        X(
            "§0.2",
            f"PUT {_FIELDS}",
            400,
            b"",
            json={"name": "A", "type": "DATE"},
            violates="json_where_form_belongs",
        ),
        X("§3.7", "POST /api/v1/boxes/{box}/fields/1008", json={"value": "42"}, body={"value": "42"}),
        X("§3.5", f"DELETE {_FIELDS}/1008", body={"success": True}),
        X("§3.5 the value went with it", "GET /api/v1/boxes/{box}", body={"fields": {"1008": ABSENT}}),
        X("§2.2", f"PUT {_FIELDS}", form={"name": "ERP order", "type": "TEXT_INPUT"}, body={"key": "1010"}),
    ],
}
