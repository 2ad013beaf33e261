"""`streak-infor preview`: the last deals through the mapping; whatever it shows, it wrote nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.onboarding.compare import file_changes
from streak_infor_orchestration.onboarding.in_use import ever_ran, recall, remember
from streak_infor_orchestration.sync.desk.asked import ask
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command, writes_nothing
from streak_infor_orchestration_tests.world.world import World

Preview = Callable[..., dict[str, Any]]


@pytest.fixture
def shown(process: Wiring, command: Command, world: World) -> Preview:
    """`shown(code=1)`: the document; fails when something was written to either system or to the ledger."""

    def look(*words: str, code: int = 0) -> dict[str, Any]:
        with writes_nothing(world.company):
            document: dict[str, Any] = json.loads(command("preview", "--json", *words, code=code).stdout)
        return document

    return look


def deals(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {deal["name"]: deal for deal in document["deals"]}


def test_each_deal_and_what_becomes_of_it(world: World, shown: Preview, process: Wiring) -> None:
    company = world.company
    company.deal("Good", stage="Proposal Accepted", lines=[("BRK-1001", "2", "180.00")])
    company.deal("Bad", stage="Closed-Won", lines=[("NONE-1", "2", "180.00")])
    company.deal("Early", lines=[("BRK-2001", "3", "")])
    company.deal("Empty", lines=[])
    company.deal("Over", stage="Closed-Lost")

    document = shown(code=1)
    found = deals(document)
    assert {name: deal["standing"] for name, deal in found.items()} == {
        "Good": "order",
        "Bad": "problem",
        "Early": "not yet",
        "Empty": "incomplete",
        "Over": "lost",
    }
    assert (found["Good"]["total"], found["Good"]["order"]["currency"]) == ("360.00", "EUR")
    assert found["Good"]["customer"] == "would create customer Good Ltd"
    (problem,) = found["Bad"]["problems"]
    assert (problem["field"], problem["value"]) == ("SKU 1", "NONE-1")
    assert document["money"] == {"order": {"EUR": "360.00"}, "not yet": {"EUR": "148.50"}}
    assert not (process.settings.state_dir / "ledger.db").exists(), "the ledger was opened"


def test_a_deal_that_was_ordered_is_shown_as_the_mapping_would_make_it_now(
    world: World, shown: Preview, process: Wiring
) -> None:
    box = world.company.deal("Ordered", stage="Proposal Accepted")
    ports, settings = process.ports, process.settings
    remember(settings, process.config)
    ask(ORDER_TO_CASH, [box], actor="anna", ports=ports)
    ORDER_TO_CASH.run(Batch(run_id="first", only=(box,)), ports)
    assert len(world.company.found_in_erp("salesorders")) == 1
    ledger = ports.store.effects.of(box), list(ports.store.links.all("customer"))
    assert deals(shown())["Ordered"]["standing"] == "order"
    assert (ports.store.effects.of(box), list(ports.store.links.all("customer"))) == ledger


def test_a_customer_who_is_linked_is_not_looked_for_again(
    world: World, shown: Preview, process: Wiring
) -> None:
    box = world.company.deal("Known", stage="Proposal Accepted")
    store = process.store
    organization = world.company.box(box)["organizations"][0]["key"]
    # of another name: a look for it would not find it
    number = world.company.book("customers", {"Name": "Erewhon Trading"})["CustomerID"]
    store.links.add(Link(kind="customer", streak_key=f"organization:{organization}", erp_key=number))
    assert deals(shown())["Known"]["order"]["customer_id"] == "(new)", (
        "without a run there is no ledger to look at"
    )
    remember(process.settings, process.config)
    assert deals(shown())["Known"]["order"]["customer_id"] == number


def test_a_linked_customer_that_is_gone_is_a_persons(world: World, shown: Preview, process: Wiring) -> None:
    box = world.company.deal("Orphan", stage="Proposal Accepted")
    organization = world.company.box(box)["organizations"][0]["key"]
    link = Link(kind="customer", streak_key=f"organization:{organization}", erp_key="C-77")
    process.store.links.add(link)
    remember(process.settings, process.config)
    deal = deals(shown(code=1))["Orphan"]
    assert (deal["standing"], [problem["code"] for problem in deal["problems"]]) == (
        "problem",
        ["customer_gone"],
    )


def test_what_was_accepted_before_it_begins_is_left_alone(
    world: World, shown: Preview, process: Wiring
) -> None:
    world.company.deal("Old", stage="Closed-Won")
    world.company.deal("Open", stage="Lead")
    assert process.settings.config is not None
    file = process.settings.config
    file.write_text(file.read_text().replace("  pipeline: Sales", "  pipeline: Sales\n  since: 2999-01-01"))
    document = shown()
    assert {name: deal["standing"] for name, deal in deals(document).items()} == {
        "Old": "history",
        "Open": "not yet",
    }
    assert document["money"]["order"] == {}


def test_only_the_last_deals_the_newest_first(world: World, shown: Preview) -> None:
    for name in ("One", "Two", "Three"):
        world.company.deal(name, stage="Proposal Accepted")
        world.clock.advance(1)
    assert list(deals(shown("--last", "2"))) == ["Three", "Two"]


def test_what_a_changed_file_changes(
    world: World, shown: Preview, process: Wiring, command: Command, tmp_path: Path
) -> None:
    world.company.deal("Winter", stage="Proposal Sent", lines=[("BRK-1001", "2", "")])
    world.company.deal("Summer", stage="Proposal Accepted", lines=[("BRK-1001", "1", "180.00")])
    remember(process.settings, process.config)
    assert shown()["file_changes"] == []
    assert "The file says what the mapping says that runs now" in command("preview").output

    assert process.settings.config is not None
    file = process.settings.config
    file.write_text(
        file.read_text()
        .replace("[Lead, Qualified, Proposal Sent] ", "[Lead, Qualified] ")
        .replace("[Proposal Accepted, Contract", "[Proposal Sent, Proposal Accepted, Contract")
        .replace("tax: none ", "tax: product ")
    )
    del process.config
    document = shown()
    assert document["file_changes"] == [
        "- lines.tax: none",
        "+ lines.tax: product",
        "- stages.before[Proposal Sent]: Proposal Sent",
        "+ stages.order[Proposal Sent]: Proposal Sent",
    ]
    changed = {(c["name"], c["field"]): (c["before"], c["after"]) for c in document["changes"]}
    assert changed == {
        ("Winter", "asks for"): ("before", "order"),
        ("Winter", "outcome"): ("not yet", "order"),
        ("Winter", "total"): ("379.80 EUR", "451.96 EUR"),
        ("Summer", "total"): ("180.00 EUR", "214.20 EUR"),
    }
    page = tmp_path / "preview.html"
    printed = command("preview", "--html", str(page)).output
    for said in ("451.96 EUR", "+ lines.tax: product", "Winter"):
        assert said in printed
        assert said in page.read_text()


def test_against_another_file(world: World, shown: Preview, process: Wiring, tmp_path: Path) -> None:
    world.company.deal("Winter", stage="Proposal Accepted")
    other = tmp_path / "other.yaml"
    assert process.settings.config is not None
    other.write_text(
        process.settings.config.read_text().replace("from: box.name", 'from: "const:Always this"')
    )
    document = shown("--against", str(other), code=2)
    assert [(c["field"], c["before"], c["after"]) for c in document["changes"]] == [
        ("description", "Always this", "Winter")
    ]
    other.write_text(process.settings.config.read_text())
    assert shown("--against", str(other))["changes"] == [], "and then the exit code is 0"


def test_an_order_that_can_no_longer_be_made_is_two_lines_and_the_reason(
    world: World, shown: Preview, process: Wiring
) -> None:
    world.company.deal("Winter", stage="Proposal Accepted")
    remember(process.settings, process.config)
    assert process.settings.config is not None
    file = process.settings.config
    stricter = 'from: box.name}\n  - {to: order.freight, from: "field:SKU 9", required: true}'
    file.write_text(file.read_text().replace("from: box.name}", stricter))
    del process.config
    changed = {c["field"]: (c["before"], c["after"]) for c in shown(code=1)["changes"]}
    assert changed["outcome"] == ("order", "problem")
    assert changed["total"] == ("360.00 EUR", "")
    assert set(changed) == {"outcome", "total", "problem SKU 9"}


def test_names_from_streak_are_no_markup(
    world: World, command: Command, process: Wiring, tmp_path: Path
) -> None:
    world.company.deal("[red]<b>Bold", stage="Proposal Accepted")
    page = tmp_path / "preview.html"
    assert "[red]<b>Bold" in command("preview", "--html", str(page)).output
    assert "<b>Bold" not in page.read_text()


def test_an_empty_pipeline(command: Command, process: Wiring) -> None:
    assert "There are no deals in this pipeline." in command("preview").output


def test_what_ran_is_remembered_as_it_was(process: Wiring) -> None:
    assert recall(process.settings) is None
    remember(process.settings, process.config)
    assert process.settings.config is not None
    as_it_was = process.config
    process.settings.config.write_text("version: 2")
    recalled = recall(process.settings)
    assert recalled is not None
    assert file_changes(recalled, as_it_was) == ()
    remember(process.settings, process.config)
    assert recall(process.settings) is None, "it is no configuration of this version"
    assert ever_ran(process.settings)


def test_a_rule_put_in_between_is_one_change() -> None:
    before = text("facade")
    after = before.replace("fields:\n", 'fields:\n  - {to: order.freight, from: "field:Freight"}\n', 1)
    assert all("order.freight" in line for line in file_changes(FORMAT.loads(before), FORMAT.loads(after)))


def test_the_tables_it_names_are_remembered_too(process: Wiring, tmp_path: Path) -> None:
    assert process.settings.config is not None
    rows, file = tmp_path / "regions.csv", process.settings.config
    rows.write_text("name,code\nBavaria,BY\n")
    file.write_text(f"{file.read_text()}tables: {{regions: {{csv: regions.csv, key: name, value: code}}}}\n")
    remember(process.settings, process.config)
    rows.write_text("name,code\nBavaria,BA\n")
    recalled = recall(process.settings)
    assert recalled is not None
    assert recalled.tables["regions"].find("Bavaria") == "BY"
    assert file_changes(recalled, FORMAT.load(file)) == (
        "- tables.regions.rows.Bavaria: BY",
        "+ tables.regions.rows.Bavaria: BA",
    )
