"""The gateway as a program: what it says when it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path


def environment(state_dir: Path, **settings: str) -> dict[str, str]:
    """Of a program that knows these settings and none of the tests'."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAK_")}
    return {**kept, "STREAK_INFOR_STATE_DIR": str(state_dir), **settings}


def start(state_dir: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "streak_infor_orchestration.gateway"],
        env=environment(state_dir, **settings),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_its_secret_it_names_the_variable_and_ends(tmp_path: Path) -> None:
    ended = start(tmp_path, STREAK_INFOR_GATEWAY_PORT="0")
    assert ended.returncode == 1
    assert "STREAK_WEBHOOK_SECRET" in ended.stderr and "Traceback" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("gateway: ") and ended.stdout == ""


def test_a_port_that_is_taken_is_said_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = start(tmp_path, STREAK_INFOR_GATEWAY_PORT=port, STREAK_WEBHOOK_SECRET="s3cret")
    assert ended.returncode == 1
    assert "Address already in use" in ended.stderr and "Traceback" not in ended.stderr
    assert "s3cret" not in ended.stderr
