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
