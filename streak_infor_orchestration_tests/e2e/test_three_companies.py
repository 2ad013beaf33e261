"""A manufacturer, an agency and a distributor, each through the whole story on the real stack, by its file alone.

Starting a stack costs more than a story. So the three take turns on one: the file is exchanged and the workers, which
read it, are restarted, as an administrator does who changed it. Both systems and the ledger keep what was before.
"""

import signal
from collections.abc import Iterator

import pytest

from streak_infor_orchestration.demo.company import SALES_KEY
from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET
from streak_infor_orchestration.demo.timing import settled
from streak_infor_orchestration_tests.companies.all import COMPANIES
from streak_infor_orchestration_tests.companies.sample import Office, Sample
from streak_infor_orchestration_tests.companies.story import Story
from streak_infor_orchestration_tests.e2e.installation import Installation, installed

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # a stack starts in 15 s, or in 90 on a busy machine

PATIENCE = 90.0


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("companies"), COMPANIES[0].configuration()) as started:
        yield started


@pytest.mark.parametrize("sample", COMPANIES, ids=lambda sample: sample.name)
def test_the_whole_story(sample: Sample, running: Installation) -> None:
    places, gateway = running.places, running.gateway
    take_over(running, sample)
    office = Office(sample, places.streak, places.infor, SALES_KEY)
    office.streak.tell(places.gateway, WEBHOOK_SECRET)
    story = Story(
        office,
        lambda look, what: until(lambda: look() or None, PATIENCE, lambda: what) and None,
        lambda box, since: settled(gateway, [box], since),
        hurried=True,
    )
    box = story.play()
    assert gateway.story(box)["dead_letter"] is None
    assert [*office.streak.control("GET", "/violations"), *office.infor.control("GET", "/violations")] == []


def take_over(running: Installation, sample: Sample) -> None:
    """The company's file in place of the one before, read by workers that start anew."""
    configuration = sample.configuration(running.places.infor)
    if running.places.config.read_text(encoding="utf-8") == configuration:
        return
    running.places.config.write_text(configuration, encoding="utf-8")
    before = {name: running.stack.kill(name, signal.SIGTERM) for name in ("live", "bulk")}
    until(lambda: _listen_anew(running, before) or None, PATIENCE, lambda: "the workers do not come back")


def _listen_anew(running: Installation, before: dict[str, int]) -> bool:
    now, ready = running.stack.pids, running.stack.folders.ready
    return all(
        now.get(name, pid) != pid and (ready / name).exists() and (ready / name).read_text() == str(now[name])
        for name, pid in before.items()
    )
