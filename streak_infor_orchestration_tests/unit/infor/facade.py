"""A façade that says what it is told to, and what was asked of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint

STAMPS = {"CreatedAt": "2026-01-02T03:04:05Z", "ModifiedAt": "2026-02-03T04:05:06.789Z"}
Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One request: the headers are lower-case, `body` is what its JSON says."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"


class Facade:
    """`erp` is the client under test; what its walks leave out is in `left_out`."""

    def __init__(self, *script: Response) -> None:
        self.asked: list[Asked] = []
        self.left_out: list[LeftOut] = []
        self._endpoint = Endpoint(*(partial(self._answer, response) for response in script))

    @contextmanager
    def opened(self) -> Iterator[Self]:
        with self._endpoint.served() as url:
            http = HttpClient("infor", url, clock=ManualClock(), attempts=1, left_out=self.left_out.append)
            self.erp = FacadeErp(http, settle_seconds=10)
            yield self
            http.close()

    def _answer(self, response: Response, request: Request) -> Response:
        *_, (_, path, headers, body) = self._endpoint.seen
        said = json.loads(body) if body else None
        self.asked.append(Asked(request.method, path, dict(request.query_params), headers, said))
        return response

    @property
    def last(self) -> Asked:
        return self.asked[-1]


def page(items: Sequence[object], cursor: str | None = None) -> Response:
    return JSONResponse({"Items": items, "NextCursor": cursor})


def one(record: object, status: int = 200, **headers: str) -> Response:
    return JSONResponse(record, status, headers)


def problem(status: int, code: str, **members: object) -> Response:
    return JSONResponse({"code": code, "detail": f"about {code}", **members}, status)
