"""The report of a campaign: one HTML file that needs nothing else."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from streak_infor_orchestration.proof.diary import Result, total
from streak_infor_orchestration.proof.oracle import KINDS_OF_WRONG
from streak_infor_orchestration.proof.timeline import draw

STYLE = """
body { font: 15px/1.45 sans-serif; max-width: 1200px; margin: 2em auto; padding: 0 1em; color: #222 }
table { border-collapse: collapse; margin: 1em 0 }
td, th { padding: .2em .8em; border-bottom: 1px solid #ddd; text-align: left }
td.n { text-align: right; font-variant-numeric: tabular-nums } .good { color: #2e7d32 } .bad { color: #c62828 }
.cols { display: flex; gap: 3em; flex-wrap: wrap } svg { width: 100%; border: 1px solid #ddd }
"""


def write(results: list[Result], target: Path) -> None:
    """Makes the folder too."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(_page(results)), encoding="utf-8")


def _page(results: list[Result]) -> Iterator[str]:
    good = all(result.is_good for result in results)
    wrong = total(results, "wrong")
    yield f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Proof</title><style>{STYLE}</style>"
    verdict = ", ".join(f"{wrong[kind]} {kind}" for kind in KINDS_OF_WRONG)
    yield f"<h1 class='{'good' if good else 'bad'}'>{verdict}</h1>"
    deals, kills = sum(r.deals for r in results), sum(r.killed for r in results)
    databases = " and ".join(sorted({result.database for result in results}))
    yield (
        f"<p>{deals} deals on {databases}, {kills} times <code>kill -9</code>; "
        f"judged by reading both systems, over HTTP.</p>"
    )
    yield from _findings(results)
    yield "<div class='cols'>"
    for what in ("kills", "stops", "faults"):
        yield f"<div><h2>{what}: {total(results, what).total()}</h2><table>"
        for name, count in total(results, what).items():
            yield f"<tr><td>{escape(name)}</td><td class='n'>{count}</td></tr>"
        yield "</table></div>"
    yield "</div>"
    for result in results:
        yield from _round(result)
    yield "</html>"


def _findings(results: list[Result]) -> Iterator[str]:
    if findings := [f"seed {r.seed}: {finding}" for r in results for finding in r.findings]:
        yield "<ul class='bad'>"
        yield from (f"<li>{escape(finding)}</li>" for finding in findings)
        yield "</ul>"


def _round(result: Result) -> Iterator[str]:
    yield f"<h2>Seed {result.seed}, {result.database}</h2>"
    yield (
        f"<p>{result.deals} deals in {result.steps} steps: {result.orders} orders, {result.invoices} invoices, "
        f"{result.customers} customers; {result.sent_again} writes were sent more than once. "
        f"Started in {result.starting:.0f} s, storm {result.storm:.0f} s, "
        f"at rest after {result.convergence:.0f} s; load {result.load}.</p>"
    )
    yield draw(result)
