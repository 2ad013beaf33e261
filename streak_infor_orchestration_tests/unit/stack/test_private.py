"""What we use of Dagster without its promise still behaves as `private` needs."""

import inspect
from pathlib import Path
from typing import Any

import dagster as dg
import httpx
import pytest
from dagster._cli.api import _execute_run_command_body
from dagster._core.definitions import reconstruct
from dagster._core.origin import JobPythonOrigin, RepositoryPythonOrigin
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import pack_value
from dagster_celery.launcher import CeleryRunLauncher

from streak_infor_orchestration.stack import private
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.guard import Guard
from streak_infor_orchestration.stack.home import write_home
from streak_infor_orchestration_tests.e2e.engine.location import write_file

LOCATION = "streak_infor_orchestration_tests.e2e.engine.location"


@pytest.fixture
def unpatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """`preload` changes Dagster for the whole process; the test's process is given it back."""
    name = "reconstruct_repository_def_from_pointer"
    monkeypatch.setattr(reconstruct, name, getattr(reconstruct, name))


def test_the_signatures_are_those_private_calls() -> None:
    assert list(inspect.signature(_execute_run_command_body).parameters) == [
        "run_id",
        "instance",
        "write_stream_fn",
        "set_exit_code_on_failure",
    ]
    load = inspect.signature(reconstruct.reconstruct_repository_def_from_pointer)
    assert list(load.parameters) == ["pointer", "repository_load_data"]
    pool = inspect.signature(dg.DagsterInstance.optimize_for_webserver)
    assert list(pool.parameters) == ["self", "statement_timeout", "pool_recycle", "max_overflow"]


@pytest.mark.anyio
async def test_the_webserver_is_served_by_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On an instance and a workspace file of our own; what Dagster executes by GET, and our guard does not let in."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}")
    (tmp_path / "workspace.yaml").write_text("load_from: []")
    with private.webserver(tmp_path / "workspace.yaml") as app:

        async def status(served: Any, method: str, path: str, **asked: Any) -> int:
            transport = httpx.ASGITransport(served)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:3000") as client:
                return (await client.request(method, path, **asked)).status_code

        version = {"query": "{ version }"}
        assert await status(app, "GET", "/graphql", params=version) == 200
        assert await status(app, "POST", "/graphql", params=version, content=b"") == 200
        guarded = Guard(app)
        assert await status(guarded, "GET", "/graphql", params=version) == 403
        assert await status(guarded, "POST", "/graphql", params=version, content=b"") == 403
        assert await status(guarded, "POST", "/graphql", json=version) == 200
        assert await status(guarded, "GET", "/server_info") == 200
        assert await status(guarded, "GET", "/graphql", headers={"Accept": "text/html"}) == 200


def test_the_task_sent_by_the_launcher_is_the_one_executed(tmp_path: Path) -> None:
    assert private.EXECUTE_TASK == "execute_job"
    assert list(inspect.signature(CeleryRunLauncher.launch_run).parameters) == ["self", "context"]
    assert "execute_job_args_packed=" in inspect.getsource(CeleryRunLauncher.launch_run)


def test_the_worker_shares_the_launcher_s_application(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    write_home(folders, "local")

    with dg.DagsterInstance.from_config(str(folders.home)) as instance:
        app = private.celery_app(instance)

        assert app.connection().transport_cls == "streak_infor_orchestration.stack.folder_queue:Transport"
        assert app.conf.task_acks_late is True
        assert app.conf.worker_lost_wait == 1


def test_an_instance_that_launches_otherwise_is_refused() -> None:
    with dg.DagsterInstance.ephemeral() as instance, pytest.raises(TypeError, match="not CeleryRunLauncher"):
        private.celery_app(instance)


@pytest.mark.usefixtures("unpatched")
def test_definitions_are_loaded_once_for_all_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loads = tmp_path / "loads"
    monkeypatch.setenv("ENGINE_TEST_LOADS", str(loads))

    private.preload(LOCATION, Path.cwd())
    repository = reconstruct.ReconstructableRepository.for_module(LOCATION, "defs", str(Path.cwd()))
    for job in ("write_file", "write_other", "write_file"):
        repository.get_reconstructable_job(job).get_definition()

    assert len(loads.read_text().splitlines()) == 1


def test_a_launch_message_is_executed_here(tmp_path: Path) -> None:
    """The message as the launcher packs it, on an instance on disk: execution reads the run back."""
    target = tmp_path / "out"
    pointer = reconstruct.ReconstructableRepository.for_module(LOCATION, "defs", str(Path.cwd())).pointer
    origin = JobPythonOrigin("write_file", RepositoryPythonOrigin("python", pointer))
    config = {"ops": {"write": {"config": {"path": str(target)}}}}
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        run = instance.create_run_for_job(write_file, run_config=config, job_code_origin=origin)
        launch = pack_value(ExecuteRunArgs(origin, run.run_id, instance.get_ref(), True))

        assert private.execute(instance, launch) == 0
        finished = instance.get_run_by_id(run.run_id)

    assert finished is not None
    assert finished.status is dg.DagsterRunStatus.SUCCESS
    assert target.read_text().startswith("ended")
