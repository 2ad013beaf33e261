"""`streak-infor proof`: nothing lost, nothing twice, shown by a fault campaign."""

import signal
import sys
from pathlib import Path

import click

from streak_infor_orchestration.cli.erp_option import erp_option
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.proof.campaign import Campaign
from streak_infor_orchestration.proof.figures import keep, of_campaign, of_residual
from streak_infor_orchestration.proof.postgres import NoPostgres
from streak_infor_orchestration.proof.residual import measure
from streak_infor_orchestration.proof.screen import conclude, perform
from streak_infor_orchestration.stack import PortTaken, StackError


@click.command()
@click.option("--deals", default=60, show_default=True, type=click.IntRange(1), help="Deals in all.")
@click.option("--kills", type=click.IntRange(0), help="kill -9 in all; one for six deals unless told.")
@click.option("--seed", default=1, show_default=True, help="What everything is drawn from.")
@click.option("--database", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@erp_option
@click.option("--replay", type=int, metavar="SEED", help="Only the round of this seed, again.")
@click.option(
    "--state", type=click.Path(path_type=Path, file_okay=False), default=Path(".proof"), show_default=True
)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Where the HTML report goes.")
@click.option(
    "--residual", is_flag=True, help="Instead: an ERP that commits after its settle time, measured."
)
@click.option(
    "--figures",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep the figures here, as JSON: docs/figures/NAME.json, for docs/guarantees.md.",
)
@click.option("--verbose", is_flag=True, help="Tell every disturbance as it comes.")
def command(
    deals: int,
    kills: int | None,
    seed: int,
    database: str,
    erp: DemoErp,
    replay: int | None,
    state: Path,
    report: Path | None,
    residual: bool,
    figures: Path | None,
    verbose: bool,
) -> None:
    """Break everything by seed while a company works, and count what was lost or done twice.

    A campaign that was interrupted goes on where it was when called with the same numbers. Exit code 0 only when
    nothing was lost, done twice, wrong by a cent or left undone.
    """
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # everything that was started is stopped then, too
    console = Screen(markup=True)
    killed = -(-deals // 6) if kills is None else kills
    campaign = Campaign(deals, killed, seed, database, state.resolve(), erp.name)
    campaign.state_dir.mkdir(parents=True, exist_ok=True)
    try:
        if residual:
            with console.status("measuring"):
                found = measure(deals, seed, database, state.resolve() / "residual", lambda _line: None, erp)
            console.print(found, soft_wrap=True)
            if figures:
                keep(of_residual(found, deals, seed, database, erp.name), figures)
            sys.exit(0 if found.is_good else 1)
        results = perform(campaign, replay, console, verbose=verbose)
    except KeyboardInterrupt:
        if residual or replay is not None:
            raise
        raise KeyboardInterrupt(
            f"what is finished is kept: {campaign.command} --state {state} goes on"
        ) from None
    except (NoPostgres, PortTaken, StackError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if figures:
        keep(of_campaign(campaign, results), figures)
    target = report or campaign.state_file.with_suffix(".html")
    sys.exit(0 if conclude(results, target, console) else 1)
