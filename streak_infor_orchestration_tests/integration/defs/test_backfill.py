"""The backfill as Dagster runs it: in parts, each of which looks at deals of its own."""

from typing import Any

import dagster as dg

from streak_infor_orchestration.defs.backfill.job import PARTS
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World


def part(definitions: dg.Definitions, number: int, **config: Any) -> dict[str, Any]:
    """What one of them shows."""
    result = definitions.resolve_job_def("backfill").execute_in_process(
        partition_key=PARTS.get_partition_keys()[number],
        run_config={"ops": {"backfill_deals": {"config": config}}},
    )
    (shown,) = (event for event in result.all_events if event.is_successful_output)
    return {name: value.value for name, value in shown.step_output_data.metadata.items()}


def test_every_deal_is_one_parts_and_orders_are_made_once_they_are_confirmed(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    for number in range(4):
        world.company.deal(f"Deal {number}", stage="Contract Signed")
    counted = [part(definitions, number) for number in range(8)]
    assert sum(shown["missing"] != {} for shown in counted) >= 1
    assert process.store.inbox.due(("deal",)).count == 0, "a dry run decides nothing"
    found = {number: shown["missing"] for number, shown in enumerate(counted) if shown["missing"]}
    deals = 0
    for number, sums in found.items():
        (total,) = sums.values()
        deals += (count := int(float(total) / 360))
        part(definitions, number, dry_run=False, create=True, count=count, sums=sums)
    assert deals == 4
    bulk = {"ops": {"claim": {"config": {"lanes": ["bulk"]}}}}
    definitions.resolve_job_def("order_to_cash").execute_in_process(run_config=bulk)
    assert len(world.company.found_in_erp("salesorders")) == 4
