"""Answers of the v2 interface: results, counters, and the two places of an error. Contract, B.3."""

from dataclasses import dataclass, field
from typing import Any

from streak_infor_orchestration.twins.m3.habits import Habits
from streak_infor_orchestration.twins.m3.nok import NO_TRANSACTION, Nok
from streak_infor_orchestration.twins.m3.table import Row

Json = dict[str, Any]
TEXT_WIDTH, FIELD_WIDTH = 120, 10


@dataclass(frozen=True)
class Result:
    """Of one transaction. ``parameters`` are echoed with ``extendedresult``."""

    transaction: str
    records: list[Row] = field(default_factory=list)
    nok: Nok | None = None
    processed: bool = True
    parameters: Json | None = None


def error_members(nok: Nok, habits: Habits) -> Json:
    """``errorMessage``, ``errorCode``, ``errorField``, ``errorType``, padded as older parts of M3 write them."""
    text, width = (nok.message.ljust(TEXT_WIDTH), FIELD_WIDTH) if habits.padded else (nok.message, 0)
    members = {"errorMessage": text, "errorCode": nok.code, "errorField": nok.field.ljust(width)}
    return {**members, "errorType": nok.type}


def one_result(result: Result, habits: Habits) -> Json:
    echoed = {} if result.parameters is None else {"parameters": result.parameters}
    error = error_members(result.nok, habits) if result.nok else {}
    records = {} if result.nok or not result.processed else {"records": result.records}
    return {
        "transaction": result.transaction,
        **echoed,
        **error,
        "notProcessed": not result.processed,
        **records,
    }


def results(done: list[Result], job: str, habits: Habits, terminated: Nok | None = None) -> Json:
    """The whole body. The double l of ``nrOfSuccessfullTransactions`` is Infor's."""
    failed = sum(result.nok is not None for result in done)
    left = sum(not result.processed for result in done)
    ended = {}
    if terminated is not None:
        ended = {"terminationReason": terminated.message, "terminationErrorType": terminated.type}
    return {
        "results": [one_result(result, habits) for result in done],
        "wasTerminated": terminated is not None,
        **ended,
        "bulkJobId": job,
        "nrOfSuccessfullTransactions": len(done) - failed - left,
        "nrOfNotProcessedTransactions": left,
        "nrOfFailedTransactions": failed,
    }


def top_level(nok: Nok, habits: Habits) -> Json:
    """The body of a 400."""
    if nok.type == NO_TRANSACTION:
        return {"terminationReason": nok.message, "terminationErrorType": nok.type}
    return error_members(nok, habits)
