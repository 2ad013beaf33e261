"""Calls of MI programs by the v2 interface (Infor API contract, B.1 to B.3).

Reads are GET, or one bulk POST for many of one program; every write is a bulk POST, because GETs are repeated and
cached by what stands in between (contract F).
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from streak_infor_orchestration.domain.errors import Rejected, Transient, Unknown
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.m3 import contract
from streak_infor_orchestration.infor.m3.answers import MiResult, Nok, nok_of, results_of
from streak_infor_orchestration.infor.m3.refusals import refused, unread
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.m3.values import Row
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.outcomes import Refusal

EXECUTE = "/m3api-rest/v2/execute"
BULK = 50
"""Transactions in one call (contract B.2: keep to 50 to 80)."""

_MOST = 10_000
"""Records of an answer that is not asked for in pages: `maxrecs` is always set, or M3 cuts at 100."""


class MiCall(NamedTuple):
    """One transaction: its input record and, for reads, the columns wanted; none are all."""

    transaction: str
    record: Mapping[str, str]
    columns: str = ""


class Mi:
    """`http` has the base URL up to `/m3api-rest`. Reads raise as the port says; so do writes."""

    def __init__(self, http: HttpClient, section: M3Section) -> None:
        self.http = http
        self.section = section

    def rows(self, program: str, call: MiCall, most: int = _MOST) -> tuple[Row, ...]:
        """The records of a list or of a key, () where there is no such record. Cut at `most`."""
        what = f"{program}/{call.transaction}"
        if not self._can_be(program, call):
            return ()

        def decode(answer: Answer) -> MiResult:
            (result,) = results_of(answer.body)
            return result

        params = {
            **call.record,
            **self._context,
            "maxrecs": str(most),
            "dateformat": "YMD8",
            "excludeempty": "false",
            "righttrim": "true",
            **({"returncols": ",".join(call.columns.split())} if call.columns else {}),
            **_uncached(call.transaction),
        }
        result = self.http.read(
            "GET", f"{EXECUTE}/{what}", params=params, decode=decode, explain=_explain, accept=(400,)
        )
        return self._found(result, program, call)

    def one(self, program: str, call: MiCall) -> Row | None:
        return next(iter(self.rows(program, call, most=1)), None)

    def all(self, program: str, calls: Iterable[MiCall], most: int = _MOST) -> list[tuple[Row, ...]]:
        """The records of each call, in their order; `BULK` calls of one program at a time. One that finds nothing ends
        M3's work on the others: those are asked for again."""
        wanted = list(calls)
        askable = [n for n, call in enumerate(wanted) if self._can_be(program, call)]
        found: dict[int, tuple[Row, ...]] = {}
        while askable:
            portion = askable[:BULK]
            results = self._bulk_read(program, [wanted[n] for n in portion], most)
            done = [(n, result) for n, result in zip(portion, results, strict=False) if not result.skipped]
            if not done:
                raise Transient(
                    f"M3 did nothing of {program}", code=SystemCode.UNREADABLE_ANSWER, system="infor"
                )
            found |= {n: self._found(result, program, wanted[n]) for n, result in done}
            askable = [n for n in askable if n not in found]
        return [found.get(n, ()) for n in range(len(wanted))]

    def write(
        self,
        program: str,
        transaction: str,
        record: Mapping[str, str],
        *,
        columns: str = "",
        targets: Mapping[str, str] | None = None,
    ) -> Row:
        """Sends one transaction, once; {} where M3 answers no record. `targets`: see `contract.checked`."""
        (row,) = self.write_all(program, [MiCall(transaction, record, columns)], targets=targets)
        return row

    def write_all(
        self, program: str, calls: Sequence[MiCall], *, targets: Mapping[str, str] | None = None
    ) -> list[Row]:
        """Several in one call, in their order: only where doing one of them again does no harm, as M3 stops at the
        first that it refuses and keeps the others."""
        if not calls:
            return []
        checked = [self._checked(program, call, targets) for call in calls]
        refusals: list[Nok] = []

        def decode(answer: Answer) -> list[Row]:
            return [*self._written(results_of(answer.body), program, checked)]

        def explain(body: Any) -> Refusal:
            found = nok_of(body) or next((nok_of(r) for r in _members(body, "results") if nok_of(r)), None)
            refusals.extend([found] if found else [])
            return found.refusal if found else Refusal()

        try:
            return self.http.write(
                "POST",
                EXECUTE,
                params=_options(calls),
                json=self._body(program, checked, 1),
                decode=decode,
                explain=explain,
            )
        except Rejected:
            if not refusals:
                raise
            raise refused(
                refusals[-1], f"{program}/{checked[0].transaction}", checked[0].record, self.section
            ) from None

    def _written(self, results: Sequence[MiResult], program: str, calls: Sequence[MiCall]) -> Iterator[Row]:
        """What each of the transactions made. Raises for the first that M3 refused; `Unknown` where it does not say."""
        for number, call in enumerate(calls):
            what = f"{program}/{call.transaction}"
            if number >= len(results):
                raise Unknown(f"M3 does not say what became of {what}", system="infor")
            result = results[number]
            if result.nok is not None and (result.nok.is_refusal or result.skipped):
                raise refused(result.nok, what, call.record, self.section)
            if result.nok is not None or result.skipped:
                why = result.nok.message if result.nok else "it says no more"
                raise Unknown(f"M3 broke off {what}: {why}", system="infor")
            yield next(iter(result.rows), {})

    def _checked(self, program: str, call: MiCall, targets: Mapping[str, str] | None) -> MiCall:
        if not contract.knows(program, call.transaction):
            return call
        record = contract.checked(
            program,
            call.transaction,
            call.record,
            targets,
            upper_case_keys=self.section.upper_case_keys,
        )
        return call._replace(record=record)

    def _bulk_read(self, program: str, calls: Sequence[MiCall], most: int) -> list[MiResult]:
        return self.http.read(
            "POST",
            EXECUTE,
            params=_options(calls),
            json=self._body(program, calls, most),
            decode=lambda answer: results_of(answer.body),
            explain=_explain,
            accept=(400,),
        )

    def _body(self, program: str, calls: Sequence[MiCall], most: int) -> dict[str, Any]:
        """`transactions` come last: M3 reads the body as a stream (contract B.2)."""
        context = self._context
        return {
            "program": program,
            **({"cono": int(context["cono"])} if "cono" in context else {}),
            **({"divi": context["divi"]} if "divi" in context else {}),
            "excludeEmptyValues": False,
            "rightTrim": True,
            "maxReturnedRecords": most,
            "transactions": [
                {
                    "transaction": call.transaction,
                    "record": dict(call.record),
                    **({"selectedColumns": call.columns.split()} if call.columns else {}),
                }
                for call in calls
            ],
        }

    @property
    def _context(self) -> dict[str, str]:
        """Company and division, said once (contract B.5)."""
        section = self.section
        return {
            **({"cono": str(section.cono)} if section.cono is not None else {}),
            **({"divi": section.divi} if section.divi else {}),
        }

    def _can_be(self, program: str, call: MiCall) -> bool:
        return not contract.knows(program, call.transaction) or contract.fits(
            program, call.transaction, call.record
        )

    def _found(self, result: MiResult, program: str, call: MiCall) -> tuple[Row, ...]:
        nok = result.nok
        if nok is None or self._is_absent(nok, call.record):
            return () if nok else result.rows
        raise unread(nok, f"{program}/{call.transaction}", self.section)

    def _is_absent(self, nok: Nok, record: Mapping[str, str]) -> bool:
        """Whether M3 says that there is no such record: it names the key that was asked for, or by a code that the
        configuration says means it."""
        named = nok.kind in ("ServerReturnedNOK", "") and nok.field in record
        return named or nok.code in self.section.absent_codes


def _explain(body: Any) -> Refusal:
    nok = nok_of(body)
    return nok.refusal if nok else Refusal()


def _members(body: Any, name: str) -> Sequence[Any]:
    members = body.get(name) if isinstance(body, dict) else None
    return members if isinstance(members, list) else ()


def _options(calls: Sequence[MiCall]) -> dict[str, str]:
    return {"dateformat": "YMD8", **_uncached(calls[0].transaction)}


def _uncached(transaction: str) -> dict[str, str]:
    """As Infor's own client does (contract B.1): no cache has seen this address before. A gateway's log shows by it
    what a bulk call was about."""
    return {"_rid": f"{transaction}-{secrets.token_hex(8)}"}
