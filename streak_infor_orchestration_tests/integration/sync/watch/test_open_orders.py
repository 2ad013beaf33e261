"""An ERP without a list of changes: open orders are read again within a share of the calls, and nothing is missed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.errors import Unavailable
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.watch.open_orders import EVERY, reread_open
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.wire import Wire
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

DAY = 86_400
SLOW = {"policies: {backwards: report}": "policies: {backwards: report}\nlimits: {erp: {per_second: 1}}"}


class ListlessErp(ThreeCallErp):
    """`asked`: how many orders each time; `down`: whether nobody is answered."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self.asked: list[int] = []
        self.down = False

    def reread(self, orders: Collection[str]) -> Iterator[Sequence[SalesOrder | Invoice]]:
        self.ping()
        self.asked.append(len(orders))
        yield from super().reread(orders)

    def ping(self) -> None:
        if self.down:
            raise Unavailable("down", system="infor")

    def change(self, order_id: str, **changes: object) -> None:
        self.committed[order_id] = self.committed[order_id].model_copy(update=changes)


@pytest.fixture
def erp(acme: Acme) -> ListlessErp:
    return ListlessErp(Wire(acme[0].clock))


@pytest.fixture
def world(make_world: Callable[..., World], erp: ListlessErp, database_url: str | None) -> World:
    return make_world(erp=erp, database_url=database_url)


@pytest.fixture
def deal(world: World) -> str:
    key = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(key)
    return key


@pytest.fixture
def order(deal: str, erp: ListlessErp) -> str:
    (only,) = erp.committed
    return only


def read_again(world: World, after: float = 600) -> int:
    world.clock.advance(after)
    return reread_open(world.ports)


def status(world: World, deal: str) -> str:
    return str(world.company.box(deal)["fieldsByName"]["ERP status"])


def test_what_happens_to_an_order_is_seen_and_shown(
    world: World, erp: ListlessErp, deal: str, order: str
) -> None:
    assert read_again(world) == 0, "our own order is no news"
    erp.change(order, status=OrderStatus.SHIPPED)
    assert read_again(world) == 1
    world.run_until_quiet()
    assert status(world, deal) == "Shipped"
    assert read_again(world) == 0


def test_what_changed_and_changed_back_is_seen_both_times(
    world: World, erp: ListlessErp, deal: str, order: str
) -> None:
    read_again(world)
    for shown in ("Allocated", "Open", "Allocated", "Open"):
        erp.change(order, status=OrderStatus(shown))
        assert read_again(world) == 1
        world.run_until_quiet()
        assert status(world, deal) == shown


def test_a_change_that_shows_in_no_version_is_seen(world: World, erp: ListlessErp, order: str) -> None:
    """Quantities that somebody changed at the same total."""
    read_again(world)
    line = erp.committed[order].lines[0]
    other = line.model_copy(update={"quantity": line.quantity * 2, "price": line.price / 2})
    erp.change(order, lines=(other,))
    assert (read_again(world), read_again(world)) == (1, 0)


def test_an_invoice_and_what_is_paid_of_it_are_seen(
    world: World, erp: ListlessErp, deal: str, order: str
) -> None:
    read_again(world)
    erp.request_invoice(order)
    assert read_again(world) == 1
    world.run_until_quiet()
    ((number, invoice),) = erp.issued.items()
    erp.issued[number] = invoice.model_copy(update={"paid": invoice.total, "balance": Decimal(0)})
    assert read_again(world) == 1


def test_an_order_that_is_gone_is_told(world: World, erp: ListlessErp, deal: str, order: str) -> None:
    read_again(world)
    del erp.committed[order]
    assert read_again(world) == 1
    world.run_until_quiet()
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.code == "order_gone"
    assert read_again(world, DAY) == 0


def test_the_longer_it_rests_the_more_rarely_it_is_read(world: World, erp: ListlessErp, order: str) -> None:
    pauses, last = [], world.clock.now()
    for _ in range(3 * 24 * 6):
        asked = len(erp.asked)
        read_again(world)
        if len(erp.asked) > asked:
            pauses.append((world.clock.now() - last).total_seconds())
            last = world.clock.now()
    assert pauses[1:] == sorted(pauses[1:])
    assert (pauses[0], pauses[1], pauses[-1]) == (600, 600, 6 * 3600)
    assert len(pauses) < 60


def test_one_that_changed_after_a_long_rest_is_read_often_again(
    world: World, erp: ListlessErp, order: str
) -> None:
    read_again(world)
    read_again(world, 5 * DAY)
    erp.change(order, status=OrderStatus.SHIPPED)
    assert read_again(world, DAY) == 1
    asked = len(erp.asked)
    read_again(world)
    assert len(erp.asked) == asked + 1


@pytest.mark.parametrize("over", ["cancelled", "paid"])
def test_one_that_is_over_is_read_for_ninety_days_more(
    world: World, erp: ListlessErp, order: str, over: str
) -> None:
    if over == "cancelled":
        erp.change(order, status=OrderStatus.CANCELLED)
    else:
        erp.request_invoice(order)
        ((number, invoice),) = erp.issued.items()
        erp.issued[number] = invoice.model_copy(update={"paid": invoice.total, "balance": Decimal(0)})
    read_again(world)
    world.run_until_quiet()
    for _ in range(89):
        read_again(world, DAY)
    asked = len(erp.asked)
    assert asked > 80, "daily"
    for _ in range(30):
        read_again(world, DAY)
    assert len(erp.asked) <= asked + 2


def test_one_that_waits_to_be_invoiced_or_paid_is_read_for_ever(
    world: World, erp: ListlessErp, order: str
) -> None:
    erp.request_invoice(order)
    for _ in range(200):
        read_again(world, DAY)
    asked = len(erp.asked)
    read_again(world, DAY)
    assert len(erp.asked) == asked + 1


def test_it_takes_no_more_than_its_share_of_the_calls(
    make_world: Callable[..., World], erp: ListlessErp
) -> None:
    """A fifth of one a second is twelve a minute: six orders with their invoices. The others have their turn."""
    world = make_world(erp=erp, settings=SLOW)
    deals = [world.company.deal(f"Deal {n}", stage="Proposal Accepted") for n in range(8)]
    for deal in deals:
        world.look(deal)
    for _ in range(10):
        read_again(world, EVERY.total_seconds() / 2)
    assert erp.asked[:2] == [6, 2]
    assert sum(erp.asked) <= 6 * len(erp.asked)


def test_it_is_asked_once_a_minute_at_most_whoever_asks(world: World, erp: ListlessErp, order: str) -> None:
    for _ in range(5):
        read_again(world, 1)
    assert erp.asked == [1]


def test_a_death_before_it_is_noted_reads_it_again(
    world: World, erp: ListlessErp, deal: str, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again(world)
    erp.change(order, status=OrderStatus.SHIPPED)

    def dies(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "saw_again", dies)
        with pytest.raises(KeyboardInterrupt):
            read_again(world)
    assert read_again(world) == 1


def test_an_erp_that_is_down_loses_nothing(world: World, erp: ListlessErp, deal: str, order: str) -> None:
    read_again(world)
    erp.change(order, status=OrderStatus.SHIPPED)
    erp.down = True
    with pytest.raises(Unavailable):
        read_again(world)
    erp.down = False
    assert read_again(world) == 1


def test_where_there_are_no_lists_a_pause_ends_when_the_erp_answers(world: World, erp: ListlessErp) -> None:
    pauses = world.ports.store.pauses
    pauses.pause("infor", "down", 15)
    erp.down = True
    world.poll()
    assert pauses.state("infor") is not None
    erp.down = False
    world.poll()
    assert pauses.state("infor") is None


def test_where_there_are_lists_of_changes_nothing_is_read_again(
    world: World, erp: ListlessErp, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erp, "change_feeds", ("salesorders",))
    assert (read_again(world), erp.asked) == (0, [])


def test_what_is_read_again_is_due_when_it_says(world: World, order: str) -> None:
    assert [one.erp_key for one in world.ports.store.rereads.due(5)] == [order]
    read_again(world)
    assert world.ports.store.rereads.due(5) == []
    world.clock.advance(timedelta(minutes=10).total_seconds())
    (due,) = world.ports.store.rereads.due(5)
    assert due.last is not None and due.last.next_at == world.clock.now()
