"""A short fault campaign: nothing lost, nothing twice, whatever dies. `make proof` is the same at length."""

from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from streak_infor_orchestration.proof.campaign import Campaign
from streak_infor_orchestration.proof.screen import conclude, perform

pytestmark = pytest.mark.e2e


@pytest.mark.timeout(900)  # it is bounded by itself, and takes two minutes where nothing else runs
def test_sixty_deals_and_ten_kills(tmp_path: Path) -> None:
    campaign = Campaign(deals=60, kills=10, seed=1, database="sqlite", state_dir=tmp_path)
    console, report = Console(width=150), tmp_path / "report.html"
    results = perform(campaign, None, console, verbose=True)
    good = conclude(results, report, console)

    (result,) = results
    assert result.findings == []
    assert good
    assert result.killed == 10
    assert {"live worker", "live worker's child", "bulk worker", "gateway", "daemon", "code server"} <= {
        *result.kills
    }
    assert sum(result.stops.values()) == 4
    assert min(result.orders, result.invoices, result.customers) > 10
    systems = Counter(kind.partition(":")[0] for kind in result.faults)
    assert min(systems["infor"], systems["streak"]) >= 5, result.faults
    assert result.faults["webhooks dropped"] > 0
    assert "<svg" in report.read_text()
