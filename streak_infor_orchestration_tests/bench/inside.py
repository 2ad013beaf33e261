"""The product's own wiring against the twins of the bench, and batches run until the inbox is empty."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.company import ERP_KEY, INTEGRATION_KEY, Company

BATCH = 40


def configuration(company: Company, folder: Path, per_second: tuple[float, float] | None = None) -> Path:
    """The packaged template pointed at the ERP twin. `per_second`: Streak's and the ERP's budget, None for none."""
    streak, erp = per_second or ("null", "null")
    yaml = text("facade").replace("https://erp.example.com/infor/api/v1", company.infor_url)
    path = folder / "integration.yaml"
    path.write_text(f"{yaml}\nlimits: {{streak: {{per_second: {streak}}}, erp: {{per_second: {erp}}}}}\n")
    return path


@dataclass(frozen=True)
class Inside:
    """One process of the product. `ports` are its own, wired from the environment like everybody's."""

    ports: Ports
    config: Integration

    def drain(self, boxes: list[str]) -> int:
        """Have these deals looked at, in batches of `BATCH`; how many converged."""
        self.ports.store.inbox.record([Event("streak", "ASKED", Kind.DEAL, box) for box in boxes])
        converged = 0
        for number in count():
            batch = ORDER_TO_CASH.run(Batch(run_id=f"bench-{number}", limit=BATCH), self.ports)
            if not batch.items:
                return converged
            converged += len(batch.open)
        raise AssertionError("count() ends never")


@contextmanager
def inside(
    company: Company, database_url: str | None, *, per_second: tuple[float, float] | None = None
) -> Iterator[Inside]:
    with tempfile.TemporaryDirectory() as folder:
        wiring = Wiring(
            {
                "STREAK_INFOR_CONFIG": str(configuration(company, Path(folder), per_second)),
                "STREAK_INFOR_STATE_DIR": folder,
                "STREAK_INFOR_DATABASE_URL": database_url or "",
                "STREAK_BASE_URL": company.streak_url,
                "STREAK_API_KEY": INTEGRATION_KEY,
                "INFOR_API_KEY": ERP_KEY,
            }
        )
        try:
            yield Inside(wiring.ports, wiring.config)
        finally:
            wiring.ports.close()


def settings_of(company: Company) -> Integration:
    """The configuration by itself: what a company has to be opened for before anybody can be wired to it."""
    with tempfile.TemporaryDirectory() as folder:
        return FORMAT.load(configuration(company, Path(folder)))
