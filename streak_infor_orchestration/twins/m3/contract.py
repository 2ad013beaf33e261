"""Field contracts of the MI transactions that the twin plays. Contract, appendix 1.

``contract.json`` holds, by program and transaction, the input and the output fields as ``*NAME:LENGTHn``: ``*``
mandatory, ``n`` numeric. CONO is an input everywhere and mandatory nowhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

WRITES = ("Add", "Chg", "Clo", "Confirm", "Del", "Upd")
LISTS = ("List", "Lst", "Search", "Sel")


@dataclass(frozen=True)
class FieldRule:
    name: str
    length: int
    numeric: bool = False
    mandatory: bool = False


@dataclass(frozen=True)
class Transaction:
    program: str
    name: str
    inputs: Mapping[str, FieldRule]
    outputs: Mapping[str, FieldRule]

    @property
    def writes(self) -> bool:
        return self.name.startswith(WRITES)

    @property
    def lists(self) -> bool:
        """Whether it may answer with more than one record."""
        return self.name.startswith(LISTS)


def fields(text: str) -> dict[str, FieldRule]:
    """``*CUNO:10 CFC2:15n`` as rules by name."""
    rules = [_rule(word) for word in text.split()]
    return {rule.name: rule for rule in rules}


def _rule(word: str) -> FieldRule:
    name, _, length = word.lstrip("*").partition(":")
    return FieldRule(name, int(length.rstrip("n")), length.endswith("n"), word.startswith("*"))


def _read() -> dict[str, dict[str, Transaction]]:
    text = (resources.files(__package__) / "contract.json").read_text(encoding="utf-8")
    return {
        program: {
            name: Transaction(program, name, fields(inputs), fields(outputs))
            for name, (inputs, outputs) in transactions.items()
        }
        for program, transactions in json.loads(text).items()
    }


CONTRACT = _read()

DATES = frozenset(
    """
    ACDT ADAT BLDT CODT CODZ CUDT CUTD CDDT DLDT DUDT DWDT DWDZ EBDT EEDT FDDT FDED FLMD FVDT IDAT IDDT INDT IVDT
    LDED LMDT LPDT LRDT LVDT ODDT ORDT PPDT PRDT RCLS REDE RGDT RLDT RLDZ RVDT SPDT TLMD VFDT VTDT WODT
    """.split()
)
"""Fields that hold a date: on the wire as ``dateformat`` says, in the books as yyyymmdd. Contract, B.5."""

KEYS = frozenset("ADID CRID CUNO CUTM EMNO FACI FRSU ITNO MODL ORNO ORTP PYNO SUNO TEPY TOSU WHLO".split())
"""Fields that M3 turns into upper case. Contract, F."""

NUMERIC = frozenset(
    rule.name
    for transactions in CONTRACT.values()
    for transaction in transactions.values()
    for rule in transaction.inputs.values()
    if rule.numeric
) | frozenset(
    "ALQT AV01 AV02 AVAL DLQT IVQT ITQT NEPR NLAM NTAM ORQA ORQT PONR POSX RAFC SAPR STQT TOPY VTAM".split()
)
"""Fields of type N, for the metadata of the old interface. Contract, B.4."""
