"""The one stack that most of these tests share: starting it takes longer than they do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from streak_infor_orchestration.demo.company import PROMISES, Acme
from streak_infor_orchestration.demo.erps import FACADE, DemoErp
from streak_infor_orchestration.demo.evidence import gather
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET
from streak_infor_orchestration.demo.verdict import judge, wrongs
from streak_infor_orchestration.stack import Stack
from streak_infor_orchestration_tests.e2e.installation import installed

STACKS_OF_THEIR_OWN = {"test_proof.py", "test_three_companies.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two rows that take about as long run beside each other: the long ones, and those that share a stack."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            row = "long" if item.path.name in STACKS_OF_THEIR_OWN else "shared"
            item.add_marker(pytest.mark.xdist_group(row))


@dataclass(frozen=True)
class AcmeAtWork:
    acme: Acme
    gateway: Gateway
    stack: Stack

    def wrongs(self) -> list[str]:
        """What is not as it should be, with all of Acme's deals so far."""
        return wrongs(judge(gather(self.acme.streak, self.acme.infor), PROMISES))


@contextmanager
def at_work(folder: Path, erp: DemoErp) -> Iterator[AcmeAtWork]:
    """Acme with this ERP, settled in."""
    with installed(folder, erp.configuration("{infor}"), erp) as running:
        acme = Acme(running.places.streak, running.places.infor, erp)
        acme.settle_in(running.places.gateway, WEBHOOK_SECRET)
        yield AcmeAtWork(acme, running.gateway, running.stack)


@pytest.fixture(scope="session")
def acme_at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AcmeAtWork]:
    with at_work(tmp_path_factory.mktemp("acme"), FACADE) as company:
        yield company
