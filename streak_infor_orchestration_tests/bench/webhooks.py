"""How fast webhooks are acknowledged, beside the same application without the commit.

Figures are medians over the rounds, on SQLite.
"""

import signal
import tempfile
from pathlib import Path
from statistics import median

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.bench.row import Row
from streak_infor_orchestration_tests.integration.gateway.load import Load, send_load
from streak_infor_orchestration_tests.integration.gateway.running import PATH, in_process
from streak_infor_orchestration_tests.integration.gateway.servers import __name__ as servers

CONNECTIONS = 32
PER_SECOND = 300
TIMES_PEER = 3.0


def measure(kind: str, *, seconds: float, rate: float | None) -> tuple[Load, int]:
    """The load, and how many of the acknowledged the ledger does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        with in_process(servers, kind, folder) as (process, port):
            send_load(port, PATH, connections=CONNECTIONS, seconds=0.5, prefix="warm")
            load = send_load(port, PATH, connections=CONNECTIONS, seconds=seconds, rate=rate)
            process.send_signal(signal.SIGKILL)
        if kind == "forgetful":
            return load, 0
        store = Store.open(None, Path(folder), clock=Clock())
        lost = sum(store.inbox.pending("deal", key) is None for key in load.acknowledged)
        store.close()
        return load, lost


def compare(what: str, *, seconds: float, rounds: int, rate: float | None) -> tuple[float, float, int]:
    """Prints both sides; (acknowledged per second, p99 in multiples of the peer's, lost), medians over the rounds."""
    # by turns, so that whatever else the machine does meets both
    pairs = [
        [measure(kind, seconds=seconds, rate=rate) for kind in ("forgetful", "durable")]
        for _ in range(rounds)
    ]
    for side, name in enumerate(("without the commit", "durable")):
        loads = [pair[side][0] for pair in pairs]
        figures = (
            f"p{p} {1000 * median(load.percentile(p) for load in loads):6.1f} ms" for p in (50, 95, 99)
        )
        print(f"{what:20} {name:20} {median(load.per_second for load in loads):6.0f}/s  {'  '.join(figures)}")
    times = median(ours[0].percentile(99) / peer[0].percentile(99) for peer, ours in pairs)
    lost = sum(ours[1] for _, ours in pairs)
    print(
        f"{what:20} p99 is {times:.2f} times the peer's; {lost} acknowledged were lost by kill -9", flush=True
    )
    return median(ours[0].per_second for _, ours in pairs), times, lost


def rows(*, seconds: float, rounds: int) -> list[Row]:
    """As fast as they answer, which decides, and paced a little above the required rate."""
    per_second, times, lost = compare("as fast as answered", seconds=seconds, rounds=rounds, rate=None)
    *_, lost_paced = compare("330/s offered", seconds=seconds, rounds=rounds, rate=1.1 * PER_SECOND)
    return [
        Row("webhooks acknowledged durably, per second", per_second, at_least=PER_SECOND),
        Row("their p99, times the same application's without the commit", times, at_most=TIMES_PEER),
        Row("acknowledged and lost by kill -9", lost + lost_paced, at_most=0),
    ]
