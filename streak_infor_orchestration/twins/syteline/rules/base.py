"""The shape of a table's rules, and the checks that several tables need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.twins.erp.codes import MINOR_UNITS
from streak_infor_orchestration.twins.syteline.company import WAREHOUSES, Company
from streak_infor_orchestration.twins.syteline.numbers import demand_width
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.table import Record


def nothing_follows(company: Company, row: Record) -> None:
    """A table whose rows stand alone."""


@dataclass(frozen=True)
class Rules:
    """``insert`` completes a new row, ``update`` the changes of one, ``delete`` refuses or allows; each raises Refusal.
    ``after`` brings up to date what depends on the row."""

    insert: Callable[[Company, Record], Record]
    update: Callable[[Company, Record, Record], Record]
    delete: Callable[[Company, Record], None]
    after: Callable[[Company, Record], None] = nothing_follows


def keep_keys(row: Record, changes: Record, *keys: str) -> None:
    """Raises Refusal: a key never changes."""
    for name in keys:
        if name in changes and changes[name] != row[name]:
            raise Refusal(f"{name} cannot be changed", "key_changed")


def check_codes(company: Company, values: Record) -> None:
    """Raises Refusal for a currency, warehouse, terms or ship-via code that does not exist."""
    if (currency := values.get("CurrCode")) is not None and currency not in MINOR_UNITS:
        raise not_valid("Currency", currency)
    if (warehouse := values.get("Whse")) is not None and warehouse not in WAREHOUSES:
        raise not_valid("Warehouse", warehouse)
    for name, table in (("TermsCode", "terms"), ("ShipCode", "shipcode")):
        code = values.get(name)
        if code is not None and company.tables[table].get(code) is None:
            raise not_valid(name, code)


def customer_of(company: Company, number: Any, sequence: Any) -> Record:
    """Raises Refusal."""
    demand_width("CustNum", company.keys["CustNum"], number)
    customer = company.tables["customer"].get(number, sequence)
    if customer is None:
        raise not_valid("Customer", f"{number}, {sequence}")
    return customer


def not_valid(what: str, value: object) -> Refusal:
    """The state of the business: what is referred to does not exist."""
    return Refusal(f"{what} [{value}] is not valid")


def taken(what: str, value: object) -> Refusal:
    """The exact text is not published."""
    return Refusal(f"The {what} entered already exists: [{value}]")
