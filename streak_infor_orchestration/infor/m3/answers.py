"""What an answer of M3 says (Infor API contract, B.3): records, or a refusal, which newer servers answer with 400."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from streak_infor_orchestration.infor.m3.values import Row
from streak_infor_orchestration.transport.outcomes import Refusal

UNDERSTOOD = frozenset(
    {"ServerReturnedNOK", "TransactionNotFound", "MandatoryInputFieldNotFound", "InputFieldTooLong"}
)
"""The kinds of error that say that nothing was done (contract B.3, the values seen)."""


class Nok(NamedTuple):
    """M3's "not OK". `code` is the message's, else the kind of error; it and `field` are what errors are told by: the
    words follow the user's language. `kind` is "" where M3 does not say."""

    code: str
    field: str
    kind: str
    message: str

    @property
    def is_refusal(self) -> bool:
        """Whether M3 understood, and did nothing. Else the program may have ended anywhere."""
        return self.kind in UNDERSTOOD or bool(self.code and self.code != self.kind)

    @property
    def refusal(self) -> Refusal:
        return Refusal(message=self.message, code=self.code, field=self.field)


class MiResult(NamedTuple):
    """What came of one transaction: its records, or why there are none. `skipped`: it was not tried."""

    rows: tuple[Row, ...]
    nok: Nok | None = None
    skipped: bool = False


def results_of(body: Any) -> list[MiResult]:
    """One for each transaction that was come to, in their order; a top-level error counts as one.

    Raises ValueError, LookupError or TypeError for what is no answer of M3's.
    """
    if not isinstance(body, dict):
        raise TypeError("an answer of M3")
    top = nok_of(body)
    results = [_result(result) for result in body["results"]] if "results" in body else []
    if top is not None and not any(result.nok for result in results):
        results.append(MiResult((), top))
    if not results and top is None and "results" not in body:
        raise ValueError("neither results nor an error")
    return results


def nok_of(body: Any) -> Nok | None:
    """The error that an answer, or one of its results, holds in its own members."""
    if not isinstance(body, dict):
        return None
    kind = _said(body, "errorType") or _said(body, "terminationErrorType")
    code = _said(body, "errorCode") or kind
    message = " ".join((_said(body, "errorMessage") or _said(body, "terminationReason")).split())
    if not (code or message):
        return None
    return Nok(code, _said(body, "errorField"), kind, message)


def _result(result: Mapping[str, Any]) -> MiResult:
    nok, skipped = nok_of(result), result.get("notProcessed") is True
    rows = _rows(result.get("records"))
    return MiResult(rows, nok, skipped)


def _rows(records: Any) -> tuple[Row, ...]:
    """A single record may come as an object (contract B.4)."""
    if records is None:
        return ()
    many: Sequence[Any] = [records] if isinstance(records, dict) else records
    return tuple({str(name): _text(value) for name, value in record.items()} for record in many)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _said(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value.strip() if isinstance(value, str) else ""
