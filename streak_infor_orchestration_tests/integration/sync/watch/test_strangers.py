"""Webhooks about keys that nobody has read: new boxes are found at once, invented ones go without a trace."""

from streak_infor_orchestration.ledger.inbox import UNKNOWN, Event
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.sync.watch.strangers import AGAIN_SECONDS
from streak_infor_orchestration_tests.world import World


def tell(world: World, *keys: str) -> None:
    """As the gateway stores it: whoever knows the address could have sent it."""
    world.ports.store.inbox.record([Event("streak", "BOX_EDIT", "deal", key, lane=UNKNOWN) for key in keys])


def accepted(world: World, number: int) -> list[str]:
    return [world.company.deal(f"Deal {n}", stage="Proposal Accepted") for n in range(number)]


def taken(batch: Batch) -> set[str]:
    return {work.claim.key for work in batch.items}


def ordered(world: World, keys: list[str]) -> bool:
    return all(world.ports.store.links.erp_key("order", key) for key in keys)


def lists(world: World) -> int:
    return sum(call.startswith("GET") and call.endswith("/boxes") for call in world.company.calls())


def test_a_single_new_box_costs_no_list_and_is_known_from_then_on(world: World) -> None:
    (new,) = accepted(world, 1)
    tell(world, new)
    before = lists(world)
    assert taken(world.run()) == {new}
    assert (ordered(world, [new]), lists(world)) == (True, before)
    tell(world, new)
    pending = world.ports.store.inbox.pending("deal", new)
    assert pending is not None and pending.lane == "live"


def test_many_new_boxes_are_told_from_invented_ones_by_one_list_in_the_same_run(world: World) -> None:
    new = accepted(world, 7)
    tell(world, *new)
    before = lists(world)
    assert taken(world.run()) == set(new)
    assert (ordered(world, new), lists(world)) == (True, before + 1)
    more = accepted(world, 7)
    world.lease_clock.advance(1)
    tell(world, *more)
    assert taken(world.run()) == set(more), "nobody invents keys, so the next ones do not wait either"


def test_among_invented_keys_a_new_box_is_found_within_a_minute_and_the_others_go(world: World) -> None:
    inbox = world.ports.store.inbox
    tell(world, *(f"invented-{n}" for n in range(300)))
    world.run()
    assert inbox.due(("deal",)).count == 0, "no run is asked for until the next list"
    (new,) = accepted(world, 1)
    tell(world, new)
    for _ in range(3):
        world.clock.advance(AGAIN_SECONDS)
        world.lease_clock.advance(AGAIN_SECONDS + 1)
        world.run()
        if ordered(world, [new]):
            break
    assert ordered(world, [new])
    for _ in range(4):
        world.clock.advance(AGAIN_SECONDS)
        world.lease_clock.advance(AGAIN_SECONDS + 1)
        world.run()
    assert inbox.counts() == []
    assert inbox.pending("deal", "invented-250") is None


def test_an_invented_key_that_was_read_leaves_no_row(world: World) -> None:
    tell(world, "invented")
    (work,) = world.run().items
    assert work.verdict is not None and work.verdict.gone
    assert world.ports.store.inbox.pending("deal", "invented") is None


def test_known_deals_do_not_wait_for_strangers(world: World) -> None:
    known = accepted(world, 3)
    tell(world, *(f"invented-{n}" for n in range(50)))
    for deal in known:
        world.webhook(deal)
    batch = world.run(limit=3)
    assert taken(batch) == set(known)


def test_while_streak_cannot_list_them_they_have_their_share(world: World) -> None:
    new = accepted(world, 6)
    tell(world, *new)
    no_list = {"kind": "status", "status": 500, "times": None, "path": "/pipelines/.*/boxes", "method": "GET"}
    world.company.streak("/faults", no_list)
    assert len(taken(world.run())) == 2
    world.lease_clock.advance(1)
    assert len(taken(world.run())) == 2
    assert {pending.lane for key in new if (pending := world.ports.store.inbox.pending("deal", key))} == {
        UNKNOWN,
        "live",
    }


def test_where_streak_shows_no_list_strangers_keep_their_share_and_the_next_list_tells(world: World) -> None:
    new = accepted(world, 7)
    tell(world, *new)
    path = f"/v1/pipelines/{world.company.pipeline_key}/boxes$"
    world.company.streak(
        "/faults", {"kind": "status", "status": 404, "path": path, "body": {}, "times": None}
    )
    few = taken(world.run())
    assert 0 < len(few) < len(new)
    world.company.streak_twin.delete("/faults").raise_for_status()
    world.run_until_quiet()
    assert ordered(world, new)
