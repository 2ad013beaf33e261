"""An order of ours as properties of SLCos and SLCoitems (Infor API contract C.4, C.5)."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from streak_infor_orchestration.domain.errors import Misconfigured, Rejected
from streak_infor_orchestration.domain.money import line_total, plain, round_money
from streak_infor_orchestration.domain.order import Line, OrderDraft
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.own_fields import own_fields
from streak_infor_orchestration.infor.syteline.ido import Values
from streak_infor_orchestration.infor.syteline.internal import day, number
from streak_infor_orchestration.infor.syteline.section import SytelineSection

_DECIMALS = Decimal("1e-8")
"""SyteLine's amounts have at most eight (contract F)."""
_HUNDRED = Decimal(100)
PAIRS = (("QtyOrdered", "QtyOrderedConv"), ("Price", "PriceConv"))
"""In the item's unit, and in the order's: always written together."""
WORDS = {"shipping_method": "ShipCode", "salesperson": "Slsman"}


class OrderValues:
    """By the section. Raises `Rejected` or `Misconfigured` for what SyteLine cannot hold, before anything is sent."""

    def __init__(self, section: SytelineSection) -> None:
        self._section = section
        self._said = section.orders

    def header(self, draft: OrderDraft, from_customer: Mapping[str, str | None]) -> dict[str, str | None]:
        """Without the padded keys and the status."""
        said = self._said
        values: dict[str, str | None] = {
            **from_customer,
            **said.set,
            said.second_reference: draft.second_reference,
            "CustSeq": str(said.ship_to),
            "Type": said.type,
            "OrderDate": day(draft.order_date),
            "CurrCode": draft.currency,
            "Whse": draft.warehouse,
            "Freight": number(draft.freight) if draft.freight else "",
            **self.words({name: getattr(draft, name) for name in ("description", *WORDS)}),
            **self.custom(draft.custom),
        }
        if said.tax == "ours":
            values["SalesTax"] = self.tax(draft.lines, draft.currency)
        return {name: value for name, value in values.items() if value}

    def words(self, given: Mapping[str, str]) -> dict[str, str | None]:
        """An order's description is left out where SyteLine has no property for it."""
        values: dict[str, str | None] = {WORDS[name]: given[name] or None for name in WORDS if name in given}
        if self._said.description and "description" in given:
            values[self._said.description] = given["description"] or None
        return values

    def custom(self, given: Mapping[str, str | None]) -> dict[str, str | None]:
        return own_fields(
            given,
            self._section.custom_fields.orders,
            product="SyteLine",
            setting="erp.custom_fields.orders",
            such_as="Uf_{}",
        )

    def tax(self, lines: tuple[Line, ...], currency: str) -> str:
        return number(sum((round_money(line.tax, currency) for line in lines), Decimal(0)))

    def line(
        self, line: Line, currency: str, *, unit: str, due: date, warehouse: str, new: bool = True
    ) -> dict[str, str | None]:
        """Quantity and price go twice, in the item's own unit both times (contract C.4)."""
        quantity = number(line.quantity)
        values: dict[str, str | None] = {
            **(self._said.set_lines if new else {}),
            "Item": line.sku,
            "Description": line.description,
            "QtyOrdered": quantity,
            "QtyOrderedConv": quantity,
            "UM": unit,
            **self._price(line, currency),
            "DueDate": day(due),
            "Whse": warehouse,
            **self._account(line),
        }
        if new:
            values["Stat"] = self._said.line
        return {name: value for name, value in values.items() if value}

    def _price(self, line: Line, currency: str) -> dict[str, str | None]:
        """In the form that the section asks for, when it comes to the line's cents."""
        wanted = line_total(line.quantity, line.price, line.discount, currency)
        if self._said.prices == "erp":
            return {}
        price, percent = line.price, Decimal(0)
        if line.discount and self._said.discount == "net_price":
            price = _rounded((line.quantity * line.price - line.discount) / line.quantity)
        elif line.discount:
            percent = _rounded(_HUNDRED * line.discount / (line.quantity * line.price))
        comes_to = round_money(line.quantity * price * (1 - percent / _HUNDRED), currency)
        if comes_to != wanted or price != _rounded(price):
            raise Rejected(
                f"{line.sku}: {plain(line.quantity)} at {plain(line.price)} less {plain(line.discount)} come to "
                f"{plain(wanted)} {currency}; SyteLine would make {plain(comes_to)} of it (erp.orders.discount is "
                f"{self._said.discount})",
                code=SystemCode.REJECTED,
                system="infor",
                field="Discount",
                value=line.sku,
            )
        return {"Price": number(price), "PriceConv": number(price), "Disc": number(percent)}

    def _account(self, line: Line) -> dict[str, str | None]:
        if not line.gl_account:
            return {}
        if not self._said.gl_account:
            raise Misconfigured(
                "lines have an account, and SyteLine no property for it: name it in erp.orders.gl_account, or take out "
                "erp.defaults.gl_account and erp.gl_accounts",
                system="infor",
                field="GLAccount",
            )
        return {self._said.gl_account: line.gl_account}


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_DECIMALS, rounding=ROUND_HALF_EVEN)


def in_pairs(sent: Values, left: Collection[str]) -> Values:
    """Of what was sent what is to be written again, quantity and price twice."""
    pairs = [pair for pair in PAIRS if set(pair) & set(left)]
    names = dict.fromkeys([*left, *(name for pair in pairs for name in pair)])
    return {name: sent[name] for name in names if name in sent}
