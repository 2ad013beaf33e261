"""How much is asked for at once (Streak API contract §4): a thousand entries, but boxes with all that they hold."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import pytest

from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration_tests.conformance.streak.lab import NOT_OFFERED, StreakLab

Read = Callable[[StreakClient, StreakLab], Iterable[Any]]


def limits(lab: StreakLab, read: Read, of: str = "") -> set[str]:
    """What was asked for at once, by calls whose path ends like this."""
    before = lab.control.last_call()
    list(read(lab.client, lab))
    calls = lab.control.get(f"/calls?since={before}")
    queries = [parse_qs(call["query"]) for call in calls if call["path"].endswith(of)]
    return {limit for query in queries for limit in query.get("limit", [])}


@pytest.mark.parametrize(
    ("read", "length"),
    [
        (lambda client, lab: client.box_pages(lab.pipeline_key), "200"),
        (lambda client, lab: client.box_pages(lab.pipeline_key, limit=7), "7"),
        (lambda client, lab: client.box_version_pages(lab.pipeline_key), "200"),
        (lambda client, lab: client.boxes(lab.pipeline_key), "200"),
        (lambda client, lab: client.box_versions(lab.pipeline_key), "200"),
        (lambda client, lab: client.team_contacts(lab.team_key), "1000"),
        (lambda client, lab: client.team_organizations(lab.team_key), "1000"),
        (lambda client, lab: client.pipelines(lab.team_key), "100"),
        (lambda client, lab: client.users(lab.team_key), "100"),
    ],
    ids=["boxes", "few", "versions", "box page", "version page", "contacts", "firms", "pipelines", "users"],
)
def test_a_page_is_as_long_as_it_may_well_be(lab: StreakLab, read: Read, length: str) -> None:
    lab.make_box()
    assert limits(lab, read) == {length}


def test_boxes_whose_links_are_walked_come_a_hundred_at_once(lab: StreakLab) -> None:
    lab.make_box()
    lab.control.fault("status", **NOT_OFFERED, path="/(contacts|organizations)$")
    assert limits(lab, lambda client, lab: client.team_contacts(lab.team_key), "/boxes") == {"100"}
