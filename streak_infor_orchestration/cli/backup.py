"""`streak-infor backup`: the state database, copied while everything runs."""

from pathlib import Path

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.ledger.backup import backup
from streak_infor_orchestration.wiring import wiring


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Copy the state database into FOLDER, a new one for each backup. With Postgres use pg_dump instead."""
    parts = wiring()
    if parts.settings.database_url is not None:
        raise click.ClickException("the state database is Postgres: back it up with pg_dump")
    try:
        for copy in backup(begun(parts).settings.state_dir, folder):
            say(str(copy))
    except OSError as error:
        raise click.ClickException(str(error)) from error
