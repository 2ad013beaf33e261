"""DAGSTER_HOME of a stack: its settings, written from a packaged profile, and the environment that names it."""

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from string import Template
from urllib.parse import quote

from streak_infor_orchestration.stack.folders import Folders

PROFILES = {
    "local": ("storage_sqlite", "queue_folder", "common"),
    "postgres": ("storage_postgres", "queue_folder", "common"),
    "redis": ("storage_postgres", "queue_redis", "common"),
}
POSTGRES_VARIABLE = "STREAK_INFOR_DAGSTER_POSTGRES_URL"
SCHEMA = "dagster"

START_TIMEOUT = 1200
"""Seconds a launched run may wait for a worker: longer than another one may take, behind which a bulk run waits."""


def write_home(folders: Folders, profile: str, start_timeout: int = START_TIMEOUT) -> Path:
    """Write `dagster.yaml` for `profile` (local, postgres, redis) into the stack's DAGSTER_HOME."""
    if profile not in PROFILES:
        raise ValueError(f"profile {profile!r} is not one of {', '.join(PROFILES)}")
    packaged = resources.files(__package__) / "profiles"
    text = "".join((packaged / f"{part}.yaml").read_text(encoding="utf-8") for part in PROFILES[profile])
    values = {
        "home": folders.home,
        "messages": folders.messages,
        "bindings": folders.bindings,
        "results_url": f"file://{folders.results}",
    }
    quoted = {name: json.dumps(str(value)) for name, value in values.items()}
    settings = Template(text).substitute(
        quoted, postgres_variable=POSTGRES_VARIABLE, start_timeout=start_timeout
    )
    heading = f"# Written by streak-infor from its profile `{profile}` at every start: do not edit.\n\n"
    target = folders.home / "dagster.yaml"
    target.write_text(heading + settings, encoding="utf-8")
    return target


def postgres_url(url: str) -> str:
    """`url` as Dagster needs it: psycopg2 named, since SQLAlchemy 2.1 takes psycopg 3 otherwise, and Dagster's
    tables in a schema of their own, since its `alembic_version` would meet the state database's."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise ValueError("STREAK_INFOR_DATABASE_URL must be a postgresql:// URL with this profile")
    options = "options=" + quote(f"-csearch_path={SCHEMA}", safe="")
    return f"postgresql+psycopg2://{rest}{'&' if '?' in rest else '?'}{options}"


def environment(folders: Folders, profile: str, environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` for the services: the instance's variables added, and Celery's own left out, since
    CELERY_BROKER_URL and its like would silently overrule the profile."""
    passed = {name: value for name, value in environ.items() if not name.startswith("CELERY_")}
    passed["PYTHONUNBUFFERED"] = "1"  # what a killed service printed last shall be in its log
    # logs and settings are UTF-8, whatever the terminal is that somebody started this from
    passed |= {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:backslashreplace"}
    passed["DAGSTER_HOME"] = str(folders.home)
    if profile != "local":
        passed[POSTGRES_VARIABLE] = postgres_url(environ.get("STREAK_INFOR_DATABASE_URL", ""))
    if profile == "redis" and not environ.get("STREAK_INFOR_REDIS_URL"):
        raise ValueError("profile redis needs STREAK_INFOR_REDIS_URL")
    return passed
