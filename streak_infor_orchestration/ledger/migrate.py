"""Brings a database to this program's schema: Alembic without an ini file, one history per group of tables."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import ColumnClause, Connection, String, column, inspect, select
from sqlalchemy import table as sql_table

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode

if TYPE_CHECKING:  # it is imported late, for it takes 0.4 s
    from alembic.config import Config

HEADS = {"inbox": "0001", "ledger": "0013"}
"""The newest revision of each history, so that an up-to-date database is opened without importing Alembic (0.4 s)."""

_SCRIPTS = Path(__file__).with_name("migrations")
_alembic_is_not_thread_safe = threading.Lock()


def migrate(connection: Connection, history: str) -> None:
    """Within the caller's transaction, which also has to keep other processes out.

    Raises Misconfigured for a database that a newer version of this program has migrated.
    """
    if revision(connection, history) == HEADS[history]:
        return
    from alembic import command
    from alembic.util import CommandError

    with _alembic_is_not_thread_safe:
        try:
            command.upgrade(alembic_config(connection, history), "head")
        except CommandError as error:
            raise Misconfigured(
                f"the {history} tables were made by another version of this program: {error}",
                code=SetupCode.DATABASE_VERSION,
            ) from error


def revision(connection: Connection, history: str) -> str | None:
    table = version_table(history)
    if not inspect(connection).has_table(table):
        return None
    number: ColumnClause[str] = column("version_num", String())
    return connection.scalar(select(number).select_from(sql_table(table)))


def version_table(history: str) -> str:
    return f"sio_{history}_version"


def alembic_config(connection: Connection | None, history: str) -> "Config":
    from alembic.config import Config

    config = Config()
    for option, path in (("script_location", _SCRIPTS), ("version_locations", _SCRIPTS / history)):
        config.set_main_option(option, str(path).replace("%", "%%"))  # it is read as an ini file is
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, history=history)
    return config
