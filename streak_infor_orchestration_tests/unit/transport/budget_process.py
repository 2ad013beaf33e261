"""A process that draws on a shared budget with some threads: `budget_process.py FILE LIMIT THREADS CALLS START`.

Prints a JSON list of the instants of its grants, on the clock all processes share.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from streak_infor_orchestration.transport.budget import Budget


def main(path: str, limit: int, threads: int, calls: int, start: float) -> None:
    looked = threading.local()

    def now() -> float:
        looked.last = time.monotonic()
        return float(looked.last)

    shared = Budget(Path(path), limit, now=now)

    def call(_: int) -> float:
        assert shared.acquire(60)
        return float(looked.last)  # the last look at the clock is the one under the lock that granted it

    time.sleep(max(0.0, start - time.monotonic()))  # together, so that they also create the file together
    with ThreadPoolExecutor(threads) as pool:
        print(json.dumps(list(pool.map(call, range(threads * calls)))))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
