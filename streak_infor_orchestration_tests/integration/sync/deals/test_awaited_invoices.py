"""A won deal whose ERP makes the invoices by itself: made ready once, awaited visibly, never asked for."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer
from streak_infor_orchestration.domain.order import OrderStatus
from streak_infor_orchestration.sync.row.work import Status, Work
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.wire import Wire
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme


class InvoicingErp(ThreeCallErp):
    """As M3 and SyteLine: invoices appear when the ERP makes them. `ready`: what was made ready, each time."""

    traits = ThreeCallErp.traits.model_copy(update={"invoices_by_itself": True})

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self.ready: list[str] = []
        self._numbers = (f"2026/{number}" for number in count(1))

    def make_ready(self, order_id: str) -> None:
        self.wire.write("make_ready", lambda: self.ready.append(order_id))

    def request_invoice(self, order_id: str, gl_account: str = "") -> InvoiceAnswer:
        raise AssertionError("never asked for")

    def invoiced(self, order_id: str, total: str, *, paid: str = "0", number: str = "") -> None:
        """What its invoicing does, some day."""
        order, amount = self.committed[order_id], Decimal(total)
        key = number or next(self._numbers)
        self.issued[f"{order_id}:{key}"] = Invoice(
            id=key,
            order_id=order_id,
            customer_id=order.customer_id,
            currency=order.currency,
            total=amount,
            paid=Decimal(paid),
            balance=amount - Decimal(paid),
            status="Open",
        )


@pytest.fixture
def erp(acme: Acme) -> InvoicingErp:
    return InvoicingErp(Wire(acme[0].clock))


@pytest.fixture
def world(make_world: Callable[..., World], erp: InvoicingErp) -> World:
    return make_world(erp=erp)


@pytest.fixture
def won(world: World) -> str:
    return world.company.deal("Northwind", stage="Closed-Won")


def field(world: World, deal: str, name: str) -> object:
    return world.company.box(deal)["fieldsByName"].get(name)


def problem(work: Work) -> str:
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    return work.verdict.problems[0].code


def test_it_is_made_ready_once_and_awaited_visibly(world: World, erp: InvoicingErp, won: str) -> None:
    for _ in range(3):
        assert world.look(won).verdict is None
    (order,) = erp.committed
    assert erp.ready == [order]
    (waiting,) = [c for c in world.company.comments(won) if "awaited" in c]
    assert f"the invoice of order {order} is awaited" in waiting
    assert world.ports.store.effects.unsettled() == []
    erp.invoiced(order, "360.00")
    world.wait_for_next()
    world.run_until_quiet()
    assert field(world, won, "ERP invoice") == "2026/1"
    assert erp.ready == [order]


def test_an_order_that_was_invoiced_since_it_was_read_need_not_be_made_ready(
    world: World, erp: InvoicingErp, won: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(order_id: str) -> None:
        erp.invoiced(order_id, "360.00")
        erp.committed[order_id] = erp.committed[order_id].model_copy(update={"status": OrderStatus.INVOICED})
        raise Rejected(f"order {order_id} has status 77", system="infor")

    monkeypatch.setattr(erp, "make_ready", refuse)
    world.look(won)
    world.run_until_quiet()
    assert field(world, won, "ERP invoice") == "2026/1"
    assert not [comment for comment in world.company.comments(won) if "Needs attention" in comment]
    assert world.ports.store.dead_letters.listing() == []


@pytest.mark.parametrize("fault", ["before", "after"])
def test_an_order_that_is_invoiced_although_nobody_knows_whether_it_was_made_ready_leaves_no_doubt(
    world: World, erp: InvoicingErp, won: str, fault: str
) -> None:
    erp.wire.lose(5, fault)  # the customer, head, line and confirmation come before it
    world.look(won)
    assert erp.wire.sent[-1] == "make_ready"
    (order,) = erp.committed
    erp.invoiced(order, "360.00")
    erp.committed[order] = erp.committed[order].model_copy(update={"status": OrderStatus.INVOICED})
    assert [effect.key for effect in world.ports.store.effects.unsettled()] == [f"order:{order}:ready"]
    world.run_until_quiet()
    assert world.ports.store.effects.unsettled() == []
    assert erp.wire.sent.count("make_ready") == 1


def test_it_is_looked_at_less_and_less_often(world: World, erp: InvoicingErp, won: str) -> None:
    world.look(won)
    pauses = []
    for _ in range(40):
        before = world.clock.now()
        assert world.wait_for_next()
        world.run()
        pauses.append((world.clock.now() - before).total_seconds())
    assert (pauses[0], pauses[-1]) == (15 * 60, 6 * 3600)
    assert pauses == sorted(pauses)


def test_several_invoices_are_told_together_until_the_order_is_invoiced_as_a_whole(
    world: World, erp: InvoicingErp, won: str
) -> None:
    world.look(won)
    (order,) = erp.committed
    erp.invoiced(order, "100.00", paid="100.00")
    work = world.look(won)
    assert any("the rest of the invoice" in did for did in work.trail) and work.recheck_at is not None
    assert (field(world, won, "ERP invoice"), field(world, won, "Payment status")) == ("2026/1", "Paid")
    erp.invoiced(order, "260.00")
    work = world.look(won)
    assert (work.verdict, work.recheck_at) == (None, None)
    assert field(world, won, "ERP invoice") == "2026/1, 2026/2"
    assert field(world, won, "Payment status") == "PartiallyPaid"


def test_an_order_that_the_erp_says_is_invoiced_is_not_awaited(
    world: World, erp: InvoicingErp, won: str
) -> None:
    """A part of it may never be delivered."""
    world.look(won)
    (order,) = erp.committed
    erp.invoiced(order, "100.00")
    erp.committed[order] = erp.committed[order].model_copy(update={"status": OrderStatus.INVOICED})
    assert world.look(won).recheck_at is None


def test_one_invoice_of_two_orders_is_each_ones(world: World, erp: InvoicingErp, won: str) -> None:
    other = world.company.deal("Southwind", stage="Closed-Won")
    for deal in (won, other):
        world.look(deal)
    for order in erp.committed:
        erp.invoiced(order, "360.00", number="2026/77")
    for deal in (won, other):
        assert world.look(deal).verdict is None
        assert field(world, deal, "ERP invoice") == "2026/77"


def test_what_is_awaited_for_too_long_is_a_persons_until_it_is_there(
    make_world: Callable[..., World], erp: InvoicingErp
) -> None:
    policy = {"policies: {backwards: report}": "policies: {backwards: report, invoice_days: 3}"}
    world = make_world(erp=erp, settings=policy)
    won = world.company.deal("Northwind", stage="Closed-Won")
    world.look(won)
    world.clock.advance(3 * 86_400 - 60)
    assert world.look(won).verdict is None
    world.clock.advance(60)
    assert problem(world.look(won)) == "invoice_awaited"
    assert len([c for c in world.company.comments(won) if "awaited for 3 days" in c]) == 1
    (order,) = erp.committed
    erp.invoiced(order, "360.00")
    assert world.wait_for_next(), "it is looked at again by itself"
    world.run_until_quiet()
    assert world.ports.store.dead_letters.count_open() == 0
    assert field(world, won, "ERP invoice") == "2026/1"


@pytest.mark.parametrize("fault", ["before", "after"])
def test_making_ready_without_an_answer_is_done_again(
    world: World, erp: InvoicingErp, won: str, fault: str
) -> None:
    erp.wire.arrives["confirm"] = lambda: erp.wire.lose(1, fault)
    assert world.look(won).verdict is not None
    (order,) = erp.committed
    world.wait_for_next()
    world.run()
    assert set(erp.ready) == {order}
    assert world.ports.store.effects.unsettled() == []


def test_what_the_erp_refuses_to_make_ready_is_told(
    world: World, erp: InvoicingErp, won: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(order_id: str) -> None:
        raise Rejected("the order is closed", code="closed", system="infor")

    monkeypatch.setattr(erp, "make_ready", refuse)
    assert problem(world.look(won)) == "closed"


def test_a_dry_run_makes_nothing_ready(world: World, erp: InvoicingErp, won: str) -> None:
    world.company.edit(won, stage="Proposal Accepted")
    world.look(won)
    world.company.edit(won, stage="Closed-Won")
    (work,) = world.run(only=(won,), dry_run=True).items
    assert any("would make order" in did for did in work.trail)
    assert erp.ready == []
