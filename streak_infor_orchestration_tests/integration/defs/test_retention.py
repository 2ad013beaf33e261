"""Old runs go with everything of theirs, on a real instance; what people still look at stays."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from streak_infor_orchestration.defs.operations.assets import LINKS
from streak_infor_orchestration.defs.operations.retention import retention


@dg.op
def nothing() -> None:
    pass


@dg.op
def fails() -> None:
    raise ValueError("on purpose")


@dg.job(executor_def=dg.in_process_executor)
def good() -> None:
    nothing()


@dg.job(executor_def=dg.in_process_executor)
def bad() -> None:
    fails()


@dg.asset
def table() -> None:
    pass


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """On SQLite, as `streak-infor up` has it without Postgres."""
    with dg.DagsterInstance.local_temp(str(tmp_path)) as made:
        yield made


def files(folder: Path, run_id: str) -> list[str]:
    """Everything on disk that bears the run's name, made old enough to be nobody's any more."""
    found = [path for path in folder.rglob(f"{run_id}*") if path.parent.name in ("runs", "storage")]
    for path in found:
        os.utime(path, (0, 0))
    return sorted(path.name for path in found)


def clean(instance: dg.DagsterInstance, **days: float) -> dict[str, object]:
    result = retention.execute_in_process(
        instance=instance, run_config={"ops": {"remove_old_runs": {"config": days}}}
    )
    (output,) = [e for e in result.all_node_events if e.is_successful_output]
    return {name: value.value for name, value in output.step_output_data.metadata.items()}


def test_old_runs_go_with_their_events_and_files_and_young_ones_stay(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    succeeded = good.execute_in_process(instance=instance).run_id
    failed = bad.execute_in_process(instance=instance, raise_on_error=False).run_id
    assert f"{succeeded}.db" in files(tmp_path, succeeded) and files(tmp_path, failed)

    removed = clean(instance, succeeded=0.0, failed=1.0)

    assert (removed["succeeded"], removed["failed"]) == (1, 0) and removed["files"]
    assert instance.get_run_by_id(succeeded) is None and files(tmp_path, succeeded) == []
    assert instance.get_run_by_id(failed) is not None and instance.all_logs(failed)
    assert f"{failed}.db" in files(tmp_path, failed)


def test_the_run_that_an_assets_page_shows_is_kept(instance: dg.DagsterInstance) -> None:
    older = dg.materialize([table], instance=instance).run_id
    latest = dg.materialize([table], instance=instance).run_id
    clean(instance, succeeded=0.0)
    assert instance.get_run_by_id(older) is None
    assert instance.get_run_by_id(latest) is not None
    assert instance.get_latest_materialization_event(table.key) is not None


def test_a_run_that_goes_on_is_never_touched(instance: dg.DagsterInstance) -> None:
    going_on = instance.create_run_for_job(good, status=dg.DagsterRunStatus.STARTED).run_id
    clean(instance, succeeded=0.0, failed=0.0)
    assert instance.get_run_by_id(going_on) is not None


def test_files_that_an_interrupted_removal_left_go_next_time(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    run_id = good.execute_in_process(instance=instance).run_id
    instance.delete_run(run_id)
    assert files(tmp_path, run_id), "Dagster leaves the file"
    clean(instance)
    assert files(tmp_path, run_id) == []


def test_more_runs_than_one_portion_go_in_one_go(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streak_infor_orchestration.defs.operations.retention._PORTION", 2)
    for _ in range(5):
        good.execute_in_process(instance=instance)
    kept = dg.materialize([table], instance=instance).run_id
    assert clean(instance, succeeded=0.0)["succeeded"] == 5
    assert instance.get_run_by_id(kept) is not None


def test_events_without_a_run_go_when_they_are_a_week_old(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> int:
        return len(instance.fetch_materializations(LINKS.key, limit=100).records)

    made = dg.materialize([table], instance=instance).run_id
    for _ in range(3):
        instance.report_runless_asset_event(dg.AssetMaterialization(LINKS.key))
    clean(instance)
    assert told() == 3
    monkeypatch.setattr("streak_infor_orchestration.defs.operations.retention._A_WEEK", timedelta(0))
    clean(instance)
    assert told() == 0
    assert instance.all_logs(made) and instance.get_latest_materialization_event(table.key)
    instance.report_runless_asset_event(dg.AssetMaterialization(LINKS.key))
    assert told() == 1
