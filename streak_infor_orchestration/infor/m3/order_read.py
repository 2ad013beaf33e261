"""Sales orders as M3 has them (Infor API contract, B.6 to B.8, G.1: OIS100MI)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from streak_infor_orchestration.domain.money import round_money
from streak_infor_orchestration.domain.order import OrderedLine, SalesOrder
from streak_infor_orchestration.infor.m3.mi import BULK, Mi, MiCall
from streak_infor_orchestration.infor.m3.order_status import status_of
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.m3.values import Row, day, number, text

PROGRAM = "OIS100MI"
_LINE = "PONR POSX ITNO ITDS ORQT SAPR SACD NLAM ORST CUPO DLQT IVQT"
_HEAD = "ORNO CUNO CUCD ORDT RLDT MODL SMCD WHLO OBLC NTAM VTAM TOPY CUOR YREF OREF PYRE"  # and custom ones


def read(mi: Mi, numbers: Iterable[str]) -> dict[str, tuple[Row, tuple[Row, ...]]]:
    """Head and lines of the orders that exist, by number: both of each in one call, 25 orders at a time."""
    wanted = list(dict.fromkeys(numbers))
    calls = [call for number_ in wanted for call in _calls(mi.section, number_)]
    found = mi.all(PROGRAM, calls)
    pairs = zip(wanted, found[::2], found[1::2], strict=True)
    return {number_: (heads[0], lines) for number_, heads, lines in pairs if heads}


PORTION = BULK // 2
"""Orders that `read` gets in one call."""


def _calls(section: M3Section, number_: str) -> tuple[MiCall, MiCall]:
    columns = " ".join(dict.fromkeys([*_HEAD.split(), *section.order_fields.values()]))
    return (
        MiCall("GetHead", {"ORNO": number_}, columns),
        MiCall("LstLine", {"ORNO": number_}, _LINE),
    )


def order_of(section: M3Section, head: Row, lines: Sequence[Row], payment_status: str = "") -> SalesOrder:
    """Raises ValueError for what is no order. `payment_status` is that of its invoices.

    M3 says the tax of an order as a whole: it is shown with the lines by their share. What is neither goods nor tax
    (charges, fees, rounding) is freight.
    """
    currency = text(head, "CUCD")
    if not (text(head, "ORNO") and text(head, "CUNO") and currency):
        raise ValueError("an order without number, customer or currency")
    total, tax = number(head, "TOPY"), number(head, "VTAM")
    rows = sorted(lines, key=lambda row: (number(row, "PONR"), number(row, "POSX")))
    nets = [number(row, "NLAM") for row in rows]
    parts = shares(tax, nets, currency)
    return SalesOrder(
        id=text(head, "ORNO"),
        reference=text(head, section.reference_field),
        customer_id=text(head, "CUNO"),
        currency=currency,
        lines=tuple(_line(row, net, part) for row, net, part in zip(rows, nets, parts, strict=True)),
        freight=round_money(total - sum([*parts, *nets], Decimal(0)), currency),
        total=round_money(total, currency),
        status=status_of(statuses(lines), text(head, "OBLC"), payment_status),
        payment_status=payment_status,
        order_date=day(head, "ORDT"),
        requested_date=day(head, "RLDT"),
        description=text(head, section.description_field) if section.description_field else "",
        shipping_method=text(head, "MODL"),
        salesperson=text(head, "SMCD"),
        custom={name: said for name, code in section.order_fields.items() if (said := text(head, code))},
    )


def statuses(lines: Sequence[Row]) -> list[str]:
    return [text(row, "ORST") for row in lines]


def shares(whole: Decimal, parts: Sequence[Decimal], currency: str) -> list[Decimal]:
    """`whole` over the parts by what they come to, to the minor unit; the last one takes what rounding leaves."""
    goods, left, found = sum(parts, Decimal(0)), whole, []
    for part in parts[:-1]:
        share = round_money(whole * part / goods, currency) if goods else Decimal(0)
        left -= share
        found.append(share)
    return [*found, left] if parts else []


def _line(row: Row, net: Decimal, tax: Decimal) -> OrderedLine:
    """In the item's basic unit; M3's price is for `SACD` of them (contract G.1)."""
    quantity, price = number(row, "ORQT"), number(row, "SAPR") / (number(row, "SACD") or 1)
    return OrderedLine(
        number=int(number(row, "PONR")),
        sku=text(row, "ITNO"),
        description=text(row, "ITDS"),
        quantity=quantity,
        price=price,
        discount=quantity * price - net,
        tax=tax,
        total=net,
        delivered=number(row, "DLQT"),
        invoiced=number(row, "IVQT"),
    )
