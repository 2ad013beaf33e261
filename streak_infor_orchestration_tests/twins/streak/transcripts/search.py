"""Search takes a query or a name, and shows boxes without a key."""

from streak_infor_orchestration_tests.twins.streak.exchange import ABSENT
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_SEARCH = "GET /api/v1/search"

TRANSCRIPTS = {
    "query or name": [
        *BOX,
        X(
            "§3.8",
            "POST /api/v2/teams/{team}/contacts",
            json={"givenName": "Bo", "emailAddresses": ["bo@northwind.example"]},
            saves={"bo": "key"},
        ),
        X(
            "§3.9",
            "POST /api/v2/teams/{team}/organizations",
            json={"name": "Northwind"},
            saves={"org": "key"},
        ),
        X(
            "§3.14",
            _SEARCH,
            query={"query": "northwind"},
            body={
                "results": {
                    "boxes": [
                        {"boxKey": "{box}", "key": ABSENT, "stageKey": "5001", "pipelineKey": "{pipeline}"}
                    ],
                    "contacts": [{"key": "{bo}", "emailAddresses": ["bo@northwind.example"]}],
                    "orgs": [{"key": "{org}", "name": "Northwind"}],
                },
                "page": 0,
                "query": "northwind",
            },
        ),
        X(
            "§3.14 exact name",
            _SEARCH,
            query={"name": "Northwind renewal"},
            body={"results": {"boxes": [{"boxKey": "{box}"}], "contacts": [], "orgs": []}, "query": None},
        ),
        X("§3.14", _SEARCH, query={"name": "Northwind"}, body={"results": {"boxes": []}}),
        X(
            "§3.14",
            _SEARCH,
            query={"name": "Northwind renewal", "stageKey": ["5002", "5003"]},
            body={"results": {"boxes": []}},
        ),
        X(
            "§3.14",
            _SEARCH,
            query={"name": "Northwind renewal", "pipelineKey": "{pipeline}"},
            body={"results": {"boxes": [{}]}},
        ),
        X(
            "§3.14 zero-based pages",
            _SEARCH,
            query={"query": "northwind", "page": 1},
            body={"results": {"boxes": []}, "page": 1},
        ),
        X("§3.14 exactly one", _SEARCH, 400, query={"query": "a", "name": "b"}, violates="query_or_name"),
        X("§3.14 exactly one", _SEARCH, 400, violates="query_or_name"),
        X("§3.6", "POST /api/v1/boxes/{box}", json={"name": "Southwind"}),
        X(
            "§3.14 the index follows",
            _SEARCH,
            query={"name": "Northwind renewal"},
            body={"results": {"boxes": []}},
        ),
        X(
            "§3.14",
            _SEARCH,
            query={"query": "southwind"},
            body={"results": {"boxes": [{"name": "Southwind"}]}},
        ),
    ],
}
