"""The job drains what is due, tells Dagster one summary per phase, and leaves the truth per deal in the ledger."""

from collections import Counter
from typing import Any

import dagster as dg

from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World


def due(process: Wiring, box: str) -> None:
    process.store.inbox.record([Event(source="streak", name="BOX_EDIT", kind="deal", key=box)])


def execute(definitions: dg.Definitions, **claim: Any) -> dg.ExecuteInProcessResult:
    job = definitions.resolve_job_def("order_to_cash")
    return job.execute_in_process(run_config={"ops": {"claim": {"config": claim}}})


def test_a_due_deal_is_ordered_and_the_ledger_names_the_run(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    due(process, box)
    result = execute(definitions)
    assert result.success
    (order,) = world.company.found_in_erp("salesorders")
    assert world.company.box(box)["fieldsByName"]["ERP order"] == order["OrderID"]
    (outcome,) = process.store.outcomes.of("deal", box)
    assert (outcome.run_id, outcome.status) == (result.run_id, "converged")


def test_settle_shows_people_the_deals(definitions: dg.Definitions, process: Wiring, world: World) -> None:
    due(process, world.company.deal("Northwind", stage="Proposal Accepted"))
    result = execute(definitions)
    outputs = [e for e in result.all_node_events if e.is_successful_output and e.node_name == "settle"]
    (metadata,) = [e.step_output_data.metadata for e in outputs]
    assert metadata["deals"].value == 1
    (row,) = metadata["table"].records
    assert "order SO-" in str(row.data["did"]) and row.data["in the ERP"].startswith("SO-")


def test_a_run_that_finds_nothing_ends_at_the_claim(definitions: dg.Definitions, process: Wiring) -> None:
    result = execute(definitions)
    ran = {event.node_name for event in result.all_node_events if event.is_step_success}
    assert result.success and ran == {"claim"}


def test_only_restricts_a_run_and_needs_no_event(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    wanted = world.company.deal("Wanted", stage="Proposal Accepted")
    due(process, world.company.deal("Other", stage="Proposal Accepted"))
    run = execute(definitions, only=[wanted])
    (asked,) = process.store.audit.of(wanted)
    assert (asked.actor, asked.action) == (f"Dagster run {run.run_id}", "asked")
    (order,) = world.company.found_in_erp("salesorders")
    assert world.company.box(wanted)["fieldsByName"]["ERP order"] == order["OrderID"]


def test_since_looks_at_every_deal_that_changed(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    for name in ("One", "Two", "Three"):
        world.company.deal(name, stage="Proposal Accepted")
    execute(definitions, since="2000-01-01T00:00:00+00:00", lanes=["live", "manual", "bulk"])
    assert len(world.company.found_in_erp("salesorders")) == 3
    (asked,) = process.store.audit.of("deals")
    assert asked.action == "asked since" and asked.detail["deals"] == 3


def test_a_dry_run_writes_nowhere(definitions: dg.Definitions, process: Wiring, world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    before = world.company.box(box)["lastUpdatedTimestamp"]
    assert execute(definitions, only=[box], dry_run=True).success
    assert world.company.found_in_erp("salesorders") == []
    assert world.company.box(box)["lastUpdatedTimestamp"] == before
    assert process.store.effects.of(box) == [] and process.store.inbox.pending("deal", box) is None
    assert process.store.audit.recent() == [], "nobody asked for anything to be done"


def test_a_deal_that_needs_a_person_does_not_fail_the_run_but_tags_it(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    due(process, world.company.deal("Broken", lines=(("NO-SUCH", "1", "1.00"),), stage="Proposal Accepted"))
    due(process, world.company.deal("Sound", stage="Proposal Accepted"))
    with dg.DagsterInstance.ephemeral() as instance:
        result = definitions.resolve_job_def("order_to_cash").execute_in_process(instance=instance)
        run = instance.get_run_by_id(result.run_id)
    assert result.success and run is not None and run.tags["streak-infor/attention"] == "1"
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_a_warm_process_logs_in_once(definitions: dg.Definitions, process: Wiring, world: World) -> None:
    for name in ("First", "Second"):
        due(process, world.company.deal(name, stage="Proposal Accepted"))
        execute(definitions)
    assert world.company.calls().count("POST /oauth/token") == 1


def test_a_known_customer_with_known_products_costs_five_calls(
    definitions: dg.Definitions, process: Wiring, world: World
) -> None:
    organization = world.company.organization("Northwind Ltd", domains=["northwind.example"])
    due(process, world.company.deal("First", organization=organization, stage="Proposal Accepted"))
    execute(definitions)
    second = world.company.deal("Second", organization=organization, stage="Proposal Accepted")
    due(process, second)
    before = Counter(world.company.calls())
    execute(definitions)
    calls = Counter(world.company.calls()) - before
    assert sorted(call.replace(second, "BOX") for call in calls.elements()) == [
        "GET /api/v1/boxes/BOX",
        "GET /infor/api/v1/salesorders",
        "POST /api/v1/boxes/BOX",
        "POST /api/v2/boxes/BOX/comments",
        "POST /infor/api/v1/salesorders",
    ]
