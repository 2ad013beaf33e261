"""A process takes no more of Postgres than it says, gives back what it does not use, and waits for nothing for ever."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from streak_infor_orchestration.ledger import Store, database
from streak_infor_orchestration.ledger.database import CONNECTIONS, EACH_MORE, ONE_MACHINE, LedgerUnavailable
from streak_infor_orchestration.stack.dagster_services import CodeLocation, workers
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration_tests.integration.ledger.support import at_once, edited, open_store

PAGE = (Path(__file__).parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")

Count = Callable[[], int]


@pytest.fixture
def ours(postgres_url: str) -> Iterator[Count]:
    """How many connections of ours the server has."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    statement = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'streak-infor'"
    )

    def count() -> int:
        with admin.connect() as connection:
            return int(connection.execute(statement).scalar_one())

    yield count
    admin.dispose()


def opened(postgres_url: str, tmp_path: Path) -> Store:
    return open_store(postgres_url, tmp_path)


def test_many_threads_share_a_few_connections(postgres_url: str, tmp_path: Path, ours: Count) -> None:
    store = opened(postgres_url, tmp_path)

    def work(number: int) -> int:
        for turn in range(5):
            store.inbox.record([edited(f"b{number}-{turn}")])
            store.pauses.pause("infor", "503", 1.0)
            store.links.erp_key("order", "b1")
        return ours()

    assert max(at_once(24, work)) <= CONNECTIONS == 10
    store.close()


def test_connections_that_nobody_uses_are_given_back(
    postgres_url: str, tmp_path: Path, ours: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a connection that was just found alive must not be closed before its next statement, however busy the machine
    monkeypatch.setattr(database, "UNUSED_SECONDS", 3)
    store = opened(postgres_url, tmp_path)
    at_once(8, lambda number: store.inbox.record([edited(f"b{number}")]))
    assert ours() > 0
    deadline = time.monotonic() + 30
    while ours() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert ours() == 0
    assert store.inbox.due(["deal"]).count == 8, "and asked for anew"
    store.close()


@pytest.mark.parametrize(
    ("limit", "statement"),
    [
        ("statement_timeout", "SELECT pg_sleep(30)"),
        ("lock_timeout", "LOCK TABLE sio_pause IN ACCESS EXCLUSIVE MODE"),
    ],
)
def test_what_hangs_is_told_instead_of_waited_for(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, statement: str
) -> None:
    monkeypatch.setitem(database._LIMITS, limit, 200)
    store = opened(postgres_url, tmp_path)
    ledger = store._databases.ledger
    with ledger.write() as holding:
        holding.execute(text("SELECT * FROM sio_pause"))
        began = time.monotonic()
        with pytest.raises(LedgerUnavailable), ledger.write(durable=False) as connection:
            connection.execute(text(statement))
    assert time.monotonic() - began < 20
    store.pauses.pause("infor", "503", 1.0)
    store.close()


def test_the_server_says_how_many_it_has(store: Store) -> None:
    allowed = store.connections()
    assert allowed is None if store._databases.ledger.is_sqlite else allowed == 97


def test_the_page_adds_up_what_a_server_has_to_allow(tmp_path: Path) -> None:
    """Children of workers, gateway, code server and a command have the ledger open; Dagster has its own besides."""
    arguments = [
        argument for service in workers(Folders(tmp_path), CodeLocation()) for argument in service.argv
    ]
    children = sum(int(argument.partition("=")[2]) for argument in arguments if "--children=" in argument)
    assert children == 3
    assert (children + 3) * CONNECTIONS + children * 3 + 20 <= ONE_MACHINE
    assert children * (CONNECTIONS + 3) <= EACH_MORE
    told = [int(number) for number in re.findall(r"\*\*(\d+)\*\*", PAGE)]
    assert told[:2] == [ONE_MACHINE, EACH_MORE]
