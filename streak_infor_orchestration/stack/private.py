"""The one module that imports what Dagster does not promise; `unit/stack/test_private.py` holds its contract.

Each name is used by Dagster's own programs and has no public counterpart.
"""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster
from celery import Celery
from dagster import DagsterInstance, DagsterRunStatus, RepositoryDefinition, RunsFilter
from dagster._cli.api import _execute_run_command_body
from dagster._core.code_pointer import CodePointer, ModuleCodePointer
from dagster._core.definitions import reconstruct
from dagster._core.workspace.autodiscovery import loadable_targets_from_python_module
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import unpack_value
from dagster_celery.config import TASK_EXECUTE_JOB_NAME
from dagster_celery.launcher import CeleryRunLauncher
from dagster_celery.tags import DAGSTER_CELERY_TASK_ID_TAG
from starlette.types import ASGIApp

EXECUTE_TASK = TASK_EXECUTE_JOB_NAME


def celery_app(instance: DagsterInstance) -> Celery:
    """The Celery application the instance's launcher sends to, so that both sides share one configuration.

    Raises TypeError when the instance launches runs in another way.
    """
    launcher = instance.run_launcher
    if not isinstance(launcher, CeleryRunLauncher):
        raise TypeError(f"the instance's run launcher is {type(launcher).__name__}, not CeleryRunLauncher")
    return launcher.celery


def preload(module: str, working_directory: Path) -> None:
    """Load the definitions of a code location once, for every run this process and its forks execute.

    Dagster keeps the most recent job only: two jobs taking turns would load all definitions for each run.
    Our definitions do not depend on stored state, so what a run was planned with needs no second loading.
    """
    load = reconstruct.reconstruct_repository_def_from_pointer

    @functools.cache
    def kept(pointer: CodePointer) -> RepositoryDefinition:
        return load(pointer)

    def reload(pointer: CodePointer, repository_load_data: object = None) -> RepositoryDefinition:
        return kept(pointer)

    reconstruct.reconstruct_repository_def_from_pointer = reload
    (target,) = loadable_targets_from_python_module(module, str(working_directory))
    kept(ModuleCodePointer(module, target.attribute, str(working_directory))).get_all_jobs()


def execute(instance: DagsterInstance, launch: Any) -> int:
    """Execute the run a launch message (packed ExecuteRunArgs) names, here and now; 0 for success."""
    run_id = unpack_value(launch, as_type=ExecuteRunArgs).run_id
    return _execute_run_command_body(
        run_id=run_id, instance=instance, write_stream_fn=lambda _: None, set_exit_code_on_failure=True
    )


def pool_connections(instance: DagsterInstance) -> None:
    """Keep Postgres connections open between statements; Dagster opens one for each outside its webserver.

    Halves a run (0.59 to 0.28 s for six ops). SQLite storages ignore it.
    """
    instance.optimize_for_webserver(statement_timeout=30_000, pool_recycle=300, max_overflow=4)


def fail_unfinished(instance: DagsterInstance, task_id: str, reason: str) -> None:
    """Report the run of a Celery task as failed unless it has finished: nobody executes it any more."""
    unfinished = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    wanted = RunsFilter(tags={DAGSTER_CELERY_TASK_ID_TAG: task_id}, statuses=unfinished)
    for run in instance.get_runs(wanted):
        instance.report_run_failed(run, reason)


@contextmanager
def webserver(workspace: Path) -> Iterator[ASGIApp]:
    """Dagster's webserver on the code locations of a workspace file, for who serves it: as its own program makes it,
    which leaves nobody room to stand before it."""
    from dagster_webserver.app import create_app_from_workspace_process_context  # workers do without

    with DagsterInstance.get() as instance:
        instance.optimize_for_webserver(statement_timeout=15_000, pool_recycle=3600, max_overflow=20)
        target = WorkspaceFileTarget([str(workspace)])
        with WorkspaceProcessContext(instance, target, version=dagster.__version__) as context:
            yield create_app_from_workspace_process_context(context)
