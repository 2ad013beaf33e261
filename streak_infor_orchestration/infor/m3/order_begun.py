"""Temporary orders: what M3 holds of an order that is being made (Infor API contract, B.6)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import Row, number, text

HEAD, FREIGHT, CONFIRM = "head", "freight", "confirm"
"""Names of steps. A line's is `line 1` for the first position."""

HELD = {
    "15": "its head has an error",
    "25": "one of its lines has an error",
    "30": "it is stopped for the customer's credit",
    "55": "making the order of it broke off",
}
"""Statuses in which M3 keeps a temporary order until a person acts in OIS275 (contract B.6)."""

LINES = "ITNO ORQT SAPR DIA1 CUPO PONR POSX"


def step_of(position: int) -> str:
    return f"line {position}"


def lines_of(mi: Mi, number_: str) -> tuple[Row, ...]:
    return mi.rows("OIS100MI", MiCall("LstBatchLine", {"ORNO": number_}, LINES))


def outcome(row: Row) -> str:
    """What a step keeps of a line that M3 has."""
    return f"{text(row, 'PONR')}/{text(row, 'POSX') or '0'}"


def by_position(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """By CUPO, which is the position in the request; what a person added has none, or another."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(text(row, "CUPO"), []).append(row)
    return found


def steps_of(
    number_: str, rows: Sequence[Row], records: Sequence[Mapping[str, str]], *, freight: bool
) -> dict[str, str] | None:
    """The steps that lead to what is there; None where it is not on its way to these records.

    The charge is made before the first line: where there is one, there is the charge.
    """
    found = by_position(rows)
    for position, several in found.items():
        if not position.isdigit() or not 0 < int(position) <= len(records):
            return None
        if not all(_is(row, records[int(position) - 1]) for row in several):
            return None
    steps = {HEAD: number_} | ({FREIGHT: ""} if freight and rows else {})
    return steps | {step_of(int(position)): outcome(several[0]) for position, several in found.items()}


def is_whole(rows: Sequence[Row], records: Sequence[Mapping[str, str]]) -> bool:
    """Whether these are exactly the lines that were sent."""
    found = by_position(rows)
    return found.keys() == {str(n) for n in range(1, len(records) + 1)} and all(
        len(several) == 1 and _is(several[0], records[int(position) - 1])
        for position, several in found.items()
    )


def why_held(mi: Mi, number_: str, status: str) -> str:
    """Why M3 keeps the order, in words for people and with M3's own messages."""
    rows = mi.rows("OIS100MI", MiCall("LstErrMsgOrder", {"ORNO": number_}, "LEVL MDTA TX60 MSID"))
    said = [" ".join(filter(None, (text(row, "TX60"), text(row, "MDTA")))) for row in rows]
    told = f": {'; '.join(dict.fromkeys(filter(None, said)))}" if any(said) else ""
    return f"M3 keeps temporary order {number_} (status {status}: {HELD.get(status, 'unknown')}){told}"


def _is(row: Row, record: Mapping[str, str]) -> bool:
    return text(row, "ITNO") == record["ITNO"] and all(
        number(row, code) == Decimal(record.get(code, "0"))
        for code in ("ORQT", *(code for code in ("SAPR", "DIA1") if code in record))
    )
