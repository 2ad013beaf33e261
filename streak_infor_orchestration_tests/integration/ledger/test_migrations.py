"""From nothing to the present schema, once, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.ledger import schema
from streak_infor_orchestration.ledger.database import postgres_database, sqlite_database
from streak_infor_orchestration.ledger.migrate import HEADS, alembic_config, migrate, revision, version_table
from streak_infor_orchestration.ledger.opening import Databases
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration_tests.databases import PostgresServer
from streak_infor_orchestration_tests.integration.ledger.support import epoch_of, in_processes, open_store

METADATA = {"inbox": schema.inbox_metadata, "ledger": schema.ledger_metadata}


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, postgres: PostgresServer) -> Iterator[str | None]:
    """What `Store.open` takes, for a database without any table."""
    if request.param == "sqlite":
        yield None
        return
    with postgres.database(migrated=False) as url:
        yield url


@pytest.fixture
def databases(empty: str | None, tmp_path: Path) -> Iterator[Databases]:
    """The same databases behind the store's back."""
    if empty is None:
        opened = Databases(sqlite_database(tmp_path / "inbox.db"), sqlite_database(tmp_path / "ledger.db"))
    else:
        opened = Databases(*[postgres_database(empty)] * 2)
    yield opened
    for database in opened:
        database.close()


@pytest.mark.parametrize("history", HEADS)
def test_the_migrations_make_exactly_the_schema(
    empty: str | None, databases: Databases, tmp_path: Path, history: str
) -> None:
    open_store(empty, tmp_path).close()
    metadata = METADATA[history]
    options = {"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}
    with getattr(databases, history).read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, **options})
        assert compare_metadata(context, metadata) == []


def test_four_processes_open_a_new_database_at_once(empty: str | None, tmp_path: Path) -> None:
    assert len(set(in_processes(4, epoch_of, empty, tmp_path))) == 1


@pytest.mark.parametrize("history", HEADS)
def test_the_newest_revision_is_the_one_the_program_expects(history: str) -> None:
    scripts = ScriptDirectory.from_config(alembic_config(None, history))
    assert scripts.get_heads() == [HEADS[history]]


def test_a_database_that_is_up_to_date_is_left_alone(
    empty: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_store(empty, tmp_path)
    first.close()

    def upgrade(*_: object) -> None:
        raise AssertionError("nothing is to be migrated")

    monkeypatch.setattr(alembic.command, "upgrade", upgrade)
    second = open_store(empty, tmp_path)
    second.close()
    assert second.epoch == first.epoch


def test_a_database_of_a_newer_version_is_refused(
    empty: str | None, databases: Databases, tmp_path: Path
) -> None:
    open_store(empty, tmp_path).close()
    with databases.ledger.write() as connection:
        connection.execute(text(f"UPDATE {version_table('ledger')} SET version_num = '9999'"))
    with pytest.raises(Misconfigured):
        open_store(empty, tmp_path)


def test_down_to_nothing_and_up_again(empty: str | None, databases: Databases, tmp_path: Path) -> None:
    open_store(empty, tmp_path).close()
    for history, database in databases._asdict().items():
        with database.write() as connection:
            alembic.command.downgrade(alembic_config(connection, history), "base")
            assert not _tables(connection) & set(METADATA[history].tables)
            migrate(connection, history)
            assert revision(connection, history) == HEADS[history]
            assert _tables(connection) >= set(METADATA[history].tables)


def test_what_both_sides_returned_last_is_of_the_pair_that_is_linked(
    empty: str | None, databases: Databases, tmp_path: Path
) -> None:
    open_store(empty, tmp_path).close()
    with databases.ledger.write() as connection:
        alembic.command.downgrade(alembic_config(connection, "ledger"), "0007")
        for key in ("organization:1", "organization:parted"):
            connection.execute(
                text("INSERT INTO sio_shadow VALUES (:key, 'b', 'c', :fields, '2026-03-02 09:00:00+00:00')"),
                {"key": key, "fields": '{"customer.phone": ["1", "2"]}'},
            )
        connection.execute(
            text(
                "INSERT INTO sio_link (kind, streak_key, erp_key, at) "
                "VALUES ('customer', 'organization:1', 'C-1', '2026-03-02 09:00:00+00:00')"
            )
        )
    store = open_store(empty, tmp_path)
    fields = {"customer.phone": ["1", "2"]}
    assert store.shadows.through_contact("c") == [
        Shadow("customer", "organization:1", "C-1", "b", "c", fields)
    ]
    store.close()


def test_a_migration_that_fails_leaves_nothing_half_done(
    empty: str | None, databases: Databases, tmp_path: Path
) -> None:
    with databases.ledger.write() as connection:
        connection.execute(text("CREATE TABLE sio_watermark (in_the_way INTEGER)"))
    with pytest.raises(Exception, match=r"sio_watermark|does not answer"):
        open_store(empty, tmp_path)
    with databases.ledger.read() as connection:
        assert _tables(connection) == {"sio_watermark"}


def test_a_database_shared_with_dagster_keeps_dagsters_version(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.database(migrated=False) as url:
        database = postgres_database(url)
        with database.write() as connection:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
            connection.execute(text("INSERT INTO alembic_version VALUES ('dagster')"))
        open_store(url, tmp_path).close()
        with database.read() as connection:
            assert connection.scalars(text("SELECT version_num FROM alembic_version")).all() == ["dagster"]
        database.close()


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())
