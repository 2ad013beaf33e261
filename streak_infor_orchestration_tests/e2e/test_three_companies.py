"""A manufacturer, an agency and a distributor: each installed for real, each through the whole story.

The three run side by side: most of a story is waiting for the ERP to be polled, so that together they take little
longer than one.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from streak_infor_orchestration.demo.company import SALES_KEY
from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET
from streak_infor_orchestration.demo.timing import settled
from streak_infor_orchestration_tests.companies.all import COMPANIES
from streak_infor_orchestration_tests.companies.sample import Office, Sample
from streak_infor_orchestration_tests.companies.story import Story

from .installation import Installation, installed

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # a stack starts in 15 s, or in 90 on a busy machine


def test_each_company_by_its_file_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    with ThreadPoolExecutor(len(COMPANIES)) as at_once:
        told = [
            at_once.submit(whole_story, sample, tmp_path_factory.mktemp(sample.name)) for sample in COMPANIES
        ]
        for story in told:
            story.result()


def whole_story(sample: Sample, folder: Path) -> None:
    with installed(folder, sample.configuration()) as running:
        places = running.places
        office = Office(sample, places.streak, places.infor, SALES_KEY)
        office.streak.tell(places.gateway, WEBHOOK_SECRET)
        box = Story(office, arrives(running), quiet(running)).play()
        assert running.gateway.story(box)["dead_letter"] is None
        assert [
            *office.streak.control("GET", "/violations"),
            *office.infor.control("GET", "/violations"),
        ] == []


def arrives(running: Installation) -> Callable[[Callable[[], bool], str], None]:
    return lambda look, what: until(lambda: look() or None, 60, lambda: what) and None


def quiet(running: Installation) -> Callable[[str, datetime], None]:
    return lambda box, since: settled(running.gateway, [box], since)
