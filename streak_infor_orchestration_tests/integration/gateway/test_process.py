"""The gateway as a program: what it takes by its environment, and what it says when it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.running import PATH, gateway_process


def environment(state_dir: Path, **settings: str) -> dict[str, str]:
    """Of a program that knows these settings and none of the tests', nor of how they want what is written."""
    others = ("STREAK_", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
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


BASE = "  defaults:                      # put on every order unless a rule below sets it"


def configured(folder: Path, push: str) -> str:
    """A file whose ERP is set up to tell as `push` says."""
    file = folder / "integration.yaml"
    file.write_text(text("facade").replace(BASE, f"{push}{BASE}"))
    return str(file)


def test_it_takes_the_erps_messages_where_the_file_and_the_environment_say_so(tmp_path: Path) -> None:
    word = tmp_path / "word"
    word.write_text("the-erps-own-word\n")
    settings = {
        "STREAK_INFOR_CONFIG": configured(tmp_path, "  push: {order_fields: [OrderNo]}\n"),
        "INFOR_WEBHOOK_SECRET_FILE": str(word),
    }
    with gateway_process(tmp_path / "state", **settings) as (_, port):
        at = f"http://127.0.0.1:{port}/webhooks/infor"
        assert httpx.post(f"{at}/the-erps-own-word", json={"OrderNo": "SO-1"}).text == "stored"
        assert httpx.post(f"{at}/another", json={"OrderNo": "SO-1"}).status_code == 401
    store = Store.open(None, tmp_path / "state", clock=Clock())
    assert store.inbox.pending("erp_order", "SO-1")
    store.close()


def test_without_its_secret_the_file_is_not_even_read(tmp_path: Path) -> None:
    """Streak's webhooks are taken whatever the file is like."""
    (tmp_path / "integration.yaml").write_text("no: configuration\n")
    settings = {"STREAK_INFOR_CONFIG": str(tmp_path / "integration.yaml")}
    with gateway_process(tmp_path / "state", **settings) as (_, port):
        assert httpx.post(f"http://127.0.0.1:{port}{PATH}", json=[{"key": "b1"}]).status_code == 200
        assert httpx.post(f"http://127.0.0.1:{port}/webhooks/infor/x", json={}).status_code == 404


def test_a_secret_for_messages_that_the_file_says_nothing_of_keeps_no_deal_waiting(tmp_path: Path) -> None:
    """Streak's webhooks are taken, the ERP's messages are not, and `check` says so too."""
    settings = {
        "STREAK_INFOR_CONFIG": configured(tmp_path, ""),
        "INFOR_WEBHOOK_SECRET": "the-erps-own-word",
    }
    with gateway_process(tmp_path / "state", **settings) as (_, port):
        at = f"http://127.0.0.1:{port}"
        assert httpx.post(f"{at}{PATH}", json=[{"key": "b1"}]).status_code == 200
        assert httpx.post(f"{at}/webhooks/infor/the-erps-own-word", json={}).status_code == 404


def test_a_secret_that_is_no_signing_key_ends_it(tmp_path: Path) -> None:
    settings = {"STREAK_WEBHOOK_SECRET": "s", "INFOR_WEBHOOK_SECRET": "the-erps-own-word"}
    signed = configured(tmp_path, "  push: {proof: signature}\n")
    ended = start(tmp_path, STREAK_INFOR_CONFIG=signed, **settings)
    assert ended.returncode == 1 and "INFOR_WEBHOOK_SECRET is no signing key" in ended.stderr
    assert "the-erps-own-word" not in ended.stderr and "Traceback" not in ended.stderr
