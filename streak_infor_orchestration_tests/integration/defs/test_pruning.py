"""The ledger is pruned every night, beside the work."""

from datetime import timedelta

import dagster as dg

from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World


def removed(definitions: dg.Definitions) -> dict[str, object]:
    result = definitions.resolve_job_def("ledger_retention").execute_in_process()
    (output,) = [event for event in result.all_node_events if event.is_successful_output]
    return {name: value.value for name, value in output.step_output_data.metadata.items()}


def test_the_job_removes_what_is_old_and_says_how_much(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    process.store.inbox.record([Event("streak", "BOX_EDIT", "deal", "b1")])
    assert set(removed(definitions).values()) == {0}
    world.clock.advance(timedelta(days=91).total_seconds())
    assert removed(definitions)["sio_event"] == 1
    assert process.store.inbox.events("deal", "b1") == []


def test_it_runs_by_itself_every_night(definitions: dg.Definitions) -> None:
    schedule = definitions.resolve_schedule_def("ledger_retention_nightly")
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    assert schedule.job_name == "ledger_retention"
    assert schedule.cron_schedule == "11 1 * * *"
