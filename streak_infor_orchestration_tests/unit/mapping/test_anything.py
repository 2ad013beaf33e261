"""Whatever stands on a box, the mapping answers; it never raises and never makes a float."""

from datetime import UTC
from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.domain.deal import Deal, Value
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.models import Facts, Problems
from streak_infor_orchestration.streak.models import Box, Contact, Link, Organization
from streak_infor_orchestration_tests.unit.mapping.deals import mapping

RICH = mapping(
    amounts='{price_tolerance: "5%"}',
    lines='{from: columns, tax: product, columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", max: 2}}',
    fields="""
  - {to: order.currency, from: "field:Currency"}
  - {to: order.requested_date, from: "field:Ship on"}
  - {to: order.order_date, from: "field:Signed", transform: {date: "%d.%m.%Y"}}
  - {to: order.freight, from: "field:Freight"}
  - {to: order.shipping_method, from: "field:Ship via", transform: {map: {Ground: G}, otherwise: keep}}
  - {to: order.custom.A, from: ["field:Ship via", box.notes, contact.email], transform: {concat: "/"}}
  - {to: order.custom.B, expression: "if(field.Freight > `1.5`, upper(field.\\"Ship via\\"), join('-', field.Tags))"}
  - {to: order.custom.C, expression: "deal.lines[?quantity > `1`].sku | [0]"}
  - {to: order.custom.D, expression: "field.Tags[0] || contact.field.X || field.Currency"}
  - {to: customer.billing_address.country, from: "field:Currency"}
  - {to: customer.tax_id, from: "organization.field:VAT"}""",
)
NAMES = ["SKU 1", "Qty 1", "Price 1", "SKU 2", "Qty 2", "Price 2", "SKU 3", "Currency", "Ship on", "Signed"]
NAMES += ["Freight", "Ship via", "Tags"]

texts = st.one_of(
    st.sampled_from(["", " ", *"A B 1 2.5 1,234.5 1.234 -1 EUR 31.12.2026 2026-12-31 1e9".split()]),
    st.text(max_size=8),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
)
values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    texts,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal("1E+999999"), Decimal("-1E-999999"), Decimal("1E+99999999"), Decimal("0E+9")]),
    st.datetimes(timezones=st.just(UTC)),
    st.lists(texts, max_size=3).map(tuple),
)
ORDERABLE: dict[str, Value] = {
    "SKU 1": "A",
    "Qty 1": "2",
    "Price 1": "10.00",
    "SKU 2": "B",
    "Qty 2": Decimal("0.5"),
}
moments = st.datetimes(timezones=st.just(UTC))
links = st.lists(st.builds(Link, key=st.sampled_from("xyz"), starred=st.booleans()), max_size=3).map(tuple)
box_of = partial(
    st.builds,
    Box,
    key=st.just("b1"),
    pipeline_key=st.just("p1"),
    name=texts,
    notes=texts,
    created=moments,
    stage_changed=st.none() | moments,
    version=st.just(1),
    contacts=links,
)
any_box = box_of(
    stage=st.sampled_from(["Lead", "Accepted", "Won", "Lost", "?"]),
    fields=st.dictionaries(st.sampled_from(NAMES), values),
    organizations=links,
)
box_with_an_order = box_of(
    stage=st.sampled_from(["Accepted", "Won"]),
    fields=st.dictionaries(st.sampled_from(NAMES), values, max_size=2).map(
        lambda changes: ORDERABLE | changes
    ),
    organizations=st.just((Link(key="x"),)),
)
lists = st.lists(texts, max_size=2).map(tuple)
contacts = st.builds(
    Contact,
    key=st.just("x"),
    given_name=texts,
    emails=lists,
    phones=lists,
    fields=st.dictionaries(texts, texts, max_size=1),
)
organizations = st.builds(Organization, key=st.just("x"), name=texts, domains=lists, phones=lists)
numbers = st.decimals(allow_nan=False, allow_infinity=False)


@st.composite
def facts_about(draw: st.DrawFn, deal: Deal) -> Facts:
    products = {
        line.sku: draw(
            st.just(Product(id=line.sku, price=Decimal("10.1"), currency="EUR", tax_rate=Decimal("0.2")))
            | st.builds(
                Product,
                id=st.just(line.sku),
                price=st.none() | numbers,
                currency=st.sampled_from(["", "EUR", "USD"]),
                obsolete=st.booleans(),
                tax_rate=numbers,
            )
        )
        for line in deal.lines
        if draw(st.integers(0, 9))
    }
    return Facts(
        reference="R",
        customer_id="C",
        products=products,
        contact=draw(st.none() | contacts),
        organization=draw(st.none() | organizations),
        today=draw(st.dates()),
    )


def floats(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in floats(item)]
    if isinstance(value, list | tuple | set | frozenset):
        return [found for item in value for found in floats(item)]
    return [value] if isinstance(value, float) else []


@settings(max_examples=300, deadline=None)
@given(any_box | box_with_an_order, st.data())
def test_any_box_is_a_deal_or_problems_and_any_deal_an_order_or_problems(
    box: Box, data: st.DataObject
) -> None:
    deal = RICH.read_deal(box)
    if isinstance(deal, Problems):
        assert deal.items
        assert all(
            p.code and p.message and p.fix and p.rule.startswith("integration.yaml") for p in deal.items
        )
        return
    facts = data.draw(facts_about(deal))
    customer = RICH.customer(deal, reference="R", contact=facts.contact, organization=facts.organization)
    order = RICH.order(deal, facts)
    for outcome in (customer, order):
        assert isinstance(outcome, Problems | CustomerDraft | OrderDraft)
        assert not floats(outcome.model_dump())
        if isinstance(outcome, Problems):
            assert outcome.items
            assert all(p.code and p.message and p.fix for p in outcome.items)
    if isinstance(order, OrderDraft):
        assert order.total >= 0
        assert OrderDraft.model_validate_json(order.model_dump_json()) == order
        assert "E+" not in order.model_dump_json(include={"lines", "freight"})


@given(any_box)
def test_a_box_that_asks_for_no_order_is_a_deal(box: Box) -> None:
    assert isinstance(RICH.read_deal(box.model_copy(update={"stage": "Lead"})), Deal)
