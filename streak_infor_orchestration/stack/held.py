"""What a worker has taken and not finished, kept on disk, so that a run of a killed process is shown as failed.

A killed worker can report nothing, Celery shows its runs as started for ever, and Dagster believes Celery.
"""

import os
from pathlib import Path
from typing import Any

from dagster import DagsterInstance

from streak_infor_orchestration.stack import private

CHILD_KILLED = "The process that executed this run was killed; a later run takes up its work."
WORKER_KILLED = "The worker that held this run was killed; a later run takes up its work."


class HeldTasks:
    """One empty file for each task a worker holds, named by the task. The methods are handlers of Celery's signals.

    Made in the worker's main process; its children inherit it.
    """

    def __init__(self, folder: Path, instance: DagsterInstance) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.instance = instance
        self.main_process = os.getpid()

    def fail_predecessors(self) -> None:
        """Report as failed what the worker of this name held when it died; its children died with it."""
        for task in self.folder.iterdir():
            private.fail_unfinished(self.instance, task.name, WORKER_KILLED)
            task.unlink()

    def take(self, task_id: str) -> None:
        (self.folder / task_id).touch()

    def done(self, task_id: str, **_: Any) -> None:
        (self.folder / task_id).unlink(missing_ok=True)

    def revoked(self, request: Any, **_: Any) -> None:
        self.done(request.id)

    def failed(self, task_id: str, **_: Any) -> None:
        """Celery tells the main process of a failure only when the child could not, being dead."""
        if os.getpid() == self.main_process:
            private.fail_unfinished(self.instance, task_id, CHILD_KILLED)
            self.done(task_id)

    def leave_if_idle(self, **_: Any) -> None:
        """End at once when asked to stop with no run at hand: Celery's own way out takes up to five seconds."""
        if not any(self.folder.iterdir()):
            os._exit(0)
