"""The section `orders:`: what does not go together with the stages is told with its line."""

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.order import OrderStatus
from streak_infor_orchestration_tests.unit.config.minimal import integration


def refused(orders: str) -> str:
    with pytest.raises(Misconfigured) as told:
        integration(orders=orders)
    return str(told.value)


def test_a_stage_alone_goes_forward_only() -> None:
    orders = integration(orders="{status_stage: {Shipped: Won, Cancelled: {stage: Lost, back: true}}}").orders
    assert {status: (to.stage, to.back) for status, to in orders.status_stage.items()} == {
        OrderStatus.SHIPPED: ("Won", False),
        OrderStatus.CANCELLED: ("Lost", True),
    }


@pytest.mark.parametrize(
    ("orders", "place", "told"),
    [
        ("{by_hand: box, stage: Lead}", "since", "since is needed with by_hand: box"),
        ("{by_hand: box, since: 2026-01-01}", "stage", "stage is needed: a new box must ask for no order"),
        (
            "{by_hand: box, since: 2026-01-01, stage: Accepted}",
            "stage",
            '"Accepted" is no stage of stages.before',
        ),
        (
            "{status_stage: {Shipped: Delivery}}",
            "status_stage.Shipped",
            '"Delivery" is not classed in stages',
        ),
        (
            "{status_stage: {Shipped: Lost}}",
            "status_stage.Shipped",
            '"Lost" asks for no order, but an order that is Shipped stands',
        ),
        ("{status_stage: {Sent: Won}}", "status_stage", "Sent"),
        ("{name: 'Order {invoice.id}'}", "name", '"{invoice.id}" cannot be told in the name of a box'),
        ("{name: 'Order {order.id'}", "name", "the braces do not match"),
    ],
)
def test_what_cannot_be_is_refused(orders: str, place: str, told: str) -> None:
    assert told in refused(orders)
    assert f"integration.yaml:7: orders.{place}" in refused(orders)
