"""EXPORTMI and CMS100MI: the database read through the API. Contract, B.8 and B.9.

Columns carry their file's prefix (``OACUOR``). CMS100MI holds what this tenant has published with its own browser
queries: names, and fields without blanks, are the tenant's.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from streak_infor_orchestration.twins.m3.books import COMPANY, Books
from streak_infor_orchestration.twins.m3.contract import FieldRule, Transaction
from streak_infor_orchestration.twins.m3.handler import Handler
from streak_infor_orchestration.twins.m3.nok import Nok
from streak_infor_orchestration.twins.m3.orders import shown
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row

Read = Callable[[Books], Iterable[Row]]

FILES: dict[str, tuple[str, Read]] = {
    "OOHEAD": ("OA", lambda books: (shown(books, order) for order in books.orders.all())),
    "OXHEAD": ("OA", lambda books: (order.head for order in books.temporary.all())),
    "OOLINE": (
        "OB",
        lambda books: (
            {**line, "ORNO": order.number} for order in books.orders.all() for line in order.lines
        ),
    ),
    "OCUSMA": ("OK", lambda books: books.customers.rows()),
    "MITMAS": ("MM", lambda books: books.items.rows()),
    "FSLEDG": ("ES", lambda books: books.ledger.rows()),
}
"""Prefix and rows of a file. ``OXHEAD`` holds the temporary orders."""

_QUERY = re.compile(
    r"\s*(?P<columns>[\w, ]+?)\s+from\s+(?P<file>\w+)(\s+where\s+(?P<where>.+?))?\s*", re.I | re.S
)
_CONDITION = re.compile(r"\s*(?P<column>\w+)\s*(?P<how>=|<>|>=|<=|>|<)\s*(?P<value>'(?:[^']|'')*'|\d+)\s*")
_AND = re.compile(r"\s+and\s+(?=\w+\s*[=<>])", re.I)

COMPARE: dict[str, Callable[[str, str], bool]] = {
    "=": lambda found, wanted: found == wanted,
    "<>": lambda found, wanted: found != wanted,
    ">=": lambda found, wanted: found >= wanted,
    "<=": lambda found, wanted: found <= wanted,
    ">": lambda found, wanted: found > wanted,
    "<": lambda found, wanted: found < wanted,
}
LONGEST_ROW = 3985


def select(books: Books, sent: Sent) -> Iterator[Row]:
    """One string per row, its columns joined by SEPC; with HDRS 1 their names first."""
    if not books.habits.export:
        raise Nok("XEX0001", "Not authorized for EXPORTMI")
    query = _QUERY.fullmatch(sent["QERY"])
    if query is None or query["file"].upper() not in FILES:
        raise Nok("XEX0002", "The query is not valid", "QERY")
    prefix, read = FILES[query["file"].upper()]
    columns = [column.strip().upper() for column in query["columns"].split(",")]
    conditions = list(_conditions(query["where"] or ""))
    for column in (*columns, *(column for column, _, _ in conditions)):
        if not column.startswith(prefix) or len(column) != 6:
            raise Nok("XEX0003", f"Column {column} does not exist", "QERY")
    separator = sent["SEPC"] or ";"
    if sent["HDRS"] == "1":
        yield {"REPL": separator.join(columns)}
    for row in read(books):
        values = {**row, "CONO": COMPANY}
        if all(COMPARE[how](values.get(column[2:], ""), value) for column, how, value in conditions):
            yield {"REPL": separator.join(values.get(column[2:], "") for column in columns)[:LONGEST_ROW]}


def _conditions(where: str) -> Iterator[tuple[str, str, str]]:
    for text in _AND.split(where) if where.strip() else []:
        condition = _CONDITION.fullmatch(text)
        if condition is None:
            raise Nok("XEX0002", "The query is not valid", "QERY")
        value = condition["value"]
        literal = value[1:-1].replace("''", "'") if value.startswith("'") else value
        yield condition["column"].upper(), condition["how"], literal


EXPORTMI = {"Select": select}

PUBLISHED = {
    "Lst_OOHEAD_CUOR": ("OOHEAD", "CUOR", "ORNO CUNO CUOR ORSL ORST OBLC ORDT PYRE"),
    "Lst_OXHEAD_CUOR": ("OXHEAD", "CUOR", "ORNO CUNO CUOR STAT ORNR ORDT PYRE"),
    "Lst_OAPYRE": ("OOHEAD", "PYRE", "ORNO CUNO CUOR ORSL ORST OBLC ORDT PYRE"),
}
"""This tenant's queries: file, what is looked up, columns that are answered."""

LENGTHS = {"CUOR": 20, "PYRE": 25, "ORNO": 10, "CUNO": 10, "ORNR": 10, "ORDT": 10}


def _transaction(name: str) -> Transaction:
    file, key, columns = PUBLISHED[name]
    prefix, _ = FILES[file]
    asked = FieldRule(prefix + key, LENGTHS[key], mandatory=True)
    answered = [FieldRule(prefix + column, LENGTHS.get(column, 2)) for column in columns.split()]
    inputs = {asked.name: asked, "CONO": FieldRule("CONO", 3, numeric=True)}
    return Transaction("CMS100MI", name, inputs, {rule.name: rule for rule in answered})


def _looks_up(name: str) -> Handler:
    file, key, columns = PUBLISHED[name]
    prefix, _ = FILES[file]

    def act(books: Books, sent: Sent) -> Iterator[Row]:
        wanted = sent[prefix + key]
        orders = (books.orders if file == "OOHEAD" else books.temporary).of(key, wanted)
        for order in orders:
            row = shown(books, order) if file == "OOHEAD" else order.head
            yield {prefix + column: row.get(column, "") for column in columns.split()}

    return act


TENANTS_OWN = {name: _transaction(name) for name in PUBLISHED}
CMS100MI = {name: _looks_up(name) for name in PUBLISHED}
