"""An order's lines and totals: contract, Collections (how the server computes)."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from streak_infor_orchestration.twins.erp.members import IGNORED, Field, Fields, list_of
from streak_infor_orchestration.twins.erp.money import (
    EXACT,
    amount_text,
    is_whole,
    price_text,
    quantity_text,
    rounded,
)
from streak_infor_orchestration.twins.erp.problems import FieldError, Problem, invalid
from streak_infor_orchestration.twins.erp.values import not_negative, positive, positive_integer
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.table import Record

ZERO = Decimal(0)

LINE: Fields = {
    "LineNumber": Field(positive_integer),
    "Product": Field(required=True),
    "Description": Field(),
    "Quantity": Field(positive, required=True),
    "Price": Field(not_negative, required=True),
    "Discount": Field(not_negative, default=ZERO),
    "Tax": Field(not_negative, default=ZERO),
    "GLAccount": Field(),
    "LineTotal": IGNORED,
}

parse_lines = list_of(LINE)


@dataclass(frozen=True)
class Priced:
    """The commercial part of an order, in the record's own form."""

    lines: list[Record]
    freight: str
    total: Decimal


def price(company: Company, lines: list[dict[str, Any]], freight: Decimal, currency: str) -> Priced:
    """Numbers the lines and computes the totals. Raises 400 for amounts finer than the currency's coin."""
    _refuse_fractions(lines, freight, currency)
    with localcontext(EXACT):
        totals = [rounded(line["Quantity"] * line["Price"] - line["Discount"], currency) for line in lines]
        total = sum(totals, ZERO) + sum((line["Tax"] for line in lines), ZERO) + freight
    stored = [
        {
            "LineNumber": number,
            "Product": line["Product"],
            "Description": _description(company, line),
            "Quantity": quantity_text(line["Quantity"]),
            "Price": price_text(line["Price"], currency),
            "Discount": price_text(line["Discount"], currency),
            "Tax": amount_text(line["Tax"], currency),
            "GLAccount": line["GLAccount"],
            "LineTotal": amount_text(line_total, currency),
        }
        for line, number, line_total in zip(lines, _numbers(lines), totals, strict=True)
    ]
    return Priced(stored, amount_text(freight, currency), total)


def refuse_unsellable(company: Company, lines: list[dict[str, Any]]) -> None:
    """Raises 400 for an unknown or blocked GLAccount, 422 ``unknown_product`` for an unknown or obsolete one."""
    product_errors, account_errors = [], []
    for n, line in enumerate(lines):
        if error := account_error(company, line["GLAccount"], f"LineItems[{n}].GLAccount"):
            account_errors.append(error)
        product = company.get("products", line["Product"])
        if product is None or product["Status"] == "Obsolete":
            code = "unknown" if product is None else "obsolete"
            product_errors.append(FieldError(f"LineItems[{n}].Product", code, f"{line['Product']} is {code}"))
    if account_errors:
        raise invalid(*account_errors)
    if product_errors:
        raise Problem(422, "unknown_product", "; ".join(e.message for e in product_errors), product_errors)


def _description(company: Company, line: dict[str, Any]) -> str | None:
    """The sender's, else the product's."""
    product = company.get("products", line["Product"])
    return line["Description"] or (product["Description"] if product else None)


def account_error(company: Company, account_id: str | None, field: str) -> FieldError | None:
    """What is wrong with using this general-ledger account, if it is given."""
    if account_id is None:
        return None
    account = company.get("glaccounts", account_id)
    if account is None:
        return FieldError(field, "unknown", f"account {account_id} does not exist")
    if account["Blocked"]:
        return FieldError(field, "blocked", f"account {account_id} is blocked")
    return None


def _refuse_fractions(lines: list[dict[str, Any]], freight: Decimal, currency: str) -> None:
    amounts = {f"LineItems[{n}].Tax": line["Tax"] for n, line in enumerate(lines)} | {"Freight": freight}
    errors = [
        FieldError(field, "precision", f"has more digits than {currency} has")
        for field, amount in amounts.items()
        if not is_whole(amount, currency)
    ]
    if errors:
        raise invalid(*errors)


def _numbers(lines: list[dict[str, Any]]) -> list[int]:
    """The sender's numbers, and for lines without one the next free after the line before."""
    taken: set[int] = set()
    for n, line in enumerate(lines):
        if line["LineNumber"] in taken:
            raise invalid(FieldError(f"LineItems[{n}].LineNumber", "repeated", "stands twice"))
        if line["LineNumber"] is not None:
            taken.add(line["LineNumber"])
    numbers, last = [], 0
    for line in lines:
        number = line["LineNumber"]
        if number is None:
            number = last + 1
            while number in taken:
                number += 1
            taken.add(number)
        numbers.append(number)
        last = number
    return numbers
