"""One transaction played: is it there, may it be called, do its fields fit, and what comes of it. Contract, B."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from streak_infor_orchestration.twins.m3.books import COMPANY, DIVISION, Books
from streak_infor_orchestration.twins.m3.contract import DATES, FieldRule, Transaction
from streak_infor_orchestration.twins.m3.dates import written
from streak_infor_orchestration.twins.m3.installed import installed
from streak_infor_orchestration.twins.m3.nok import NO_TRANSACTION, Nok
from streak_infor_orchestration.twins.m3.options import Options
from streak_infor_orchestration.twins.m3.programs import PROGRAMS
from streak_infor_orchestration.twins.m3.sent import Note, check
from streak_infor_orchestration.twins.m3.table import Row
from streak_infor_orchestration.twins.m3.temporary import ALREADY_CREATED

TENANTS = "CMS100MI"


def find(books: Books, program: str, name: str, note: Note) -> Transaction:
    """Raises NOK for what this installation does not have; that alone is no violation for the tenant's own."""
    transaction = installed(books).get(program, {}).get(name)
    if transaction is None:
        if program != TENANTS and name not in PROGRAMS.get(program, {}):
            note("unknown_transaction", f"{program}/{name}")
        raise Nok("WMI0003", f"Transaction {name} of program {program} was not found", "", NO_TRANSACTION)
    return transaction


def execute(
    books: Books, transaction: Transaction, given: Mapping[str, Any], options: Options, note: Note
) -> list[Row]:
    """The records as they are answered, cut off at ``maxrecs`` without a word. Raises NOK."""
    if books.forbidden & {transaction.program, f"{transaction.program}/{transaction.name}"}:
        raise Nok("XAU0001", f"Not authorized for {transaction.program}/{transaction.name}")
    _check_company(given, options, note)
    if transaction.lists and not options.has_maxrecs:
        note("maxrecs_not_set", f"{transaction.program}/{transaction.name} is cut off at {options.maxrecs}")
    columns = _columns(transaction, options, note)
    sent = check(transaction, given, options.dateformat, note)
    try:
        records = PROGRAMS[transaction.program][transaction.name](books, sent)
        answered = [_written(record, columns, options) for record in islice(records, options.maxrecs or None)]
        return answered if columns else []
    except Nok as nok:
        if transaction.name == "Confirm" and nok.code == ALREADY_CREATED:
            note("confirmed_twice", nok.message)
        raise


def _check_company(given: Mapping[str, Any], options: Options, note: Note) -> None:
    """CONO as a field and ``cono`` beside it may differ: one of them is to be sent."""
    if "CONO" in given and options.cono:
        note("cono_twice", f"CONO {given['CONO']} and cono {options.cono}")
    for company in (options.cono, str(given.get("CONO", ""))):
        if company not in ("", COMPANY):
            raise Nok("XAU0008", f"Not authorized for company {company}", "CONO")
    if options.divi not in ("", DIVISION):
        raise Nok("XAU0009", f"Not authorized for division {options.divi}", "DIVI")


def _columns(transaction: Transaction, options: Options, note: Note) -> list[FieldRule]:
    for name in options.columns:
        if name not in transaction.outputs:
            note("unknown_column", f"{transaction.program}/{transaction.name} has no output field {name}")
    wanted = options.columns or tuple(transaction.outputs)
    return [rule for name, rule in transaction.outputs.items() if name in wanted]


def _written(record: Row, columns: list[FieldRule], options: Options) -> Row:
    """Each field as the options want it; one that does not fit is cut off, as a fixed-width interface does."""
    row = {}
    for rule in columns:
        value = record.get(rule.name, "")
        value = written(value, options.dateformat) if rule.name in DATES else value[: rule.length]
        if not options.righttrim:
            value = value.ljust(rule.length)
        if value.strip() or not options.excludeempty:
            row[rule.name] = value
    return row
