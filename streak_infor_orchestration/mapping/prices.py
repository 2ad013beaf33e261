"""What a line costs: the price on the box, else the ERP's list price, in the order's currency."""

from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import DealLine, Part, Problem, Typed
from streak_infor_orchestration.domain.problems.code import Code
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.exchange import Converter
from streak_infor_orchestration.mapping.numbers import is_sane, settled
from streak_infor_orchestration.mapping.values import number_text

MAX_LINE_TOTAL = Decimal(10) ** 12
"""With at most 12 decimals below it, a line fits in a Decimal's 28 digits: nothing is rounded unseen."""


def line_problem(at: Typed, rule: str, code: Code, message: str, fix: str = "") -> Problem:
    """`at` is the field of the line that is wrong, as typed; `fix` where it is more exact than the catalogue's."""
    return Problem(code=code, message=message, field=at.field, value=at.value, rule=rule, fix=fix)


class Pricing:
    """The prices of one order's lines."""

    def __init__(self, config: Integration, currency: str, exchange: Converter) -> None:
        self._config = config
        self._currency = currency
        self._exchange = exchange
        self._rule = config.place_of_lines()

    def restated(self, line: DealLine) -> DealLine | Problem:
        """The line with all its amounts in the order's currency."""
        if line.currency in ("", self._currency):
            return line
        stated: dict[str, Decimal] = {} if line.price is None else {"price": line.price}
        parts = {"discount": line.discount, "tax": line.tax}
        stated |= {name: part.value for name, part in parts.items() if part and not part.is_share}
        changes: dict[str, Decimal | Part | str] = {"currency": ""}
        for name, amount in stated.items():
            converted = self._in_order_currency(line, name, amount)
            if isinstance(converted, Problem):
                return converted
            changes[name] = converted if name == "price" else Part(value=converted)
        return line.model_copy(update=changes)

    def price_of(self, line: DealLine, product: Product) -> Decimal | Problem:
        """The price per unit of a restated line. A product without a currency is priced in the order's.

        Without a list price in the order's currency the tolerance has nothing to compare with, and the box decides.
        """
        list_price = self._list_price(line, product)
        price: Decimal | Problem = list_price if line.price is None else line.price
        if line.price is not None and isinstance(list_price, Decimal):
            price = self._near(line, line.price, list_price)
        if isinstance(price, Decimal) and price * line.quantity > MAX_LINE_TOTAL:
            message = f'The line of "{line.sku}" comes to more than can be true.'
            at, fix = line.at("quantity", "price"), "Check its quantity and price."
            return line_problem(at, self._rule, ValueCode.TOO_LARGE, message, fix)
        return price

    def _in_order_currency(self, line: DealLine, name: str, amount: Decimal) -> Decimal | Problem:
        at = line.at("currency" if "currency" in line.typed else name)
        if not self._config.lines.convert:
            message = f'The {name} of "{line.sku}" is in {line.currency}, the order in {self._currency}.'
            fix = f"Enter the {name} in {self._currency}, or change the currency of the deal."
            return line_problem(at, self._rule, LineCode.PRICE_CURRENCY, message, fix)
        return self._converted(line, name, amount, line.currency, at)

    def _list_price(self, line: DealLine, product: Product) -> Decimal | Problem:
        at = line.at("sku")
        price = product.price
        if price is None:
            message = f'Product "{line.sku}" has no list price.'
            return line_problem(at, self._rule, LineCode.NO_PRICE, message)
        if not is_sane(price):
            message = f'The list price of "{line.sku}" in the ERP makes no sense: {number_text(price)}.'
            return line_problem(at, self._rule, LineCode.LIST_PRICE, message)
        if product.currency in ("", self._currency):
            return settled(price)
        if self._config.lines.convert:
            return self._converted(line, "price", price, product.currency, at)
        message = f'The list price of "{line.sku}" is in {product.currency}, the order in {self._currency}.'
        fix = "Enter the price on the deal."
        return line_problem(at, self._rule, LineCode.PRICE_CURRENCY, message, fix)

    def _converted(
        self, line: DealLine, name: str, amount: Decimal, currency: str, at: Typed
    ) -> Decimal | Problem:
        converted = self._exchange.convert(amount, currency, self._currency)
        if converted is not None and is_sane(converted):
            return converted
        lacking = self._exchange.lacking(currency, self._currency)
        message = f'The {name} of "{line.sku}" cannot be converted: {lacking}.'
        fix = f"Enter the {name} in {self._currency}, or have the day's rate entered in the ERP."
        return line_problem(at, self._config.place("lines", "convert"), ValueCode.NO_RATE, message, fix)

    def _near(self, line: DealLine, price: Decimal, list_price: Decimal) -> Decimal | Problem:
        tolerance = self._config.amounts.price_tolerance
        if tolerance is None or abs(price - list_price) <= list_price * tolerance:
            return price
        percent = number_text((tolerance * 100).normalize())
        list_text = number_text(list_price)
        return line_problem(
            line.at("price"),
            self._config.place("amounts", "price_tolerance"),
            LineCode.PRICE_TOLERANCE,
            f'The price of "{line.sku}" is more than {percent} % from its list price {list_text}.',
        )
