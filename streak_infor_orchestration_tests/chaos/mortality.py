"""A process that dies: at any commit of the ledger, at any call to either system, before it or after it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.erps.wire import Killed

_KEY = re.compile(r"/(?!v\d/)[^/]*\d[^/]*")


class Mortality:
    """Numbers the points at which a process can die, and lets it die at number `fatal`, once."""

    def __init__(self, fatal: int | None = None) -> None:
        self.points: list[str] = []
        self._fatal = fatal

    def at(self, point: str) -> None:
        self.points.append(point)
        if len(self.points) - 1 == self._fatal:
            raise Killed(point)


@contextmanager
def mortal(mortality: Mortality) -> Iterator[None]:
    """Within it every commit goes through `Database.write`, every call through `HttpClient`, and may be the last."""
    write = Database.write

    @contextmanager
    def commit(database: Database, **options: Any) -> Iterator[Connection]:
        alone = options.get("alone", False)
        with write(database, **options) as connection:
            if alone:
                mortality.at("before a commit")  # the statement commits itself
            yield connection
            if not alone:
                mortality.at("before a commit")  # still inside: what was written is rolled back
        mortality.at("after a commit")

    def dying(name: str) -> Any:
        call = getattr(HttpClient, name)

        def one(http: HttpClient, method: str, path: str, **content: Any) -> Any:
            point = f"{http.system} {method} {_KEY.sub('/…', path)}"
            mortality.at(f"before {point}")
            answer = call(http, method, path, **content)
            mortality.at(f"after {point}")
            return answer

        return one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "write", commit)
        patch.setattr(HttpClient, "read", dying("read"))
        patch.setattr(HttpClient, "write", dying("write"))
        yield
