"""Sensors decide from the ledger alone; state is told to Dagster without a run."""

from collections.abc import Callable
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.defs.resources import own_resources
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World


def tick(definitions: dg.Definitions, name: str, cursor: str | None = None) -> Any:
    sensor = definitions.resolve_sensor_def(name)
    with dg.DagsterInstance.ephemeral() as instance:
        repository = definitions.get_repository_def()
        with dg.build_sensor_context(
            instance=instance,
            cursor=cursor,
            repository_def=repository,
            resources=own_resources(),
        ) as context:
            return sensor.evaluate_tick(context)


def due(process: Wiring, key: str, lane: str = "live") -> None:
    process.store.inbox.record([Event(source="streak", name="BOX_EDIT", kind="deal", key=key, lane=lane)])


def test_the_inbox_asks_for_one_run_and_is_quiet_while_it_starts(
    definitions: dg.Definitions, process: Wiring
) -> None:
    due(process, "box")
    (request,) = tick(definitions, "inbox").run_requests
    assert request.tags["dagster-celery/queue"] == "live"
    again = tick(definitions, "inbox")
    assert again.run_requests == [] and "asked for already" in again.skip_message


def test_bulk_work_gets_a_worker_of_its_own(definitions: dg.Definitions, process: Wiring) -> None:
    due(process, "box", lane="bulk")
    (request,) = tick(definitions, "inbox").run_requests
    assert request.tags["dagster-celery/queue"] == "bulk"
    assert request.run_config["ops"]["claim"]["config"]["lanes"] == ["bulk"]


def test_nothing_is_asked_for_while_a_system_is_paused(definitions: dg.Definitions, process: Wiring) -> None:
    due(process, "box")
    process.store.pauses.pause("streak", "down", 60)
    assert "paused: streak" in tick(definitions, "inbox").skip_message


def test_a_payment_in_the_erp_becomes_due_and_asks_for_a_run_once(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    box = world.company.deal("Northwind", stage="Closed-Won")
    due(process, box)
    definitions.resolve_job_def("order_to_cash").execute_in_process()
    (invoice,) = world.company.found_in_erp("invoices")
    world.company.pays(invoice["InvoiceID"], "10.00")
    process.store.nudges.clear("order_to_cash")
    (request,) = tick(definitions, "erp_changes").run_requests
    assert request.tags["streak-infor/started-by"] == "ERP changes"
    assert "nothing changed" in tick(definitions, "erp_changes").skip_message
    definitions.resolve_job_def("order_to_cash").execute_in_process()
    assert world.company.box(box)["fieldsByName"]["Payment status"] == "PartiallyPaid"


def test_an_erp_that_is_down_is_paused_by_the_poll_and_resumed_by_it(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    world.company.infor_twin.post("/faults", json={"kind": "status", "status": 503, "times": None})
    assert tick(definitions, "erp_changes").run_requests == []
    assert process.store.pauses.state("infor") is not None
    world.company.infor_twin.delete("/faults")
    tick(definitions, "erp_changes")
    assert process.store.pauses.state("infor") is None


def test_an_open_dead_letter_turns_its_check_red_and_a_resolved_one_green(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    box = world.company.deal("Broken", lines=(("NO-SUCH", "1", "1.00"),), stage="Proposal Accepted")
    due(process, box)
    definitions.resolve_job_def("order_to_cash").execute_in_process()
    assert passed(tick(definitions, "ledger_state"), "none_open") is False
    world.company.edit(box, {"SKU 1": "BRK-1001"})
    due(process, box)
    definitions.resolve_job_def("order_to_cash").execute_in_process()
    assert passed(tick(definitions, "ledger_state"), "none_open") is True


def test_a_record_that_is_left_out_turns_its_check_red_until_it_can_be_read(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    odd = world.company.book("customers", {"Name": "Odd AG", "Currency": "EUR"})["CustomerID"]
    world.company.erp(f"/records/customers/{odd}", {"Name": None})
    tick(definitions, "customer_changes")
    red = tick(definitions, "ledger_state")
    assert passed(red, "nothing_left_out") is False
    (told,) = [e for e in red.asset_events if getattr(e, "check_name", None) == "nothing_left_out"]
    assert told.metadata["infor/customers"].value == 1
    world.company.erp(f"/records/customers/{odd}", {"Name": "Odd AG"})
    tick(definitions, "customer_changes")
    assert passed(tick(definitions, "ledger_state"), "nothing_left_out") is True


def test_the_ledger_state_is_told_when_it_changes_and_survives_a_corrupt_cursor(
    definitions: dg.Definitions, process: Wiring
) -> None:
    first = tick(definitions, "ledger_state", cursor="not json")
    assert len(first.asset_events) == 8
    assert tick(definitions, "ledger_state", cursor=first.cursor).asset_events == []


@pytest.mark.parametrize("name", ["inbox", "erp_changes", "ledger_state", "sweep_asked_for", "alerts"])
def test_without_a_configuration_sensors_say_so(
    name: str, definitions: dg.Definitions, fresh_process: Callable[..., Wiring]
) -> None:
    fresh_process(STREAK_INFOR_CONFIG="missing.yaml")
    assert "no configuration" in tick(definitions, name).skip_message


def passed(result: Any, check: str) -> bool:
    (evaluation,) = [e for e in result.asset_events if getattr(e, "check_name", None) == check]
    return bool(evaluation.passed)
