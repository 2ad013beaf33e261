"""Refusals as the contract's "Errors" section writes them (RFC 9457 problem details with a ``code``)."""

from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

NOT_THE_CLIENTS_FAULT = frozenset({"blocked", "obsolete", "total_differs", "unknown"})
"""Error codes that tell a state of the business; every other one is a breach of the contract."""


@dataclass(frozen=True)
class FieldError:
    field: str
    code: str
    message: str


class Problem(Exception):
    """Raised by a handler to refuse; ``members`` are added to the body, ``headers`` to the answer."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: list[FieldError] | None = None,
        *,
        members: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = sorted(errors or [], key=lambda error: error.field)
        self.members = members or {}
        self.headers = headers or {}

    def response(self) -> JSONResponse:
        body = {
            "type": f"urn:infor-facade:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "errors": [asdict(error) for error in self.errors],
            **self.members,
        }
        return JSONResponse(body, self.status, self.headers, "application/problem+json")


def invalid(*errors: FieldError) -> Problem:
    """400 ``validation``, naming what is wrong."""
    detail = "; ".join(f"{error.field}: {error.message}" for error in errors)
    return Problem(400, "validation", detail, list(errors))


def not_found(what: str) -> Problem:
    return Problem(404, "not_found", f"there is no {what}")


def conflict(detail: str) -> Problem:
    return Problem(409, "conflict", detail)
