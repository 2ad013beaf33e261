"""One deal, one order: whatever becomes of the call that makes it, on every ERP and both databases."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from streak_infor_orchestration.cli.status import show
from streak_infor_orchestration.defs.operations.checks import unsettled_result
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect, Effects
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.sending import CALL_SECONDS
from streak_infor_orchestration.sync.stages import run
from streak_infor_orchestration.sync.work import Batch, Status, Work
from streak_infor_orchestration.transport.deadline import remaining
from streak_infor_orchestration_tests.effects.rigs import WRITES, Booked, Rig, ThreeCallRig, nothing
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED

LINES = [("BRK-1001", "2", "180.00"), ("BRK-1001", "1.5", "8.90")]
ORDERED = (("BRK-1001", Decimal("2"), Decimal("180.00")), ("BRK-1001", Decimal("1.5"), Decimal("8.90")))
TOTAL = Decimal("373.35")
EVERY_WRITE = [(product, nth) for product, writes in WRITES.items() for nth in range(1, writes + 1)]


@pytest.fixture
def deal(world: World) -> str:
    return world.company.deal("Northwind", lines=LINES, stage="Proposal Accepted")


def the_order(world: World, rig: Rig, deal: str) -> Booked:
    """The one there is, right to the cent, linked to the deal and to no other; nothing is in doubt."""
    (order,) = rig.booked()
    assert (order.lines, order.total) == (ORDERED, TOTAL)
    links = world.ports.store.links
    assert links.all("order") == [Link("order", deal, order.id)]
    assert effect(world, deal).state == "confirmed"
    assert world.ports.store.effects.unsettled() == []
    return order


def effect(world: World, deal: str) -> Effect:
    found = world.ports.store.effects.get(f"deal:{deal}:sales_order:1")
    assert found is not None
    return found


def status(work: Work) -> Status:
    return work.verdict.status if work.verdict else Status.CONVERGED


def code(world: World, deal: str) -> str:
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None
    return letter.code


def cancel(rig: Rig, order_id: str) -> None:
    order = rig.erp.order(order_id)
    assert order is not None
    rig.erp.cancel_order(order)


def test_a_clear_answer_confirms_and_links(world: World, rig: Rig, deal: str) -> None:
    work = world.look(deal)
    assert status(work) is Status.CONVERGED
    order = the_order(world, rig, deal)
    assert (work.order and work.order.id, rig.watched.creates) == (order.id, 1)


def test_looking_again_makes_nothing(world: World, rig: Rig, deal: str) -> None:
    world.look(deal)
    world.look(deal)
    the_order(world, rig, deal)
    assert rig.watched.creates == 1


def test_never_connected_is_not_done_and_tried_again(world: World, rig: Rig, deal: str) -> None:
    rig.lose(1, "refused")
    work = world.look(deal)
    assert status(work) is Status.WAITING
    assert (rig.booked(), effect(world, deal).state) == ([], "planned")
    world.run_until_quiet()
    the_order(world, rig, deal)


@pytest.mark.parametrize("fault", ["before", "after"])
@pytest.mark.parametrize(("product", "nth"), EVERY_WRITE)
def test_a_lost_answer_ends_in_one_order(world: World, rig: Rig, deal: str, nth: int, fault: str) -> None:
    rig.lose(nth, fault)
    work = world.look(deal)
    assert (status(work), effect(world, deal).state) == (Status.WAITING, "unknown")
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert rig.begun() == 1, "resumed where it was left, not begun anew"


@pytest.mark.parametrize(("product", "nth"), EVERY_WRITE)
def test_a_deal_edited_while_its_order_was_in_doubt_has_one_order(
    world: World, rig: Rig, deal: str, nth: int
) -> None:
    rig.lose(nth, "before")
    world.company.edit(deal, {"Qty 1": "9"})
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "2"})
    world.webhook(deal)
    world.run_until_quiet()
    the_order(world, rig, deal)


def test_an_order_that_appears_late_is_found_not_made_again(world: World, rig: Rig, deal: str) -> None:
    rig.delay(rig.settle_seconds / 2)
    assert status(world.look(deal)) is Status.WAITING
    world.wait_for_next()
    assert [status(work) for work in world.run().items] == [Status.WAITING], "a miss does not count yet"
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert rig.watched.creates == 1


def test_an_order_that_appears_after_its_settle_time_raises_an_alarm(
    world: World, rig: Rig, deal: str
) -> None:
    """The residual window. An ERP that can resume finishes the same order; any other has two, and says so."""
    rig.delay(rig.settle_seconds * 1.5)
    world.look(deal)
    world.run_until_quiet()
    if rig.resumes:
        the_order(world, rig, deal)
        return
    assert len(rig.booked()) == 2
    assert code(world, deal) == "twice"
    assert any(order.id in comment for comment in world.company.comments(deal) for order in rig.booked())

    linked = world.ports.store.links.erp_key("order", deal)
    (second,) = (order.id for order in rig.booked() if order.id != linked)
    cancel(rig, second)
    assert status(world.look(deal)) is Status.CONVERGED, "a person has decided"
    assert world.ports.store.effects.unsettled() == []


@pytest.mark.parametrize("product", ["facade", "two_hundred"])
def test_an_order_that_was_made_anew_and_found_is_verified_too(world: World, rig: Rig, deal: str) -> None:
    """The first try comes late, the answer to the second is lost: what the probe finds may be either."""
    rig.delay(rig.settle_seconds * 1.5)
    world.look(deal)
    rig.watched.before_create = lambda: rig.lose_now(1, "after")
    world.run_until_quiet()
    assert len(rig.booked()) == 2
    assert code(world, deal) == "twice"


def test_if_the_deals_own_order_is_cancelled_instead_the_alarm_stays(
    world: World, rig: Rig, deal: str
) -> None:
    rig.delay(rig.settle_seconds * 1.5)
    world.look(deal)
    world.run_until_quiet()
    cancel(rig, world.ports.store.links.erp_key("order", deal) or "")
    assert (status(world.look(deal)) is Status.PERSON) is not rig.resumes


def test_a_record_made_anew_is_verified_once_more(world: World, rig: Rig, product: str, deal: str) -> None:
    rig.lose(WRITES[product], "before")
    world.look(deal)
    while effect(world, deal).state != "confirmed":
        assert world.wait_for_next()
        world.run()
    verify_at = effect(world, deal).verify_at
    assert verify_at is not None and verify_at > world.clock.now()
    world.look(deal)
    assert effect(world, deal).verify_at == verify_at, "a look in between does not forget it"
    world.run_until_quiet()
    assert world.clock.now() >= verify_at
    the_order(world, rig, deal)


def test_a_refusal_is_told_once_and_not_sent_again(world: World, rig: Rig, deal: str) -> None:
    rig.refuse()
    assert status(world.look(deal)) is Status.PERSON
    assert status(world.look(deal)) is Status.PERSON
    assert (rig.booked(), rig.watched.creates) == ([], 1)
    assert effect(world, deal).state == "failed"
    assert len(world.company.comments(deal)) == 1
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.occurrences == 2


def test_a_refused_deal_that_was_edited_is_sent_again(world: World, rig: Rig, deal: str) -> None:
    rig.refuse()
    world.company.edit(deal, {"Qty 1": "3"})
    world.look(deal)
    rig.relent()
    world.company.edit(deal, {"Qty 1": "2"})
    assert status(world.look(deal)) is Status.CONVERGED
    the_order(world, rig, deal)
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_refused_deal_is_sent_again_when_a_person_asks(world: World, rig: Rig, deal: str) -> None:
    """What refused it was cured in the ERP: nothing on the deal changes."""
    rig.refuse()
    world.look(deal)
    rig.relent()
    world.ask(deal)
    (work,) = world.run().items
    assert status(work) is Status.CONVERGED
    the_order(world, rig, deal)
    assert rig.begun() == 1, "what was done of it before the refusal is not done again"


@pytest.mark.parametrize("probing", ["probe_before_create", "restored"])
def test_an_order_the_ledger_forgot_is_found_by_the_first_probe(
    make_world: Callable[..., World],
    rig: Rig,
    database_url: str | None,
    other_ledger: tuple[str | None, Path],
    probing: str,
) -> None:
    off = (
        {"product: facade ": "probe_before_create: false\n  product: facade "}
        if probing == "restored"
        else {}
    )
    world = make_world(erp=rig.erp, database_url=database_url, settings=off)
    deal = world.company.deal("Northwind", lines=LINES, stage="Proposal Accepted")
    world.look(deal)
    comments = world.company.comments(deal)
    world.lose_ledger(*other_ledger)
    if probing == "restored":
        world.ports.store.renew_epoch(by="the administrator")
        world.restart()
    assert status(world.look(deal)) is Status.CONVERGED
    the_order(world, rig, deal)
    assert rig.watched.creates == 1
    if probing == "restored":
        assert world.company.comments(deal) == comments, "what was told before the backup is not told again"


@pytest.mark.parametrize("database_url", [None], ids=["sqlite"])
def test_a_backup_from_before_the_second_try_does_not_make_a_second_order(
    world: World, rig: Rig, deal: str, tmp_path: Path
) -> None:
    """Its row says that the first try was certainly not done, and knows of no other."""
    rig.lose(1, "refused")
    world.look(deal)
    assert (effect(world, deal).state, effect(world, deal).attempt) == ("planned", 1)
    world.close()
    backup = tmp_path / "backup"
    backup.mkdir()
    for file in tmp_path.glob("*.db"):
        shutil.copy(file, backup)
    world.restart()
    world.run_until_quiet()
    the_order(world, rig, deal)

    world.lose_ledger(None, backup)
    world.ports.store.renew_epoch(by="the administrator")
    world.restart()
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert len(world.company.comments(deal)) == 1


def test_a_ledger_lost_with_an_order_half_made_resumes_it(
    world: World, rig: Rig, product: str, deal: str, other_ledger: tuple[str | None, Path]
) -> None:
    rig.lose(WRITES[product], "before")
    world.look(deal)
    world.lose_ledger(*other_ledger)
    world.look(deal)
    the_order(world, rig, deal)
    assert rig.begun() == 1


def test_an_order_with_other_content_is_a_conflict(
    world: World, rig: Rig, deal: str, other_ledger: tuple[str | None, Path]
) -> None:
    world.look(deal)
    world.lose_ledger(*other_ledger)
    world.company.edit(deal, {"Qty 1": "5"})
    assert status(world.look(deal)) is Status.PERSON
    assert code(world, deal) == "differs"
    assert (rig.watched.creates, world.ports.store.links.all("order")) == (1, [])


def test_two_orders_with_one_reference_are_a_conflict(
    world: World, rig: Rig, deal: str, other_ledger: tuple[str | None, Path]
) -> None:
    work = world.look(deal)
    assert work.draft is not None
    rig.erp.create_order(work.draft, Steps({}, lambda _step, _outcome: None))
    world.lose_ledger(*other_ledger)
    assert status(world.look(deal)) is Status.PERSON
    assert code(world, deal) == "twice"
    first, second = rig.booked()
    assert world.ports.store.links.all("order") == []
    cancel(rig, first.id)
    assert status(world.look(deal)) is Status.CONVERGED
    assert world.ports.store.links.all("order") == [Link("order", deal, second.id)]


def test_while_another_run_is_sending_a_deal_waits(world: World, rig: Rig, deal: str) -> None:
    """The first run lost its lease during the call, but its answer is recorded: it is the truth."""
    other = world.another_process()
    seen: list[Work] = []

    def meanwhile() -> None:
        rig.watched.before_create = nothing
        world.lease_clock.advance(LEASE_OUTLIVED)
        seen.extend(run(Batch(run_id="other"), other).items)

    rig.watched.before_create = meanwhile
    world.look(deal)
    (work,) = seen
    assert (status(work), work.claim.attempts) == (Status.WAITING, 0)
    assert effect(world, deal).state == "confirmed"
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert rig.watched.creates == 1
    other.leases.close()


def test_an_answer_is_not_taken_when_another_run_has_begun_anew(world: World, rig: Rig, deal: str) -> None:
    """The first run slept with its request in its hand, until another's order had even been verified. There are two
    orders then: the deal keeps the one it was told of, and there is an alarm."""
    other = world.another_process()

    def sleep() -> None:
        rig.watched.before_create = nothing
        for _ in range(2):
            world.lease_clock.advance(LEASE_OUTLIVED)
            world.clock.advance(CALL_SECONDS + rig.settle_seconds)
            run(Batch(run_id="other"), other)

    rig.watched.before_create = sleep
    assert status(world.look(deal)) is Status.LOST
    if rig.resumes:  # stopped between its steps
        the_order(world, rig, deal)
        return
    first = world.ports.store.links.erp_key("order", deal)
    assert (len(rig.booked()), effect(world, deal).external_id) == (2, first)
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == first
    world.run_until_quiet()
    assert code(world, deal) == "twice"
    other.leases.close()


@pytest.mark.parametrize("product", ["three_call"])
def test_a_run_that_was_overtaken_between_two_steps_sends_no_more(
    world: World, rig: ThreeCallRig, deal: str
) -> None:
    """It slept for so long that another run has finished what it began."""
    other = world.another_process()

    def sleep() -> None:
        for _ in range(2):
            world.lease_clock.advance(LEASE_OUTLIVED)
            world.clock.advance(CALL_SECONDS + rig.settle_seconds)
            run(Batch(run_id="other"), other)

    rig.during("add_line", sleep)
    world.look(deal)
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert rig.sent == ["create_customer", "add_head", "add_line", "add_line", "add_line", "confirm"]
    other.leases.close()


def test_a_run_without_its_lease_sends_nothing(world: World, rig: Rig, deal: str) -> None:
    rig.watched.before_probe = lambda: world.lease_clock.advance(LEASE_OUTLIVED)
    assert status(world.look(deal)) is Status.LOST
    assert (rig.booked(), rig.watched.creates) == ([], 0)
    assert world.ports.store.effects.get(f"deal:{deal}:sales_order:1") is None
    rig.watched.before_probe = nothing
    world.run_until_quiet()
    the_order(world, rig, deal)


def test_a_commit_that_took_longer_than_the_call_may_sends_nothing(
    world: World, rig: Rig, deal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time it is noted that the order is sent, others may take its sender for dead: then it must not be."""
    begin = Effects.begin

    def slowly(effects: Effects, key: str, **what: Any) -> Effect | None:
        sent = begin(effects, key, **what)
        if ":sales_order:" in key:
            world.clock.advance(CALL_SECONDS)
        return sent

    with monkeypatch.context() as patch:
        patch.setattr(Effects, "begin", slowly)
        assert status(world.look(deal)) is Status.WAITING
    assert (rig.watched.creates, effect(world, deal).state) == (0, "planned")
    world.run_until_quiet()
    the_order(world, rig, deal)


@pytest.mark.parametrize("put_back", [0, 100])
def test_all_calls_of_a_write_end_by_one_deadline(
    world: World, rig: Rig, deal: str, monkeypatch: pytest.MonkeyPatch, put_back: float
) -> None:
    """Whatever somebody does to the clock while it is noted."""
    begin, left = Effects.begin, list[float]()

    def noted(effects: Effects, key: str, **what: Any) -> Effect | None:
        sent = begin(effects, key, **what)
        world.clock.advance(-put_back if ":sales_order:" in key else 0)
        return sent

    monkeypatch.setattr(Effects, "begin", noted)
    rig.watched.before_create = lambda: left.append(remaining())
    rig.watched.after_create = lambda: left.append(remaining())
    world.look(deal)
    first, last = left
    assert 0 < last < first <= CALL_SECONDS


def test_a_write_the_client_refuses_to_send_is_not_in_doubt(world: World, rig: Rig, deal: str) -> None:
    """It is mended in the configuration, and the deal goes on when somebody asks, with no settle time between."""

    def misconfigured() -> None:
        raise Misconfigured("no such field", system="infor")

    rig.watched.before_create = misconfigured
    assert status(world.look(deal)) is Status.ADMINISTRATOR
    assert (rig.booked(), effect(world, deal).state) == ([], "planned")
    rig.watched.before_create = nothing
    world.ask(deal)
    assert [status(work) for work in world.run().items] == [Status.CONVERGED]
    the_order(world, rig, deal)


@pytest.mark.parametrize("product", ["facade"])
def test_of_a_write_in_doubt_it_is_known_when_it_is_looked_for_next(
    world: World, rig: Rig, product: str, deal: str
) -> None:
    rig.lose(WRITES[product], "before")
    world.look(deal)
    for _ in range(3):
        at = effect(world, deal).next_probe_at
        pending = world.ports.store.inbox.pending("deal", deal)
        assert pending is not None and at == pending.due_at
        world.wait_for_next()
        world.run()


@pytest.mark.parametrize("product", ["facade"])
def test_a_write_in_doubt_is_shown_with_its_age_and_when_it_is_looked_for_next(
    world: World, rig: Rig, product: str, deal: str
) -> None:
    """On the command line and as an asset; the gateway's metrics have a test of their own."""
    rig.lose(WRITES[product], "before")
    world.look(deal)
    world.clock.advance(1)
    console = Console(record=True, width=250)
    show(world.ports.store, console)
    shown, result = console.export_text(), unsettled_result(world.ports.store)
    for text in (f"deal:{deal}:sales_order:1", "unknown", "1 s", "in 1 s"):
        assert text in shown
    (write,) = result.metadata["first"].value
    at = effect(world, deal).next_probe_at
    assert at is not None
    assert (write["state"], write["age"], write["next probe"]) == ("unknown", "1 s", at.isoformat())
    assert result.passed
    world.clock.advance(CALL_SECONDS + rig.settle_seconds + 301)
    assert not unsettled_result(world.ports.store).passed, "nobody has looked for it when it was time"


def test_an_order_linked_to_another_deal_is_not_confirmed(world: World, rig: Rig, deal: str) -> None:
    taken = Link("order", "another deal", rig.first_order)
    world.ports.store.links.add(taken)
    assert status(world.look(deal)) is Status.PERSON
    assert code(world, deal) == "link_taken"
    assert effect(world, deal).state != "confirmed"
    assert world.ports.store.links.all("order") == [taken]
