"""The worker is killed while orders are being made: whatever the ERP did with them, there is one order each."""

import time

import pytest

from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration_tests.e2e.conftest import AcmeAtWork

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # a stack starts in 15 s, or in 90 on a busy machine

CREATE = {"method": "POST", "path": "/salesorders$", "seconds": 5.0}
BAR = 90.0
"""Seconds. The killed run's lease has to expire (20), and the lost create is still waited for (25) before it is made
again; the rest is for a busy machine."""


def test_a_worker_killed_while_it_creates_orders(acme_at_work: AcmeAtWork) -> None:
    acme, gateway, stack = acme_at_work.acme, acme_at_work.gateway, acme_at_work.stack
    boxes = [acme.streak.open_deal(deal) for deal in acme.deals("worker killed", 2)]
    # one create is committed and its answer withheld; the other waits at the door, and is lost with its sender
    for kind in ("slow_after", "slow"):
        acme.infor.control("POST", "/faults", json={**CREATE, "kind": kind})
    for box in boxes:
        acme.streak.edit(box, stage="Proposal Accepted")

    def both_under_way() -> bool | None:
        return all(fault["fired"] for fault in acme.infor.control("GET", "/faults")) or None

    until(both_under_way, 30, lambda: gateway.standing(boxes[0]))
    effects = [effect for box in boxes for effect in gateway.story(box)["effects"]]
    orders = [effect for effect in effects if ":sales_order:" in effect["key"]]
    assert {effect["state"] for effect in orders} == {"sent"}
    stack.kill("live")
    killed = time.monotonic()
    for box in boxes:
        acme.streak.edit(box, stage="Closed-Won")
    until(lambda: acme_at_work.wrongs() == [] or None, BAR, lambda: "; ".join(acme_at_work.wrongs()))

    print(f"worker killed: both deals ordered, invoiced and told after {time.monotonic() - killed:.0f} s")
    assert {gateway.run_status(effect["run_id"]) for effect in orders} == {"FAILURE"}
