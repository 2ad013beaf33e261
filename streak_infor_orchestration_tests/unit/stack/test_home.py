import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url

from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.home import (
    POSTGRES_VARIABLE,
    PROFILES,
    environment,
    postgres_url,
    write_home,
)


def settings(root: Path, profile: str) -> dict[str, Any]:
    folders = Folders(root)
    folders.make()
    loaded = yaml.safe_load(write_home(folders, profile).read_text())
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_launches_by_celery_and_gives_up_on_lost_runs(tmp_path: Path, profile: str) -> None:
    written = settings(tmp_path, profile)

    celery = written["run_launcher"]["config"]["config_source"]
    assert written["run_launcher"]["class"] == "CeleryRunLauncher"
    assert (celery["task_acks_late"], celery["worker_prefetch_multiplier"]) == (True, 1)
    assert written["run_coordinator"]["class"] == "DefaultRunCoordinator"
    monitoring = written["run_monitoring"]
    assert (
        monitoring["enabled"],
        monitoring["max_runtime_seconds"],
    ) == (True, 900)
    # a run that waits behind the longest one is not given up meanwhile
    assert monitoring["start_timeout_seconds"] > monitoring["max_runtime_seconds"]
    assert written["compute_logs"]["class"] == "NoOpComputeLogManager"
    assert written["python_logs"]["managed_python_loggers"] == ["streak_infor_orchestration"]
    assert written["telemetry"]["enabled"] is False


def test_redis_hands_a_message_out_again_only_after_the_longest_run(tmp_path: Path) -> None:
    written = settings(tmp_path, "redis")

    options = written["run_launcher"]["config"]["config_source"]["broker_transport_options"]
    assert options["visibility_timeout"] > written["run_monitoring"]["max_runtime_seconds"]


def test_a_folder_with_quotes_and_blanks_survives(tmp_path: Path) -> None:
    root = tmp_path / """it's a "folder": #1"""

    written = settings(root, "local")

    assert written["storage"]["sqlite"]["base_dir"] == str(root / "dagster")


def test_no_password_is_written(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    environ = {"STREAK_INFOR_DATABASE_URL": "postgresql://u:s3cret@db/x"}

    env = environment(folders, "postgres", environ)

    assert "s3cret" in env[POSTGRES_VARIABLE]
    assert "s3cret" not in write_home(folders, "postgres").read_text()


def test_dagster_gets_the_driver_named_and_a_schema_of_its_own() -> None:
    for url in (
        "postgresql://u:p@db:5433/x",
        "postgres://u:p@db:5433/x",
        "postgresql+psycopg2://u:p@db:5433/x",
    ):
        made = make_url(postgres_url(url))
        assert (made.drivername, made.host, made.port, made.database) == (
            "postgresql+psycopg2",
            "db",
            5433,
            "x",
        )
        assert made.query == {"options": "-csearch_path=dagster"}


def test_what_the_url_asks_for_already_is_kept() -> None:
    made = make_url(postgres_url("postgresql://u@/x?host=/tmp/socket"))

    assert made.query == {"host": "/tmp/socket", "options": "-csearch_path=dagster"}


@pytest.mark.parametrize("url", ["", "sqlite:///x.db", "mysql://u@h/x"])
def test_a_profile_that_needs_postgres_says_so(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="STREAK_INFOR_DATABASE_URL"):
        environment(Folders(tmp_path), "postgres", {"STREAK_INFOR_DATABASE_URL": url})


def test_the_redis_profile_needs_its_url(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="STREAK_INFOR_REDIS_URL"):
        environment(Folders(tmp_path), "redis", {"STREAK_INFOR_DATABASE_URL": "postgresql://u@h/x"})


def test_an_unknown_profile_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="local, postgres, redis"):
        write_home(Folders(tmp_path), "oracle")


def test_the_services_inherit_everything_but_celery_s_own_variables(tmp_path: Path) -> None:
    environ = {
        "CELERY_BROKER_URL": "redis://elsewhere",
        "STREAK_INFOR_CONFIG": "integration.yaml",
        "PATH": "/bin",
    }

    env = environment(Folders(tmp_path), "local", environ)

    assert "CELERY_BROKER_URL" not in env
    assert (env["STREAK_INFOR_CONFIG"], env["PATH"]) == ("integration.yaml", "/bin")
    assert env["DAGSTER_HOME"] == str(tmp_path / "dagster")


def test_services_write_any_name_whatever_terminal_they_were_started_from(tmp_path: Path) -> None:
    environ = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    env = environment(Folders(tmp_path), "local", environ)
    say = "print('Größe 東京 \\udce9'); open('note', 'w').write('Größe')"
    said = subprocess.run([sys.executable, "-c", say], env=env, cwd=tmp_path, capture_output=True, check=True)
    assert said.stdout.decode() == "Größe 東京 \\udce9\n"
    assert (tmp_path / "note").read_text(encoding="utf-8") == "Größe"


COMMON = {
    "run_coordinator": {"module": "dagster._core.run_coordinator", "class": "DefaultRunCoordinator"},
    "run_monitoring": {
        "enabled": True,
        "start_timeout_seconds": 1200,
        "cancel_timeout_seconds": 30,
        "max_runtime_seconds": 900,
        "poll_interval_seconds": 10,
        "free_slots_after_run_end_seconds": 60,
    },
    "compute_logs": {
        "module": "dagster._core.storage.noop_compute_log_manager",
        "class": "NoOpComputeLogManager",
    },
    "sensors": {"use_threads": True, "num_workers": 4, "num_submit_workers": 4},
    "schedules": {"use_threads": True, "num_workers": 4},
    "retention": {
        "sensor": {"purge_after_days": {"skipped": 1, "failure": 30, "success": 7, "started": 7}},
        "schedule": {"purge_after_days": {"skipped": 7, "failure": 90, "success": 30, "started": 30}},
    },
    "python_logs": {
        "managed_python_loggers": ["streak_infor_orchestration"],
        "python_log_level": "INFO",
    },
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
}
CELERY = {
    "worker_prefetch_multiplier": 1,
    "task_acks_late": True,
    "worker_lost_wait": 1,
    "worker_redirect_stdouts": False,
    "worker_max_tasks_per_child": 1000,
    "result_expires": 86400,
}
POSTGRES = {"postgres": {"postgres_url": {"env": "STREAK_INFOR_DAGSTER_POSTGRES_URL"}}}


def launcher(**config: Any) -> dict[str, Any]:
    return {"module": "dagster_celery.launcher", "class": "CeleryRunLauncher", "config": config}


@pytest.mark.parametrize("profile", PROFILES)
def test_the_whole_of_what_is_written(tmp_path: Path, profile: str) -> None:
    queue = tmp_path / "queue"
    folder = launcher(
        backend=f"file://{queue / 'results'}",
        default_queue="live",
        config_source={
            "broker_transport": "streak_infor_orchestration.stack.folder_queue:Transport",
            "broker_transport_options": {
                "data_folder_in": str(queue / "messages"),
                "data_folder_out": str(queue / "messages"),
                "control_folder": str(queue / "bindings"),
                "polling_interval": 0.05,
            },
            **CELERY,
        },
    )
    redis = launcher(
        broker={"env": "STREAK_INFOR_REDIS_URL"},
        backend={"env": "STREAK_INFOR_REDIS_URL"},
        default_queue="live",
        config_source={
            "broker_connection_retry_on_startup": True,
            "broker_transport_options": {"visibility_timeout": 3600},
            **CELERY,
        },
    )
    expected: dict[str, dict[str, Any]] = {
        "local": {"storage": {"sqlite": {"base_dir": str(tmp_path / "dagster")}}, "run_launcher": folder},
        "postgres": {"storage": POSTGRES, "run_launcher": folder},
        "redis": {"storage": POSTGRES, "run_launcher": redis},
    }
    assert settings(tmp_path, profile) == expected[profile] | COMMON
    text = (tmp_path / "dagster/dagster.yaml").read_text()
    assert text.startswith(f"# Written by streak-infor from its profile `{profile}` at every start")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_whole_environment_of_the_services(tmp_path: Path, profile: str) -> None:
    given = {
        "STREAK_INFOR_DATABASE_URL": "postgresql://u@h/x",
        "STREAK_INFOR_REDIS_URL": "redis://r",
        "CELERY_RESULT_BACKEND": "x",
    }
    kept = {name: value for name, value in given.items() if not name.startswith("CELERY")}
    url = "postgresql+psycopg2://u@h/x?options=-csearch_path%3Ddagster"
    assert environment(Folders(tmp_path), profile, given) == kept | {
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "DAGSTER_HOME": str(tmp_path / "dagster"),
    } | ({} if profile == "local" else {"STREAK_INFOR_DAGSTER_POSTGRES_URL": url})
