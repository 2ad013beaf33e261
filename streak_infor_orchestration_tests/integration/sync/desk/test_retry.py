"""A person has what waits for one tried again, and it is known who it was."""

from streak_infor_orchestration.ledger.dead_letters import DeadLetter
from streak_infor_orchestration.ledger.left_out import KIND as LEFT_OUT
from streak_infor_orchestration.streak.api import METADATA_LIFE
from streak_infor_orchestration.sync.desk.retry import retry_letter
from streak_infor_orchestration.sync.ports.names import CONFIGURATION
from streak_infor_orchestration_tests.world import World

TWO = [("BRK-1001", "2", "180.00"), ("BRK-2001", "1", "40.00")]


def retried(world: World) -> DeadLetter:
    (letter,) = world.ports.store.dead_letters.listing()
    retry_letter(letter, actor="anna", store=world.ports.store)
    (entry,) = world.ports.store.audit.of(letter.key, limit=1)
    assert (entry.actor, entry.action, entry.detail) == ("anna", "retry", {"dead_letter": letter.id})
    return letter


def test_what_was_refused_is_written_once_more_and_the_letter_closes_by_itself(world: World) -> None:
    refused = {"kind": "status", "status": 422, "body": {"code": "credit_hold", "detail": "on hold"}}
    world.company.erp("/faults", {**refused, "method": "POST", "path": "/salesorders$"})
    deal = world.company.deal("Northwind", lines=TWO, stage="Proposal Accepted")
    world.look(deal)
    world.look(deal)
    assert world.company.found_in_erp("salesorders") == [], "a refusal is not asked for again"
    assert retried(world).key == deal
    world.run()
    assert len(world.company.found_in_erp("salesorders")) == 1
    assert world.ports.store.dead_letters.count_open() == 0


def test_who_waits_for_a_name_is_due_again(world: World) -> None:
    world.company.rename_field("Price 1", "Price 1 (new)")
    world.clock.advance(METADATA_LIFE.total_seconds() + 1)
    deal = world.company.deal("Northwind", lines=TWO, stage="Proposal Accepted")
    world.look(deal)
    waiting = world.ports.store.inbox.pending("deal", deal)
    assert waiting is not None and waiting.due_at is not None and waiting.due_at > world.clock.now()
    assert retried(world).kind == CONFIGURATION
    due = world.ports.store.inbox.pending("deal", deal)
    assert due is not None and due.due_at is not None and due.due_at <= world.clock.now()


def test_a_record_that_is_left_out_is_the_sweeps(world: World) -> None:
    store = world.ports.store
    store.dead_letters.open(
        LEFT_OUT, "infor:customers:C-1", error_class="Unreadable", code="unreadable_record", message="",
        diagnosis={}, attempts=0,
    )  # fmt: skip
    retried(world)
    asked = store.inbox.pending("sweep", "streak")
    assert asked is not None and asked.due_at is not None and asked.lane == "manual"


def test_the_deal_is_due_at_once_and_what_asked_is_known(world: World) -> None:
    deal = world.company.deal("Northwind", lines=[("NO-SUCH", "1", "5.00")], stage="Proposal Accepted")
    world.look(deal)
    retried(world)
    newest = world.ports.store.inbox.events("deal", deal)[0]
    assert (newest.source, newest.name, newest.lane) == ("manual", "RETRY", "manual")
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None and pending.due_at is not None and pending.due_at <= world.clock.now()
