"""The sweep as Dagster shows it, and who asks for one."""

from typing import Any

import dagster as dg

from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.defs.test_sensors import tick
from streak_infor_orchestration_tests.world.world import World

UNREADABLE = Event(source="streak", name="BOX_EDIT, not understood", kind="sweep", key="streak", lane="bulk")


def told(result: dg.ExecuteInProcessResult) -> tuple[dict[str, Any], bool]:
    """What is shown of it, and whether the webhooks were found to work."""
    (shown,) = result.asset_materializations_for_node("sync__sweep")
    (check,) = (c for c in result.get_asset_check_evaluations() if c.check_name == "webhooks_work")
    assert check.metadata["repaired"].value == shown.metadata["repaired"].value
    return {name: value.value for name, value in shown.metadata.items()}, check.passed


def test_a_webhook_that_nobody_understood_asks_for_one_sweep(
    definitions: dg.Definitions, process: Wiring
) -> None:
    assert "nobody asked" in tick(definitions, "sweep_asked_for").skip_message
    process.store.inbox.record([UNREADABLE])
    assert len(tick(definitions, "sweep_asked_for").run_requests) == 1
    assert "asked for already" in tick(definitions, "sweep_asked_for").skip_message
    definitions.resolve_job_def("sweep").execute_in_process()
    assert not process.store.inbox.due(("sweep",)).count, "it is answered"


def test_what_the_webhooks_lost_is_counted(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    job, whole = definitions.resolve_job_def("sweep"), {"ops": {"sync__sweep": {"config": {"full": True}}}}
    found, works = told(job.execute_in_process())
    assert (found["repaired"], found["gone"], works) == (0, 0, True)
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    found, works = told(job.execute_in_process(run_config=whole))
    assert (found["looked at"], found["repaired"], found["first"], works) == (1, 1, [box], False)
    definitions.resolve_job_def("order_to_cash").execute_in_process()
    world.company.delete(box)
    found, _ = told(job.execute_in_process(run_config=whole))
    assert (found["gone"], found["first"]) == (1, [box])
