"""200 means it is on disk: kill -9 under load, a commit that cannot happen yet, one that cannot happen at all."""

import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.pool import Pool

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.load import box, request, send_load
from streak_infor_orchestration_tests.integration.gateway.running import (
    PATH,
    SECRET,
    gateway_process,
    in_process,
    in_thread,
)
from streak_infor_orchestration_tests.integration.gateway.servers import __name__ as servers
from streak_infor_orchestration_tests.integration.gateway.servers import store_with

ANSWERS_BEFORE_DEATH = 300


def acknowledged_and_lost(
    port: int, process: subprocess.Popen[str], database_url: str | None, folder: Path
) -> tuple[int, int]:
    """Loads the gateway, kills it under load, and looks into the ledger it left."""

    def kill_in_time(answers: int) -> None:
        if answers == ANSWERS_BEFORE_DEATH:
            process.kill()

    load = send_load(port, PATH, connections=16, seconds=10, on_answer=kill_in_time)
    store = Store.open(database_url, folder, clock=Clock())
    lost = [key for key in load.acknowledged if store.inbox.pending("deal", key) is None]
    store.close()
    assert set(load.statuses) == {200}
    return len(load.acknowledged), len(lost)


def test_a_killed_gateway_has_lost_nothing_it_acknowledged(database_url: str | None, tmp_path: Path) -> None:
    with gateway_process(tmp_path, database_url) as (process, port):
        acknowledged, lost = acknowledged_and_lost(port, process, database_url, tmp_path)
    assert acknowledged >= ANSWERS_BEFORE_DEATH
    assert lost == 0


def test_the_same_death_shows_a_gateway_that_answers_before_it_commits(tmp_path: Path) -> None:
    with in_process(servers, "hasty", str(tmp_path)) as (process, port):
        _, lost = acknowledged_and_lost(port, process, None, tmp_path)
    assert lost > 0


@contextmanager
def nobody_can_commit(state_dir: Path) -> Iterator[None]:
    """Another process holds SQLite's one place for a writer."""
    other = sqlite3.connect(state_dir / "inbox.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def answered_before_commit(client: httpx.Client, state_dir: Path, key: str) -> bool:
    with socket.create_connection(("127.0.0.1", client.base_url.port or 0), timeout=0.3) as connection:
        with nobody_can_commit(state_dir):
            connection.sendall(request(PATH, [box(key)]))
            try:
                return connection.recv(100).startswith(b"HTTP/1.1 200")
            except TimeoutError:
                pass
        connection.settimeout(10)
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        return False


def test_nobody_is_answered_before_the_commit(tmp_path: Path) -> None:
    for kind, early in (("durable", False), ("hasty", True)):  # the second shows that the first could fail
        store = store_with(kind, Store.open(None, tmp_path, clock=Clock()))
        with in_thread(create_app(store, secret=SECRET)) as client:
            assert answered_before_commit(client, tmp_path, f"b-{kind}") is early
        store.close()


def test_a_stopping_gateway_commits_and_answers_what_it_took(tmp_path: Path) -> None:
    with gateway_process(tmp_path) as (process, port), ExitStack() as stack:
        httpx.get(f"http://127.0.0.1:{port}/healthz")
        address = ("127.0.0.1", port)
        connections = [stack.enter_context(socket.create_connection(address, timeout=10)) for _ in range(8)]
        with nobody_can_commit(tmp_path):
            for number, connection in enumerate(connections):
                connection.sendall(request(PATH, [box(f"b{number}")]))
            time.sleep(0.3)  # now the gateway has taken them all
            process.terminate()
            time.sleep(0.1)
        assert all(connection.recv(100).startswith(b"HTTP/1.1 200") for connection in connections)
        assert process.wait(10) == 0
    store = Store.open(None, tmp_path, clock=Clock())
    assert all(store.inbox.pending("deal", f"b{number}") for number in range(8))
    store.close()


@pytest.fixture
def disk() -> Iterator[dict[str, int]]:
    """`pages`: how large SQLite's files may grow from now on."""
    limit = {"pages": 2**30}

    def apply(connection: sqlite3.Connection, *_: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute(f"PRAGMA max_page_count = {limit['pages']}")

    event.listen(Pool, "checkout", apply)
    yield limit
    event.remove(Pool, "checkout", apply)


def test_with_the_disk_full_streak_is_asked_to_come_again(tmp_path: Path, disk: dict[str, int]) -> None:
    store = Store.open(None, tmp_path, clock=Clock())
    with in_thread(create_app(store, secret=SECRET)) as client:
        disk["pages"] = 1  # which SQLite takes as: no larger than it is
        statuses = [client.post(PATH, json=[box(f"b{n}" + "x" * 200)]).status_code for n in range(200)]
        assert statuses[-1] == 503 and set(statuses) == {200, 503}
        disk["pages"] = 2**30
        assert client.post(PATH, json=[box("afterwards")]).status_code == 200
    stored = [store.inbox.pending("deal", f"b{n}" + "x" * 200) is not None for n in range(200)]
    assert stored == [status == 200 for status in statuses]
    store.close()


def test_when_the_commit_itself_fails_streak_is_asked_to_come_again(
    postgres_url: str, tmp_path: Path
) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'not today'; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON sio_inbox"
                " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.key = 'refused') EXECUTE FUNCTION refuse()"
            )
        )
    engine.dispose()
    store = Store.open(postgres_url, tmp_path, clock=Clock())
    with in_thread(create_app(store, secret=SECRET)) as client:
        assert client.post(PATH, json=[box("refused")]).status_code == 503
        assert client.post(PATH, json=[box("welcome")]).status_code == 200
    assert store.inbox.pending("deal", "refused") is None
    store.close()


def test_a_commit_that_takes_too_long_is_answered_503_and_its_repetition_is_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streak_infor_orchestration.gateway.storing.PATIENCE_SECONDS", 0.1)
    store = Store.open(None, tmp_path, clock=Clock())
    with in_thread(create_app(store, secret=SECRET)) as client:
        with nobody_can_commit(tmp_path):
            assert client.post(PATH, json=[box("b1")]).status_code == 503
        monkeypatch.undo()
        assert client.post(PATH, json=[box("b1")]).status_code == 200
    assert store.inbox.pending("deal", "b1")
    store.close()
