"""A table is like the system it shows: typed to the cent, without repeats, without what is gone."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.analytics.schema import Window
from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.infor.port import no_such_entity
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.streak.models import Box, Page
from streak_infor_orchestration.sync.customers.directory import poll
from streak_infor_orchestration.sync.tables.extract import SOURCES
from streak_infor_orchestration.sync.tables.tables import publish, read
from streak_infor_orchestration.sync.watch.left_out import look_again_everywhere
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.entities.conftest import Materialise, Refresh
from streak_infor_orchestration_tests.world.spoiling import spoilt
from streak_infor_orchestration_tests.world.world import World

Tables = Callable[[str], TableHandle]


def sold(world: World, name: str = "Northwind", *, stage: str = "Closed-Won") -> str:
    """A deal with everything that follows from it, by the product itself."""
    box = world.company.deal(name, stage=stage)
    world.look(box)
    return box


def test_there_is_a_source_for_every_table_and_an_asset_for_every_source(definitions: dg.Definitions) -> None:
    assets = {"/".join(key.path) for key in definitions.resolve_asset_graph().get_all_asset_keys()}
    assert set(SOURCES) == set(TABLES) and set(TABLES) <= assets


def test_every_entity_of_streak_becomes_a_table(
    materialise: Materialise, world: World, table: Tables
) -> None:
    box = sold(world)
    names = [name for name in TABLES if name.startswith("streak/")]
    result = materialise(*names)
    assert result.success
    materialisations = result.asset_materializations_for_node("streak_entities")
    (told,) = [m.metadata for m in materialisations if m.asset_key.path[-1] == "boxes"]
    assert (told["dagster/row_count"].value, told["added"].value, told["removed"].value) == (1, 1, 0)
    assert told["preview"].value.records[0].data["key"] == box
    (row,) = table("streak/boxes").pandas().to_dict("records")
    assert (row["key"], row["stage"]) == (box, "Closed-Won")
    assert dict(row["fields"])["SKU 1"] == "BRK-1001"
    stages = table("streak/stages").pandas()
    assert "Closed-Won" in set(stages["name"])


def test_what_the_erp_does_not_keep_is_an_empty_table_and_stops_no_other(
    materialise: Materialise, process: Wiring, table: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = process.erp.records

    def without_contacts(entity: Entity, **asked: Any) -> object:
        if entity == "contacts":
            raise no_such_entity("this ERP", entity)
        return records(entity, **asked)

    monkeypatch.setattr(process.erp, "records", without_contacts)
    assert materialise("infor/contacts", "infor/products").success
    assert len(table("infor/contacts").pandas()) == 0 < len(table("infor/products").pandas())


def rows(table: TableHandle) -> dict[str, dict[str, object]]:
    key = table.table.key[0]
    return {row[key]: row for row in table.pandas().to_dict("records")}


def test_the_second_reading_asks_for_what_changed_and_merges_it(
    refresh: Refresh, world: World, table: Tables, process: Wiring
) -> None:
    company = world.company
    for name in ("First", "Second"):
        sold(world, name, stage="Proposal Accepted")
    refresh("infor/sales_orders")
    world.clock.advance(3600)
    (first, second) = (order["OrderID"] for order in company.found_in_erp("salesorders"))
    company.erp(f"/orders/{second}/status", {"OrderStatus": "Allocated"})
    world.clock.advance(3600)
    before = process.store.watermarks.get("table:infor/sales_orders")

    counts = refresh("infor/sales_orders")["infor/sales_orders"]

    assert (counts.rows, counts.added, counts.updated, counts.removed) == (2, 0, 1, 0)
    assert {key: row["status"] for key, row in rows(table("infor/sales_orders")).items()} == {
        first: "Open",
        second: "Allocated",
    }
    after = process.store.watermarks.get("table:infor/sales_orders")
    assert before is not None and after is not None and after > before
    asked = [c for c in company.infor_twin.get("/calls").json() if c["path"].endswith("/salesorders")]
    assert "modifiedSince" in str(asked[-1])
    written = table("infor/sales_orders").path.stat().st_mtime_ns
    refresh("infor/sales_orders")
    assert table("infor/sales_orders").path.stat().st_mtime_ns == written, (
        "nothing changed, nothing is written"
    )


def test_a_record_that_cannot_be_read_hides_no_other_and_comes_when_it_can(
    refresh: Refresh, world: World, table: Tables, process: Wiring
) -> None:
    """Nobody changes it: its list is past it, but the letter remembers it."""
    first, second = (world.company.book("customers", {"Name": name, "Currency": "EUR"}) for name in "AB")
    with spoilt(b'"Name":"A"', b'"Name":null'):
        refresh("infor/customers")
        assert set(rows(table("infor/customers"))) == {second["CustomerID"]}
        world.clock.advance(3600)
        world.company.book("customers", {"Name": "C", "Currency": "EUR"})
        refresh("infor/customers")
    assert process.store.left_out.counts() == {("infor", "customers"): 1}
    world.clock.advance(3600)
    poll(process.erp, process.store)
    assert process.store.left_out.counts() == {}
    refresh("infor/customers")
    assert first["CustomerID"] in rows(table("infor/customers"))


def test_an_amount_that_no_table_holds_is_left_out_and_told(
    refresh: Refresh, world: World, table: Tables, process: Wiring
) -> None:
    for name in ("First", "Second"):
        sold(world, name)
    order, _ = (order["OrderID"] for order in world.company.found_in_erp("salesorders"))
    world.company.erp(f"/records/salesorders/{order}", {"Freight": "0.12345678"})
    refresh("infor/sales_orders")
    assert len(rows(table("infor/sales_orders"))) == 1
    assert process.store.left_out.counts() == {("infor", "sales_orders"): 1}
    look_again_everywhere(process.ports)
    assert process.store.left_out.counts() == {("infor", "sales_orders"): 1}, "it still is"
    world.company.erp(f"/records/salesorders/{order}", {"Freight": "0.00"})
    look_again_everywhere(process.ports)
    assert process.store.left_out.counts() == {}


def test_texts_that_were_cut_and_control_characters_reach_the_tables_as_marks(
    refresh: Refresh, world: World, table: Tables
) -> None:
    box = world.company.deal("Northwind HERE")
    with spoilt(b"HERE", rb"\ud83d\u0000"):
        refresh("streak/boxes")
    assert rows(table("streak/boxes"))[box]["name"] == "Northwind \ufffd\ufffd"


def test_what_was_deleted_goes_when_everything_is_read(refresh: Refresh, world: World, table: Tables) -> None:
    box, other = world.company.deal("Northwind"), world.company.deal("Contoso")
    refresh("streak/boxes")
    world.company.delete(box)
    refresh("streak/boxes")
    assert set(rows(table("streak/boxes"))) == {box, other}, "a deletion is in no list of changes"
    assert refresh("streak/boxes", whole=True)["streak/boxes"].removed == 1
    assert set(rows(table("streak/boxes"))) == {other}


def test_a_box_that_a_shifting_list_hides_is_asked_for_before_it_is_called_gone(
    refresh: Refresh, world: World, table: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three boxes on pages of one, the middle one slips up when the first, already read, is deleted."""
    boxes = [world.company.deal(name) for name in ("Oldest", "Middle", "Newest")]
    refresh("streak/boxes")
    monkeypatch.setattr("streak_infor_orchestration.streak.box_pages.PAGE", 1)
    read = StreakClient.boxes

    def deleting(self: StreakClient, pipeline_key: str, *, page: int = 0, limit: int = 200) -> Page[Box]:
        found = read(self, pipeline_key, page=page, limit=limit)
        if page == 0 and found.items:
            world.company.delete(boxes[2])
        return found

    monkeypatch.setattr(StreakClient, "boxes", deleting)
    refresh("streak/boxes", whole=True)
    assert boxes[1] in rows(table("streak/boxes"))


def test_a_death_between_the_table_and_its_watermark_is_harmless(
    refresh: Refresh, world: World, table: Tables, process: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(world)
    refresh("infor/invoices")
    watermark = process.store.watermarks.get("table:infor/invoices")
    world.clock.advance(3600)
    (invoice,) = world.company.found_in_erp("invoices")
    world.company.pays(invoice["InvoiceID"], "1.00")
    with monkeypatch.context() as killed:
        killed.setattr(process.store.watermarks, "set", dies)
        with pytest.raises(Died):
            refresh("infor/invoices")
    assert rows(table("infor/invoices"))[invoice["InvoiceID"]]["paid"] == Decimal("1.00")
    assert process.store.watermarks.get("table:infor/invoices") == watermark
    counts = refresh("infor/invoices")["infor/invoices"]
    assert (counts.rows, counts.added, counts.updated) == (1, 0, 0)
    assert process.store.watermarks.get("table:infor/invoices") != watermark


class Died(Exception):
    pass


def dies(*_: object) -> None:
    raise Died


def test_a_record_of_the_future_does_not_hide_what_changes_until_then(
    refresh: Refresh, world: World, process: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(world)
    here = process.clock.now() - timedelta(hours=1)  # the ERP's clock is an hour ahead of ours
    monkeypatch.setattr(process.store.clock, "now", lambda: here)
    refresh("infor/customers")
    assert process.store.watermarks.get("table:infor/customers") == here


def test_an_entity_that_cannot_be_read_does_not_stop_the_others(
    definitions: dg.Definitions, materialise: Materialise, world: World, table: Tables
) -> None:
    sold(world)
    world.company.erp("/scopes", {"revoke": ["read:invoices"]})
    result = materialise("infor/customers", "infor/invoices", "infor/payments", raise_on_error=False)
    assert not result.success
    assert "infor/invoices" in str(result.all_events) and len(rows(table("infor/customers"))) == 1
    assert table("infor/payments").path.exists()


def test_tasks_and_activities_follow_their_boxes(
    refresh: Refresh, world: World, table: Tables, process: Wiring
) -> None:
    box = world.company.deal("Northwind")
    names = ("streak/boxes", "streak/tasks", "streak/activities")
    process.streak.create_task(box, "call them")
    process.streak.add_comment(box, "they called")
    refresh(*names)
    (task,) = rows(table("streak/tasks")).values()
    (comment,) = rows(table("streak/activities")).values()
    assert (task["text"], task["box_key"], comment["kind"], comment["text"]) == (
        "call them",
        box,
        "comment",
        "they called",
    )
    calls = world.company.calls().count(f"GET /api/v2/boxes/{box}/tasks")
    refresh(*names)
    assert world.company.calls().count(f"GET /api/v2/boxes/{box}/tasks") == calls, "nothing was saved since"
    process.streak.delete_task(str(task["key"]))
    world.company.edit(box, {"Qty 1": "3"})
    refresh(*names)
    assert rows(table("streak/tasks")) == {}
    world.company.delete(box)
    refresh(*names, whole=True)
    assert rows(table("streak/activities")) == {}


def test_a_month_is_read_alone_and_leaves_the_others(
    definitions: dg.Definitions, refresh: Refresh, world: World, table: Tables
) -> None:
    old, gone = world.company.deal("Old"), world.company.deal("Gone")
    month = world.clock.now()
    refresh("streak/boxes")
    world.clock.advance(40 * 86_400)
    recent = world.company.deal("Recent")
    world.company.delete(gone)
    key = dg.MultiPartitionKey({"entity": "boxes", "month": month.strftime("%Y-%m-01")})
    result = definitions.resolve_job_def("streak_by_month").execute_in_process(partition_key=key)
    assert result.success
    assert set(rows(table("streak/boxes"))) == {old, recent}


def test_a_record_that_leaves_its_month_while_that_is_read_anew_stays_in_the_table(
    refresh: Refresh, world: World, table: Tables, process: Wiring
) -> None:
    sold(world)
    began = world.clock.now() - timedelta(days=1)
    refresh("infor/customers")
    world.clock.advance(7200)
    (customer,) = world.company.found_in_erp("customers")
    world.company.erp(f"/customers/{customer['CustomerID']}/credit-hold")
    window = Window(began, world.clock.now() - timedelta(seconds=3600))
    publish(
        process.store,
        process.warehouse,
        read(process.ports, process.warehouse, "infor/customers", window=window),
    )
    assert rows(table("infor/customers"))[customer["CustomerID"]]["credit_hold"] is True


def test_what_can_only_be_read_whole_is_read_by_night(definitions: dg.Definitions) -> None:
    with dg.DagsterInstance.ephemeral() as instance, dg.build_schedule_context(instance) as context:
        often = definitions.resolve_schedule_def("streak_changes").evaluate_tick(context)
        nightly = definitions.resolve_schedule_def("streak_nightly").evaluate_tick(context)
    (request,) = often.run_requests or []
    assert dg.AssetKey(["streak", "boxes"]) in (request.asset_selection or [])
    assert dg.AssetKey(["streak", "organizations"]) not in (request.asset_selection or [])
    (request,) = nightly.run_requests or []
    assert request.asset_selection is None
    assert request.run_config["ops"]["streak_entities"]["config"] == {"whole": True}


def test_what_an_older_release_read_is_read_whole_once(
    refresh: Refresh, world: World, table: Tables, process: Wiring
) -> None:
    """Its file has no column that came since; nothing of the records need have changed, and a month is not enough."""
    began = world.clock.now()
    sold(world)
    refresh("infor/sales_orders")
    handle = table("infor/sales_orders")
    old = handle.relation().project("* EXCLUDE (tax)").fetchall()
    handle.relation().project("* EXCLUDE (tax)").write_parquet(str(handle.path))
    world.clock.advance(86_400)
    window = Window(began - timedelta(days=400), began - timedelta(days=300))
    delta = read(process.ports, process.warehouse, "infor/sales_orders", window=window)
    assert (delta.whole, publish(process.store, process.warehouse, delta).rows, len(old)) == (True, 1, 1)
    assert not process.warehouse.is_outdated(TABLES["infor/sales_orders"])


def test_a_box_is_told_as_the_deal_that_it_means(
    refresh: Refresh, world: World, table: Tables, process: Wiring
) -> None:
    """By the configuration there is: what it is worth, who buys, and what its stage asks for."""
    won, lead = (
        world.company.deal(name, stage=stage)
        for name, stage in (("Northwind", "Closed-Won"), ("Contoso", "Lead"))
    )
    refresh("streak/deals")
    found = rows(table("streak/deals"))
    assert {key: row["milestone"] for key, row in found.items()} == {won: "invoice", lead: "before"}
    assert (found[lead]["value"], found[lead]["currency"]) == (Decimal("360.00"), "EUR")
    assert (
        str(found[won]["party"]).startswith("organization:") and found[won]["party"] != found[lead]["party"]
    )
