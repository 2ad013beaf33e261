"""Customers, and their ship-to rows under the same number. Contract, C.5 and C.4 (numbers)."""

from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.numbers import demand_width, is_asked_for, prefix_of
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.rules.base import (
    Rules,
    check_codes,
    customer_of,
    keep_keys,
    taken,
)
from streak_infor_orchestration.twins.syteline.table import Record
from streak_infor_orchestration.twins.syteline.totals import ZERO


def insert(company: Company, values: Record) -> Record:
    """``CustSeq`` 0 is the customer, any other a place to ship to of one that exists."""
    check_codes(company, values)
    sequence = values["CustSeq"] or ZERO
    if sequence:
        customer_of(company, values["CustNum"], ZERO)
        number = values["CustNum"]
    else:
        number = _number(company, values["CustNum"])
    if company.tables["customer"].get(number, sequence) is not None:
        raise taken("Customer", number)
    defaults = {"CreditHold": values["CreditHold"] or "0", "CurrCode": values["CurrCode"] or company.currency}
    return {**values, **defaults, "CustNum": number, "CustSeq": sequence}


def update(company: Company, row: Record, changes: Record) -> Record:
    keep_keys(row, changes, "CustNum", "CustSeq")
    check_codes(company, changes)
    if "Name" in changes and changes["Name"] is None:
        raise Refusal("Name is required", "required")
    return changes


def delete(company: Company, row: Record) -> None:
    if company.tables["co"].where(CustNum=row["CustNum"]):
        raise Refusal("The customer has orders")


def _number(company: Company, asked: str | None) -> str:
    kind = company.keys["CustNum"]
    if asked is not None and not is_asked_for(asked):
        demand_width("CustNum", kind, asked)
        return asked
    while True:
        number = company.numbers.next(kind, "customer", prefix_of(asked))
        if company.tables["customer"].get(number, ZERO) is None:
            return number


RULES = Rules(insert, update, delete)
