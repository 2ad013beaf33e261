"""A manufacturer, an agency and a distributor, each through the whole story by its integration.yaml alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.ledger.inbox import LANES
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.sync.watch.feedback import poll
from streak_infor_orchestration.sync.watch.sweep import sweep
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.companies.all import COMPANIES
from streak_infor_orchestration_tests.companies.sample import Office, Sample
from streak_infor_orchestration_tests.companies.story import Story
from streak_infor_orchestration_tests.world.company import SALES_KEY
from streak_infor_orchestration_tests.world.fixtures import AT_FULL_SPEED, Acme, credentials


@pytest.mark.parametrize("sample", COMPANIES, ids=lambda sample: sample.name)
def test_the_whole_story(
    sample: Sample, acme: Acme, fresh_process: Callable[..., Wiring], tmp_path: Path
) -> None:
    company, _ = acme
    company.reset()
    roots = (company.streak_url.removesuffix("/api"), company.infor_url.removesuffix("/infor/api/v1"))
    office = Office(sample, *roots, SALES_KEY)
    file = tmp_path / "integration.yaml"
    file.write_text(sample.configuration(roots[1]) + AT_FULL_SPEED)
    ports = fresh_process(company.clock, STREAK_INFOR_CONFIG=str(file), **credentials(company)).ports

    def arrives(look: Callable[[], bool], what: str) -> None:
        company.clock.advance(1)
        work_off(ports)
        assert look(), (
            f"not there: {what}; {[letter.message for letter in ports.store.dead_letters.listing()]}"
        )

    Story(office, arrives, lambda _box, _since: work_off(ports)).play()
    assert ports.store.dead_letters.listing() == []
    assert company.violations() == []
    ports.close()


def work_off(ports: Ports) -> None:
    """What the sensors, the sweep and the workers do, until nothing is left to do."""
    sweep(ports, full=True)
    poll(ports.erp, ports.store, ports.clock)
    while ORDER_TO_CASH.run(Batch(run_id="by-hand", lanes=LANES), ports).items:
        pass
