"""An M3 that says what it is told to, and what was asked of it (Infor API contract, B.1 to B.3, Appendix 2)."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, Self

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.infor.m3.erp import M3Erp
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint

Record = dict[str, str]


class Asked(NamedTuple):
    """One request. `calls` are its transactions with their records, whichever way they were sent."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    calls: tuple[tuple[str, Record], ...]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


class ScriptedM3:
    """`erp` is the client under test; what its walks leave out is in `left_out`."""

    def __init__(self, *script: Response, **settings: Any) -> None:
        self.asked: list[Asked] = []
        self.left_out: list[LeftOut] = []
        self.section = section(**settings)
        self._endpoint = Endpoint(*(partial(self._answer, response) for response in script))

    @contextmanager
    def opened(self) -> Iterator[Self]:
        with self._endpoint.served() as url:
            http = HttpClient("infor", url, clock=ManualClock(), attempts=1, left_out=self.left_out.append)
            self.erp = M3Erp(http, self.section)
            yield self
            http.close()

    def _answer(self, response: Response, request: Request) -> Response:
        *_, (_, path, _, sent) = self._endpoint.seen
        query, body = dict(request.query_params), json.loads(sent) if sent else None
        if body is not None:
            calls = tuple((one["transaction"], one["record"]) for one in body["transactions"])
        else:
            record = {code: value for code, value in query.items() if code.isupper()}
            calls = ((path.rpartition("/")[2], record),)
        self.asked.append(Asked(request.method, path, query, body, calls))
        return response

    @property
    def last(self) -> Asked:
        return self.asked[-1]

    @property
    def lines(self) -> list[str]:
        """`POST AddBatchHead` for each request, its transactions joined."""
        return [f"{asked.method} {'+'.join(asked.names)}" for asked in self.asked]


def section(**settings: Any) -> M3Section:
    given = {
        "product": "m3",
        "base_url": "https://m3.example.com",
        "cono": 100,
        "template_customer": "TEMPLATE",
    }
    return M3Section.model_validate({**given, **settings})


def answered(*results: dict[str, Any], status: int = 200, **top: Any) -> Response:
    failed = sum("errorMessage" in result for result in results)
    counted = {
        "nrOfSuccessfullTransactions": len(results) - failed,
        "nrOfFailedTransactions": failed,
        "nrOfNotProcessedTransactions": 0,
    }
    return JSONResponse({"results": list(results), "wasTerminated": failed > 0, **counted, **top}, status)


def rows(transaction: str, *records: Record) -> dict[str, Any]:
    return {"transaction": transaction, "records": list(records), "notProcessed": False}


def nok(
    transaction: str, code: str, field: str, message: str = "is not valid", **more: Any
) -> dict[str, Any]:
    """Padded as M3 pads it (contract B.3)."""
    return {
        "transaction": transaction,
        "errorMessage": f"{message:<40}",
        "errorCode": code,
        "errorField": f"{field:<10}",
        "errorType": "ServerReturnedNOK",
        "notProcessed": False,
        **more,
    }


def done(transaction: str, *records: Record) -> Response:
    """The answer to one transaction that was done."""
    return answered(rows(transaction, *records))


def refused(transaction: str, code: str, field: str, message: str = "is not valid") -> Response:
    return answered(nok(transaction, code, field, message))
