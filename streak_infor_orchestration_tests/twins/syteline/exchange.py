"""SyteLine's exchanges: paths below ``/IDORequestService/ido`` unless they name a tenant or ``/__twin__``."""

from typing import Any
from urllib.parse import urlencode

from streak_infor_orchestration_tests.twins.exchange import Exchange

INSERT, UPDATE, DELETE = 1, 2, 4
CONFIGURATION = "TWIN_TST_MAIN"
NAME_AND_PASSWORD = {"username": "streak", "password": "twin-password"}


def load(ido: str, items: list[dict[str, Any]] | None = None, **query: str) -> Exchange:
    """With every property the items name, unless told; `more` is what else the answer must have."""
    if items and "properties" not in query:
        query["properties"] = ",".join(name for name in items[0] if name != "_ItemId")
    answer = {"Success": True, "Message": None} | ({} if items is None else {"Items": items})
    return Exchange("GET", f"/load/{ido}?{urlencode(query)}", answer=answer)


def refused_load(ido: str, message: str | Any = ..., **query: str) -> Exchange:
    answer = {"Success": False, "Message": message}
    return Exchange("GET", f"/load/{ido}?{urlencode({'properties': 'RowPointer', **query})}", answer=answer)


def properties(values: dict[str, str | None]) -> list[dict[str, Any]]:
    return [
        {"Name": name, "Value": value, "OriginalValue": None, "Modified": True, "IsNull": value is None}
        for name, value in values.items()
    ]


def change(action: int, values: dict[str, str | None], item: str = "", **more: Any) -> dict[str, Any]:
    return {
        "Action": action,
        "ItemId": item,
        "ItemNo": 0,
        "UpdateLocking": 0,
        "Properties": properties(values),
        **more,
    }


def update(
    ido: str, body: dict[str, Any] | list[dict[str, Any]], answer: Any = None, **more: Any
) -> Exchange:
    """One change or several, with refresh."""
    changes = body if isinstance(body, list) else [body]
    request = {"IDOName": ido, "RefreshAfterSave": True, "Changes": changes}
    expected = {"Success": True, "Message": None} if answer is None else answer
    return Exchange("POST", f"/update/{ido}", request, answer=expected, **more)


def insert(ido: str, values: dict[str, str | None], refreshed: Any = ..., **more: Any) -> Exchange:
    answer = {"Success": True, "Message": None, "RefreshItems": [refreshed]}
    return update(ido, change(INSERT, values), answer, **more)


def refused(message: str | Any = ...) -> dict[str, Any]:
    return {"Success": False, "Message": message}


def lever(path: str, json: Any, answer: Any = None, status: int = 200, method: str = "POST") -> Exchange:
    return Exchange(method, f"/__twin__{path}", json, status, answer)


CUSTOMER = insert(
    "SLCustomers",
    {"CustNum": "TBD", "Name": "Gearbox GmbH"},
    {"CustNum": "   1001"},
)
HEADER: dict[str, str | None] = {
    "CoNum": "  STK00123",
    "CustNum": "   1001",
    "CustPo": "STK-000123",
    "OrderDate": "20260302 00:00:00.000",
    "Stat": "P",
    "Type": "R",
}
ORDER = insert(
    "SLCos",
    HEADER,
    {"CoNum": "  STK00123", "Stat": "P", "_ItemId": ...},
    keep={"order": "RefreshItems.0._ItemId"},
)
LINE: dict[str, str | None] = {
    "CoNum": "  STK00123",
    "CoLine": "1",
    "CoRelease": "0",
    "Item": "BRK-1001",
    "QtyOrdered": "2",
    "QtyOrderedConv": "2",
    "Price": "189.90",
    "PriceConv": "189.90",
}
ORDER_LINE = insert(
    "SLCoitems", LINE, {"CoLine": "1", "_ItemId": ...}, keep={"line": "RefreshItems.0._ItemId"}
)
RELOAD = Exchange(
    "GET",
    "/load/SLCos?properties=CoNum&filter=CoNum%20%3D%20N'%20%20STK00123'",
    answer={"Items": [{"CoNum": "  STK00123"}]},
    keep={"order": "Items.0._ItemId"},
)
