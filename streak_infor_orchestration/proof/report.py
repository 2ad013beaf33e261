"""The report of a campaign: one HTML file that needs nothing else."""

from pathlib import Path

from streak_infor_orchestration.pages import page
from streak_infor_orchestration.proof.diary import Result, total
from streak_infor_orchestration.proof.timeline import Timeline
from streak_infor_orchestration.proof.wrong import KINDS_OF_WRONG

_TEMPLATE = Path(__file__).with_name("report.html")


def write(results: list[Result], target: Path) -> None:
    """Makes the folder too."""
    wrong = total(results, "wrong")
    told = page(
        _TEMPLATE,
        results=results,
        good=all(result.is_good for result in results),
        verdict=", ".join(f"{wrong[kind]} {kind}" for kind in KINDS_OF_WRONG),
        findings=[f"seed {result.seed}: {finding}" for result in results for finding in result.findings],
        disturbed={what: total(results, what) for what in ("kills", "stops", "faults")},
        rounds=[(result, Timeline(result)) for result in results],
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(told, encoding="utf-8")
