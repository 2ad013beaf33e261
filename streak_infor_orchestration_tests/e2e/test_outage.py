"""A real outage: the ERP is away while deals are made. They wait, nobody is blamed, and it goes on by itself."""

import time

import pytest

from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration_tests.e2e.conftest import AcmeAtWork

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # a stack starts in 15 s, or in 90 on a busy machine

AWAY = [
    {"kind": "status", "status": 503, "path": "^/(infor|oauth)/", "times": None},
    {"kind": "cut_before", "path": "^/(infor|oauth)/", "times": None},
]
"""First it says that it is away, then it says nothing at all."""
SECONDS = 3.0
BAR = 60.0
"""Seconds until all is made up for: a paused system is asked again after 15, the rest is for a busy machine."""


def test_what_is_sold_while_the_erp_is_away_is_ordered_once_when_it_is_back(acme_at_work: AcmeAtWork) -> None:
    acme, gateway = acme_at_work.acme, acme_at_work.gateway
    boxes = [acme.streak.open_deal(deal) for deal in acme.deals("outage", 3)]
    for number, fault in enumerate(AWAY):
        acme.infor.control("DELETE", "/faults")
        acme.infor.control("POST", "/faults", json=fault)
        for box in boxes[number::2]:
            acme.streak.edit(box, stage="Closed-Won")
        time.sleep(SECONDS)
    waiting = [gateway.story(box) for box in boxes]
    acme.infor.control("DELETE", "/faults")
    back = time.monotonic()

    assert all(story["pending"] and story["links"]["order"] is None for story in waiting)
    assert {story["pending"]["attempts"] for story in waiting} == {0}

    def why() -> str:
        return "; ".join([*acme_at_work.wrongs(), *map(gateway.standing, boxes)])

    until(lambda: acme_at_work.wrongs() == [] or None, BAR, why)
    print(
        f"outage of {SECONDS * len(AWAY):.0f} s: all ordered, invoiced and told {time.monotonic() - back:.0f} s later"
    )
    stories = [gateway.story(box) for box in boxes]
    assert [story["dead_letter"] for story in stories] == [None] * len(boxes)
    statuses = {outcome["status"] for story in stories for outcome in story["outcomes"]}
    # who was refused in the very moment it came back finds it well, and takes that for a trouble of its own
    assert statuses <= {"waiting", "retry", "converged"}, "nobody was asked"
