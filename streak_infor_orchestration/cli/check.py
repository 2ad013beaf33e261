"""`streak-infor check`: is everything there that a deal will need on its way?"""

import os
import sys

import click
from rich.table import Table
from rich.text import Text

from streak_infor_orchestration.cli.say import say_json
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.examine import examine
from streak_infor_orchestration.onboarding.checks.finding import Checked, Mark
from streak_infor_orchestration.wiring import Wiring

_STYLES = {Mark.GOOD: "green", Mark.LOOK: "yellow", Mark.WRONG: "red"}


@click.command()
@click.option(
    "--url", envvar="STREAK_INFOR_PUBLIC_URL", show_envvar=True, help="Where the world reaches the gateway."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--accept-names",
    is_flag=True,
    help="What the names of the file mean in Streak now is what they are meant to mean.",
)
def command(url: str | None, as_json: bool, accept_names: bool) -> None:
    """Look at the configuration, both systems and this machine; say what is wrong and what cures it.

    Changes nothing in either system. Exit code 1 when something is wrong (✗); what only a person can judge (!) is
    not.
    """
    context = Context(Wiring(os.environ), url, accept_names)
    console = Screen(stderr=as_json)
    found: list[tuple[str, Checked]] = []
    with console.status("looking") as status:
        for area, finding in examine(context):
            status.update(area)
            found.append((area, finding))
    if as_json:
        say_json(_document(found))
    else:
        _print(found, console)
    sys.exit(1 if _wrong(found) else 0)


def _wrong(found: list[tuple[str, Checked]]) -> int:
    return sum(finding.mark is Mark.WRONG for _, finding in found)


def _document(found: list[tuple[str, Checked]]) -> dict[str, object]:
    findings = [{"area": area, "mark": f.mark.value, "what": f.what, "cure": f.cure} for area, f in found]
    return {"ok": not _wrong(found), "findings": findings}


def _print(found: list[tuple[str, Checked]], console: Screen) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    last = ""
    for area, finding in found:
        sign = Text(finding.mark.sign, style=_STYLES[finding.mark])
        table.add_row("" if area == last else area, sign, _text(finding))
        last = area
    console.print(table)
    looks = sum(finding.mark is Mark.LOOK for _, finding in found)
    wrong = _wrong(found)
    verdict = Text(f"{wrong} wrong", style="red") if wrong else Text("nothing is wrong", style="green")
    verdict.append(f", {looks} to look at, {len(found) - wrong - looks} as they should be", style="default")
    console.print()
    console.print(verdict)


def _text(finding: Checked) -> Text:
    text = Text(visible(finding.what))
    return text.append(visible(f" → {finding.cure}"), style="dim") if finding.cure else text
