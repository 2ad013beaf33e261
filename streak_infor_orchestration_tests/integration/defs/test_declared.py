"""What Dagster shows and does by itself, as declared: names are what people's links, alerts and selections hang on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg
import pytest
from dagster import RepositoryDefinition

from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.definitions import defs

LIVE, BULK = {"dagster-celery/queue": "live"}, {"dagster-celery/queue": "bulk"}
READING = BULK | {"dagster/max_runtime": "3000"}
JOBS = {
    "order_to_cash": LIVE,
    "customers": BULK,
    "new_customers": BULK,
    "orders": BULK,
    "sweep": BULK,
    "retention": BULK,
    "ledger_retention": BULK,
    "backfill": READING,
    "streak_tables": READING,
    "infor_tables": READING,
    "ledger_tables": READING,
    "reconciliation": READING,
    "analytics_tables": READING,
    "streak_by_month": READING,
    "infor_by_month": READING,
}
SCHEDULES = {
    "sweep_often": ("*/10 * * * *", "sweep"),
    "sweep_nightly": ("17 2 * * *", "sweep"),
    "retention_nightly": ("41 1 * * *", "retention"),
    "ledger_retention_nightly": ("11 1 * * *", "ledger_retention"),
    "streak_changes": ("4-59/30 * * * *", "streak_tables"),
    "streak_nightly": ("4 3 * * *", "streak_tables"),
    "infor_changes": ("9-59/30 * * * *", "infor_tables"),
    "infor_nightly": ("9 3 * * *", "infor_tables"),
    "analytics_hourly": ("24 * * * *", "analytics_tables"),
    "ledger_changes": ("14-59/30 * * * *", "ledger_tables"),
    "reconciliation_hourly": ("29 * * * *", "reconciliation"),
    "reconciliation_nightly": ("44 4 * * *", "reconciliation"),
}
SENSORS = {
    "inbox": (1, {"order_to_cash"}),
    "erp_changes": (3, {"order_to_cash"}),
    "sweep_asked_for": (10, {"sweep"}),
    "customer_changes": (15, {"customers"}),
    "new_in_erp": (15, {"new_customers"}),
    "unlinked_orders": (15, {"orders"}),
    "ledger_state": (15, set()),
    "alerts": (30, set()),
    "broken_runs": (30, set()),
}
OURS = {
    "links": (["postgres", "sqlite"], None),
    "dead_letters": (["postgres", "sqlite"], None),
    "unsettled_writes": (["postgres", "sqlite"], None),
    "inbox_lag": (["postgres", "sqlite"], timedelta(minutes=30)),
    "sweep": ([], None),
}
RUNNING = (dg.DefaultScheduleStatus.RUNNING, dg.DefaultSensorStatus.RUNNING)


@pytest.fixture(scope="module")
def repository() -> RepositoryDefinition:
    return defs().get_repository_def()


def nights(schedule: Any) -> Any:
    """What the runs of a schedule are told."""
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 3, 2, 3, tzinfo=UTC))
    return schedule.evaluate_tick(context).run_requests[0].run_config.get("ops")


def test_every_job_goes_to_its_workers_and_a_reading_has_its_time(repository: RepositoryDefinition) -> None:
    jobs = {job.name: dict(job.tags) for job in repository.get_all_jobs() if not job.name.startswith("__")}
    assert jobs == JOBS


def test_what_runs_when(repository: RepositoryDefinition) -> None:
    shown = {one.name: (one.cron_schedule, one.job_name) for one in repository.schedule_defs}
    assert shown == SCHEDULES
    assert all(one.default_status in RUNNING for one in repository.schedule_defs)


def test_at_night_everything_is_looked_at(repository: RepositoryDefinition) -> None:
    told = {one.name: nights(one) for one in repository.schedule_defs if one.name.endswith("_nightly")}
    assert told["sweep_nightly"] == {"sync__sweep": {"config": {"full": True}}}
    assert told["reconciliation_nightly"] == {"reconcile": {"config": {"whole": True}}}
    for system in ("streak", "infor"):
        assert told[f"{system}_nightly"] == {f"{system}_entities": {"config": {"whole": True}}}


def test_who_looks_how_often(repository: RepositoryDefinition) -> None:
    shown = {
        one.name: (one.minimum_interval_seconds, {target.job_name for target in one.targets})
        for one in repository.sensor_defs
    }
    assert shown == SENSORS
    assert all(one.default_status in RUNNING for one in repository.sensor_defs)


def test_what_a_person_may_ask_a_run_of_deals(repository: RepositoryDefinition) -> None:
    for job, asked in (("order_to_cash", {"since": None}), ("customers", {})):
        fields = repository.get_job(job).graph.node_defs[0].config_schema.config_type.fields  # type: ignore[attr-defined]
        defaults = {name: field.default_value for name, field in fields.items()}
        assert defaults["only"] == [] and defaults["dry_run"] is False
        assert {name: defaults.get(name) for name in asked} == asked
        assert set(defaults) == {"only", "limit", "lanes", "dry_run", *asked}


def test_every_table_is_an_asset_with_its_columns(repository: RepositoryDefinition) -> None:
    for name, table in TABLES.items():
        node = repository.asset_graph.get(dg.AssetKey(name.split("/")))
        system = name.partition("/")[0]
        assert (node.group_name, node.kinds, node.owners) == (
            system,
            {system, "parquet"},
            ["team:integration"],
        )
        columns = node.metadata["dagster/column_schema"].columns
        assert [(c.name, c.type, c.description) for c in columns] == [
            (c.name, c.sql, c.description) for c in table.columns
        ]
        alone = len(table.key) == 1
        required = {c.name: c.constraints.unique for c in columns if not c.constraints.nullable}
        assert required == dict.fromkeys(table.key, alone)


def test_our_own_assets_show_what_they_are(repository: RepositoryDefinition) -> None:
    found = {key.path[1] for key in repository.asset_graph.get_all_asset_keys() if key.path[0] == "sync"}
    assert found == set(OURS)
    for name, (kinds, window) in OURS.items():
        node = repository.asset_graph.get(dg.AssetKey(["sync", name]))
        assert (node.group_name, node.owners, sorted(node.kinds)) == ("sync", ["team:integration"], kinds)
        policy = node.freshness_policy
        assert (policy.fail_window.to_timedelta() if policy else None) == window, name
