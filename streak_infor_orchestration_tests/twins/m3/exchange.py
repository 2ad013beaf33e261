"""M3's exchanges: bulks and single calls, addressed below the v2 interface, and the levers."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange

Call = tuple[str, dict[str, Any]]
"""A transaction and its record."""

BULK = "/m3api-rest/v2/execute"


def bulk(program: str, *calls: Call, answer: Any = None, status: int = 200, **more: Any) -> Exchange:
    """One POST of many transactions, all records wanted."""
    options = {"program": program, "cono": 100, "maxReturnedRecords": 0}
    transactions = [{"transaction": name, "record": record} for name, record in calls]
    return Exchange("POST", BULK, {**options, "transactions": transactions}, status, answer, **more)


def call(program: str, name: str, record: dict[str, Any], *records: Any, **more: Any) -> Exchange:
    """One transaction by POST that succeeds, and the records it answers."""
    answer = {"results": [{"transaction": name, "notProcessed": False, "records": list(records)}]}
    return bulk(program, (name, record), answer={**answer, "wasTerminated": False}, **more)


def refused(program: str, name: str, record: dict[str, Any], code: str, field: str, **more: Any) -> Exchange:
    """One transaction by POST that is refused: HTTP 200, the error in its result, its field padded."""
    error = {
        "errorCode": code,
        "errorField": field.ljust(10),
        "errorMessage": ...,
        "errorType": "ServerReturnedNOK",
    }
    answer = {"results": [{"transaction": name, **error}], "nrOfFailedTransactions": 1}
    return bulk(program, (name, record), answer=answer, absent=("results.0.records",), **more)


def single(path: str, answer: Any = None, status: int = 200, **more: Any) -> Exchange:
    """One transaction by GET: ``CRS610MI/GetBasicData?CUNO=C10001``."""
    return Exchange("GET", f"{BULK}/{path}", answer=answer, status=status, **more)


def lever(path: str, json: Any = None, answer: Any = None, status: int = 200, **more: Any) -> Exchange:
    return Exchange("POST", f"/__twin__{path}", json or {}, answer=answer, status=status, **more)


def books(answer: Any, **more: Any) -> Exchange:
    """What an auditor finds."""
    return Exchange("GET", "/__twin__/state", answer=answer, **more)


def kept(name: str, field: str) -> dict[str, Any]:
    """Keeps a field of the first record of the first result."""
    return {"keep": {name: f"results.0.records.0.{field}"}}


NEW_CUSTOMER = call(
    "CRS610MI",
    "Add",
    {"CUTM": "TEMPLATE", "CUNM": "Gearbox GmbH", "CUA1": "Ring 1", "CSCD": "DE"},
    {"CUNO": "C10001", "ERRM": ""},
    **kept("customer", "CUNO"),
)
NEW_HEAD = call(
    "OIS100MI",
    "AddBatchHead",
    {"CUNO": "$customer", "ORTP": "A01", "CUOR": "STK-000123", "RLDT": "20260401", "CUCD": "EUR"},
    {"ORNO": "0000054321"},
    **kept("temporary", "ORNO"),
)
LINE = {"ORNO": "$temporary", "ITNO": "BRK-1001", "ORQT": "2", "SAPR": "182.50", "CUPO": "1"}
NEW_LINE = call("OIS100MI", "AddBatchLine", LINE, {"PONR": "1", "POSX": "0", "ATNR": "0"})
CONFIRMED = call(
    "OIS100MI",
    "Confirm",
    {"ORNO": "$temporary"},
    {"ORNO": "0010000001", "STAT": "22"},
    **kept("order", "ORNO"),
)
NEW_ORDER = (NEW_CUSTOMER, NEW_HEAD, NEW_LINE, CONFIRMED)
