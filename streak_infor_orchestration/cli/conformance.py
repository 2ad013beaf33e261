"""`streak-infor conformance`: does what is configured keep its contract? Asked of the real systems, check by check."""

import base64
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from streak_infor_orchestration.cli.say import say, say_json
from streak_infor_orchestration.conformance.check import Suite
from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.outcome import CheckOutcome, Left
from streak_infor_orchestration.conformance.report import Report
from streak_infor_orchestration.conformance.run import run
from streak_infor_orchestration.conformance.streak_subject import StreakSubject
from streak_infor_orchestration.conformance.suites import ERP, STREAK
from streak_infor_orchestration.wiring import Wiring, wiring

S = TypeVar("S", ErpSubject, StreakSubject)
_LEAVES = (
    "--write makes records in the configured systems: one ERP customer, contact and invoice, a few sales orders "
    "(cancelled at the end where the ERP allows it); in Streak one box, contact, organization and webhook, which are "
    "deleted again. Each bears the name CONFORMANCE and the run's id. If both systems are sandboxes, say "
    "--yes-these-are-sandboxes."
)


@click.command()
@click.option("--read-only", "mode", flag_value="read-only", help="Look, and touch nothing.")
@click.option(
    "--write", "mode", flag_value="write", help="Also make records, marked as such. For sandboxes only."
)
@click.option("--yes-these-are-sandboxes", "confirmed", is_flag=True, help="Without it --write does nothing.")
@click.option("--system", type=click.Choice(["streak", "infor"]), help="One of the two only.")
@click.option("--sku", default="", help="The product to order with --write; else the first that has a price.")
@click.option(
    "--json", "as_json", is_flag=True, help="The report as JSON, and nothing else, on standard output."
)
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page for people."
)
def command(
    mode: str | None, confirmed: bool, system: str | None, sku: str, as_json: bool, report: Path | None
) -> None:
    """Check the configured Streak team and ERP against their contracts. Exit code 1 when a check fails.

    One line per check: what must hold, by which section of the contract, and what to do if it does not.
    """
    if mode is None:
        raise click.UsageError("say --read-only, or --write for sandboxes")
    if mode == "write" and not confirmed:
        raise click.UsageError(_LEAVES)
    parts = wiring()
    try:
        found = _examine(parts, mode, system, sku, quiet=as_json)
    finally:
        parts.close_clients()
    if as_json:
        say_json(found.model_dump(mode="json"))
    else:
        say(found.summary)
        for record in found.left:
            say(f"left behind in {record.line}")
    if report is not None:
        report.write_text(found.html(), encoding="utf-8")
    sys.exit(0 if found.passed else 1)


def _examine(parts: Wiring, mode: str, system: str | None, sku: str, *, quiet: bool) -> Report:
    run_id, started = _run_id(), datetime.now(UTC)
    systems: dict[str, str] = {}
    outcomes: list[CheckOutcome] = []
    left: list[Left] = []
    write = mode == "write"
    if system != "infor":
        names = parts.config.streak
        stages = parts.config.stages
        harmless = {*stages.before, *stages.lost}
        subject = StreakSubject(
            parts.streak, run_id, team=names.team, pipeline=names.pipeline, harmless=harmless
        )
        systems["streak"] = f"{names.team}, {names.pipeline}"
        outcomes += _told(STREAK, subject, write=write, quiet=quiet)
        left += subject.left
    if system != "streak":
        today = started.astimezone(parts.config.company.zone).date()
        erp = ErpSubject(parts.erp, run_id, today=today, sku=sku)
        systems["infor"] = f"{parts.erp.traits.name} at {parts.config.erp.base_url}"
        outcomes += _told(ERP, erp, write=write, quiet=quiet)
        left += erp.left
    return Report(
        run_id=run_id,
        mode=mode,
        started=started,
        systems=systems,
        outcomes=tuple(outcomes),
        left=tuple(left),
    )


def _told(suite: Suite[S], subject: S, *, write: bool, quiet: bool) -> list[CheckOutcome]:
    """Each outcome as it comes; tidied up also when somebody interrupts."""
    outcomes = []
    try:
        for outcome in run(suite, subject, write=write):
            outcomes.append(outcome)
            if not quiet:
                say(outcome.line)
    finally:
        subject.tidy()
    return outcomes


def _run_id() -> str:
    """Six letters and digits."""
    return base64.b32encode(secrets.token_bytes(5)).decode()[:6]
