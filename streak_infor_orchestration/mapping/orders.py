"""From a deal and the facts to the order that should exist."""

from collections.abc import Mapping as Dictionary
from datetime import date
from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal, Problem
from streak_infor_orchestration.domain.money import line_total
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.amounts import read_money
from streak_infor_orchestration.mapping.days import read_business_day, read_day
from streak_infor_orchestration.mapping.exchange import Converter, Pair
from streak_infor_orchestration.mapping.models import OrderGround
from streak_infor_orchestration.mapping.order_lines import OrderLines
from streak_infor_orchestration.mapping.prices import Pricing
from streak_infor_orchestration.mapping.rulebook import Filled, RuleBook
from streak_infor_orchestration.mapping.rules import label
from streak_infor_orchestration.mapping.sources import Reader, is_clocked
from streak_infor_orchestration.mapping.values import CannotBeRead, is_empty, number_text, unreadable
from streak_infor_orchestration.mapping.vendors import stamp

CURRENCY = "order.currency"
"""The one target that is part of the deal already: its prices mean nothing without."""


class OrderMapper:
    """The `order.` rules and the lines."""

    def __init__(self, config: Integration) -> None:
        self._config = config
        self._zone = config.company.zone
        self._rules = RuleBook(config, lambda to: to.startswith("order.") and to != CURRENCY)
        self.reads_contact = self._rules.reads_contact
        self.discounts = "order.discount" in self._rules.targets
        self.reads_organization = self._rules.reads_organization

    def draft(self, deal: Deal, facts: OrderGround, problems: list[Problem]) -> OrderDraft | None:
        """None when something is wrong; what, is added to `problems`."""
        rate_day = self.rate_day(deal)
        exchange = Converter(facts.rates, self._config.company.currency, self._since(rate_day, facts))
        reader = Reader(deal, facts.contact, facts.organization, self._zone, exchange)
        unfilled: list[Problem] = []
        filled = self._rules.fill(reader, unfilled)
        pricing = Pricing(self._config, deal.currency, exchange)
        discount, tax = filled.part("order.discount"), filled.part("order.tax_rate")
        order_lines = OrderLines(
            self._config,
            facts,
            pricing,
            deal.currency,
            discount,
            tax,
            discount_field=self._rules.fields_of("order.discount"),
            discount_rule=self._rules.place_of("order.discount"),
        )
        lines = order_lines.of(deal.lines, problems)
        problems += unfilled
        if isinstance(rate_day, Problem):
            problems.append(rate_day)
        if problems:
            return None
        defaults = self._config.erp.defaults
        description = "" if "order.description" in self._rules.targets else deal.name.strip()
        draft = OrderDraft(
            reference=facts.reference,
            customer_id=facts.customer_id,
            order_date=filled.day("order.order_date") or facts.today,
            currency=deal.currency,
            lines=lines,
            description=filled.text("order.description", description),
            requested_date=filled.day("order.requested_date"),
            shipping_method=filled.text("order.shipping_method", defaults.shipping_method),
            salesperson=filled.text("order.salesperson", facts.salesperson or defaults.salesperson),
            warehouse=filled.text("order.warehouse", defaults.warehouse),
            freight=filled.amount("order.freight"),
            custom=self._delivered(deal, facts) | self._stamped(filled, exchange),
            rates=exchange.applied,
        )
        problem = self._other_value(draft, reader)
        if problem is not None:
            problems.append(problem)
            return None
        return draft

    def worth(self, deal: Deal) -> Decimal | None:
        """As the box states it, else what those of its lines come to that state a price in the deal's currency."""
        stated = self._stated(deal, Reader(deal, None, None, self._zone))
        if stated is not None and not isinstance(stated, Problem):
            return stated
        priced = [
            line_total(line.quantity, line.price, Decimal(0), deal.currency)
            for line in deal.lines
            if line.price is not None and line.currency in ("", deal.currency)
        ]
        return sum(priced, Decimal(0)) if priced else None

    def pairs(self, deal: Deal, products: Dictionary[str, Product]) -> frozenset[Pair]:
        """The currencies that have to be converted into one another, as far as the deal and `products` say."""
        reader = Reader(deal, None, None, self._zone)
        pairs = set(self._rules.pairs(reader))
        if self._config.lines.convert:
            pairs |= {(line.currency, deal.currency) for line in deal.lines if line.currency}
            pairs |= {(product.currency, deal.currency) for product in products.values() if product.currency}
        return frozenset((base, quote) for base, quote in pairs if base != quote)

    def rate_day(self, deal: Deal) -> date | Problem | None:
        """The day whose rates count; None is today."""
        source = self._config.exchange.day
        if source is None:
            return None
        rule = self._config.place("exchange", "day")
        try:
            value = Reader(deal, None, None, self._zone).read(source)
        except CannotBeRead as cannot:
            return unreadable(cannot.value, label(source), rule)
        if is_empty(value):
            return None
        if is_clocked(source):
            return read_day(value, label(source), self._config, rule)
        return read_business_day(value, label(source), self._config, rule, deal)

    def _since(self, rate_day: date | Problem | None, facts: OrderGround) -> date | None:
        """The first day whose rates count. Those of a day to come are today's."""
        if facts.stamped:
            return None
        day = rate_day if isinstance(rate_day, date) else facts.today
        return self._config.exchange.since(min(day, facts.today))

    def _delivered(self, deal: Deal, facts: OrderGround) -> dict[str, str]:
        name, said = self._config.erp.vendor_field, stamp(deal.lines, facts.vendors)
        return {name: said} if name and said else {}

    def _stamped(self, filled: Filled, exchange: Converter) -> dict[str, str]:
        custom, name = filled.below("order.custom."), self._config.exchange.stamp
        return custom | ({name: exchange.stamp} if name and exchange.applied else {})

    def _other_value(self, draft: OrderDraft, reader: Reader) -> Problem | None:
        """What the box states the deal is worth, where the configuration says that it does, must be the order's."""
        amounts = self._config.amounts
        stated = self._stated(draft, reader)
        if stated is None or isinstance(stated, Problem):
            return stated
        assert amounts.deal_value is not None, "it was read there"
        field, rule = label(amounts.deal_value), self._config.place("amounts", "deal_value")
        taxes = (
            sum((line.tax for line in draft.lines), draft.freight) if amounts.basis == "net" else Decimal(0)
        )
        total = draft.total - taxes
        if abs(total - stated) <= amounts.tolerance:
            return None
        return Problem(
            code=LineCode.DEAL_VALUE,
            message=f'"{field}" is {number_text(stated)}, but the products come to '
            f"{number_text(total)} {draft.currency}.",
            field=field,
            value=number_text(stated),
            rule=rule,
        )

    def _stated(self, of: Deal | OrderDraft, reader: Reader) -> Decimal | Problem | None:
        """What the box says that it is worth, in the currency of `of`; None where it says nothing."""
        source = self._config.amounts.deal_value
        if source is None:
            return None
        field, rule = label(source), self._config.place("amounts", "deal_value")
        try:
            value = reader.read(source)
        except CannotBeRead as cannot:
            return unreadable(cannot.value, field, rule)
        return None if is_empty(value) else read_money(value, field, self._config, rule, of.currency)
