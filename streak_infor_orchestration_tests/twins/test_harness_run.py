"""The blocking server of the command line: it tells its address and ends by signal."""

import signal
import subprocess
import sys

import httpx

PROGRAM = """
from streak_infor_orchestration.twins.harness import run
from streak_infor_orchestration.twins.infor import create_app
run(create_app(), announce=lambda url: print(url, flush=True))
"""


def test_run_announces_its_address_serves_and_ends_by_signal() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            base_url = process.stdout.readline().strip()
            assert httpx.get(base_url + "/__twin__/state", timeout=10).status_code == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) in (0, -signal.SIGTERM)
        finally:
            process.kill()
