"""The job `customers` drains organizations, contacts and ERP customers that changed; its sensor finds the latter."""

import dagster as dg

from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.defs.test_sensors import tick
from streak_infor_orchestration_tests.world.world import World

TYPING = 10
"""Seconds until nobody is taken to be typing any more."""


def ordered(definitions: dg.Definitions, process: Wiring, world: World) -> str:
    """The organization of a deal that has its order."""
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    deal = world.company.deal("Northwind", organization=organization, stage="Proposal Accepted")
    process.store.inbox.record([Event("streak", "BOX_EDIT", "deal", deal)])
    definitions.resolve_job_def("order_to_cash").execute_in_process()
    return organization


def test_a_change_of_an_organization_is_copied_by_the_job(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    organization = ordered(definitions, process, world)
    world.company.edit_party(f"organization:{organization}", name="Northwind Group GmbH")
    process.store.inbox.record([Event("streak", "ORG_UPDATE", "customer", f"organization:{organization}")])
    first = definitions.resolve_job_def("customers").execute_in_process()
    world.clock.advance(TYPING)
    second = definitions.resolve_job_def("customers").execute_in_process()
    assert first.success and second.success
    (customer,) = world.company.found_in_erp("customers")
    assert customer["Name"] == "Northwind Group GmbH"
    outcomes = process.store.outcomes.of("customer", f"organization:{organization}")
    assert {(one.run_id, one.status) for one in outcomes} == {
        (first.run_id, "converged"),
        (second.run_id, "converged"),
    }


def test_the_sensor_finds_what_changed_in_the_erp_and_asks_for_one_run(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    organization = ordered(definitions, process, world)
    assert "no customer is due" in tick(definitions, "customer_changes").skip_message
    (customer,) = world.company.found_in_erp("customers")
    world.clock.advance(5)
    world.company.correct("customers", customer["CustomerID"], {"Name": "Northwind Group GmbH"})
    (request,) = tick(definitions, "customer_changes").run_requests
    assert request.tags["dagster-celery/queue"] == "bulk"
    assert "asked for already" in tick(definitions, "customer_changes").skip_message
    for _ in range(2):
        definitions.resolve_job_def("customers").execute_in_process()
        world.clock.advance(TYPING)
    assert world.company.party(f"organization:{organization}")["name"] == "Northwind Group GmbH"


def test_a_run_that_finds_nothing_ends_at_the_claim(definitions: dg.Definitions, process: Wiring) -> None:
    result = definitions.resolve_job_def("customers").execute_in_process()
    ran = {event.node_name for event in result.all_node_events if event.is_step_success}
    assert result.success and ran == {"claim_customers"}
