"""What the store promises about the database beneath it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, exc, text

from streak_infor_orchestration.domain.errors import Misconfigured, Transient
from streak_infor_orchestration.ledger import Store, database
from streak_infor_orchestration.ledger.database import Database, LedgerUnavailable, postgres_database
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration_tests.integration.ledger.support import (
    begun,
    claim,
    edited,
    open_store,
    planned,
    sent,
)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2", "postgresql+psycopg"])
def test_every_postgres_address_means_the_driver_that_is_installed(scheme: str) -> None:
    opened = postgres_database(f"{scheme}://user:secret@host/ledger")
    assert str(opened._engines[True].url) == "postgresql+psycopg2://user:***@host/ledger"


@pytest.mark.parametrize("address", ["mysql://user:secret@host/ledger", "sqlite:///ledger.db"])
def test_other_addresses_are_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        postgres_database(address)
    assert "secret" not in str(refused.value)


def test_two_files_on_sqlite_and_nobody_else_may_read_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    open_store(None, folder).close()
    assert {path.name for path in folder.glob("*.db")} == {"inbox.db", "ledger.db"}
    assert folder.stat().st_mode & 0o077 == 0


def test_what_a_power_cut_must_not_take_is_flushed_to_disk(database_url: str | None, tmp_path: Path) -> None:
    store = open_store(database_url, tmp_path)
    ledger = store._databases.ledger
    query, durable, relaxed = (
        ("PRAGMA synchronous", 2, 1) if ledger.is_sqlite else ("SHOW synchronous_commit", "on", "off")
    )
    for alone in (False, True, False):  # pooled connections, used both ways
        with ledger.write(alone=alone) as connection:
            assert connection.scalar(text(query)) == durable
        with ledger.write(durable=False, alone=alone) as connection:
            assert connection.scalar(text(query)) == relaxed
    store.close()


def noted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, bool]]:
    """Of every write from now on: whether it waits for the disk, and whether it is one statement alone."""
    commits: list[tuple[bool, bool]] = []
    write = Database.write

    @contextmanager
    def watched(self: Database, *, durable: bool = True, alone: bool = False) -> Iterator[Connection]:
        commits.append((durable, alone))
        with write(self, durable=durable, alone=alone) as connection:
            yield connection

    monkeypatch.setattr(Database, "write", watched)
    return commits


def test_events_sendings_and_incidents_are_committed_durably(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    effect = planned(store)
    commits = noted(monkeypatch)
    now = store.clock.now()
    store.inbox.record([edited("b1")])
    sent(store, effect)
    assert begun(store, "deal:b2:sales_order:1")  # a first send: planned and sent in one
    store.dead_letters.open("deal", "b1", error_class="", code="", message="", diagnosis={}, attempts=1)
    store.links.add(Link("order", "b1", "1"))
    store.watermarks.set("erp:orders", now)
    store.outcomes.append([Outcome("deal", "b1", "run", "c", "converged", now, now, {})])
    assert [durable for durable, _ in commits] == [True] * 7


def test_what_would_be_done_again_by_itself_waits_for_no_disk(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut may take it: the record is due again, the nudge is asked for again, the system found down again.
    And each is one statement, which need not hold the database while it is thought about."""
    store.inbox.record([edited("b1")])
    commits = noted(monkeypatch)
    (claimed,) = claim(store)
    store.inbox.renew([claimed], life=20.0)
    store.inbox.settle(claimed)
    assert store.nudges.acquire("job")
    store.nudges.clear("job")
    store.pauses.pause("infor", "down", 0.0)
    assert store.pauses.may_probe("infor")
    store.pauses.resume("infor")
    store.metadata.keep("team:t", store.clock.now(), {})
    store.metadata.forget("team:t")
    store.links.saw("order", [("1", "v2", False)])
    store.invoices.saw([("1", "v2")])
    assert set(commits) == {(False, True)} and len(commits) >= 12


def in_a_fork(act: Callable[[], bool]) -> bool:
    pid = os.fork()
    if pid == 0:
        done = False
        try:
            done = act()
        finally:
            os._exit(0 if done else 1)
    return os.waitpid(pid, 0)[1] == 0


def driver_connection(store: Store) -> object:
    """The one that is used next: they are kept in a stack."""
    with store._databases.inbox.read() as connection:
        return connection.connection.driver_connection


def test_a_forked_worker_has_connections_of_its_own(database_url: str | None, tmp_path: Path) -> None:
    store = open_store(database_url, tmp_path)
    store.inbox.record([edited("b1"), edited("b2")])
    parents = driver_connection(store)

    def work() -> bool:
        own = driver_connection(store) is not parents
        claimed = claim(store, only=["b1"])
        store.close()
        return own and len(claimed) == 1

    assert in_a_fork(work)
    assert [claimed.key for claimed in claim(store)] == ["b2"]
    store.close()


def test_a_worker_forked_while_another_thread_writes_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 2.0)
    store = open_store(None, tmp_path)
    with store._databases.inbox._turn():  # taken, in the child for ever
        assert in_a_fork(lambda: store.inbox.record([edited("b1")]) == 1)
    store.close()


def test_a_writer_waits_its_turn_and_then_says_that_it_is_in_vain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(None, tmp_path)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with store._databases.ledger.write(), ThreadPoolExecutor(1) as pool:
        other = pool.submit(store.watermarks.set, "erp:orders", store.clock.now())
        with pytest.raises(LedgerUnavailable):
            other.result(timeout=30)
    store.close()


@pytest.fixture
def cut(postgres_url: str) -> Iterator[Callable[[], None]]:
    """The server closes every connection but ours."""
    killer = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    everybody_else = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    def cut() -> None:
        with killer.connect() as connection:
            connection.execute(everybody_else)

    yield cut
    killer.dispose()


def test_a_connection_lost_while_it_is_used_is_told_and_replaced(
    postgres_url: str, tmp_path: Path, cut: Callable[[], None]
) -> None:
    store = open_store(postgres_url, tmp_path)
    with pytest.raises(LedgerUnavailable), store._databases.ledger.write() as connection:
        cut()
        connection.execute(text("SELECT 1"))
    assert store.inbox.record([edited("b1")]) == 1
    store.close()


def test_a_connection_lost_while_it_was_idle_is_replaced_silently(
    postgres_url: str, tmp_path: Path, cut: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(postgres_url, tmp_path)
    assert store.inbox.record([edited("b1")]) == 1
    cut()
    monkeypatch.setattr(database, "IDLE_SECONDS", 0.0)
    assert store.inbox.record([edited("b1")]) == 1
    store.close()


def test_options_in_the_address_are_kept(postgres_url: str, tmp_path: Path) -> None:
    opened = postgres_database(f"{postgres_url}&options=-c%20work_mem%3D5MB")
    with opened.read() as connection:
        assert connection.scalar(text("SHOW work_mem")) == "5MB"
        assert connection.scalar(text("SHOW synchronous_commit")) == "off"
    opened.close()


def test_a_database_that_stays_locked_is_told_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    store = open_store(None, tmp_path)
    other = sqlite3.connect(tmp_path / "inbox.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerUnavailable):
        store.inbox.record([edited("b1")])
    assert store.inbox.lag() == 0
    other.execute("ROLLBACK")
    other.close()
    assert store.inbox.record([edited("b1")]) == 1
    store.close()


def test_no_answer_of_the_ledger_reads_as_a_write_that_was_not_done() -> None:
    assert not issubclass(LedgerUnavailable, Transient)


def test_an_error_of_the_database_tells_no_business_data(postgres_url: str, tmp_path: Path) -> None:
    store = open_store(postgres_url, tmp_path)
    with pytest.raises(exc.DataError) as error:
        store.inbox.record([edited("b1", source="longer than the column is", correlation_id="private")])
    assert "private" not in str(error.value)
    store.close()


def test_a_document_keeps_its_shape_and_an_absent_one_is_null(store: Store) -> None:
    body: dict[str, Any] = {"b": [1, {"a": None}], "a": "ü\n\u2028", "": True}
    effect = planned(store, body=body)
    assert (effect.body, effect.result) == (body, None)
    with store._databases.ledger.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sio_effect WHERE result IS NULL")) == 1
