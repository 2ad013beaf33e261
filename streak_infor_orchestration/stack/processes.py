"""Start a program, watch it, end it together with all it has started.

It leads a process group of its own (a Ctrl-C in the terminal reaches the supervisor only), writes to
its log, and is killed by the kernel when the supervisor dies. The kernel watches the *thread* that forked:
start processes only from a thread that lives as long as they may.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from billiard.util import set_pdeathsig  # type: ignore[import-untyped]  # billiard ships no types

KILLED_WITHIN = 5.0
"""Seconds, for one that was sent SIGKILL. Longer takes only what waits for a disk that does not answer."""
LINUX = sys.platform == "linux"


class Process:
    """A started process. `pid` is None until it exists; `poll()` gives its exit code once it ended."""

    def __init__(self, pid: int | None, poll: Callable[[], int | None]) -> None:
        self.pid = pid
        self.poll = poll

    def signal(self, number: int) -> None:
        if self.pid is not None and self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def end(self) -> None:
        """Kill it and whatever it has started and left; harmless when all have ended."""
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


def ended_within(
    seconds: float, processes: Iterable[Process], listen: Callable[[], None] = lambda: None
) -> None:
    """Returns when they have ended and nothing is left of them, or after so long: what is killed takes a moment to go,
    and on a busy machine a long one. `listen` hears of those that are another's children."""
    left, until = list(processes), time.monotonic() + seconds
    while time.monotonic() < until:
        listen()
        left = [process for process in left if process.pid is not None and process.poll() is None]
        if not left:
            return
        time.sleep(0.02)


def die_with(parent: int) -> None:
    """Called in a new process: the kernel shall kill it when the thread that forked it ends (Linux only)."""
    if LINUX:
        set_pdeathsig(signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we could ask
            os._exit(1)


def _begin(parent: int) -> None:
    """In the new process. What our own starter ignores or blocks is inherited, and a program that ignores SIGTERM from
    its start on can be killed only."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    die_with(parent)


def spawn(argv: Sequence[str], env: Mapping[str, str], log: Path, pass_fds: Sequence[int] = ()) -> Process:
    """Start `argv` as a new program. Raises OSError when there is no such program."""
    parent = os.getpid()
    with log.open("ab") as output:
        child = subprocess.Popen(
            argv,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=pass_fds,
            preexec_fn=lambda: _begin(parent),
        )
    return Process(child.pid, child.poll)
