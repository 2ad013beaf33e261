"""A further machine of an installation executes runs, and has nothing that an installation has once."""

from pathlib import Path

import pytest

from streak_infor_orchestration.stack import Stack
from streak_infor_orchestration_tests.e2e.engine.serve import LOCATION

pytestmark = pytest.mark.e2e


def test_a_further_machine_has_workers_and_no_daemon(tmp_path: Path) -> None:
    with Stack(tmp_path, workers_only=True, location=LOCATION) as stack:
        assert set(stack.pids) == {"live", "bulk"}
        assert stack.webserver_port == 0
