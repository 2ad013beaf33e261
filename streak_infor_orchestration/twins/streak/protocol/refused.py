"""The answers that refuse a request (§5), and whether the request broke the contract."""

from typing import Any


class Refused(Exception):
    """Answered with ``status`` and ``body`` (None: an empty body); with ``rule``, also logged as violation.

    A rule is given where no correct client sends such a request, whatever the state of Streak.
    """

    def __init__(self, status: int, body: dict[str, Any] | None, rule: str | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.rule = rule


def bad_request(error: str, rule: str | None = None, **more: Any) -> Refused:
    return Refused(400, {"success": False, "error": error, **more}, rule)


def not_found(what: str) -> Refused:
    return Refused(404, {"success": False, "error": f"{what} not found"})


def invalid_path() -> Refused:
    """What a wrong team key in a path is answered with (§3.8)."""
    return Refused(404, {"success": False, "error": "Invalid API path specified"})
