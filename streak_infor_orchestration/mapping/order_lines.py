"""From what the deal states to the lines of the order: product, price, discount, tax."""

import difflib
from collections.abc import Sequence
from decimal import Context, Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import DealLine, Part, Problem
from streak_infor_orchestration.domain.money import line_total, round_money
from streak_infor_orchestration.domain.order import Line
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.accounts import account_of
from streak_infor_orchestration.mapping.models import OrderGround
from streak_infor_orchestration.mapping.numbers import is_sane
from streak_infor_orchestration.mapping.prices import Pricing, line_problem
from streak_infor_orchestration.mapping.units import is_counted
from streak_infor_orchestration.mapping.values import number_text
from streak_infor_orchestration.mapping.vendors import noted, vendor_of

_PRECISE = Context(prec=60)
_HIGHEST_TAX = Decimal("0.5")
"""Of a line's amount, where the tax is an amount too: beyond it a rate was meant."""


class OrderLines:
    """The lines of one order. `discount` and `tax` are the order's as a whole, beside what lines state themselves;
    `discount_field` and `discount_rule` say where that discount stands, for diagnoses."""

    def __init__(
        self,
        config: Integration,
        facts: OrderGround,
        pricing: Pricing,
        currency: str,
        discount: Part | None,
        tax: Part | None,
        *,
        discount_field: str,
        discount_rule: str,
    ) -> None:
        self._discount_field = discount_field
        self._discount_rule = discount_rule
        self._config = config
        self._facts = facts
        self._pricing = pricing
        self._currency = currency
        self._discount = discount
        self._tax = tax
        self._sku_rule = config.place_of_lines("sku")

    def of(self, lines: Sequence[DealLine], problems: list[Problem]) -> tuple[Line, ...]:
        """All lines; what is wrong is added to `problems`, and then the lines are of no use."""
        made = [self._made(line) for line in lines]
        problems.extend(line for line in made if isinstance(line, Problem))
        priced = [line for line in made if not isinstance(line, Problem)]
        if problems:
            return ()
        discounts = self._shares([self._net(made) for _, _, made in priced], problems)
        taxed = [
            self._taxed(line, product, made.model_copy(update={"discount": made.discount + discount}))
            for (line, product, made), discount in zip(priced, discounts, strict=True)
        ]
        problems.extend(line for line in taxed if isinstance(line, Problem))
        return tuple(line for line in taxed if isinstance(line, Line))

    def _made(self, stated: DealLine) -> tuple[DealLine, Product, Line] | Problem:
        """The line in the order's currency, its product, and what becomes of it before the order's discount and tax."""
        product = self._product(stated)
        if isinstance(product, Problem):
            return product
        line = self._pricing.restated(stated)
        if isinstance(line, Problem):
            return line
        made = self._priced(line, product)
        return made if isinstance(made, Problem) else (line, product, made)

    def _product(self, line: DealLine) -> Product | Problem:
        product = self._facts.products.get(line.sku)
        named = [product for product in self._facts.named.get(line.sku, ()) if not product.obsolete]
        if product is None and len(named) > 1:
            codes = ", ".join(product.sku for product in named)
            message = f'Several products are called "{line.sku}": {codes}.'
            return line_problem(line.at("sku"), self._sku_rule, LineCode.AMBIGUOUS_PRODUCT, message)
        product = product or next(iter(named or self._facts.named.get(line.sku, ())), None)
        if product is None:
            return self._unknown(line)
        if product.obsolete:
            message = f'Product "{line.sku}" is no longer sold.'
            return line_problem(line.at("sku"), self._sku_rule, LineCode.OBSOLETE_PRODUCT, message)
        return product

    def _priced(self, line: DealLine, product: Product) -> Line | Problem:
        price = self._pricing.price_of(line, product)
        if isinstance(price, Problem):
            return price
        if is_counted(product.unit) and line.quantity % 1:
            message = f'{number_text(line.quantity)} of "{line.sku}" are ordered, which is sold whole ({product.unit}).'
            rule = self._config.place_of_lines("quantity")
            return line_problem(line.at("quantity"), rule, LineCode.FRACTION, message)
        whole = line_total(line.quantity, price, Decimal(0), self._currency)
        discount = round_money(line.discount.of(whole), self._currency) if line.discount else Decimal(0)
        if discount > whole:
            message = f'The discount on "{line.sku}" is more than the line comes to.'
            rule = self._config.place_of_lines("discount")
            return line_problem(line.at("discount"), rule, LineCode.DISCOUNT, message)
        account = account_of(line, product.sku, self._facts.accounts, self._config)
        vendor = vendor_of(line, self._facts.vendors, self._config)
        for problem in (account, vendor):
            if isinstance(problem, Problem):
                return problem
        assert isinstance(account, str) and not isinstance(vendor, Problem)
        in_description = vendor is not None and not self._config.erp.vendor_field
        return Line(
            sku=product.sku,
            quantity=line.quantity,
            price=price,
            discount=discount,
            description=noted(line.description, vendor) if vendor and in_description else line.description,
            gl_account=account,
        )

    def _net(self, line: Line) -> Decimal:
        return line_total(line.quantity, line.price, line.discount, self._currency)

    def _shares(self, totals: Sequence[Decimal], problems: list[Problem]) -> list[Decimal]:
        """The order's discount, spread over its lines by what they come to: to the cent, without a rest."""
        whole = sum(totals, Decimal(0))
        discount = round_money(self._discount.of(whole), self._currency) if self._discount else Decimal(0)
        if discount > whole:
            problems.append(
                Problem(
                    code=LineCode.DISCOUNT,
                    message="The discount is more than the order comes to.",
                    field=self._discount_field,
                    value=number_text(discount),
                    rule=self._discount_rule,
                )
            )
        if not discount or discount > whole:
            return [Decimal(0)] * len(totals)
        shares, so_far, given = [], Decimal(0), Decimal(0)
        for total in totals:
            so_far += total
            upto = round_money(_PRECISE.divide(_PRECISE.multiply(discount, so_far), whole), self._currency)
            shares.append(upto - given)
            given = upto
        return shares

    def _taxed(self, line: DealLine, product: Product, made: Line) -> Line | Problem:
        tax = line.tax or self._tax
        if tax is None and self._config.lines.tax == "product":
            if not (is_sane(product.tax_rate) and product.tax_rate <= 1):
                rate, rule = number_text(product.tax_rate), self._config.place("lines", "tax")
                message = f'The tax rate of product "{line.sku}" in the ERP makes no sense: {rate}.'
                return line_problem(line.at("sku"), rule, LineCode.TAX_RATE, message)
            tax = Part(value=product.tax_rate, is_share=True)
        if tax is None:
            return made
        net = self._net(made)
        if not tax.is_share and tax.value > net * _HIGHEST_TAX:
            message = f'The tax on "{line.sku}" is an amount of more than half the line. Is it a rate?'
            fix = f'Write a rate with a percent sign: "{number_text(tax.value)}%".'
            rule = self._config.place_of_lines("tax")
            return line_problem(line.at("tax"), rule, LineCode.TAX, message, fix)
        return made.model_copy(update={"tax": round_money(tax.of(net), self._currency)})

    def _unknown(self, line: DealLine) -> Problem:
        known = {sku.casefold(): sku for sku in self._facts.products}
        close = difflib.get_close_matches(line.sku.casefold(), known)
        fix = (
            f"Did you mean {' or '.join(known[sku] for sku in close)}?"
            if close
            else "Correct the product's code."
        )
        message = f'The ERP has no product "{line.sku}".'
        return line_problem(line.at("sku"), self._sku_rule, LineCode.UNKNOWN_PRODUCT, message, fix)
