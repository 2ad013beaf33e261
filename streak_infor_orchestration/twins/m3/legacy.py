"""The v1 interface, which still stands in installations of one's own: XML turned into JSON. Contract, B.4."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.twins.m3.answers import FIELD_WIDTH, TEXT_WIDTH, Json
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.contract import Transaction
from streak_infor_orchestration.twins.m3.execution import execute, find
from streak_infor_orchestration.twins.m3.metadata import field_type
from streak_infor_orchestration.twins.m3.nok import Nok
from streak_infor_orchestration.twins.m3.options import Options
from streak_infor_orchestration.twins.m3.rest import Rest, late
from streak_infor_orchestration.twins.m3.table import Row
from streak_infor_orchestration.twins.m3.twin import M3Twin

V1 = "/m3api-rest/execute"


class Legacy:
    """Refusals are HTTP 200 here; values are padded with blanks."""

    def __init__(self, twin: M3Twin, rest: Rest) -> None:
        self._twin = twin
        self._rest = rest

    def routes(self) -> list[Route]:
        return [Route(V1 + "/{program}/{transaction}", self.single, methods=["GET"])]

    async def single(self, request: Request) -> Response:
        note = self._rest.noting(request)
        if "application/json" not in request.headers.get("accept", ""):
            note("accept", "without Accept: application/json the answer is XML")
            return PlainTextResponse("<miResult/>", media_type="application/xml")
        name, options, fields = self._rest.read_single(request, Options(righttrim=False), note)
        await self._twin.pace.take()
        with self._twin.opened() as books:
            try:
                transaction = find(books, request.path_params["program"], name, note)
                if transaction.writes:
                    note("write_by_get", f"{transaction.program}/{name}")
                if self._rest.postponed([(transaction, fields)], options, note):
                    return late()
                records = execute(books, transaction, fields, options, note)
            except Nok as nok:
                return JSONResponse(_error(nok))
            return JSONResponse(_answer(books, transaction, records))


def _answer(books: Books, transaction: Transaction, records: list[Row]) -> Json:
    def collapsed(items: list[Any]) -> Any:
        """A single element may stand without its list."""
        return items[0] if len(items) == 1 and books.habits.single_element_is_object else items

    described = [
        {
            "@name": rule.name,
            "@type": field_type(rule.name),
            "@length": str(rule.length),
            "@description": rule.name,
        }
        for rule in transaction.outputs.values()
    ]
    rows = [
        {
            "RowIndex": n,
            "NameValue": collapsed([{"Name": key, "Value": value} for key, value in row.items()]),
        }
        for n, row in enumerate(records)
    ]
    return {
        "Program": transaction.program,
        "Transaction": transaction.name,
        "Metadata": {"Field": collapsed(described)},
        "MIRecord": collapsed(rows),
    }


def _error(nok: Nok) -> Json:
    return {
        "@type": nok.type,
        "@code": nok.code,
        "@field": nok.field.ljust(FIELD_WIDTH),
        "Message": nok.message.ljust(TEXT_WIDTH),
    }
