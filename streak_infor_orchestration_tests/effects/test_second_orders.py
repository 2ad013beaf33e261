"""An order that may be there already: late, forgotten by the ledger, or made by somebody else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.errors import Unknown
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.effects.orders import LINES, cancel, code, effect, status, the_order
from streak_infor_orchestration_tests.effects.rigs import WRITES, Rig, ThreeCallRig
from streak_infor_orchestration_tests.world import World


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


@pytest.mark.parametrize("product", ["three_call"])
@pytest.mark.parametrize("restored", [False, True])
def test_of_two_that_were_left_half_way_a_person_takes_one_away(
    world: World, rig: ThreeCallRig, deal: str, restored: bool
) -> None:
    """Somebody else had begun the same order and came further, of which this ledger knows nothing: both may be released
    one day."""
    rig.lose(3, "before")
    world.look(deal)
    ours = effect(world, deal)
    rig.lose(4, "before")
    with pytest.raises(Unknown):
        rig.erp.create_order(OrderDraft.model_validate(ours.body), Steps())
    assert (len(ours.steps), rig.begun()) == (2, 2)
    if restored:
        world.ports.store.renew_epoch(by="the administrator")
        world.restart()
    world.run_until_quiet()
    assert (rig.booked(), code(world, deal)) == ([], "half_made_twice")
    rig.delete(rig.half_made()[1])
    world.ask(deal)
    world.run_until_quiet()
    the_order(world, rig, deal)


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
    rig.erp.create_order(work.draft, Steps())
    world.lose_ledger(*other_ledger)
    assert status(world.look(deal)) is Status.PERSON
    assert code(world, deal) == "twice"
    first, second = rig.booked()
    assert world.ports.store.links.all("order") == []
    cancel(rig, first.id)
    assert status(world.look(deal)) is Status.CONVERGED
    assert world.ports.store.links.all("order") == [Link("order", deal, second.id)]


def test_an_order_linked_to_another_deal_is_not_confirmed(world: World, rig: Rig, deal: str) -> None:
    taken = Link("order", "another deal", rig.first_order)
    world.ports.store.links.add(taken)
    assert status(world.look(deal)) is Status.PERSON
    assert code(world, deal) == "link_taken"
    assert effect(world, deal).state != "confirmed"
    assert world.ports.store.links.all("order") == [taken]
