"""From a deal and the facts to the order that should exist."""

import difflib
from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal, DealLine, Problem
from streak_infor_orchestration.domain.money import line_total, round_money
from streak_infor_orchestration.domain.order import Line, OrderDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.models import Facts
from streak_infor_orchestration.mapping.numbers import is_sane
from streak_infor_orchestration.mapping.prices import line_problem, price_of
from streak_infor_orchestration.mapping.rulebook import RuleBook
from streak_infor_orchestration.mapping.sources import Reader
from streak_infor_orchestration.mapping.values import number_text

CURRENCY = "order.currency"
"""The one target that is part of the deal already: its prices mean nothing without."""


class OrderMapper:
    """The `order.` rules and the lines."""

    def __init__(self, config: Integration) -> None:
        self._config = config
        self._rules = RuleBook(config, lambda to: to.startswith("order.") and to != CURRENCY)
        self._sku_rule = config.place("lines", "columns", "sku")
        self.reads_contact = self._rules.reads_contact
        self.reads_organization = self._rules.reads_organization

    def draft(self, deal: Deal, facts: Facts, problems: list[Problem]) -> OrderDraft | None:
        """None when something is wrong; what, is added to `problems`."""
        lines = [self._line(line, deal.currency, facts) for line in deal.lines]
        problems.extend(line for line in lines if isinstance(line, Problem))
        reader = Reader(deal, facts.contact, facts.organization, self._config.company.zone)
        filled = self._rules.fill(reader, problems)
        if problems:
            return None
        defaults = self._config.erp.defaults
        description = "" if "order.description" in self._rules.targets else deal.name.strip()
        return OrderDraft(
            reference=facts.reference,
            customer_id=facts.customer_id,
            order_date=filled.day("order.order_date") or facts.today,
            currency=deal.currency,
            lines=tuple(line for line in lines if isinstance(line, Line)),
            description=filled.text("order.description", description),
            requested_date=filled.day("order.requested_date"),
            shipping_method=filled.text("order.shipping_method", defaults.shipping_method),
            salesperson=filled.text("order.salesperson", defaults.salesperson),
            warehouse=filled.text("order.warehouse", defaults.warehouse),
            freight=filled.amount("order.freight"),
            custom=filled.below("order.custom."),
        )

    def _line(self, line: DealLine, currency: str, facts: Facts) -> Line | Problem:
        product = facts.products.get(line.sku)
        if product is None:
            return self._unknown(line, facts)
        if product.obsolete:
            message = f'Product "{line.sku}" is no longer sold.'
            return line_problem(line, self._sku_rule, "obsolete_product", message, "Choose another product.")
        price = price_of(line, product, currency, self._config)
        if isinstance(price, Problem):
            return price
        tax = self._tax(line, product, line_total(line.quantity, price, Decimal(0), currency))
        if isinstance(tax, Problem):
            return tax
        return Line(
            sku=line.sku,
            quantity=line.quantity,
            price=price,
            tax=round_money(tax, currency),
            gl_account=self._config.erp.defaults.gl_account,
        )

    def _tax(self, line: DealLine, product: Product, total: Decimal) -> Decimal | Problem:
        if self._config.lines.tax == "none":
            return Decimal(0)
        if is_sane(product.tax_rate) and product.tax_rate <= 1:
            return product.tax_rate * total
        message = f'The tax rate of product "{line.sku}" in the ERP makes no sense.'
        rule, rate = self._config.place("lines", "tax"), number_text(product.tax_rate)
        return line_problem(line, rule, "tax_rate", message, "Have it corrected in the ERP.", rate)

    def _unknown(self, line: DealLine, facts: Facts) -> Problem:
        known = {sku.casefold(): sku for sku in facts.products}
        close = difflib.get_close_matches(line.sku.casefold(), known)
        fix = (
            f"Did you mean {' or '.join(known[sku] for sku in close)}?"
            if close
            else "Correct the product's code."
        )
        message = f'The ERP has no product "{line.sku}".'
        return line_problem(line, self._sku_rule, "unknown_product", message, fix)
