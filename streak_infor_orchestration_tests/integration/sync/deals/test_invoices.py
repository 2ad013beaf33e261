"""The invoice of a won deal: on request, later by the ERP itself, or with a total that is not the order's."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer, Waiting
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.erps.two_hundred import TwoHundredErp
from streak_infor_orchestration_tests.world import World


@pytest.fixture
def erp() -> TwoHundredErp:
    return TwoHundredErp()


@pytest.fixture
def world(make_world: Callable[..., World], erp: TwoHundredErp) -> World:
    return make_world(erp=erp)


@pytest.fixture
def won(world: World) -> str:
    return world.company.deal("Northwind", stage="Closed-Won")


def reissue(erp: TwoHundredErp, **changes: object) -> Invoice:
    ((key, invoice),) = erp.issued.items()
    erp.issued[key] = invoice.model_copy(update=changes)
    return erp.issued[key]


def test_an_invoice_with_another_total_stays_a_persons_until_it_is_mended(
    world: World, erp: TwoHundredErp, won: str
) -> None:
    world.look(won)
    reissue(erp, total=Decimal("359.99"))
    for _ in range(2):
        work = world.look(won)
        assert work.verdict is not None and work.verdict.status is Status.PERSON
    letter = world.ports.store.dead_letters.of("deal", won)
    assert letter is not None and letter.code == "invoice_differs"
    reissue(erp, total=Decimal("360.00"))
    assert world.look(won).verdict is None
    assert world.ports.store.dead_letters.count_open() == 0


def test_an_invoice_the_erp_made_by_itself_may_be_for_a_part(
    world: World, erp: TwoHundredErp, won: str
) -> None:
    world.company.edit(won, stage="Proposal Accepted")
    world.look(won)
    (order,) = erp.committed.values()
    erp.request_invoice(order.id)
    reissue(erp, total=Decimal("100.00"))
    world.company.edit(won, stage="Closed-Won")
    assert world.look(won).verdict is None
    assert len(erp.issued) == 1


def test_where_the_erp_invoices_after_delivery_the_deal_waits_and_is_looked_at_again(
    world: World, erp: TwoHundredErp, won: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = erp.request_invoice

    def after_delivery(order_id: str, gl_account: str = "") -> InvoiceAnswer:
        return Waiting(reason="nothing is delivered yet")

    monkeypatch.setattr(erp, "request_invoice", after_delivery)
    work = world.look(won)
    assert (work.verdict, len(erp.committed)) == (None, 1)
    assert any("nothing is delivered yet" in did for did in work.trail)
    assert world.ports.store.effects.unsettled() == []
    assert any("nothing is delivered yet" in comment for comment in world.company.comments(won))
    assert world.wait_for_next(), "it is looked at again by itself"
    monkeypatch.setattr(erp, "request_invoice", request)
    world.run_until_quiet()
    assert world.company.box(won)["fieldsByName"]["ERP invoice"] == "INV0001"


def test_a_cancelled_order_is_not_invoiced(world: World, erp: TwoHundredErp, won: str) -> None:
    world.company.edit(won, stage="Proposal Accepted")
    world.look(won)
    (order,) = erp.committed.values()
    erp.cancel_order(order)
    world.company.edit(won, stage="Closed-Won")
    world.look(won)
    assert erp.issued == {}
