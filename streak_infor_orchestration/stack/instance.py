"""Make the tables of the Dagster instance, once, before anything uses it.

A program of its own: services that start together on an empty SQLite instance race to create its tables, and the
loser stays broken.
"""

import os
from pathlib import Path

from filelock import FileLock

from streak_infor_orchestration.stack.home import POSTGRES_VARIABLE, SCHEMA


def initialise() -> None:
    """Make the instance's tables, once, whoever else starts at the same moment on this machine."""
    home = Path(os.environ["DAGSTER_HOME"])
    with FileLock(home / "initialise.lock"):
        if url := os.environ.get(POSTGRES_VARIABLE):
            _create_schema(url)
        from dagster import DagsterInstance  # its import takes seconds; writing settings needs none of it

        with DagsterInstance.get():
            pass


def _create_schema(url: str) -> None:
    import sqlalchemy  # only where there is a Postgres

    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    engine.dispose()


if __name__ == "__main__":
    initialise()
