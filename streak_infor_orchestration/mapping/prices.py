"""What a line costs: the price on the box, else the ERP's list price."""

from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import DealLine, Problem
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.numbers import is_sane, settled
from streak_infor_orchestration.mapping.values import number_text

MAX_LINE_TOTAL = Decimal(10) ** 12
"""With at most 12 decimals below it, a line fits in a Decimal's 28 digits: nothing is rounded unseen."""


def line_problem(line: DealLine, rule: str, code: str, message: str, fix: str, value: str = "") -> Problem:
    return Problem(code=code, message=message, field=line.field, value=value or line.sku, rule=rule, fix=fix)


def price_of(line: DealLine, product: Product, currency: str, config: Integration) -> Decimal | Problem:
    """The price per unit in `currency`. A product without a currency is priced in the order's.

    Without a list price in the order's currency the tolerance has nothing to compare with, and the box decides.
    """
    list_price = _list_price(line, product, currency, config)
    if line.price is None:
        price = list_price
    elif isinstance(list_price, Decimal) and config.amounts.price_tolerance is not None:
        price = _near(line, line.price, list_price, config.amounts.price_tolerance, config)
    else:
        price = line.price
    if isinstance(price, Decimal) and price * line.quantity > MAX_LINE_TOTAL:
        message = f'The line of "{line.sku}" comes to more than can be true.'
        rule = config.place("lines", "columns")
        return line_problem(line, rule, "too_large", message, "Check its quantity and price.")
    return price


def _list_price(line: DealLine, product: Product, currency: str, config: Integration) -> Decimal | Problem:
    rule, fix = config.place("lines", "columns"), "Enter the price on the deal."
    price = product.price
    if price is None:
        return line_problem(line, rule, "no_price", f'Product "{line.sku}" has no list price.', fix)
    if product.currency not in ("", currency):
        message = f'The list price of "{line.sku}" is in {product.currency}, the order in {currency}.'
        return line_problem(line, rule, "price_currency", message, fix)
    if not is_sane(price):
        message = f'The list price of "{line.sku}" in the ERP makes no sense.'
        fix = "Enter the price on the deal, or have it corrected in the ERP."
        return line_problem(line, rule, "list_price", message, fix, number_text(price))
    return settled(price)


def _near(
    line: DealLine, price: Decimal, list_price: Decimal, tolerance: Decimal, config: Integration
) -> Decimal | Problem:
    if abs(price - list_price) <= list_price * tolerance:
        return price
    percent = number_text((tolerance * 100).normalize())
    return line_problem(
        line,
        config.place("amounts", "price_tolerance"),
        "price_tolerance",
        f'The price of "{line.sku}" is more than {percent} % from its list price {number_text(list_price)}.',
        "Correct the price, or have the list price changed in the ERP.",
        number_text(price),
    )
