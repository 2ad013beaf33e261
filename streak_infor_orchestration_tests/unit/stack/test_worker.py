"""The run worker and the webserver as programs: what their arguments become, and what each signal of Celery does."""

import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest
import uvicorn
from celery import Celery, signals
from starlette.applications import Starlette

from streak_infor_orchestration.stack import private
from streak_infor_orchestration.stack import webserver as webserver_module
from streak_infor_orchestration.stack import worker as module
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.guard import Guard
from streak_infor_orchestration.stack.held import HeldTasks
from streak_infor_orchestration.stack.home import write_home
from streak_infor_orchestration.stack.stalled import Stalled
from streak_infor_orchestration.stack.worker import TIDY_EVERY, Worker

HEARD = {
    "worker_ready": "note_ready",
    "worker_process_init": "prepare_child",
    "task_received": "take",
    "task_postrun": "done",
    "task_revoked": "revoked",
    "task_failure": "failed",
    "worker_shutting_down": "leave_if_idle",
}


def heard() -> dict[str, list[Any]]:
    """Who listens to each of the signals."""
    return {name: [receiver for _, receiver in getattr(signals, name).receivers] for name in HEARD}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folders]:
    """An instance's folder; the process listens afterwards to no more than before."""
    folders = Folders(tmp_path)
    folders.make()
    write_home(folders, "local")
    monkeypatch.setenv("DAGSTER_HOME", str(folders.home))
    before = {name: list(getattr(signals, name).receivers) for name in HEARD}
    yield folders
    for name, receivers in before.items():
        getattr(signals, name).receivers = receivers
        getattr(signals, name).sender_receivers_cache.clear()


@pytest.fixture
def worker(folders: Folders) -> Iterator[Worker]:
    with dg.DagsterInstance.get() as instance:
        held = HeldTasks(folders.held / "live@host", instance)
        yield Worker(instance, held, Stalled(1), folders.ready / "live")


def test_each_signal_has_its_handler(worker: Worker) -> None:
    for name, handler in HEARD.items():
        last = heard()[name][-1]
        assert last.__name__ == handler and last.__self__ in (worker, worker.held), name


def test_the_one_task_is_the_launchers(worker: Worker) -> None:
    task = worker.app.tasks[private.EXECUTE_TASK]
    assert task.track_started is True
    assert task.run.__name__ == "execute"


def test_no_other_application_of_the_process_has_that_task(worker: Worker) -> None:
    assert worker.app.tasks and private.EXECUTE_TASK not in Celery("another").tasks


def test_what_celery_is_told(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(worker.app, "worker_main", told.append)
    worker.run("bulk", 3)
    assert told == [
        [
            "worker",
            "--pool=prefork",
            "--loglevel=INFO",
            "--queues=bulk",
            "--hostname=bulk@%h",
            "--concurrency=3",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    ]


def test_it_says_by_its_process_that_it_listens(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[Path] = []
    monkeypatch.setattr(worker.stalled, "watch", watched.append)
    worker.note_ready(sender=None)
    assert worker.listening.read_text() == str(os.getpid()) and watched == [worker.listening]


def test_what_it_takes_is_held_and_after_a_thousand_old_states_go(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied: list[int] = []
    monkeypatch.setattr(worker.app.backend, "cleanup", lambda: tidied.append(worker.taken))
    for number in range(2 * TIDY_EVERY + 1):
        worker.take(SimpleNamespace(id=f"task-{number % 3}"), sender=None)
    assert tidied == [1000, 2000]
    assert {path.name for path in worker.held.folder.iterdir()} == {"task-0", "task-1", "task-2"}


def test_a_child_has_an_instance_of_its_own_with_pooled_connections(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    died, pooled, before = list[int](), list[dg.DagsterInstance](), worker.instance
    monkeypatch.setattr(module, "die_with", died.append)
    monkeypatch.setattr(private, "pool_connections", pooled.append)
    worker.prepare_child(sender=None)
    assert died == [worker.held.main_process] == [os.getpid()]
    assert worker.instance is not before and pooled == [worker.instance]
    worker.instance.dispose()


def test_connections_are_kept_for_a_while_and_bounded() -> None:
    told: list[dict[str, int]] = []
    private.pool_connections(SimpleNamespace(optimize_for_webserver=lambda **said: told.append(said)))  # type: ignore[arg-type]  # an instance
    assert told == [{"statement_timeout": 30_000, "pool_recycle": 300, "max_overflow": 4}]


@pytest.mark.parametrize(
    ("more", "children", "served"),
    [
        ([], 1, "streak_infor_orchestration.definitions"),
        (["--children", "2", "--module", "some.module"], 2, "some.module"),
    ],
)
def test_the_arguments_of_a_worker(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, more: list[str], children: int, served: str
) -> None:
    """It fails first what the worker of its name held when it died."""
    loaded: list[tuple[str, Path]] = []
    ran: list[tuple[str, int, str, Path, int]] = []
    failed: list[tuple[str, str]] = []

    def run(self: Worker, queue: str, children: int) -> None:
        ran.append((queue, children, self.held.folder.name, self.listening, self.stalled._children))

    monkeypatch.setattr(private, "preload", lambda name, folder: loaded.append((name, folder)))
    monkeypatch.setattr(private, "fail_unfinished", lambda _, task, why: failed.append((task, why)))
    monkeypatch.setattr(Worker, "run", run)
    left = folders.held / f"bulk@{socket.gethostname()}"
    left.mkdir()
    (left / "task").touch()
    module.main(["--queue", "bulk", "--state", str(folders.root), *more])
    assert loaded == [(served, Path.cwd())]
    assert ran == [("bulk", children, left.name, folders.ready / "bulk", children)]
    assert failed == [("task", "The worker that held this run was killed; a later run takes up its work.")]
    assert list(left.iterdir()) == []


@pytest.mark.parametrize("missing", ["--queue", "--state"])
def test_a_worker_needs_its_queue_and_its_folder(missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = [word for name in ("--queue", "--state") if name != missing for word in (name, "x")]
    with pytest.raises(SystemExit) as ended:
        module.main(given)
    assert ended.value.code == 2
    assert f"worker: error: the following arguments are required: {missing}" in capsys.readouterr().err


@pytest.mark.parametrize("known", [[], ["a.example", "b.example:8443"]])
def test_the_webserver_stands_on_loopback_behind_the_guard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: list[str]
) -> None:
    app, opened, served = Starlette(), list[Path](), list[tuple[Any, dict[str, Any]]]()

    class Opened:
        def __init__(self, workspace: Path) -> None:
            opened.append(workspace)

        def __enter__(self) -> Starlette:
            return app

        def __exit__(self, *_: object) -> None:
            opened.append(Path("closed"))

    monkeypatch.setattr(private, "webserver", Opened)
    monkeypatch.setattr(uvicorn, "run", lambda app, **said: served.append((app, said)))
    monkeypatch.setattr(logging.getLogger("alembic"), "level", logging.NOTSET)
    workspace = tmp_path / "workspace.yaml"
    names = [word for name in known for word in ("--known-as", name)]
    webserver_module.main(["--port", "3001", "--workspace", str(workspace), *names])
    ((guard, said),) = served
    assert isinstance(guard, Guard) and guard._app is app and guard._hosts == set(known)
    assert said == {
        "host": "127.0.0.1",
        "port": 3001,
        "log_level": "warning",
        "proxy_headers": False,
        "timeout_graceful_shutdown": 5,
    }
    assert opened == [workspace, Path("closed")]
    assert logging.getLogger("alembic").level == logging.WARNING, "every start would tell of the schema"


@pytest.mark.parametrize("missing", ["--port", "--workspace"])
def test_the_webserver_needs_its_port_and_its_workspace(
    missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [word for name in ("--port", "--workspace") if name != missing for word in (name, "1")]
    with pytest.raises(SystemExit) as ended:
        webserver_module.main(given)
    assert ended.value.code == 2
    assert f"webserver: error: the following arguments are required: {missing}" in capsys.readouterr().err
