"""`check` knows the queue of several machines: a real Redis, one that is away, and one we cannot speak to."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import SecretStr
from redis import Redis
from redis.exceptions import RedisError

from streak_infor_orchestration.onboarding.checks import queue
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, Mark

PASSWORD = "s3cret"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = shutil.which("redis-server")
    assert program, "`make .venv/redis-server` installs it"
    options = ["--port", str(port), "--dir", str(tmp_path), "--save", "", "--requirepass", PASSWORD]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            assert Redis(port=port, password=PASSWORD, socket_timeout=5).ping()
            return
        except RedisError:
            subprocess.run([sys.executable, "-c", "import time; time.sleep(0.05)"], check=True)
    raise AssertionError("redis-server does not answer")


def look(redis_url: str | None, database_url: str | None = "postgresql://db/ledger") -> list[Checked]:
    settings = SimpleNamespace(
        redis_url=SecretStr(redis_url) if redis_url else None,
        database_url=SecretStr(database_url) if database_url else None,
    )
    context: Any = SimpleNamespace(parts=SimpleNamespace(settings=settings))
    return [*queue.redis(cast("Context", context))]


@pytest.mark.needs("redis-server")
def test_a_redis_that_answers_is_told_with_its_version(address: str) -> None:
    (found,) = look(address)
    assert found.mark is Mark.GOOD and found.what.startswith("Redis ") and "redis-py" in found.what


@pytest.mark.needs("redis-server")
def test_redis_without_postgres_is_one_machine_after_all(address: str) -> None:
    assert [found.mark for found in look(address, None)] == [Mark.GOOD, Mark.LOOK]


@pytest.mark.needs("redis-server")
def test_a_wrong_password_or_port_is_told_with_its_cure_and_without_the_password(address: str) -> None:
    wrong = (
        address.replace(PASSWORD, "other-word"),
        "redis://:other-word@127.0.0.1:1/0",
        "http://other-word",
    )
    for url in wrong:
        (found,) = look(url)
        assert found.mark is Mark.WRONG and "STREAK_INFOR_REDIS_URL" in found.cure
        assert "other-word" not in found.what + found.cure


def test_without_redis_the_queue_is_files() -> None:
    (found,) = look(None)
    assert found.mark is Mark.GOOD and "one machine" in found.what


def test_a_client_that_is_too_old_or_missing_is_told_with_its_cure(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version, mark in (
        ("5.3.1", Mark.WRONG),
        ("6.3.9", Mark.WRONG),
        ("6.4.0", Mark.GOOD),
        ("10.0", Mark.GOOD),
    ):
        monkeypatch.setattr(queue, "version", lambda _name, told=version: told)
        (found,) = look(address)
        assert found.mark is mark
        assert found.mark is Mark.GOOD or found.cure.startswith("pip install")
    monkeypatch.setitem(sys.modules, "redis", None)
    (found,) = look(address)
    assert found.mark is Mark.WRONG and found.cure.startswith("pip install")
