"""What a run found, for machines (JSON) and for people (a page that needs nothing else)."""

from datetime import datetime
from pathlib import Path
from typing import get_args

from streak_infor_orchestration.conformance.outcome import CheckOutcome, Left, Verdict
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.pages import page

_TEMPLATE = Path(__file__).with_name("report.html")


class Report(Model):
    """One run: `mode` is read-only or write, `systems` says where each system was, `left` what stayed there."""

    run_id: str
    mode: str
    started: datetime
    systems: dict[str, str]
    outcomes: tuple[CheckOutcome, ...]
    left: tuple[Left, ...] = ()

    @property
    def passed(self) -> bool:
        return not any(outcome.verdict == "fail" for outcome in self.outcomes)

    @property
    def summary(self) -> str:
        counts = {
            verdict: sum(outcome.verdict == verdict for outcome in self.outcomes)
            for verdict in get_args(Verdict)
        }
        return ", ".join(f"{count} {verdict}" for verdict, count in counts.items())

    def html(self) -> str:
        return page(_TEMPLATE, shown=visible, report=self)
