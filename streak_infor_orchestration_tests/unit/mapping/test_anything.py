"""Whatever the file says and whatever stands on a box, the mapping answers; it never raises and never makes a float."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration_tests.unit.mapping.any_config import (
    any_box,
    box_with_an_order,
    configurations,
    facts_about,
    linked_boxes,
    told,
)
from streak_infor_orchestration_tests.unit.mapping.deals import mapping

RICH = mapping(
    amounts='{price_tolerance: "5%"}',
    lines='{from: columns, tax: product, columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", max: 2}}',
    fields="""
  - {to: order.currency, from: "field:Cur 1"}
  - {to: order.requested_date, from: "field:Any"}
  - {to: order.freight, from: "field:Off 1"}
  - {to: order.custom.A, from: ["field:Any", box.notes, contact.email], transform: {concat: "/"}}
  - {to: order.custom.B, expression: "if(field.Any > `1.5`, upper(field.Items), join('-', field.Any))"}
  - {to: customer.billing_address.country, from: "field:Cur 1"}
  - {to: customer.tax_id, from: "organization.field:VAT"}""",
)


def floats(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in floats(item)]
    if isinstance(value, list | tuple | set | frozenset):
        return [found for item in value for found in floats(item)]
    return [value] if isinstance(value, float) else []


def accepted(content: dict[str, Any]) -> Integration | None:
    """None for one that is refused: with a complaint that names the file, and nothing else."""
    try:
        return FORMAT.checked(content, name="integration.yaml")
    except Misconfigured as refused:
        assert refused.message.startswith("integration.yaml")
        return None


def check_answers(of: Mapping, box: Box, linked: tuple[Box, ...], data: st.DataObject) -> None:
    deal = of.read_deal(box, linked)
    if isinstance(deal, Problems):
        assert deal.items
        assert all(
            p.code and p.message and p.fix and p.rule.startswith("integration.yaml") for p in deal.items
        )
        return
    facts = data.draw(facts_about(deal))
    assert of.needs(deal, facts.products).skus == {line.sku for line in deal.lines}
    assert len(of.restated(deal, facts.named, ())) == len(deal.lines)
    customer = of.customer(deal, reference="R", contact=facts.contact, organization=facts.organization)
    order = of.order(deal, facts)
    for outcome in (customer, order):
        assert isinstance(outcome, Problems | CustomerDraft | OrderDraft)
        assert not floats(outcome.model_dump())
        if isinstance(outcome, Problems):
            assert outcome.items
            assert all(p.code and p.message and p.fix for p in outcome.items)
    if isinstance(order, OrderDraft):
        assert order.total >= 0
        assert OrderDraft.model_validate_json(order.model_dump_json()) == order
        numbers = {"freight": True, "lines": {"__all__": {"quantity", "price", "discount", "tax"}}}
        assert "E+" not in order.model_dump_json(include=numbers), "what a product is called may be anything"


@settings(max_examples=150, deadline=None)
@given(any_box | box_with_an_order, st.data())
def test_any_box_is_a_deal_or_problems_and_any_deal_an_order_or_problems(
    box: Box, data: st.DataObject
) -> None:
    check_answers(RICH, box, (), data)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(configurations(), any_box | box_with_an_order, linked_boxes, st.data())
def test_any_box_under_any_configuration(
    content: dict[str, Any], box: Box, linked: tuple[Box, ...], data: st.DataObject
) -> None:
    config = accepted(content)
    if config is not None:
        check_answers(Mapping(config), box, linked, data)


@settings(max_examples=100, deadline=None)
@given(configurations(), told)
def test_anything_can_be_told_under_any_configuration(content: dict[str, Any], facts: Any) -> None:
    config = accepted(content)
    if config is not None:
        back = Mapping(config).write_back(facts)
        assert not floats(back.model_dump())
        assert set(back.fields) <= {name for name, _ in config.fields_written()}


@given(any_box)
def test_a_box_that_asks_for_no_order_is_a_deal(box: Box) -> None:
    assert isinstance(RICH.read_deal(box.model_copy(update={"stage": "Lead"})), Deal)
