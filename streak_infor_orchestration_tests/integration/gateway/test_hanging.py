"""A gateway that lives and answers nobody: the supervisor ends it, and the next one takes the webhooks."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import httpx

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.stack.gateway_service import gateway
from streak_infor_orchestration.stack.ports import free_port
from streak_infor_orchestration.stack.supervisor import Supervisor
from streak_infor_orchestration_tests.integration.gateway.load import box
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET

PATIENCE_SECONDS = 60.0


def test_a_stopped_gateway_is_replaced_and_webhooks_are_taken_again(tmp_path: Path) -> None:
    port, said = free_port(), []
    # the stack's own service, with less patience, and without Dagster's tables to wait for
    service = replace(gateway(port), hangs_after=1.2, after=())
    environment = {
        **os.environ,
        "STREAK_INFOR_STATE_DIR": str(tmp_path / "state"),
        "STREAK_INFOR_DATABASE_URL": "",
        "STREAK_INFOR_WEBSERVER_URL": "http://127.0.0.1:9",
        "STREAK_WEBHOOK_SECRET": SECRET,
    }
    supervisor = Supervisor([service], environment, tmp_path, said.append)
    supervisor.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as before:
            assert before.post(PATH, json=[box("b1")]).status_code == 200
        stopped = supervisor.watched["gateway"].pid
        assert stopped is not None
        os.kill(stopped, signal.SIGSTOP)
        began = time.monotonic()
        while not taken(port, "b2"):
            assert time.monotonic() - began < PATIENCE_SECONDS
        assert supervisor.watched["gateway"].pid != stopped
        assert any("gateway: lives, but does not answer any more" in line for line in said)
    finally:
        supervisor.stop(grace=2)
    store = Store.open(None, tmp_path / "state", clock=Clock())
    assert all(store.inbox.pending("deal", key) for key in ("b1", "b2"))
    store.close()


def taken(port: int, key: str) -> bool:
    """What Streak would find when it delivers."""
    try:
        answer = httpx.post(f"http://127.0.0.1:{port}{PATH}", json=[box(key)], timeout=0.5)
    except httpx.TransportError:
        time.sleep(0.05)
        return False
    return answer.status_code == 200
