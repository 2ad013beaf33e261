"""Finding an order by our reference (Infor API contract, B.9): by one of three ways, each in the fewest calls."""

from collections.abc import Sequence
from typing import NamedTuple

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import Row, text

_TEMPORARY = "ORNO CUOR PYRE YREF STAT ORNR"
_REAL = "ORNO CUOR PYRE YREF"
_SEPARATOR = ";"
CREATED = "90"
"""Status of a temporary order that has become a real one (contract B.6)."""


class TemporaryOrder(NamedTuple):
    """A temporary order under our reference. `real` is the number of the order that it became, "" as long as it has
    not."""

    number: str
    status: str
    real: str = ""


class Located(NamedTuple):
    """Numbers of the real orders under a reference, and the temporary ones that have not become one of them."""

    orders: tuple[str, ...]
    temporary: tuple[TemporaryOrder, ...]


def locate(mi: Mi, reference: str, customer_id: str) -> Located:
    """Exact and immediate. The way `customer` sees only orders of this very customer.

    Raises as reads do, `Misconfigured` where EXPORTMI is asked without a company.
    """
    if not reference:
        return Located((), ())
    match mi.section.lookup.by:
        case "transaction":
            return _by_transaction(mi, reference, customer_id)
        case "exportmi":
            return _by_query(mi, reference)
        case _:
            return _by_customer(mi, reference, customer_id)


def _by_customer(mi: Mi, reference: str, customer_id: str) -> Located:
    """Both lists of the customer in one call, compared here: M3 filters them by nothing else."""
    real, temporary = mi.all(
        "OIS100MI",
        [
            MiCall("LstHead", {"CUNO": customer_id}, _REAL),
            MiCall("LstBatchHead", {"CUNO": customer_id}, _TEMPORARY),
        ],
    )
    return _located(
        [text(row, "ORNO") for row in _ours(mi, real, reference)], _ours(mi, temporary, reference)
    )


def _by_transaction(mi: Mi, reference: str, customer_id: str) -> Located:
    lookup = mi.section.lookup
    assert lookup.orders is not None
    program, _, orders = lookup.orders.partition("/")
    calls = [MiCall(orders, {lookup.input: reference})]
    if lookup.temporary is None:
        (real,) = mi.all(program, calls)
        (listed,) = mi.all("OIS100MI", [MiCall("LstBatchHead", {"CUNO": customer_id}, _TEMPORARY)])
        return _located([text(row, lookup.number) for row in real], _ours(mi, listed, reference))
    calls.append(MiCall(lookup.temporary.partition("/")[2], {lookup.temporary_input: reference}))
    real, temporary = mi.all(program, calls)
    numbers = [text(row, lookup.temporary_number) for row in temporary]
    return _located([text(row, lookup.number) for row in real], states(mi, numbers))


def _by_query(mi: Mi, reference: str) -> Located:
    company, column = mi.section.cono, f"OA{mi.section.reference_field}"
    if company is None:
        raise Misconfigured("looking up by EXPORTMI needs the company: set erp.cono", field="erp.cono")
    if "'" in reference:
        return Located((), ())
    where = f"where OACONO = {company} and {column} = '{reference}'"
    calls = [
        MiCall("Select", {"QERY": f"OAORNO,{column} from {table} {where}", "SEPC": _SEPARATOR, "HDRS": "0"})
        for table in ("OOHEAD", "OXHEAD")
    ]
    real, temporary = (
        [row for row in map(_columns, rows) if row[1] == reference] for rows in mi.all("EXPORTMI", calls)
    )
    return _located([number for number, _ in real], states(mi, [number for number, _ in temporary]))


def states(mi: Mi, numbers: Sequence[str]) -> list[Row]:
    """Of temporary orders, those that exist: ORNO, STAT, and ORNR where there is a real order."""
    found = mi.all("OIS275MI", [MiCall("GetTmpOrderStat", {"ORNO": number}) for number in numbers])
    return [{**rows[0], "ORNO": number} for number, rows in zip(numbers, found, strict=True) if rows]


def real_of(row: Row) -> str:
    """The number of the order that a temporary one became, "" for none."""
    return text(row, "ORNR") if text(row, "ORNR").strip("0") else ""


def _located(orders: Sequence[str], temporary: Sequence[Row]) -> Located:
    found = [TemporaryOrder(text(row, "ORNO"), text(row, "STAT"), real_of(row)) for row in temporary]
    made = [one.real for one in found if one.real]
    return Located(
        tuple(dict.fromkeys(number for number in [*orders, *made] if number)),
        tuple(one for one in found if not one.real and one.status != CREATED),
    )


def _ours(mi: Mi, rows: Sequence[Row], reference: str) -> list[Row]:
    return [row for row in rows if text(row, mi.section.reference_field) == reference]


def _columns(row: Row) -> tuple[str, str]:
    """EXPORTMI answers all columns in one string, REPL (contract F, other quirks)."""
    number, _, reference = text(row, "REPL").partition(_SEPARATOR)
    return number.strip(), reference.rstrip(_SEPARATOR).strip()
