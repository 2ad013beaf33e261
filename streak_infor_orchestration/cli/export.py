"""`streak-infor export`: a table as a file for people."""

from pathlib import Path

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.wiring import wiring


@click.command()
@click.argument("table")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(table: str, file: Path) -> None:
    """Write TABLE, such as analytics/customer_360, to FILE: .csv or .xlsx. Amounts and days are typed, and what
    somebody typed is never a formula."""
    from streak_infor_orchestration.analytics.export import export
    from streak_infor_orchestration.analytics.tables import DERIVED, TABLES

    if table not in DERIVED and table not in TABLES:
        raise click.BadParameter(f"there is: {', '.join([*DERIVED, *TABLES])}", param_hint="TABLE")
    say(f"{export(begun(wiring()).warehouse.needed(table), file)} rows of {table} are in {file}")
