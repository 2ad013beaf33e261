"""The stack as a program, on a real Postgres that the state database lives in too."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, inspect

from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration_tests.e2e.engine.dagster_api import DagsterApi
from streak_infor_orchestration_tests.e2e.engine.serve import LOCATION

pytestmark = pytest.mark.e2e


@pytest.fixture
def program(tmp_path: Path, postgres_url: str) -> Iterator[subprocess.Popen[str]]:
    environ = {**os.environ, "STREAK_INFOR_WEBSERVER_PORT": "0", "STREAK_INFOR_DATABASE_URL": postgres_url}
    module = "streak_infor_orchestration_tests.e2e.engine.serve"
    argv = [sys.executable, "-m", module, str(tmp_path / "state"), "postgres"]
    with subprocess.Popen(argv, env=environ, stdout=subprocess.PIPE, text=True) as started:
        yield started
        started.kill()


def ready_lines(program: subprocess.Popen[str], names: set[str]) -> list[str]:
    """Reads the program's lines until each service has said that it is ready."""
    assert program.stdout is not None
    lines = []
    for line in program.stdout:
        lines.append(line)
        names.discard(line.partition(":")[0])
        if not names:
            break
    return lines


def test_up_runs_jobs_and_stops_when_asked(
    program: subprocess.Popen[str], tmp_path: Path, postgres_url: str
) -> None:
    lines = ready_lines(program, {"instance", "code", "live", "bulk", "daemon", "webserver"})
    assert len(lines) == 6, lines
    dagster = DagsterApi(json.loads((tmp_path / "state/stack.json").read_text())["webserver"], LOCATION.name)

    took = []
    for number in range(4):
        target = tmp_path / f"out{number}"
        asked = time.monotonic()
        run = dagster.launch("write_file", {"ops": {"write": {"config": {"path": str(target)}}}})
        assert dagster.finished(run, within=15) == "SUCCESS"
        took.append(time.monotonic() - asked)
    print(f"launch to success on Postgres: {sorted(took)[1]:.2f} s, load {os.getloadavg()[0]:.1f}")
    assert not list((tmp_path / "state/dagster").rglob("*.db")), "a run went to SQLite"
    made = [path for path in (tmp_path / "state").rglob("*") if not path.is_symlink()]
    assert not [path for path in made if path.stat().st_mode & 0o077], "others may look into it"
    with pytest.raises(HTTPError, match="403"):
        urlopen(f"{dagster.url}/graphql?query=%7Bversion%7D", timeout=10)

    pids = [int(line.rpartition("process ")[2].rstrip(")\n")) for line in lines if "process" in line]
    program.send_signal(signal.SIGTERM)
    assert program.wait(timeout=20) == 0
    assert pids
    until(lambda: not [pid for pid in pids if Path(f"/proc/{pid}").exists()] or None, 20, lambda: str(pids))
    assert not (tmp_path / "state/stack.json").exists()

    engine = create_engine(postgres_url)
    assert "runs" in inspect(engine).get_table_names(schema="dagster")
    assert "runs" not in inspect(engine).get_table_names()
    engine.dispose()
