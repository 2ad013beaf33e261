"""Order headers: numbering, customer, status. Contract, C.4 and C.5 (order status)."""

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

STATUSES = {"R": "POSC", "B": "POSC", "E": "WQH"}
"""By type: regular and blanket orders, estimates."""


def insert(company: Company, values: Record) -> Record:
    kind = values["Type"] or "R"
    status = values["Stat"] or STATUSES[kind][1 if kind != "E" else 0]
    _check_status(kind, status)
    check_codes(company, values)
    customer = customer_of(company, values["CustNum"], values["CustSeq"] or ZERO)
    hold = customer["CreditHold"] == "1"
    if hold and company.settings.refuses_credit_hold:
        raise Refusal(f"Customer [{values['CustNum']}] is on Credit Hold")
    amounts = ("Disc", "Freight", "MiscCharges", "SalesTax", "SalesTax2", "PrepaidAmt")
    return {
        **values,
        **{name: values[name] or ZERO for name in amounts},
        "CoNum": _number(company, values["CoNum"], kind),
        "CustSeq": values["CustSeq"] or ZERO,
        "Type": kind,
        "Stat": status,
        "OrderDate": values["OrderDate"] or company.today(),
        "CurrCode": values["CurrCode"] or company.currency,
        "Whse": values["Whse"] or "MAIN",
        "CreditHold": "1" if hold else values["CreditHold"] or "0",
        "OrigSite": company.site,
        "Price": ZERO,
    }


def update(company: Company, row: Record, changes: Record) -> Record:
    keep_keys(row, changes, "CoNum", "Type", "CurrCode")
    check_codes(company, changes)
    if row["Stat"] in ("C", "H"):
        raise Refusal(f"Order {row['CoNum']} is complete")
    if "Stat" in changes:
        _check_status(row["Type"], changes["Stat"] or "")
    if changes.keys() & {"CustNum", "CustSeq"}:
        wanted = {**row, **changes}
        customer_of(company, wanted["CustNum"], wanted["CustSeq"] or ZERO)
        if any(line["QtyShipped"] or line["QtyInvoiced"] for line in company.lines(row)):
            raise Refusal("The customer of an order that was shipped or invoiced cannot be changed")
    return changes


def delete(company: Company, row: Record) -> None:
    if company.lines(row):
        raise Refusal(f"Order {row['CoNum']} has lines")


def recalculate(company: Company, row: Record) -> None:
    """The header's own amounts, from its lines; a header that they change is another version."""
    order = company.tables["co"].get(row["CoNum"])
    if order is None:
        return
    changes: Record = {}
    if company.settings.computes_tax:
        changes["SalesTax"] = company.tax(order)
    whole = company.settings.price_is_total
    changes["Price"] = company.total({**order, **changes}) if whole else company.net(order)
    if any(order[name] != value for name, value in changes.items()):
        company.update("co", order, changes)


def _check_status(kind: str, status: str) -> None:
    if status not in STATUSES[kind] or not status:
        raise Refusal(f"Status {status} is not one of an order of type {kind}", "value_not_listed")


def _number(company: Company, asked: str | None, of_type: str) -> str:
    """The caller's own key as it is, or the next: estimates have a range of their own."""
    kind = company.keys["CoNum"]
    table = company.tables["co"]
    if asked is not None and not is_asked_for(asked):
        demand_width("CoNum", kind, asked)
        if table.get(asked) is not None:
            raise taken("Order", asked)
        return asked
    while True:
        number = company.numbers.next(kind, "estimate" if of_type == "E" else "order", prefix_of(asked))
        if table.get(number) is None:
            return number


RULES = Rules(insert, update, delete, recalculate)
