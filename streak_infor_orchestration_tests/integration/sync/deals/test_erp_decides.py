"""What the ERP decides for itself, and what it has no place for."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.wire import Wire
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

FREIGHT = {"fields:\n": 'fields:\n  - {to: order.freight, from: "field:Freight"}\n'}


class TaxingErp(ThreeCallErp):
    """`whole`: what it says an order comes to, by what it does come to."""

    traits = ThreeCallErp.traits.model_copy(update={"tax": "erp"})
    whole: Callable[[Decimal], Decimal] = staticmethod(lambda total: total)

    def _commit(self, order_id: str, draft: OrderDraft) -> SalesOrder:
        made = super()._commit(order_id, draft)
        tax = Decimal("68.40")
        taxed = made.model_copy(update={"tax": tax, "total": self.whole(made.net + made.freight + tax)})
        self.committed[order_id] = taxed
        return taxed


@pytest.fixture
def erp(acme: Acme) -> TaxingErp:
    return TaxingErp(Wire(acme[0].clock))


def test_the_tax_of_the_erp_is_adopted_with_its_total(
    make_world: Callable[..., World], erp: TaxingErp
) -> None:
    world = make_world(erp=erp)
    deal = world.company.deal("Taxed", stage="Proposal Accepted")
    assert world.look(deal).verdict is None
    world.company.edit(deal, stage="Closed-Won")
    assert world.look(deal).verdict is None
    (order,) = erp.committed.values()
    assert order.total == Decimal("428.40")
    (invoice,) = erp.issued.values()
    assert invoice.total == order.total


def test_a_total_that_is_no_sum_is_told(
    make_world: Callable[..., World], erp: TaxingErp, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(erp=erp)
    monkeypatch.setattr(erp, "whole", lambda total: total + Decimal("0.01"))
    verdict = world.look(world.company.deal("Taxed", stage="Proposal Accepted")).verdict
    assert verdict is not None and verdict.status is Status.PERSON
    assert "comes to 428.41, but its lines, freight and tax to 428.40" in verdict.reason


def test_freight_that_the_erp_cannot_book_is_refused_before_anything_is_sent(
    make_world: Callable[..., World], erp: TaxingErp, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(erp=erp, settings=FREIGHT)
    deal = world.company.deal("Freight", stage="Proposal Accepted")
    world.company.edit(deal, {"Freight": "12.50"})
    monkeypatch.setattr(erp, "traits", erp.traits.model_copy(update={"freight": False}))
    verdict = world.look(deal).verdict
    assert verdict is not None and verdict.problems[0].code == "no_freight"
    assert erp.wire.sent == ["create_customer"]
    monkeypatch.undo()
    assert world.look(deal).verdict is None
