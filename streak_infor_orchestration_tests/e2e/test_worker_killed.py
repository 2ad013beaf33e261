"""The worker is killed while orders are being made: whatever the ERP did with them, there is one order each."""

import time
from datetime import UTC, datetime

import pytest

from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.demo.timing import settled

from .conftest import AcmeAtWork

pytestmark = pytest.mark.e2e

CREATE = {"method": "POST", "path": "/salesorders$", "seconds": 5.0}
BAR = 75.0
"""The lease has to run out (20 s), and for the lost create also the time in which it may still appear (20 s)."""


def test_a_worker_killed_while_it_creates_orders(acme_at_work: AcmeAtWork) -> None:
    acme, gateway, stack = acme_at_work.acme, acme_at_work.gateway, acme_at_work.stack
    opened = datetime.now(UTC)
    deals = acme.deals("worker killed", 2)
    boxes = [acme.streak.open_deal(deal) for deal in deals]
    settled(gateway, boxes, opened)
    # one create is committed and its answer withheld; the other waits at the door, and is lost with its sender
    for kind in ("slow_after", "slow"):
        acme.infor.control("POST", "/faults", json={**CREATE, "kind": kind})
    for box in boxes:
        acme.streak.edit(box, stage="Proposal Accepted")

    def both_under_way() -> bool | None:
        return all(fault["fired"] for fault in acme.infor.control("GET", "/faults")) or None

    until(both_under_way, 30, lambda: gateway.standing(boxes[0]))
    killed_runs = {gateway.story(box)["effects"][-1]["run_id"] for box in boxes}
    moved, killed = datetime.now(UTC), time.monotonic()
    stack.kill("live")
    assert len(acme.infor.found("salesorders", OrderDescription=deals[0].name)) <= 1
    for box in boxes:
        acme.streak.edit(box, stage="Closed-Won")
    for box in boxes:
        until(
            lambda box=box: acme.streak.look(box)[0].get("ERP invoice"),
            BAR,
            lambda box=box: gateway.standing(box),
        )
    settled(gateway, boxes, moved)
    seconds = time.monotonic() - killed
    print(f"worker killed: both deals ordered and invoiced {seconds:.0f} s later")

    assert seconds < BAR
    assert {gateway.run_status(run) for run in killed_runs} == {"FAILURE"}
    assert acme_at_work.wrongs() == []
