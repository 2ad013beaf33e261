"""Order lines: item, quantity and price, each in two units. Contract, C.4 and C.5."""

from decimal import Decimal

from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.numbers import demand_width
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.rules import orders
from streak_infor_orchestration.twins.syteline.rules.base import (
    Rules,
    check_codes,
    keep_keys,
    not_valid,
    taken,
)
from streak_infor_orchestration.twins.syteline.table import Record
from streak_infor_orchestration.twins.syteline.totals import ZERO

PAIRS = (("QtyOrdered", "QtyOrderedConv"), ("Price", "PriceConv"))
"""Of the base unit and of the order's unit; both must be sent."""


def insert(company: Company, values: Record) -> Record:
    order = _order(company, values["CoNum"])
    check_codes(company, values)
    item = _item(company, values["Item"])
    number, release = _line_number(company, order, values["CoLine"]), values["CoRelease"] or ZERO
    if company.tables["coitem"].get(order["CoNum"], number, release) is not None:
        raise taken("Order Line", f"{order['CoNum']}, {number}")
    if values["Price"] is None and values["PriceConv"] is None:
        values = {**values, **dict.fromkeys(PAIRS[1], _list_price(company, item, order))}
    line = {
        **values,
        "CoLine": number,
        "CoRelease": release,
        "Description": values["Description"] or item["Description"],
        "UM": values["UM"] or item["UM"],
        "Disc": values["Disc"] or ZERO,
        "DueDate": values["DueDate"] or order["OrderDate"],
        "Stat": values["Stat"] or "O",
        "Whse": values["Whse"] or order["Whse"],
        "TaxCode1": values["TaxCode1"] or item["TaxCode1"],
        **dict.fromkeys(("QtyShipped", "QtyInvoiced", "QtyReturned"), ZERO),
    }
    _check(line, item)
    return line


def update(company: Company, row: Record, changes: Record) -> Record:
    keep_keys(row, changes, "CoNum", "CoLine", "CoRelease")
    _order(company, row["CoNum"])
    check_codes(company, changes)
    wanted = {**row, **changes}
    if row["QtyShipped"] and wanted["Item"] != row["Item"]:
        raise Refusal("The item of a line that was shipped cannot be changed")
    if wanted["QtyOrdered"] is not None and wanted["QtyOrdered"] < row["QtyShipped"]:
        raise Refusal("The quantity is less than was shipped")
    if row["QtyInvoiced"] and changes.keys() & {"QtyOrdered", "Price", "Disc", "Item"}:
        raise Refusal("A line that was invoiced cannot be changed")
    for pair in PAIRS:
        if len(changes.keys() & set(pair)) == 1:
            raise Refusal(f"{' and '.join(pair)} are changed together", "sent_once")
    _check(wanted, _item(company, wanted["Item"], must_be_sold="Item" in changes))
    return changes


def delete(company: Company, row: Record) -> None:
    if row["QtyShipped"] or row["QtyInvoiced"]:
        raise Refusal("A line that was shipped or invoiced cannot be deleted")
    _order(company, row["CoNum"])


def _check(line: Record, item: Record) -> None:
    """Contract, C.4: send quantity and price twice. There is no other unit than the item's own."""
    if line["UM"] != item["UM"]:
        raise Refusal(f"U/M [{line['UM']}] is not valid for item [{item['Item']}]")
    for base, converted in PAIRS:
        if line[base] is None or line[converted] is None:
            raise Refusal(f"{base} and {converted} are required", "sent_once")
        if line[base] != line[converted]:
            raise Refusal(f"{converted} is not {base} in the unit {line['UM']}", "pair_differs")
    if line["QtyOrdered"] <= 0:
        raise Refusal("QtyOrdered must be greater than zero")


def _order(company: Company, number: str) -> Record:
    demand_width("CoNum", company.keys["CoNum"], number)
    order = company.tables["co"].get(number)
    if order is None:
        raise not_valid("Order", number)
    if order["Stat"] in ("C", "H"):
        raise Refusal(f"Order {number} is complete")
    return order


def _item(company: Company, key: str, *, must_be_sold: bool = True) -> Record:
    item = company.tables["item"].get(key)
    if item is None:
        raise not_valid("Item", key)
    if must_be_sold and item["Stat"] == "O":
        raise Refusal(f"Item [{key}] is obsolete")
    return item


def _line_number(company: Company, order: Record, asked: Decimal | None) -> Decimal:
    """The caller's own, else the next."""
    if asked:
        return asked
    return max((line["CoLine"] for line in company.lines(order)), default=ZERO) + 1


def _list_price(company: Company, item: Record, order: Record) -> Decimal | None:
    """In the order's currency, the newest; none there is the item's own."""
    prices = [
        price
        for price in company.tables["itemprice"].where(Item=item["Item"])
        if price["CurrCode"] == order["CurrCode"] and price["EffectDate"] <= order["OrderDate"]
    ]
    newest = max(prices, key=lambda each: each["EffectDate"], default=None)
    price: Decimal | None = newest["UnitPrice1"] if newest else item["UnitPrice"]
    return price


RULES = Rules(insert, update, delete, orders.recalculate)
