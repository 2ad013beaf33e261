"""The mapping of one configuration: everything the use cases ask about a deal."""

from collections.abc import Mapping as Dictionary
from datetime import UTC, datetime
from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal, DealLine, Milestone, Part, Party, PartyKind, Problem
from streak_infor_orchestration.domain.order import AppliedRate, OrderDraft, SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.customers import CustomerMapper
from streak_infor_orchestration.mapping.exchange import Converter
from streak_infor_orchestration.mapping.kept import KeptField, KeptFields
from streak_infor_orchestration.mapping.lines import LineReader
from streak_infor_orchestration.mapping.models import Needs, OrderGround, Problems, Tellable, WriteBack
from streak_infor_orchestration.mapping.new_box import BoxNames
from streak_infor_orchestration.mapping.orders import CURRENCY, OrderMapper
from streak_infor_orchestration.mapping.party import find_party
from streak_infor_orchestration.mapping.people import People
from streak_infor_orchestration.mapping.rulebook import RuleBook
from streak_infor_orchestration.mapping.sources import Reader
from streak_infor_orchestration.mapping.write_back import Teller
from streak_infor_orchestration.streak.models import Box, Contact, Organization

_NEVER = datetime.fromtimestamp(0, UTC)

_LONGEST_VALUE = 500  # characters


class Mapping:
    """Pure and thread-safe; built once per process. Problems come back all at once, never as exceptions."""

    def __init__(self, config: Integration) -> None:
        self._config = config
        self._lines = LineReader(config)
        self._currency = RuleBook(config, lambda target: target == CURRENCY)
        self._orders = OrderMapper(config)
        self._customers = CustomerMapper(config)
        self._teller = Teller(config)
        self._kept = KeptFields(config)
        self._boxes = BoxNames(config.orders)
        self.people = People(config.contacts) if config.contacts is not None else None

    def read_deal(self, box: Box, linked: tuple[Box, ...] = ()) -> Deal | Problems:
        """A deal that asks for no order is never a problem: what it has so far is read, and the rest left out.

        `linked`: the boxes linked to it, as far as they are in the pipeline that lines come from.
        """
        milestone = self._config.stages.classify(box.stage)
        if milestone is None:
            return _on(box.name, [self._unclassed(box)])
        return self._read(box, linked, milestone)

    def _read(self, box: Box, linked: tuple[Box, ...], milestone: Milestone) -> Deal | Problems:
        problems: list[Problem] = []
        party = find_party(
            box, PartyKind(self._config.customer.source), self._config.place("customer", "source")
        )
        deal = Deal(
            key=box.key,
            name=box.name,
            notes=box.notes,
            milestone=milestone,
            stage=box.stage,
            created=box.created,
            stage_changed=box.stage_changed,
            creator=box.creator_key,
            party=party if isinstance(party, Party) else None,
            currency=self._config.company.currency,
            values=box.fields,
        )
        unpriced: list[Problem] = []
        filled = self._currency.fill(Reader(deal, None, None, self._config.company.zone), unpriced)
        currency = filled.text(CURRENCY, deal.currency)
        lines = self._lines.read(box, linked, currency, problems)
        # the lines were read as in the company's currency; now they say which one a sign such as $ means
        if self._currency.reads_lines:
            unpriced.clear()
            deal = deal.model_copy(update={"lines": lines})
            filled = self._currency.fill(Reader(deal, None, None, self._config.company.zone), unpriced)
            currency = filled.text(CURRENCY, deal.currency)
        problems += unpriced
        if isinstance(party, Problem):
            problems.append(party)
        if problems and milestone.wants_order:
            return _on(box.name, problems)
        return deal.model_copy(update={"currency": currency, "lines": lines})

    def name_of_box(self, order: SalesOrder, customer: Customer | None) -> str:
        """The name for a box that is made of this order."""
        return self._boxes.name(order, customer)

    @property
    def names_boxes_by_customer(self) -> bool:
        """Whether that name tells something that only the customer in the ERP knows."""
        return self._boxes.reads_customer

    def glance(self, box: Box) -> Deal:
        """The deal as if it asked for nothing yet: who buys, and whatever else can be read of it."""
        reading = self._read(box, (), Milestone.BEFORE)
        assert isinstance(reading, Deal), "a deal that asks for no order is never a problem"
        return reading

    def besides(self, box: Box) -> Deal | None:
        """What can be read of a deal that has problems; None without its currency, by which all else is read."""
        deal, unpriced = self.glance(box), list[Problem]()
        self._currency.fill(Reader(deal, None, None, self._config.company.zone), unpriced)
        return None if unpriced else deal

    def worth(self, deal: Deal) -> Decimal | None:
        """In the deal's currency: as the box states it, else what its lines come to; None where neither can be read."""
        return self._orders.worth(deal)

    def needs(self, deal: Deal, products: Dictionary[str, Product] | None = None) -> Needs:
        """`contact` and `organization` say whether the order's fields read them. Which rates and accounts it needs is
        known with the `products` only."""
        skus = frozenset(line.sku for line in deal.lines)
        rate_day = self._orders.rate_day(deal)
        return Needs(
            skus=skus,
            names=skus if self._config.lines.products == "name" else frozenset(),
            contact=self._orders.reads_contact,
            organization=self._orders.reads_organization,
            rates=self._orders.pairs(deal, products or {}),
            rate_day=None if isinstance(rate_day, Problem) else rate_day,
            accounts=frozenset(filter(None, (self._config.erp.account_of(sku) for sku in products or ()))),
            vendors=frozenset(line.vendor for line in deal.lines if line.vendor),
        )

    def restated(
        self, deal: Deal, named: Dictionary[str, tuple[Product, ...]], rates: tuple[AppliedRate, ...]
    ) -> tuple[DealLine, ...]:
        """The deal's lines as an order states them: products by code, prices in the order's currency. `rates` are
        those of the order; an amount that they do not convert is left open."""
        exchange = Converter(rates, self._config.company.currency)

        def restated(line: DealLine) -> DealLine:
            products = [p for p in named.get(line.sku, ()) if not p.obsolete] or named.get(line.sku, ())
            sku = products[0].sku if len(products) == 1 else line.sku
            price, discount, currency = line.price, line.discount, line.currency or deal.currency
            if price is not None:
                price = exchange.convert(price, currency, deal.currency)
            if discount is not None and not discount.is_share:
                amount = exchange.convert(discount.value, currency, deal.currency)
                discount = None if amount is None else Part(value=amount)
            return line.model_copy(update={"sku": sku, "price": price, "discount": discount, "currency": ""})

        return tuple(restated(line) for line in deal.lines)

    @property
    def discounts_orders(self) -> bool:
        """Whether there is a discount beside those that lines state."""
        return self._orders.discounts

    def customer(
        self, deal: Deal, *, reference: str, contact: Contact | None, organization: Organization | None
    ) -> CustomerDraft | Problems:
        """The customer as it should be made. `reference` is the external reference of the deal's party."""
        problems: list[Problem] = []
        draft = self._customers.draft(deal, reference, contact, organization, problems)
        return draft if draft is not None else _on(deal.name, problems)

    def stranger(self, party: Party) -> Deal:
        """A deal that says nothing but who buys: what a customer is where no deal of theirs is known."""
        return Deal(
            key="",
            name="",
            milestone=Milestone.BEFORE,
            stage="",
            created=_NEVER,
            party=party,
            currency=self._config.company.currency,
        )

    def kept(self, organization: Organization | None) -> tuple[KeptField, ...]:
        """The customer's fields that are kept in agreement on both sides."""
        return self._kept.of(organization)

    def order(self, deal: Deal, facts: OrderGround) -> OrderDraft | Problems:
        """The order as it should exist: the canonical request."""
        problems: list[Problem] = []
        draft = self._orders.draft(deal, facts, problems)
        return draft if draft is not None else _on(deal.name, problems)

    def write_back(self, told: Tellable) -> WriteBack:
        """What should stand on the box. The same facts give the same comments, for ever."""
        return self._teller.write_back(told)

    @property
    def tells_of_customers(self) -> bool:
        """Whether the box is told something that only the customer in the ERP knows."""
        return self._teller.reads_customer

    @property
    def tells_of(self) -> frozenset[str]:
        """What the box is told of when it happens: the `once` of every comment."""
        return self._teller.tells_of

    def _unclassed(self, box: Box) -> Problem:
        stages = self._config.stages
        known = [name for milestone in Milestone for name in getattr(stages, milestone.value)]
        return Problem(
            code=DealCode.UNCLASSED_STAGE,
            message=f'The configuration does not say what stage "{box.stage}" means.',
            field="Stage",
            value=box.stage,
            rule=self._config.place("stages"),
            fix=f"Move the deal to one of: {', '.join(known)}; or ask your administrator to add the stage.",
        )


def _on(box: str, problems: list[Problem]) -> Problems:
    """Those that do not say which box they are on are on the deal's own. A page that somebody pasted into a field is
    cut: the value is part of what makes a problem the same one."""
    return Problems(
        items=tuple(p.model_copy(update={"box": p.box or box, "value": _cut(p.value)}) for p in problems)
    )


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
