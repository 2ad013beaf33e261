"""A tiny language for transcripts: what is sent, what comes back, and the section that says so."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Exchange:
    """One request and its answer.

    ``path`` is below ``/infor/api/v1`` unless it starts with ``/oauth/`` or ``/__twin__/``. ``$name`` anywhere in
    path, headers or bodies stands for a value kept by an earlier exchange. ``json``, ``form`` or ``raw`` is the
    request's body. ``answer`` is the part of the response's body that must be there (``...``: present, whatever
    it is), ``absent`` names members that must not be; ``answer_headers`` likewise, compared exactly.
    ``keep`` maps a name to the member (``Items.0.OrderID``) or ``header:ETag`` it is kept from.
    """

    method: str
    path: str
    json: Any = None
    status: int = 200
    answer: Any = None
    form: dict[str, str] | None = None
    raw: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    anonymous: bool = False
    basic: tuple[str, str] | None = None
    absent: tuple[str, ...] = ()
    answer_headers: dict[str, Any] = field(default_factory=dict)
    keep: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wait:
    """The twin's clock moves on."""

    seconds: float


@dataclass(frozen=True)
class Story:
    """Exchanges that follow one another on a freshly seeded twin; ``section`` names the contract's section.

    ``violations`` are the rules the twin must have noted by the end, in order.
    """

    section: str
    rule: str
    steps: tuple[Exchange | Wait, ...]
    violations: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.section}: {self.rule}"


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
