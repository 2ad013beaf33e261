"""A batch: many deals side by side, none of which another's failure stops."""

import threading
from typing import Any

import pytest

from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.sync.row import phases
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World


def test_one_deals_failure_stops_no_other(world: World) -> None:
    lines = ([("BRK-1001", "1", "10.00")], [("NO-SUCH", "1", "10.00")], [("BRK-1002", "1", "10.00")])
    deals = [
        world.company.deal(f"Deal {n}", lines=some, stage="Proposal Accepted") for n, some in enumerate(lines)
    ]
    for deal in deals:
        world.webhook(deal)
    batch = world.run()
    statuses = {work.claim.key: work.verdict and work.verdict.status for work in batch.items}
    assert statuses == {deals[0]: None, deals[1]: Status.PERSON, deals[2]: None}
    assert len(world.company.found_in_erp("salesorders")) == 2


def test_a_defect_of_ours_is_one_deals_trouble(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = (world.company.deal(name, stage="Proposal Accepted") for name in ("Good", "Bad"))
    read = type(world.ports.mapping).read_deal

    def stumbling(mapping: Any, box: Any, linked: Any) -> Any:
        if box.key == bad:
            raise ZeroDivisionError
        return read(mapping, box, linked)

    monkeypatch.setattr(type(world.ports.mapping), "read_deal", stumbling)
    for deal in (good, bad):
        world.webhook(deal)
    world.run()
    assert world.ports.store.links.erp_key("order", good) is not None
    pending = world.ports.store.inbox.pending("deal", bad)
    assert pending is not None and pending.attempts == 1 and pending.due_at is not None


def test_a_slow_deal_leaves_the_batch_and_its_answer_is_recorded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = (world.company.deal(name, stage="Proposal Accepted") for name in ("Slow", "Quick"))
    answered = threading.Event()
    create = FacadeErp.create_order

    def hang(erp: FacadeErp, draft: Any, steps: Any) -> Any:
        if draft.description == "Slow":
            assert answered.wait(10)
        return create(erp, draft, steps)

    monkeypatch.setattr(FacadeErp, "create_order", hang)
    monkeypatch.setattr(phases, "PHASE_SECONDS", -4.5)  # half a second's patience
    for deal in (slow, quick):
        world.webhook(deal)
    batch = world.run()
    verdicts = {work.claim.key: work.verdict for work in batch.items}
    assert verdicts[quick] is None
    late = verdicts[slow]
    assert late is not None and late.status is Status.WAITING
    answered.set()
    world.ports.pool.shutdown(wait=True)
    assert len(world.company.found_in_erp("salesorders")) == 2
    assert world.ports.store.links.erp_key("order", slow) is not None
    world.forget()
    world.run_until_quiet()
    assert len(world.company.comments(slow)) == 1


def test_a_known_customer_and_product_cost_five_calls(world: World) -> None:
    """Box, probe, order, fields, comment."""
    organization = world.company.organization("Northwind GmbH")
    world.look(world.company.deal("First", organization=organization, stage="Proposal Accepted"))
    deal = world.company.deal("Second", organization=organization, stage="Proposal Accepted")
    before = len(world.company.calls())
    world.look(deal)
    assert len(world.company.calls()) - before == 5


def test_a_look_at_a_deal_that_is_done_writes_nothing(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    world.run_until_quiet()
    written = [call for call in world.company.calls() if not call.startswith("GET")]
    world.look(deal)
    assert [call for call in world.company.calls() if not call.startswith("GET")] == written
