"""A run worker: takes runs from one queue and executes each in a warm, forked child.

    python -m streak_infor_orchestration.stack.worker --queue live --children 2

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

from . import private
from .folders import Folders
from .processes import die_with

CHILD_KILLED = "The process that executed this run was killed; a later run takes up its work."
WORKER_KILLED = "The worker that held this run was killed; a later run takes up its work."


class Held:
    """Which launches this worker has taken and not finished, kept where its successor finds them.

    A killed worker can report nothing, Celery shows its runs as started for ever, and Dagster believes Celery.
    """

    def __init__(self, folder: Path, instance: DagsterInstance) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.instance = instance
        self.main_process = os.getpid()

    def fail_predecessors(self) -> None:
        for task in self.folder.iterdir():
            private.fail_unfinished(self.instance, task.name, WORKER_KILLED)
            task.unlink()

    def taken(self, request: Any, **_: Any) -> None:
        (self.folder / request.id).touch()

    def done(self, task_id: str, **_: Any) -> None:
        (self.folder / task_id).unlink(missing_ok=True)

    def leave_if_idle(self, **_: Any) -> None:
        """End at once when asked to stop with no run at hand: Celery's own way out takes up to five seconds."""
        if not any(self.folder.iterdir()):
            os._exit(0)

    def failed(self, task_id: str, **_: Any) -> None:
        """Celery tells the main process of a failure only when the child could not, being dead."""
        if os.getpid() != self.main_process:
            return
        private.fail_unfinished(self.instance, task_id, CHILD_KILLED)
        self.done(task_id)


def make_app(held: Held) -> Celery:
    """The launcher's application, with the one task it sends, executed on an instance kept open."""
    app = private.celery_app(held.instance)
    opened: list[DagsterInstance] = []

    def execute_job(execute_job_args_packed: dict[str, Any]) -> int:
        return private.execute(opened[-1], execute_job_args_packed)

    app.task(name=private.EXECUTE_TASK, track_started=True)(execute_job)

    def prepare_child(**_: Any) -> None:
        die_with(held.main_process)
        opened.append(DagsterInstance.get())
        private.pool_connections(opened[-1])

    signals.worker_process_init.connect(prepare_child, weak=False)
    signals.task_received.connect(held.taken, weak=False)
    signals.task_postrun.connect(held.done, weak=False)
    signals.task_revoked.connect(lambda request, **_: held.done(request.id), weak=False)
    signals.worker_shutting_down.connect(held.leave_if_idle, weak=False)
    signals.task_failure.connect(held.failed, weak=False)
    return app


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="worker", description="Execute runs of one queue.")
    parser.add_argument("--queue", required=True)
    parser.add_argument("--children", type=int, default=1)
    parser.add_argument("--module", default="streak_infor_orchestration.definitions")
    parser.add_argument("--state", type=Path, required=True)
    options = parser.parse_args(arguments)

    logging.getLogger("alembic").setLevel(logging.WARNING)
    private.preload(options.module, Path.cwd())
    folders = Folders(options.state)
    with DagsterInstance.get() as instance:
        held = Held(folders.held / f"{options.queue}@{socket.gethostname()}", instance)
        held.fail_predecessors()
        app = make_app(held)

        def listening(**_: Any) -> None:
            (folders.ready / options.queue).write_text(str(os.getpid()))

        signals.worker_ready.connect(listening, weak=False)
        app.worker_main(
            [
                "worker",
                f"--queues={options.queue}",
                f"--hostname={options.queue}@%h",
                f"--concurrency={options.children}",
                "--pool=prefork",
                "--loglevel=INFO",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
            ]
        )


if __name__ == "__main__":
    main(sys.argv[1:])
