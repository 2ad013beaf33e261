"""The v2 interface over HTTP: single transactions by GET, many by POST. Contract, B.1 to B.3."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.twins.m3.answers import Json, Result, results, top_level
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.contract import Transaction
from streak_infor_orchestration.twins.m3.execution import execute, find
from streak_infor_orchestration.twins.m3.nok import NO_TRANSACTION, Nok
from streak_infor_orchestration.twins.m3.options import Options
from streak_infor_orchestration.twins.m3.sent import Note
from streak_infor_orchestration.twins.m3.twin import M3Twin

V2 = "/m3api-rest/v2/execute"
BODY = {"cono": "cono", "divi": "divi", "excludeEmptyValues": "excludeempty", "rightTrim": "righttrim"}
"""Options of a bulk's body by the names they have in a query."""

MANY = 80
"""Transactions in one call beyond which time-outs are to be expected."""

WRITTEN = {"CRS610MI": "customers", "OIS100MI": "salesorders"}
"""What a program writes, as the control surface calls it."""


class Rest:
    def __init__(self, twin: M3Twin) -> None:
        self._twin = twin

    def routes(self) -> list[Route]:
        return [
            Route(V2, self.bulk, methods=["POST"]),
            Route(V2 + "/{program}/{transaction}", self.single, methods=["GET"]),
        ]

    async def single(self, request: Request) -> Response:
        address = str(request.url)
        return self._twin.cache.get(address) or self._twin.cache.keep(address, await self._single(request))

    async def _single(self, request: Request) -> Response:
        note = self.noting(request)
        name, options, fields = self.read_single(request, Options(), note)
        await self._twin.pace.take()
        with self._twin.opened() as books:
            try:
                transaction = find(books, request.path_params["program"], name, note)
                if transaction.writes:
                    note("write_by_get", f"{transaction.program}/{name}")
                if self.postponed([(transaction, fields)], options, note):
                    return late()
                records = execute(books, transaction, fields, options, note)
            except Nok as nok:
                return self._refused(books, name, nok)
            done = Result(name, records, parameters=fields if options.extendedresult else None)
            return JSONResponse(results([done], books.number("job"), books.habits))

    def read_single(
        self, request: Request, options: Options, note: Note
    ) -> tuple[str, Options, dict[str, str]]:
        """Transaction, options, in the query or as matrix parameters behind the path, and fields, in upper case."""
        name, *behind = request.path_params["transaction"].split(";")
        pairs = request.query_params.multi_items()
        matrix = [(key, value) for key, _, value in (part.partition("=") for part in behind)]
        told = [*matrix, *((key, value) for key, value in pairs if not key.isupper())]
        return name, options.changed(told, note), {key: value for key, value in pairs if key.isupper()}

    def _refused(self, books: Books, name: str, nok: Nok) -> Response:
        if books.habits.single_errors == 400:
            return JSONResponse(top_level(nok, books.habits), 400)
        return JSONResponse(results([Result(name, nok=nok)], books.number("job"), books.habits))

    async def bulk(self, request: Request) -> Response:
        """In order, and not atomic: what was done stays when a later transaction is refused."""
        note = self.noting(request)
        try:
            body = _body(request, await request.body(), note)
        except Nok as nok:
            return JSONResponse(top_level(nok, self._twin.data.habits), 400)
        options = Options().changed(request.query_params.multi_items(), note)
        options = options.changed(_body_options(body, note), note)
        await self._twin.pace.take()
        with self._twin.opened() as books:
            try:
                asked = [self._asked(books, body, entry, note) for entry in body["transactions"]]
            except Nok as nok:
                return JSONResponse(top_level(nok, books.habits), 400)
            known = [
                (transaction, record) for transaction, record in asked if isinstance(transaction, Transaction)
            ]
            if self.postponed(known, options, note):
                return late()
            return JSONResponse(_play(books, asked, body["transactions"], options, note))

    def _asked(
        self, books: Books, body: Json, entry: Json, note: Note
    ) -> tuple[Transaction | Nok, Mapping[str, Any]]:
        try:
            return find(books, body["program"], entry["transaction"], note), entry.get("record", {})
        except Nok as nok:
            return nok, entry.get("record", {})

    def postponed(
        self, asked: list[tuple[Transaction, Mapping[str, Any]]], options: Options, note: Note
    ) -> bool:
        """Whether a lever makes this call commit later; it can be named by what it writes, or by a transaction."""
        writes = [transaction for transaction, _ in asked if transaction.writes]
        names = {WRITTEN.get(transaction.program, "") for transaction in writes}
        names |= {transaction.name for transaction in writes}

        def commit() -> None:
            for transaction, record in asked:
                execute(self._twin.data, transaction, record, options, note)

        return bool(writes) and self._twin.late.postpones(commit, *names)

    def noting(self, request: Request) -> Note:
        def note(rule: str, detail: str) -> None:
            self._twin.violations.add(request.method, request.url.path, rule, detail)

        return note


def late() -> Response:
    return JSONResponse({"message": "The gateway did not receive a response in time"}, 504)


def _play(
    books: Books,
    asked: list[tuple[Transaction | Nok, Mapping[str, Any]]],
    entries: list[Json],
    options: Options,
    note: Note,
) -> Json:
    done: list[Result] = []
    ended: Nok | None = None
    for (transaction, record), entry in zip(asked, entries, strict=True):
        name = str(entry["transaction"])
        echoed = dict(record) if options.extendedresult else None
        if ended is not None:
            done.append(Result(name, processed=False, parameters=echoed))
            continue
        try:
            if isinstance(transaction, Nok):
                raise transaction
            wanted = (
                options.changed([("returncols", ",".join(entry["selectedColumns"]))], note)
                if (entry.get("selectedColumns"))
                else options
            )
            done.append(Result(name, execute(books, transaction, record, wanted, note), parameters=echoed))
        except Nok as nok:
            done.append(Result(name, nok=nok, parameters=echoed))
            ended = nok if books.habits.bulk_stops else None
    return results(done, books.number("job"), books.habits, ended)


def _body(request: Request, content: bytes, note: Note) -> Json:
    """Raises NOK, of which nothing but the reason is told, for what is no bulk."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        note("content_type", "must be application/json")
    try:
        body = json.loads(content)
    except ValueError:
        note("malformed_json", "the body is not JSON")
        raise Nok("", "The request could not be parsed", "", NO_TRANSACTION) from None
    fits = isinstance(body, dict) and isinstance(body.get("program"), str)
    entries = body.get("transactions") if fits else None
    if not entries or not isinstance(entries, list) or not all(map(_is_entry, entries)):
        note("malformed_bulk", "a bulk has a program and a list of transactions")
        raise Nok("", "The request could not be parsed", "", NO_TRANSACTION)
    if list(body)[-1] != "transactions":
        note("transactions_not_last", "what stands behind the transactions is read too late")
        body = {name: body[name] for name in list(body)[: list(body).index("transactions") + 1]}
        if "program" not in body:
            raise Nok("", "The program was not told", "", NO_TRANSACTION)
    if len(entries) > MANY:
        note("bulk_too_long", f"{len(entries)} transactions in one call")
    return dict(body)


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("transaction"), str)
        and isinstance(entry.get("record", {}), dict)
        and set(entry) <= {"transaction", "record", "selectedColumns"}
    )


def _body_options(body: Json, note: Note) -> list[tuple[str, str]]:
    told = []
    for name, value in body.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if name in BODY:
            told.append((BODY[name], text))
        elif name == "maxReturnedRecords":
            told.append(("maxrecs", text))
        elif name not in ("program", "transactions"):
            note("unknown_option", f"{name}={value}")
    return told
