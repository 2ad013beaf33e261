"""Boxes, deals and facts to map, each with only what a test is about."""

from datetime import UTC, date, datetime
from decimal import Decimal

from streak_infor_orchestration.domain.deal import Deal, Problem, Value
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.mapping.models import OrderGround, Problems
from streak_infor_orchestration.streak.models import Box, BoxParty, Contact, Organization
from streak_infor_orchestration_tests.unit.config.minimal import integration

TODAY = date(2026, 3, 2)
ONE_LINE: dict[str, Value] = {"SKU 1": "ACME-1", "Qty 1": "2", "Price 1": "10.00"}
ACME = Organization(
    key="o1", name="Acme GmbH", domains=("acme.example",), phones=("+49 30 1",), fields={"VAT": "DE1"}
)
BO = Contact(
    key="c1",
    given_name="Bo",
    family_name="Li",
    emails=("bo@acme.example", "b@x.example"),
    phones=("+49 30 2",),
)
PRODUCTS = {
    "ACME-1": Product(id="ACME-1", price=Decimal("10.00"), currency="EUR", tax_rate=Decimal("0.19")),
    "ACME-2": Product(id="ACME-2", price=Decimal("0.335"), currency="EUR"),
    "OLD-1": Product(id="OLD-1", price=Decimal("5.00"), currency="EUR", obsolete=True),
    "USD-1": Product(id="USD-1", price=Decimal("5.00"), currency="USD"),
    "FREE-1": Product(id="FREE-1"),
}


def mapping(**sections: str) -> Mapping:
    return Mapping(integration(**sections))


def box(fields: dict[str, Value] | None = None, **changes: object) -> Box:
    content: dict[str, object] = {
        "key": "b1",
        "pipeline_key": "p1",
        "name": "Big deal",
        "stage": "Accepted",
        "created": datetime(2026, 2, 27, 23, 30, tzinfo=UTC),
        "version": 1,
        "fields": ONE_LINE if fields is None else fields,
        "organizations": (BoxParty(key="o1"),),
    }
    return Box.model_validate(content | changes)


def facts(**changes: object) -> OrderGround:
    content: dict[str, object] = {
        "reference": "STKABC",
        "customer_id": "C-1",
        "products": PRODUCTS,
        "contact": BO,
        "organization": ACME,
        "today": TODAY,
    }
    return OrderGround.model_validate(content | changes)


def deal(of: Mapping, fields: dict[str, Value] | None = None, **changes: object) -> Deal:
    read = of.read_deal(box(fields, **changes))
    assert isinstance(read, Deal), read
    return read


def order(of: Mapping, fields: dict[str, Value] | None = None, **changes: object) -> OrderDraft:
    draft = of.order(deal(of, ONE_LINE | (fields or {}), **changes), facts())
    assert isinstance(draft, OrderDraft), draft
    return draft


def only_problem(outcome: object) -> Problem:
    assert isinstance(outcome, Problems), outcome
    (problem,) = outcome.items
    return problem
