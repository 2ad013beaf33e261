"""Old runs go, with their events and files: Dagster keeps all of them for ever.

On SQLite each run is a database file of its own, which `delete_run` leaves behind (measured: 127 kB a run, and 180 MB a
day at a thousand runs), like the folder of what its ops printed.
"""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import dagster as dg

from streak_infor_orchestration.defs.operations.assets import LINKS

_PORTION = 200
_AT_MOST_SECONDS = 600.0
_A_WEEK = timedelta(days=7)
_SETTLED = timedelta(hours=1)  # a file as young may belong to a run that is just being made


class RetentionConfig(dg.Config):
    """Days that runs are kept for after they began, by how they ended. One that still goes on is never touched."""

    succeeded: float = 7.0
    failed: float = 30.0


@dg.op
def remove_old_runs(context: dg.OpExecutionContext, config: RetentionConfig) -> None:
    """What takes too long goes on the next day."""
    instance, now = context.instance, datetime.now(UTC)
    deadline = time.monotonic() + _AT_MOST_SECONDS
    kept = _latest_of_assets(instance)
    ended_badly = [dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    succeeded = _remove(instance, [dg.DagsterRunStatus.SUCCESS], now, config.succeeded, kept, deadline)
    failed = _remove(instance, ended_badly, now, config.failed, kept, deadline)
    files = _remove_files(instance, now, {*succeeded, *failed})
    _remove_events_without_a_run(instance, now)
    context.add_output_metadata({"succeeded": len(succeeded), "failed": len(failed), "files": files})


@dg.job(
    description="Removes old runs with their events and files.",
    tags={"dagster-celery/queue": "bulk"},
    executor_def=dg.in_process_executor,
)
def retention() -> None:
    remove_old_runs()


retention_nightly = dg.ScheduleDefinition(
    name="retention_nightly",
    job=retention,
    cron_schedule="41 1 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


def _remove_events_without_a_run(instance: dg.DagsterInstance, now: datetime) -> None:
    """All or none, as Dagster removes them; the `ledger_state` sensor, whose they are, tells the latest anew."""
    a_week_old = dg.AssetRecordsFilter(LINKS.key, before_timestamp=(now - _A_WEEK).timestamp())
    if instance.fetch_materializations(a_week_old, limit=1).records:
        instance.event_log_storage.delete_events("")


def _latest_of_assets(instance: dg.DagsterInstance) -> set[str]:
    """Runs that made what an asset's page shows as its latest: without them it would look as if it never was."""
    entries = [record.asset_entry for record in instance.get_asset_records()]
    latest = [entry.last_materialization_record for entry in entries]
    return {record.run_id for record in latest if record is not None}


def _remove(
    instance: dg.DagsterInstance,
    statuses: list[dg.DagsterRunStatus],
    now: datetime,
    days: float,
    kept: set[str],
    deadline: float,
) -> list[str]:
    """The runs that were removed. Each portion is what is left, the newest first: a cursor steps over those kept."""
    old = dg.RunsFilter(statuses=statuses, created_before=now - timedelta(days=days))
    removed: list[str] = []
    cursor = None
    while time.monotonic() < deadline:
        records = instance.get_run_records(old, limit=_PORTION, cursor=cursor)
        if not records:
            break
        for record in records:
            if record.dagster_run.run_id not in kept:
                instance.delete_run(record.dagster_run.run_id)
                removed.append(record.dagster_run.run_id)
        standing = [r for r in records if r.dagster_run.run_id in kept]
        cursor = standing[-1].dagster_run.run_id if standing else cursor
    return removed


def _remove_files(instance: dg.DagsterInstance, now: datetime, gone: set[str]) -> int:
    """Files of the runs just `gone`, and old ones of runs there are no more, whoever removed them."""
    removed = 0
    found = [(run, path) for run, path in _files(instance) if run in gone or _age(path, now) > _SETTLED]
    for start in range(0, len(found), _PORTION):
        portion = found[start : start + _PORTION]
        ids = [run_id for run_id, _ in portion]
        alive = {run.run_id for run in instance.get_runs(dg.RunsFilter(run_ids=ids))}
        for run_id, path in portion:
            if run_id not in alive:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
                removed += 1
    return removed


def _files(instance: dg.DagsterInstance) -> Iterator[tuple[str, Path]]:
    """(run, file or folder that is the run's alone)."""
    places = [Path(instance.storage_directory())]
    shard = getattr(instance.event_log_storage, "path_for_shard", None)  # on SQLite only
    if shard is not None:
        places.append(Path(shard("any")).parent)
    for place in places:
        for path in place.iterdir() if place.is_dir() else ():
            run_id = path.name.partition(".")[0]  # <run>, <run>.db, <run>.db-wal, <run>.db-shm
            if _is_run_id(run_id):
                yield run_id, path


def _is_run_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return timedelta(0)
