"""`backwards: cancel`: the order of a deal that was taken back, deleted or moved is cancelled, never many unasked."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.sync.deals.cancelling import CANCELLING, FEW
from streak_infor_orchestration.sync.desk.cancellations import decide, waiting
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration.sync.watch.alerts import standing
from streak_infor_orchestration_tests.world import World

CANCEL = {"policies: {backwards: report}": "policies: {backwards: cancel}"}


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=CANCEL)


def ordered(world: World, *names: str) -> list[str]:
    deals = [world.company.deal(name, stage="Proposal Accepted") for name in names]
    for deal in deals:
        world.look(deal)
    return deals


def statuses(world: World) -> list[str]:
    return [order["OrderStatus"] for order in world.company.found_in_erp("salesorders")]


@pytest.mark.parametrize("leaves", ["delete", "move_elsewhere"])
def test_a_deal_that_left_has_its_order_cancelled(world: World, leaves: str) -> None:
    (deal,) = ordered(world, "Northwind")
    getattr(world.company, leaves)(deal)
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.CONVERGED
    assert statuses(world) == ["Cancelled"]
    assert world.ports.store.dead_letters.count_open() == 0
    assert set(world.poll().values()) == {0}
    assert world.ports.store.links.count_open("order") == 0


def test_a_dry_run_cancels_nothing(world: World) -> None:
    (deal,) = ordered(world, "Northwind")
    world.company.delete(deal)
    (work,) = world.run(dry_run=True, only=(deal,)).items
    assert "would cancel" in " ".join(work.trail)
    assert statuses(world) == ["Open"]


@pytest.mark.parametrize("leaves", ["delete", "move_elsewhere"])
def test_too_late_to_cancel_is_a_persons(world: World, leaves: str) -> None:
    (deal,) = ordered(world, "Northwind")
    (order,) = world.company.found_in_erp("salesorders")
    world.company.erp(f"/orders/{order['OrderID']}/ship")
    getattr(world.company, leaves)(deal)
    world.look(deal)
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.code in ("box_deleted", "box_moved")
    assert "no longer be cancelled" in letter.message


@pytest.mark.parametrize("policy", ["cancel", "report"])
@pytest.mark.parametrize(
    "hidden",
    [
        [("/v1/boxes/", 404), ("/pipelines", 404)],
        [("/v1/boxes/", 404), ("/pipelines", 401)],
        [("/v1/boxes/", 401), ("/pipelines", 401)],
        [("/v1/boxes/", 403), ("/pipelines", 403)],
        [("/v1/boxes/", 404)],
    ],
    ids=str,
)
def test_a_share_that_was_withdrawn_is_a_pause_and_no_deletion(
    make_world: Callable[..., World], hidden: list[tuple[str, int]], policy: str
) -> None:
    """The last: the boxes are not found, and the list of what we may see no longer has the pipeline."""
    world = make_world(settings=CANCEL if policy == "cancel" else {})
    deals = ordered(world, "First", "Second")
    for path, status in hidden:
        refused = {"kind": "status", "status": status, "times": None, "body": {"error": "no"}}
        world.company.streak("/faults", {**refused, "path": path})
    if len(hidden) == 1:
        others = {"kind": "garbage", "body": {"results": [], "hasNextPage": False}, "times": None}
        world.company.streak("/faults", {**others, "path": "/v2/pipelines$"})
    for deal in deals:
        world.webhook(deal)
    world.run()
    assert statuses(world) == ["Open", "Open"]
    assert world.ports.store.pauses.state("streak") is not None
    assert world.ports.store.dead_letters.count_open() == 0
    world.company.streak_twin.delete("/faults")
    world.run_until_quiet()
    assert world.ports.store.pauses.all() == []
    assert statuses(world) == ["Open", "Open"]


def test_one_box_that_is_closed_to_us_cancels_nothing(world: World) -> None:
    (deal,) = ordered(world, "Northwind")
    world.company.streak(
        "/faults", {"kind": "status", "status": 403, "times": None, "path": f"/v1/boxes/{deal}$"}
    )
    world.webhook(deal)
    world.run_until_quiet()
    assert statuses(world) == ["Open"]


def many_deleted(world: World, more: int = 2) -> list[str]:
    deals = ordered(world, *(f"Deal {n}" for n in range(FEW + more)))
    for deal in deals:
        world.company.delete(deal)
        world.webhook(deal, "BOX_DELETE")
    world.run()
    return deals


def test_many_at_once_stop_as_one_incident(world: World) -> None:
    """In one run, several at a time."""
    many_deleted(world)
    assert statuses(world).count("Cancelled") == FEW
    assert world.ports.store.dead_letters.count_open() == 0
    (incident,) = standing(world.ports.store)
    assert incident.kind == "paused" and "streak-infor cancellations" in incident.text
    assert len(waiting(world.ports.store)) == 2
    world.clock.advance(2 * 3600)
    (another,) = ordered(world, "Another")
    world.company.delete(another)
    world.look(another)
    assert statuses(world).count("Cancelled") == FEW, "it stops for an administrator, not for an hour"


def test_what_a_person_allows_is_cancelled_and_what_is_refused_stays(world: World) -> None:
    many_deleted(world)
    store = world.ports.store
    first, second = (effect.body["order"] for effect in waiting(store))
    decide(store, [first], allowed=True, actor="anna")
    assert store.pauses.state(CANCELLING) is not None, "one still waits"
    decide(store, [second], allowed=False, actor="anna")
    assert store.pauses.state(CANCELLING) is None
    world.run(lanes=("live", "manual"))
    standing_orders = [o["OrderID"] for o in world.company.found_in_erp("salesorders", OrderStatus="Open")]
    assert standing_orders == [second]
    (letter,) = store.dead_letters.listing()
    assert letter.code == "box_deleted"
    assert [entry.actor for entry in store.audit.recent() if entry.action.startswith("cancellation ")] == [
        "anna"
    ] * 2
    with pytest.raises(Rejected, match="nothing waits"):
        decide(store, [first], allowed=True, actor="anna")


def test_few_an_hour_need_nobody(world: World) -> None:
    for n in range(2 * FEW):
        (deal,) = ordered(world, f"Deal {n}")
        world.company.delete(deal)
        world.look(deal)
        world.clock.advance(3600 / FEW + 1)
    assert statuses(world) == ["Cancelled"] * 2 * FEW
    assert world.ports.store.pauses.all() == []


def test_of_many_open_orders_one_in_a_hundred_may_be_cancelled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(world.ports.store.links), "count_open", lambda *_: 500)
    many_deleted(world, more=3)
    assert statuses(world).count("Cancelled") == 5


def test_a_cancellation_that_is_tried_again_is_counted_once(world: World) -> None:
    deals = ordered(world, *(f"Deal {n}" for n in range(FEW)))
    world.company.erp("/faults", {"kind": "status", "status": 429, "method": "PUT", "times": 2})
    for deal in deals:
        world.company.delete(deal)
        world.webhook(deal, "BOX_DELETE")
    world.run_until_quiet()
    assert statuses(world) == ["Cancelled"] * FEW
    assert world.ports.store.pauses.state(CANCELLING) is None


def test_what_waits_for_a_persons_word_and_what_that_word_makes_due(world: World) -> None:
    """Row, audit and inbox whole."""
    many_deleted(world, more=1)
    store = world.ports.store
    (wish,) = waiting(store)
    deal, number = wish.subject, wish.body["order"]
    assert store.links.erp_key("order", deal) == number
    assert (wish.key, wish.shape, wish.state) == (f"order:{number}:cancel", "create", "planned")
    assert (wish.body, wish.attempt) == ({"order": number}, 0)
    pending = store.inbox.pending("deal", deal)
    assert pending is not None and pending.attempts == 0
    assert pending.due_at == world.clock.now() + timedelta(hours=6)
    (done, *_), pause = store.audit.of(CANCELLING), store.pauses.state(CANCELLING)
    assert (done.actor, done.action, set(done.detail)) == (
        "policies.backwards",
        "order cancelled",
        {"order", "deal"},
    )
    assert pause is not None and pause.reason.startswith(f"more than {FEW} orders would be cancelled")
    chosen = decide(store, [], allowed=True, actor="anna")
    assert [effect.key for effect in chosen] == [wish.key]
    (word,) = store.audit.of(wish.key)
    assert (word.actor, word.action, word.detail) == ("anna", "cancellation allowed", {"deal": deal})
    due = store.inbox.pending("deal", deal)
    assert due is not None and due.due_at is not None and due.due_at <= world.clock.now()
    told = store.inbox.events("deal", deal)[0]
    assert (told.source, told.name, told.lane) == ("manual", "DECIDED", "manual")
    with pytest.raises(Rejected) as refused:
        decide(store, [number, "SO-0"], allowed=True, actor="anna")
    assert (refused.value.code, refused.value.value) == ("not_waiting", number)
