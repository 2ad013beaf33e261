"""A run worker: takes runs from one queue and executes each in a warm, forked child.

    python -m streak_infor_orchestration.stack.worker --queue live --children 2 --state .streak-infor

`DAGSTER_HOME` names the instance, `--state` the stack's folder. One worker for each queue and machine.
"""

import argparse
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

from celery import Celery, signals
from dagster import DagsterInstance

from streak_infor_orchestration.stack import private
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.held import HeldTasks
from streak_infor_orchestration.stack.processes import die_with
from streak_infor_orchestration.stack.stalled import Stalled

TIDY_EVERY = 1000


class Worker:
    """One queue's main process, and the instance each of its children keeps open between runs."""

    def __init__(self, instance: DagsterInstance, held: HeldTasks, stalled: Stalled, listening: Path) -> None:
        self.instance = instance
        self.held = held
        self.stalled = stalled
        self.listening = listening
        self.taken = 0
        self.app: Celery = private.celery_app(instance)
        # Not shared: of every other application of the process it would become a task too.
        self.app.task(name=private.EXECUTE_TASK, track_started=True, shared=False)(self.execute)
        for signal, act in {
            signals.worker_ready: self.note_ready,
            signals.worker_process_init: self.prepare_child,
            signals.task_received: self.take,
            signals.task_postrun: held.done,
            signals.task_revoked: held.revoked,
            signals.task_failure: held.failed,
            signals.worker_shutting_down: held.leave_if_idle,
        }.items():
            signal.connect(act, weak=False)

    def execute(self, execute_job_args_packed: dict[str, Any]) -> int:
        """The one task the launcher sends, by this argument's name."""
        return private.execute(self.instance, execute_job_args_packed)

    def prepare_child(self, **_: Any) -> None:
        die_with(self.held.main_process)
        self.instance = DagsterInstance.get()
        private.pool_connections(self.instance)

    def note_ready(self, **_: Any) -> None:
        self.listening.write_text(str(os.getpid()))
        self.stalled.watch(self.listening)

    def take(self, request: Any, **_: Any) -> None:
        self.held.take(request.id)
        self.taken += 1
        if self.taken % TIDY_EVERY == 0:
            self.app.backend.cleanup()  # the states of finished runs, which nobody asks for any more

    def run(self, queue: str, children: int) -> None:
        """Work until told to stop."""
        arguments = [f"--queues={queue}", f"--hostname={queue}@%h", f"--concurrency={children}"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.app.worker_main(["worker", "--pool=prefork", "--loglevel=INFO", *arguments, *quiet])


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="worker", description="Execute the runs of one queue.")
    parser.add_argument("--queue", required=True)
    parser.add_argument("--children", type=int, default=1)
    parser.add_argument("--module", default="streak_infor_orchestration.definitions")
    parser.add_argument("--state", type=Path, required=True)
    options = parser.parse_args(arguments)

    logging.getLogger("alembic").setLevel(logging.WARNING)
    private.preload(options.module, Path.cwd())
    folders = Folders(options.state.resolve())
    with DagsterInstance.get() as instance:
        held = HeldTasks(folders.held / f"{options.queue}@{socket.gethostname()}", instance)
        held.fail_predecessors()
        worker = Worker(instance, held, Stalled(options.children), folders.ready / options.queue)
        worker.run(options.queue, options.children)


if __name__ == "__main__":
    main(sys.argv[1:])
