"""A system that is down is left alone; its work waits, burns no attempt, and one deal finds out that it is back."""

from datetime import timedelta

import pytest

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.sync.row.outcome import PAUSE_SECONDS
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration.sync.watch.sweep import sweep
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED

DOWN = {"kind": "status", "status": 503, "times": None}


def deals(world: World, number: int = 3) -> list[str]:
    found = [world.company.deal(f"Deal {n}", stage="Proposal Accepted") for n in range(number)]
    for deal in found:
        world.webhook(deal)
    return found


def recover(world: World) -> None:
    for twin in (world.company.streak_twin, world.company.infor_twin):
        twin.delete("/faults").raise_for_status()


def pause_is_over(world: World) -> None:
    world.clock.advance(PAUSE_SECONDS)
    world.lease_clock.advance(LEASE_OUTLIVED)


def test_an_erp_that_is_down_is_paused_and_no_attempt_is_burnt(world: World) -> None:
    found = deals(world)
    world.company.erp("/faults", DOWN)
    batch = world.run()
    assert {work.verdict.status for work in batch.items if work.verdict} == {Status.WAITING}
    assert world.ports.store.pauses.state("infor") is not None
    pending = [world.ports.store.inbox.pending("deal", deal) for deal in found]
    assert all(row is not None and row.attempts == 0 and row.due_at is not None for row in pending)


def test_while_it_is_paused_nothing_is_taken_and_nobody_calls(world: World) -> None:
    deals(world)
    world.company.erp("/faults", DOWN)
    world.run()
    recover(world)
    calls = len(world.company.calls())
    assert (world.run().items, len(world.company.calls())) == ((), calls)


def test_one_deal_at_a_time_asks_whether_it_is_back(world: World) -> None:
    deals(world)
    world.company.erp("/faults", DOWN)
    world.run()
    pause_is_over(world)
    assert len(world.run().items) == 1
    assert world.ports.store.pauses.state("infor") is not None, "still down"
    assert world.run().items == ()
    recover(world)
    pause_is_over(world)
    assert len(world.run().items) == 1
    assert world.ports.store.pauses.all() == []
    assert len(world.run().items) == 2


def test_a_deal_that_never_asked_the_erp_does_not_reopen_it(world: World) -> None:
    deals(world, 1)
    world.company.erp("/faults", DOWN)
    world.run()
    pause_is_over(world)
    world.webhook(early := world.company.deal("Early", stage="Lead"))
    assert [work.claim.key for work in world.run(only=(early,)).items] == [early]
    assert world.ports.store.pauses.state("infor") is not None


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_pause_too(world: World, status: int) -> None:
    (deal,) = deals(world, 1)
    world.company.streak("/faults", {"kind": "status", "status": status, "times": None})
    (work,) = world.run().items
    assert work.verdict is not None and work.verdict.status is Status.WAITING
    assert world.ports.store.pauses.state("streak") is not None
    recover(world)
    world.run_until_quiet()
    assert world.ports.store.pauses.all() == []
    assert world.ports.store.links.erp_key("order", deal) is not None


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("path", ["", "/boxes/"])
def test_a_command_that_is_refused_pauses_nobody(world: World, status: int, path: str) -> None:
    """Its credentials may be others than those of all the rest, and nobody is told of its refusal."""
    (deal,) = deals(world, 1)
    world.company.streak("/faults", {"kind": "status", "status": status, "times": None, "path": path})
    for _ in range(4):
        (work,) = ORDER_TO_CASH.run(Batch("cli", only=(deal,), foreground=True), world.ports).items
        assert work.verdict is not None and work.verdict.status is Status.WAITING
        assert work.verdict.reason.count("streak: ") == 1
    assert world.ports.store.pauses.all() == []
    assert world.ports.store.dead_letters.count_open() == 0
    recover(world)
    world.run()
    assert world.ports.store.links.erp_key("order", deal) is not None, "due at once, no attempt was burnt"


def test_a_sweep_finds_out_that_streak_is_back_where_no_deal_is_due(world: World) -> None:
    world.ports.store.pauses.pause("streak", "refused", PAUSE_SECONDS)
    world.company.streak("/faults", DOWN)
    with pytest.raises(IntegrationError):
        sweep(world.ports)
    assert world.ports.store.pauses.state("streak") is not None
    recover(world)
    sweep(world.ports)
    assert world.ports.store.pauses.state("streak") is None


@pytest.mark.parametrize(("status", "ends"), [(403, Status.ADMINISTRATOR), (503, Status.WAITING)])
def test_one_record_that_is_refused_or_unavailable_pauses_nobody(
    world: World, status: int, ends: Status
) -> None:
    """The system answers everybody else: paused for the sake of one record, it would be asked by that very record
    whether it is back."""
    poison, *others = deals(world)
    only_this = {"kind": "status", "status": status, "times": None, "path": f"/boxes/{poison}$"}
    world.company.streak("/faults", only_this)
    left: list[Work] = []
    for _ in range(3):
        batch = world.run()
        left += [work for work in batch.items if work.claim.key == poison]
        assert world.ports.store.pauses.all() == []
        world.clock.advance(60)
    assert all(world.ports.store.links.erp_key("order", deal) for deal in others)
    (last,) = world.ports.store.outcomes.of("deal", poison, limit=1)
    assert (len(left), last.status) == (3, ends.value)
    assert (world.ports.store.dead_letters.of("deal", poison) is not None) is (ends is Status.ADMINISTRATOR)


def test_one_record_that_is_unavailable_is_a_persons_after_three_days(world: World) -> None:
    """Until then it burns no attempt: a system that answers one in two has such records too."""
    (poison,) = deals(world, 1)
    only_this = {"kind": "status", "status": 503, "times": None, "path": f"/boxes/{poison}$"}
    world.company.streak("/faults", only_this)
    world.run()
    pending = world.ports.store.inbox.pending("deal", poison)
    assert pending is not None and pending.attempts == 0
    world.clock.advance(4 * 86_400)
    world.run()
    letter = world.ports.store.dead_letters.of("deal", poison)
    assert letter is not None and "after three days" in letter.message


@pytest.mark.parametrize("status", [500, 503])
def test_a_record_with_a_trouble_of_its_own_finds_out_that_the_system_is_back(
    world: World, status: int
) -> None:
    """It is the one that asks, and the answer it gets is not the others'."""
    poison, *_ = deals(world)
    world.company.streak("/faults", DOWN)
    world.run()
    assert world.ports.store.pauses.state("streak") is not None
    recover(world)
    only_this = {"kind": "status", "status": status, "times": None, "path": f"/boxes/{poison}$"}
    world.company.streak("/faults", only_this)
    pause_is_over(world)
    assert [work.claim.key for work in world.run(only=(poison,)).items] == [poison]
    assert world.ports.store.pauses.all() == []
    assert len(world.run().items) == 2


def test_both_down_and_both_back(world: World) -> None:
    deals(world)
    world.company.erp("/faults", DOWN)
    world.run()
    pause_is_over(world)
    world.company.streak("/faults", DOWN)
    world.run()
    assert len(world.ports.store.pauses.all()) == 2
    recover(world)
    world.run_until_quiet()
    assert world.ports.store.pauses.all() == []
    assert len(world.company.found_in_erp("salesorders")) == 3


def test_a_write_that_got_503_is_in_doubt_and_does_not_pause(world: World) -> None:
    """It may have been done: that is the record's doubt, not the system's."""
    (deal,) = deals(world, 1)
    world.company.erp(
        "/faults", {"kind": "status_after", "status": 503, "path": "/salesorders$", "method": "POST"}
    )
    world.run()
    assert world.ports.store.pauses.all() == []
    world.run_until_quiet()
    assert world.ports.store.links.erp_key("order", deal) is not None
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_a_poll_pauses_and_reopens(world: World) -> None:
    world.company.erp("/faults", DOWN)
    with pytest.raises(IntegrationError):
        world.poll()
    assert world.ports.store.pauses.state("infor") is not None
    recover(world)
    world.poll()
    assert world.ports.store.pauses.all() == []


def test_a_system_that_asks_for_more_than_five_minutes_is_paused_for_five(world: World) -> None:
    """Whatever it says; nobody burns an attempt, and the pause is what people are told of."""
    (deal,) = deals(world, 1)
    asked = {"kind": "status", "status": 429, "times": None, "headers": {"Retry-After": "86400"}}
    world.company.streak("/faults", asked)
    world.run()
    paused = world.ports.store.pauses.state("streak")
    assert paused is not None and "429" in paused.reason
    assert (paused.until - world.clock.now()).total_seconds() == 300
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None and (pending.attempts, pending.due_at) == (0, paused.until)


def test_of_two_paused_systems_the_one_that_is_not_due_yet_holds_all(world: World) -> None:
    """A probe of the other would be spent on a deal that needs both."""
    deals(world, 1)
    world.ports.store.pauses.pause("streak", "down", 15)
    world.ports.store.pauses.pause("infor", "down", 120)
    world.clock.advance(60)
    assert world.run().items == ()
    assert world.ports.store.pauses.may_probe("streak"), "nobody has taken it"


def test_one_record_that_is_refused_is_tried_twice_before_it_is_an_administrators(world: World) -> None:
    (poison,) = deals(world, 1)
    world.company.streak(
        "/faults", {"kind": "status", "status": 403, "times": None, "path": f"/boxes/{poison}$"}
    )
    left = []
    for _ in range(3):
        (work,) = world.run().items
        row = world.ports.store.inbox.pending("deal", poison)
        assert row is not None
        wait = None if row.due_at is None else (row.due_at - world.clock.now()).total_seconds()
        left.append((work.claim.attempts, wait))
        world.clock.advance(wait or 0)
    assert left == [(0, 5), (1, 15), (2, None)]
    (outcome, *_) = world.ports.store.outcomes.of("deal", poison)
    letter = world.ports.store.dead_letters.of("deal", poison)
    assert letter is not None and (outcome.status, letter.error_class) == ("administrator", "Unauthorized")
    assert letter.diagnosis["problems"][0]["fix"].startswith("Tell your administrator: the configuration")


def test_one_record_that_is_unavailable_waits_as_long_as_a_pause_would_last(world: World) -> None:
    (poison,) = deals(world, 1)
    world.company.streak(
        "/faults", {"kind": "status", "status": 503, "times": None, "path": f"/boxes/{poison}$"}
    )
    world.run()
    row = world.ports.store.inbox.pending("deal", poison)
    assert row is not None and row.due_at is not None
    assert (row.attempts, (row.due_at - world.clock.now()).total_seconds()) == (0, PAUSE_SECONDS)
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_record_that_would_burn_an_attempt_waits_while_its_system_answers_nobody(world: World) -> None:
    """500 to one read, and 503 to whoever asks: the pause says why, and ends for all at the same time."""
    (deal,) = deals(world, 1)
    world.company.erp("/faults", {"kind": "status", "status": 500, "times": None})
    (work,) = world.run().items
    paused = world.ports.store.pauses.state("infor")
    row = world.ports.store.inbox.pending("deal", deal)
    assert paused is not None and row is not None
    assert (row.attempts, row.due_at) == (0, paused.until)
    assert paused.until - world.clock.now() == timedelta(seconds=PAUSE_SECONDS)
    (outcome,) = world.ports.store.outcomes.of("deal", deal)
    assert (outcome.status, outcome.summary["reason"]) == ("waiting", paused.reason)
    assert work.verdict is not None and work.verdict.status is Status.RETRY, "before it was asked after"
