import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pytest

from streak_infor_orchestration.stack.held import HeldTasks

STARTED, FAILURE, SUCCESS = (
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.FAILURE,
    dg.DagsterRunStatus.SUCCESS,
)


@dg.op
def nothing() -> None: ...


@dg.job
def idle() -> None:
    nothing()


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


@pytest.fixture
def held(tmp_path: Path, instance: dg.DagsterInstance) -> HeldTasks:
    return HeldTasks(tmp_path / "live@host", instance)


def run_of(instance: dg.DagsterInstance, task: str, status: dg.DagsterRunStatus = STARTED) -> str:
    tags = {"dagster-celery/task_id": task}
    return instance.create_run_for_job(idle, status=status, tags=tags).run_id


def status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


@pytest.mark.parametrize("was", [dg.DagsterRunStatus.STARTING, STARTED, dg.DagsterRunStatus.CANCELING])
def test_what_a_killed_worker_held_is_failed_by_its_successor(
    held: HeldTasks, instance: dg.DagsterInstance, was: dg.DagsterRunStatus
) -> None:
    lost, other = run_of(instance, "t1", was), run_of(instance, "t2", was)
    held.take("t1")

    successor = HeldTasks(held.folder, instance)
    successor.fail_predecessors()

    assert (status(instance, lost), status(instance, other)) == (FAILURE, was)
    assert list(held.folder.iterdir()) == []


def test_what_had_finished_keeps_its_result(held: HeldTasks, instance: dg.DagsterInstance) -> None:
    """Killed between the run's end and the acknowledgement."""
    run = run_of(instance, "t1", SUCCESS)
    held.take("t1")

    held.fail_predecessors()

    assert status(instance, run) is SUCCESS


def test_what_is_done_or_revoked_is_no_longer_held(held: HeldTasks, instance: dg.DagsterInstance) -> None:
    runs = [run_of(instance, task) for task in ("t1", "t2")]
    held.take("t1")
    held.take("t2")
    held.done("t1")
    held.revoked(SimpleNamespace(id="t2"))

    held.fail_predecessors()

    assert [status(instance, run) for run in runs] == [STARTED, STARTED]


def test_the_run_of_a_killed_child_is_failed_by_the_main_process(
    held: HeldTasks, instance: dg.DagsterInstance
) -> None:
    run = run_of(instance, "t1")
    held.take("t1")

    held.failed("t1", exception=RuntimeError())

    assert status(instance, run) is FAILURE
    assert list(held.folder.iterdir()) == []


def test_a_child_that_tells_its_own_failure_is_left_to_it(
    held: HeldTasks, instance: dg.DagsterInstance
) -> None:
    run = run_of(instance, "t1")
    held.main_process = os.getpid() + 1

    held.failed("t1")

    assert status(instance, run) is STARTED
