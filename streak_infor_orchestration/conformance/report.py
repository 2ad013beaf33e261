"""What a run found, for machines (JSON) and for people (a page that needs nothing else)."""

from collections.abc import Sequence
from datetime import datetime

from streak_infor_orchestration.conformance.outcome import CheckOutcome, Left
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.shown import as_html

_COLOURS = {"pass": "#1a7f37", "fail": "#cf222e", "not applicable": "#6e7781"}
_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1f2328 }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #d0d7de; padding: .35rem .6rem; text-align: left; vertical-align: top }
.verdict { font-weight: 600; white-space: nowrap }
.small { color: #57606a; font-size: 13px }
"""


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
            verdict: sum(outcome.verdict == verdict for outcome in self.outcomes) for verdict in _COLOURS
        }
        return ", ".join(f"{count} {verdict}" for verdict, count in counts.items())

    def html(self) -> str:
        systems = "".join(
            f"<h2>{as_html(name)} <span class=small>{as_html(where)}</span></h2>"
            + _table([outcome for outcome in self.outcomes if outcome.system == name])
            for name, where in self.systems.items()
        )
        left = "".join(f"<li>{as_html(record.line)}</li>" for record in self.left)
        return (
            "<!doctype html><html lang=en><meta charset=utf-8><title>Conformance</title>"
            f"<style>{_STYLE}</style><h1>Conformance: {as_html(self.summary)}</h1>"
            f"<p class=small>Run {as_html(self.run_id)}, {as_html(self.mode)}, "
            f"{self.started:%Y-%m-%d %H:%M} UTC</p>{systems}"
            + (f"<h2>Left behind</h2><ul>{left}</ul>" if left else "")
            + "</html>\n"
        )


def _table(outcomes: Sequence[CheckOutcome]) -> str:
    return (
        "<table><tr><th>verdict<th>what must hold<th>contract<th>why, and what to do<th>seconds</tr>"
        + "".join(_row(outcome) for outcome in outcomes)
        + "</table>"
    )


def _row(outcome: CheckOutcome) -> str:
    why = as_html(outcome.detail) + (f"<br><b>{as_html(outcome.cure)}</b>" if outcome.cure else "")
    return (
        f'<tr><td class=verdict style="color:{_COLOURS[outcome.verdict]}">{outcome.verdict}'
        f"<td>{as_html(outcome.check)}<td class=small>{as_html(outcome.contract)}<td>{why}"
        f"<td class=small>{outcome.seconds:.2f}</tr>"
    )
