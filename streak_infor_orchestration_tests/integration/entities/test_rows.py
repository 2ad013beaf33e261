"""What Streak's records are as rows of their tables, column by column."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from streak_infor_orchestration.analytics.schema import Window
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.span import EVERYTHING, Span
from streak_infor_orchestration.sync.tables.extract import SOURCES, Portion
from streak_infor_orchestration.sync.tables.tables import publish, read
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.entities.conftest import Refresh
from streak_infor_orchestration_tests.world.world import World

KINDS = {"Urgent": "CHECKBOX", "Region": ("north", "south"), "Labels": ["Gold", "Silver"]}
SHIP_ON = datetime(2026, 4, 1, 10, tzinfo=UTC)


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(kinds=KINDS)


def portions(process: Wiring, name: str) -> list[Portion]:
    return list(SOURCES[name].read(process.ports, process.warehouse, EVERYTHING))


def rows(process: Wiring, name: str) -> list[dict[str, Any]]:
    return [row for portion in portions(process, name) for row in portion.rows]


def saved(milliseconds: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).isoformat()


def test_a_box_with_values_of_every_type(world: World, process: Wiring) -> None:
    company = world.company
    people = [company.contact(name, "Roe") for name in ("Ada", "Jane")]
    firms = [company.organization(name) for name in ("Elsewhere", "Northwind GmbH")]
    region = company.options("Region")
    deal = company.deal("Northwind", lines=(), organization=firms[1])
    company.edit(
        deal,
        {
            "SKU 1": "BRK-1001",
            "Requested ship": int(SHIP_ON.timestamp() * 1000),
            "Urgent": True,
            "Region": region["south"],
        },
        contacts=[{"key": people[0], "isStarred": False}, {"key": people[1], "isStarred": True}],
        organizations=[{"key": firms[0], "isStarred": False}, {"key": firms[1], "isStarred": True}],
        notes="Ring twice",
    )
    process.streak.add_comment(deal, "they called")
    process.streak.create_task(deal, "call them")
    process.streak.create_meeting(deal, "CALL_LOG", world.clock.now())
    box = process.streak.box(deal)
    assert box is not None
    (portion,) = portions(process, "streak/boxes")
    expected = {
        "key": deal,
        "pipeline_key": company.pipeline_key,
        "name": "Northwind",
        "notes": "Ring twice",
        "stage": "Lead",
        "creator_key": box.creator_key,
        "created": box.created.isoformat(),
        "stage_changed": box.stage_changed.isoformat() if box.stage_changed else None,
        "updated": saved(box.version),
        "version": box.version,
        "saved": saved(box.saved),
        "tasks": 1,
        "comments": 1,
        "meetings": 1,
        "fields": {
            "SKU 1": "BRK-1001",
            "Requested ship": SHIP_ON.isoformat(),
            "Urgent": "true",
            "Region": "south",
        },
        "contacts": [people[1], people[0]],
        "organizations": [firms[1], firms[0]],
    }
    assert portion.rows == [expected]
    assert portion.latest is not None and portion.latest.isoformat() == saved(box.version)
    assert (box.version > 0, box.saved > 0, portion.scopes) == (True, True, [])
    one = SOURCES["streak/boxes"].one
    assert one is not None and one(process.ports, deal) == expected
    company.keep_options("Region", {region["north"]: "north"})
    company.edit(deal, {"Urgent": False})
    world.clock.advance(61)
    now = one(process.ports, deal)
    assert now is not None and now["fields"]["Urgent"] == "false"
    assert now["fields"]["Region"].startswith("(unreadable: ")
    company.delete(deal)
    assert one(process.ports, deal) is None


def test_who_buys(world: World, process: Wiring) -> None:
    contact = world.company.contact(
        "Jane", "Roe", title="Buyer", emailAddresses=["jane@x.example"], phoneNumbers=["+49301"]
    )
    organization = world.company.organization(
        "Northwind GmbH", domains=["x.example"], phoneNumbers=["+49302"], industry="Brakes"
    )
    person, firm = process.streak.contact(contact), process.streak.organization(organization)
    assert person is not None and firm is not None and person.created and firm.created
    (portion,) = portions(process, "streak/contacts")
    expected = {
        "key": contact,
        "given_name": "Jane",
        "family_name": "Roe",
        "title": "Buyer",
        "emails": ["jane@x.example"],
        "phones": ["+49301"],
        "addresses": [],
        "organizations": [],
        "notes": "",
        "creator_key": person.creator_key,
        "fields": {},
    }
    assert {name: portion.rows[0][name] for name in expected} == expected
    assert portion.rows[0]["saved"] == saved(person.version)
    assert set(portion.rows[0]) == {column.name for column in SOURCES["streak/contacts"].table.columns}
    assert portion.latest is not None and portion.latest.isoformat() == saved(person.version)
    (bought,) = rows(process, "streak/organizations")
    assert (bought["key"], bought["name"], bought["industry"], bought["phones"], bought["domains"]) == (
        organization, "Northwind GmbH", "Brakes", ["+49302"], ["x.example"],
    )  # fmt: skip
    assert bought["saved"] == saved(firm.version)
    assert set(bought) == {column.name for column in SOURCES["streak/organizations"].table.columns}
    for name, row in (("contacts", portion.rows[0]), ("organizations", bought)):
        one = SOURCES[f"streak/{name}"].one
        assert one is not None and one(process.ports, row["key"]) == row
        world.company.delete_entry(name, row["key"])
        assert one(process.ports, row["key"]) is None


def test_pipelines_stages_and_fields(world: World, process: Wiring) -> None:
    (pipeline,) = process.streak.pipelines(process.ports.team_key)
    assert rows(process, "streak/pipelines") == [
        {
            "key": world.company.pipeline_key,
            "name": "Sales",
            "team_key": world.company.team_key,
            "stages": len(pipeline.stages),
            "fields": len(pipeline.fields),
        }
    ]
    stages = rows(process, "streak/stages")
    assert [(row["name"], row["position"]) for row in stages][:3] == [
        ("Lead", 1),
        ("Qualified", 2),
        ("Proposal Sent", 3),
    ]
    assert [row["key"] for row in stages] == [stage.key for stage in pipeline.stages]
    fields = {row["name"]: row for row in rows(process, "streak/fields")}
    region = fields["Region"]
    assert (region["type"], region["options"]) == ("DROPDOWN", ["north", "south"])
    assert (fields["Urgent"]["type"], fields["Urgent"]["options"]) == ("CHECKBOX", [])
    assert {row["pipeline_key"] for row in (*stages, *fields.values())} == {world.company.pipeline_key}
    assert [row["key"] for row in fields.values()] == [one.key for one in pipeline.fields]


def test_what_people_did_on_a_box(world: World, process: Wiring, refresh: Refresh) -> None:
    deal, quiet = world.company.deal("Northwind"), world.company.deal("Quiet")
    due = world.clock.now() + timedelta(days=1)
    began = world.clock.now().replace(microsecond=0)
    streak = process.streak
    streak.create_task(deal, "call them", due=due.replace(microsecond=0))
    streak.add_comment(deal, "they called")
    streak.create_meeting(deal, "CALL_LOG", began, notes="engaged")
    streak.create_meeting(deal, "MEETING_NOTES", began, notes="agreed")
    refresh("streak/boxes")
    box, (task,), (comment,) = streak.box(deal), streak.tasks(deal), streak.comments(deal)
    assert box is not None and comment.created is not None
    (portion,) = portions(process, "streak/tasks")
    assert portion == Portion(
        [
            {
                "key": task.key,
                "box_key": deal,
                "text": "call them",
                "done": False,
                "due": due.replace(microsecond=0).isoformat(),
                "assignees": list(task.assignees),
                "creator_key": task.creator_key,
                "created": task.created.isoformat(),
                "box_saved": portion.rows[0]["box_saved"],
            }
        ],
        scopes=[deal],
    )
    assert datetime.fromisoformat(portion.rows[0]["box_saved"]) == datetime.fromisoformat(saved(box.saved))
    (activities,) = portions(process, "streak/activities")
    assert activities.scopes == [deal]
    told = {row["kind"]: row for row in activities.rows}
    assert {kind: (row["text"], row["box_key"]) for kind, row in told.items()} == {
        "comment": ("they called", deal),
        "call": ("engaged", deal),
        "meeting": ("agreed", deal),
    }
    assert told["call"]["at"] == told["meeting"]["at"] == began.isoformat()
    assert told["comment"]["at"] == comment.created.isoformat()
    assert {row["creator_key"] for row in told.values()} == {comment.creator_key}
    assert {row["box_saved"] for row in told.values()} == {portion.rows[0]["box_saved"]}
    assert {row["key"] for row in told.values()} == {
        comment.key,
        *(meeting.key for meeting in streak.meetings(deal)),
    }
    assert quiet not in activities.scopes


def test_a_stretch_of_time_is_refused_where_no_list_is_by_time(process: Wiring, world: World) -> None:
    now = world.clock.now()
    with pytest.raises(Misconfigured, match="streak/stages cannot be read by a stretch of time"):
        read(process.ports, process.warehouse, "streak/stages", window=Window(now - timedelta(days=1), now))


def test_a_stretch_of_the_erps_records_ends_where_it_is_to(world: World, process: Wiring) -> None:
    for name in ("First", "Second"):
        world.company.book("customers", {"Name": name, "Currency": "EUR"})
        world.clock.advance(3600)
    until = world.clock.now() - timedelta(minutes=90)
    read_ = SOURCES["infor/customers"].read
    found = list(read_(process.ports, process.warehouse, Span(until - timedelta(days=1), until)))
    assert [[row["name"] for row in portion.rows] for portion in found] == [["First"]]
    assert found[0].latest is not None and found[0].latest < until
    whole = list(read_(process.ports, process.warehouse, EVERYTHING))
    assert [row["name"] for portion in whole for row in portion.rows] == ["First", "Second"]
    one = SOURCES["infor/customers"].one
    assert one is not None and one(process.ports, whole[0].rows[0]["id"]) is not None
    assert one(process.ports, "C-0") is None


def test_the_watermark_moves_with_the_table_and_not_for_a_stretch(world: World, process: Wiring) -> None:
    world.company.book("customers", {"Name": "First", "Currency": "EUR"})
    parts, name = (process.ports, process.warehouse, "infor/customers"), "table:infor/customers"
    publish(process.store, process.warehouse, read(*parts))
    first = process.store.watermarks.get(name)
    world.clock.advance(3600)
    world.company.book("customers", {"Name": "Second", "Currency": "EUR"})
    now = world.clock.now()
    window = Window(now - timedelta(days=1), now + timedelta(days=1))
    assert publish(process.store, process.warehouse, read(*parts, window=window)).added == 1
    assert process.store.watermarks.get(name) == first
    publish(process.store, process.warehouse, read(*parts))
    moved = process.store.watermarks.get(name)
    assert first is not None and moved is not None and (moved - first).total_seconds() >= 3600
