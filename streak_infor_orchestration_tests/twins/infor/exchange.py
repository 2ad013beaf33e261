"""The façade's exchanges: paths below ``/infor/api/v1`` unless they start with ``/oauth/`` or ``/__twin__/``."""

from typing import Any

from streak_infor_orchestration_tests.twins.exchange import Exchange


def get(path: str, answer: Any = None, status: int = 200, **more: Any) -> Exchange:
    return Exchange("GET", path, answer=answer, status=status, **more)


def post(path: str, json: Any, answer: Any = None, status: int = 201, **more: Any) -> Exchange:
    return Exchange("POST", path, json, answer=answer, status=status, **more)


def put(path: str, json: Any, answer: Any = None, status: int = 200, **more: Any) -> Exchange:
    return Exchange("PUT", path, json, answer=answer, status=status, **more)


def lever(path: str, json: Any, answer: Any = None, status: int = 200, **more: Any) -> Exchange:
    return Exchange("POST", f"/__twin__{path}", json, answer=answer, status=status, **more)


def refusal(code: str, status: int, *errors: tuple[str, str], **members: Any) -> dict[str, Any]:
    """A problem body (contract, Errors); ``errors`` as (field, code)."""
    body: dict[str, Any] = {"type": ..., "title": ..., "status": status, "detail": ..., "code": code}
    if errors:
        body["errors"] = [{"field": field, "code": rule, "message": ...} for field, rule in errors]
    return body | members


NEW_CUSTOMER = post("/customers", {"Name": "Gearbox GmbH"}, keep={"customer": "CustomerID"})

PLAIN_ORDER: dict[str, Any] = {
    "CustomerID": "$customer",
    "OrderDate": "2026-03-02",
    "Currency": "EUR",
    "LineItems": [{"Product": "BRK-1001", "Quantity": "2", "Price": "189.90"}],
}

NEW_ORDER = post("/salesorders", PLAIN_ORDER, keep={"order": "OrderID"})
NEW_INVOICE = post("/invoices", {"OrderID": "$order"}, keep={"invoice": "InvoiceID"})


def order_with(**members: Any) -> dict[str, Any]:
    return PLAIN_ORDER | members


def order_of(currency: str, *lines: dict[str, Any], **members: Any) -> dict[str, Any]:
    return order_with(Currency=currency, LineItems=list(lines), **members)
