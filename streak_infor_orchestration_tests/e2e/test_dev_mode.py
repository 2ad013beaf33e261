"""Plain Dagster beside `streak-infor twins`, with what that prints: no gateway, no workers, the default launcher."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.demo.infor import Infor
from streak_infor_orchestration.stack import free_port
from streak_infor_orchestration.stack.signs import answers
from streak_infor_orchestration_tests.e2e.installation import ANY_PORT

pytestmark = pytest.mark.e2e

PROJECT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Printed:
    """What the second terminal is given."""

    exports: dict[str, str]
    commands: list[list[str]]

    def command(self, *beginning: str) -> list[str]:
        (found,) = (words for words in self.commands if tuple(words[: len(beginning)]) == beginning)
        return [str(BIN / found[0]), *found[1:]]


@contextmanager
def started(
    argv: list[str], folder: Path, env: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program and all it starts, interrupted at the end as by Ctrl-C."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            argv,
            cwd=folder,
            env=env,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=listen_to_interrupts,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(60)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def listen_to_interrupts() -> None:
    """Shells start what runs in their background deaf to Ctrl-C, and the deafness is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def read(log: Path) -> Printed | None:
    """None until the last line is there."""
    lines = [shlex.split(line) for line in log.read_text().splitlines() if not line.startswith("#")]
    if ["streak-infor", "up"] not in lines:
        return None
    exports = dict(words[1].split("=", 1) for words in lines if words[0] == "export")
    return Printed(exports, [words for words in lines if words[0] != "export"])


@pytest.mark.timeout(300)  # `dg dev` and `dg launch` each import Dagster anew, in one process after the other
def test_a_deal_is_ordered_from_plain_dagster(tmp_path: Path) -> None:
    quiet = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    env = {**quiet, **ANY_PORT, "PYTHONUNBUFFERED": "1"}
    twins, dev = tmp_path / "twins.log", tmp_path / "dev.log"
    with started([str(BIN / "streak-infor"), "twins"], tmp_path, env, twins) as running:
        printed = until(lambda: read(twins), 30, twins.read_text)
        env |= printed.exports
        port = free_port()
        with started([*printed.command("dg", "dev"), f"--port={port}"], PROJECT, env, dev):
            launched = subprocess.run(
                printed.command("dg", "launch"),
                cwd=PROJECT,
                env=env,
                capture_output=True,
                text=True,
                timeout=120,
            )
            url = f"http://127.0.0.1:{port}/server_info"
            until(lambda: answers(url) or None, 120, dev.read_text)
        assert launched.returncode == 0, launched.stderr
        infor = Infor(printed.exports["INFOR_TOKEN_URL"].removesuffix("/oauth/token"))
        (order,) = infor.found("salesorders")
        assert order["OrderDescription"].endswith("brakes for the winter")
        assert infor.control("GET", "/violations") == []
    assert running.returncode == 0
