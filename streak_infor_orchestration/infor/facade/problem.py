"""What the façade says about a refusal (Infor façade contract, Errors)."""

from typing import Any

from streak_infor_orchestration.transport.outcomes import Refusal, explain_plainly


def explain(body: Any) -> Refusal:
    """`application/problem+json`; the first of `errors` names the field. A 409 may hold `InvoiceID`."""
    if not isinstance(body, dict):
        return Refusal()
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return Refusal(
        message=explain_plainly(body).message or _text(first.get("message")),
        code=_text(body.get("code")),
        field=_text(first.get("field")),
        existing=_text(body.get("InvoiceID")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
