"""Boxes by names and values (Streak API contract §3.6, §3.7)."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.domain.deal import UnreadableValue, Value
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected, Transient
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.streak.models import BoxParty
from streak_infor_orchestration_tests.conformance.streak.lab import StreakLab

SHIP = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)


@pytest.mark.covers("GET /v2/boxes", by="GET /v1/boxes/{box}")
def test_a_box_reads_as_people_see_it(lab: StreakLab) -> None:
    organization = lab.person("POST", f"/v2/teams/{lab.team_key}/organizations", {"name": "Northwind"})["key"]
    contact = lab.person("POST", f"/v2/teams/{lab.team_key}/contacts", {"givenName": "Bo"})["key"]
    key = lab.make_box(
        notes="Call in March",
        organizations=[{"key": organization, "isStarred": False}],
        contacts=[{"key": contact, "isStarred": True}],
    )
    box = lab.client.box(key)
    assert box is not None
    assert (box.key, box.pipeline_key, box.name) == (key, lab.pipeline_key, "Northwind renewal")
    assert (box.stage, box.notes, box.fields) == ("Lead", "Call in March", {})
    assert box.organizations == (BoxParty(key=organization, starred=False),)
    assert box.contacts == (BoxParty(key=contact, starred=True),)
    truth = lab.truth(key)
    assert box.version == truth["lastUpdatedTimestamp"]
    assert box.creator_key == truth["creatorKey"]
    assert box.created == datetime.fromtimestamp(truth["creationTimestamp"] / 1000, UTC)


@pytest.mark.parametrize("key", ["", ".", "..", "no-such-box"])
def test_a_box_that_is_not_there_is_none(lab: StreakLab, key: str) -> None:
    assert lab.client.box(key) is None


@pytest.mark.parametrize(
    ("field", "written", "read", "held"),
    [
        ("Deal value", "1.234,56", "1.234,56", "1.234,56"),
        ("Deal value", Decimal("1E+3"), "1000", "1000"),
        ("Deal value", Decimal("48000.10"), "48000.10", "48000.10"),
        ("Deal value", "Ünï €", "Ünï €", "Ünï €"),
        ("Deal value", True, "true", "true"),
        ("Requested ship", SHIP, SHIP, 1775032200000),
        ("Requested ship", SHIP.astimezone(timezone(timedelta(hours=5))), SHIP, 1775032200000),
        ("Requested ship", date(2026, 4, 1), datetime(2026, 4, 1, tzinfo=UTC), 1775001600000),
        ("Ship via", "Air freight", "Air freight", "Air freight"),
        ("Labels", ("vip", "hot"), ("vip", "hot"), ["vip", "hot"]),
        ("Labels", "vip", ("vip",), ["vip"]),
        ("Signed", True, True, True),
        ("Signed", False, False, False),
    ],
)
@pytest.mark.covers("PUT /v2/boxes", by="POST /v1/boxes/{box}")
def test_a_value_is_written_by_name_and_reads_back(
    lab: StreakLab, field: str, written: Value, read: Value, held: Any
) -> None:
    key = lab.make_box()
    before = lab.client.box(key)
    assert before is not None
    answered = lab.client.update_box(before, fields={field: written})
    assert answered.fields == {field: read}
    assert lab.client.box(key) == answered
    assert lab.truth(key)["fieldsByName"] == {field: held}


@pytest.mark.parametrize("field", ["Deal value", "Requested ship", "Ship via", "Labels", "Signed"])
def test_none_clears_a_value(lab: StreakLab, field: str) -> None:
    full: dict[str, Value] = {
        "Deal value": "1",
        "Requested ship": SHIP,
        "Ship via": "Ground",
        "Labels": ("hot",),
        "Signed": True,
    }
    key = lab.make_box()
    lab.client.update_box(key, pipeline_key=lab.pipeline_key, fields=full)
    box = lab.client.update_box(key, pipeline_key=lab.pipeline_key, fields={field: None})
    assert box.fields == {name: value for name, value in full.items() if name != field}


@pytest.mark.covers("PUT /v2/boxes", by="POST /v1/boxes/{box}")
def test_fields_and_stage_go_in_one_call_and_nothing_else_changes(lab: StreakLab) -> None:
    organization = lab.person("POST", f"/v2/teams/{lab.team_key}/organizations", {"name": "Northwind"})["key"]
    user = lab.person("GET", "/v1/users/me")["key"]
    key = lab.make_box(
        notes="mine",
        organizations=[{"key": organization, "isStarred": True}],
        assignedToSharingEntries=[{"userKey": user}],
    )
    box = lab.client.box(key)
    assert box is not None
    before, calls = lab.truth(key), lab.control.last_call()
    answered = lab.client.update_box(box, fields={"Deal value": "1", "Signed": True}, stage="Closed-Won")
    assert lab.control.calls_since(calls) == [f"POST /api/v1/boxes/{key}"]
    assert answered.stage == "Closed-Won"
    after = lab.truth(key)
    for untouched in (
        "name",
        "notes",
        "organizations",
        "contacts",
        "assignedToSharingEntries",
        "linkedBoxKeys",
    ):
        assert after[untouched] == before[untouched], untouched
    assert answered.version == after["lastUpdatedTimestamp"] > box.version


@pytest.mark.parametrize(
    ("fields", "error", "hint"),
    [
        ({"Deal vlaue": "1"}, Misconfigured, '"Deal value"'),
        ({"Ship via": "Airfreight"}, Rejected, '"Air freight"'),
        ({"Labels": ("hott",)}, Rejected, '"hot"'),
        ({"Ship via": True}, Rejected, "DROPDOWN"),
        ({"Signed": "yes"}, Rejected, "CHECKBOX"),
        ({"Requested ship": "2026-04-01"}, Rejected, "DATE"),
        ({"Requested ship": datetime(2026, 4, 1)}, Rejected, "DATE"),  # noqa: DTZ001 - the point
        ({"Weighted": "1"}, Misconfigured, "FORMULA"),
        ({"Owner": "Ana"}, Misconfigured, "PERSON"),
    ],
)
def test_what_cannot_be_written_is_refused_before_it_leaves(
    lab: StreakLab, fields: dict[str, Value], error: type[Exception], hint: str
) -> None:
    key = lab.make_box()
    calls = lab.control.last_call()
    with pytest.raises(error, match=hint) as caught:
        lab.client.update_box(key, pipeline_key=lab.pipeline_key, fields={"Deal value": "1", **fields})
    assert isinstance(caught.value, Misconfigured | Rejected)
    assert caught.value.field == next(iter(fields))
    assert not [call for call in lab.control.calls_since(calls) if call.startswith("POST")]


def test_name_and_notes_may_be_changed_too(lab: StreakLab) -> None:
    box = lab.client.create_box(lab.pipeline_key, "Quote", notes="by phone")
    assert box.notes == "by phone"
    changed = lab.client.update_box(box, name="Quote 7", notes="")
    assert (changed.name, changed.notes, changed.stage) == ("Quote 7", "", "Lead")
    assert lab.client.update_box(changed, fields={"Deal value": "1"}).name == "Quote 7"


@pytest.mark.covers("PUT /v2/boxes", by="POST /v1/boxes/{box}")
def test_a_list_is_replaced_only_where_it_is_named(lab: StreakLab) -> None:
    people = [lab.client.create_contact(lab.team_key, given_name=name) for name in ("Bo", "Li")]
    company = lab.client.create_organization(lab.team_key, name="Northwind")
    other, me = lab.make_box("Other"), lab.client.me()
    key = lab.make_box()
    contacts = tuple(BoxParty(key=person.key, starred=person is people[0]) for person in people)
    box = lab.client.replace_links(
        key,
        contacts=contacts,
        organizations=[BoxParty(key=company.key, starred=True)],
        assignees=[me.email],
        followers=[me.key],
        linked_boxes=[other],
    )
    assert (box.contacts, box.organizations) == (contacts, (BoxParty(key=company.key, starred=True),))
    truth = lab.truth(key)
    assert [entry["userKey"] for entry in truth["assignedToSharingEntries"]] == [me.key]
    assert (truth["followerKeys"], truth["linkedBoxKeys"]) == ([me.key], [other])
    box = lab.client.replace_links(key, contacts=contacts[1:], assignees=[])
    assert (box.contacts, box.organizations) == (contacts[1:], (BoxParty(key=company.key, starred=True),))
    truth = lab.truth(key)
    assert truth["assignedToSharingEntries"] == []
    assert truth["linkedBoxKeys"] == [other]


@pytest.mark.covers("GET /v2/boxes", by="POST /v1/pipelines/{pipeline}/boxes/batch/")
def test_several_boxes_are_read_at_once_and_the_missing_are_left_out(lab: StreakLab) -> None:
    keys = [lab.make_box(f"Deal {n}") for n in range(3)]
    boxes = lab.client.boxes_of(lab.pipeline_key, [*keys, "no-such-box", keys[0]])
    assert list(boxes) == keys
    assert boxes[keys[1]] == lab.client.box(keys[1])
    since = lab.control.last_call()
    assert lab.client.boxes_of(lab.pipeline_key, [f"key-{n}" for n in range(201)]) == {}
    assert len(lab.control.calls_since(since)) == 3


@pytest.mark.covers("PUT /v2/boxes", by="POST /v2/pipelines/{pipeline}/boxes/batch")
def test_boxes_move_to_another_pipeline(lab: StreakLab) -> None:
    elsewhere = lab.make_pipeline("Support", {"Deal value": "TEXT_INPUT"})
    keys = [lab.make_box(f"Deal {n}", fields={lab.field_key("Deal value"): "7"}) for n in range(2)]
    lab.client.move_boxes(lab.pipeline_key, keys, elsewhere)
    moved = lab.client.boxes_of(elsewhere, keys)
    assert [box.pipeline_key for box in moved.values()] == [elsewhere] * 2
    assert [box.fields for box in moved.values()] == [{"Deal value": "7"}] * 2
    with pytest.raises(Rejected):
        lab.client.move_boxes(lab.pipeline_key, keys, elsewhere)


@pytest.mark.covers("GET /v2/organizations", by="GET /v1/search")
@pytest.mark.covers("GET /v2/contacts", by="GET /v1/search")
@pytest.mark.covers("search", by="GET /v1/search")
def test_boxes_contacts_and_organizations_are_searched_by_words(lab: StreakLab) -> None:
    key = lab.make_box("Northwind renewal")
    contact = lab.client.create_contact(lab.team_key, given_name="Bo", emails=("bo@northwind.example",))
    company = lab.client.create_organization(lab.team_key, name="Northwind")
    found = lab.client.search("northwind", team_key=lab.team_key, pipeline_key=lab.pipeline_key)
    assert [(item.kind, item.key, item.name) for item in found] == [
        ("box", key, "Northwind renewal"),
        ("contact", contact.key, "Bo"),
        ("organization", company.key, "Northwind"),
    ]
    assert lab.client.search("northwind", page=1) == ()
    elsewhere = lab.make_pipeline("Support", {})
    assert "box" not in {item.kind for item in lab.client.search("northwind", pipeline_key=elsewhere)}


def test_values_of_types_that_only_streak_writes_are_read(lab: StreakLab) -> None:
    contact = lab.client.create_contact(lab.team_key, given_name="Bo").key
    added = {kind: lab.add_field(kind, kind) for kind in ("TEAM_CONTACT", "TEAM_ORGANIZATION")}
    lab.client.pipeline(lab.pipeline_key)
    person = {"email": "ana@acme.example"}
    key = lab.make_box(
        fields={
            added["TEAM_CONTACT"]: [contact],
            added["TEAM_ORGANIZATION"]: "agxz",
            lab.field_key("Owner"): person,
        }
    )
    box = lab.client.box(key)
    assert box is not None
    assert box.fields == {
        "TEAM_CONTACT": (contact,),
        "TEAM_ORGANIZATION": "agxz",
        "Owner": "ana@acme.example",
    }


def test_an_unknown_stage_is_refused_with_the_nearest(lab: StreakLab) -> None:
    key = lab.make_box()
    with pytest.raises(Misconfigured, match='"Closed-Won"'):
        lab.client.update_box(key, pipeline_key=lab.pipeline_key, stage="Closed Won")


def test_a_name_borne_twice_names_both_keys_and_is_never_guessed(lab: StreakLab) -> None:
    first, second = lab.field_key("Deal value"), lab.add_field("Deal value", "TEXT_INPUT")
    key = lab.make_box(fields={first: "1", second: "2"})
    box = lab.client.box(key)
    assert box is not None
    assert box.fields == {f"Deal value ({first})": "1", f"Deal value ({second})": "2"}
    with pytest.raises(Misconfigured, match=f"{first}, {second}"):
        lab.client.update_box(box, fields={"Deal value": "3"})


def test_numbers_in_a_text_field_read_as_text(lab: StreakLab) -> None:
    key = lab.make_box(fields={lab.field_key("Deal value"): 42})
    box = lab.client.box(key)
    assert box is not None
    assert box.fields == {"Deal value": "42"}


@pytest.mark.parametrize(
    ("computed", "read"),
    [(12.5, Decimal("12.5")), (7, Decimal(7)), ("7 %", "7 %"), ({"b": 1, "a": [2]}, '{"a": [2], "b": 1}')],
)
def test_a_formula_reads_as_plainly_as_it_can(lab: StreakLab, computed: Any, read: Value) -> None:
    key = lab.make_box()
    lever = {"boxKey": key, "fieldKey": lab.field_key("Weighted"), "value": computed}
    lab.control.post("/computed", lever)
    box = lab.client.box(key)
    assert box is not None
    assert box.fields == {"Weighted": read}


def test_a_date_out_of_range_does_not_make_the_box_unreadable(lab: StreakLab) -> None:
    key = lab.make_box(fields={lab.field_key("Requested ship"): 10**17})
    box = lab.client.box(key)
    assert box is not None
    assert box.fields == {
        "Requested ship": UnreadableValue(what="a day that no calendar has", shown=str(10**17))
    }


@pytest.mark.covers("GET /v2/boxes", by="GET /v1/pipelines/{pipeline}/boxes")
def test_boxes_come_page_by_page_the_last_updated_first(lab: StreakLab) -> None:
    keys = [lab.make_box(f"Deal {n}") for n in range(5)]
    lab.client.update_box(keys[0], pipeline_key=lab.pipeline_key, fields={"Deal value": "1"})
    seen, number, more = [], 0, True
    while more:
        boxes, more = lab.client.boxes(lab.pipeline_key, page=number, limit=2)
        seen += [box.key for box in boxes]
        number += 1
    assert seen == [keys[0], *keys[:0:-1]]
    assert number == 3
    newest, more = lab.client.box_versions(lab.pipeline_key, limit=2)
    assert ([version.key for version in newest], more) == (seen[:2], True)


@pytest.mark.parametrize("wrapped", [True, False])
def test_both_envelopes_of_the_box_list_are_read(lab: StreakLab, wrapped: bool) -> None:
    found = [lab.truth(lab.make_box(f"Deal {n}")) for n in range(2)]
    body: Any = {"results": found, "hasNextPage": True} if wrapped else found
    lab.control.fault("status", status=200, body=body, method="GET", path="/boxes$")
    boxes, more = lab.client.boxes(lab.pipeline_key, limit=3)
    assert [box.key for box in boxes] == [box["key"] for box in found]
    assert more is wrapped


def test_a_full_page_without_hasnextpage_is_taken_to_have_a_successor(lab: StreakLab) -> None:
    for n in range(2):
        lab.make_box(f"Deal {n}")
    assert lab.client.boxes(lab.pipeline_key, page=0, limit=2).more
    assert lab.client.boxes(lab.pipeline_key, page=1, limit=2) == ((), False)


@pytest.mark.covers("GET /v2/boxes", by="GET /v1/boxes/{box}/md")
def test_a_box_is_told_as_markdown(lab: StreakLab) -> None:
    key = lab.make_box(fields={lab.field_key("Deal value"): "Ünï €"})
    assert "Ünï €" in lab.client.box_as_markdown(key)
    with pytest.raises(Misconfigured):
        lab.client.box_as_markdown("no-such-box")


@pytest.mark.covers("GET /v2/boxes", by="GET /v1/search")
def test_a_box_is_found_by_its_exact_name(lab: StreakLab) -> None:
    key = lab.make_box("Northwind renewal")
    lab.make_box("Northwind renewal 2")
    assert lab.client.search_boxes("Northwind renewal", lab.pipeline_key) == (key,)
    assert lab.client.search_boxes("nobody", lab.pipeline_key) == ()


@pytest.mark.covers("DELETE /v2/boxes", by="DELETE /v1/boxes/{box}")
@pytest.mark.covers("POST /v2/boxes", by="POST /v2/pipelines/{pipeline}/boxes")
def test_a_box_is_made_in_a_stage_and_deleted(lab: StreakLab) -> None:
    box = lab.client.create_box(lab.pipeline_key, "Quote", "Proposal Accepted")
    assert (box.name, box.stage) == ("Quote", "Proposal Accepted")
    assert lab.client.create_box(lab.pipeline_key, "Other").stage == "Lead"
    lab.client.delete_box(box.key)
    assert lab.client.box(box.key) is None
    with pytest.raises(Rejected):
        lab.client.delete_box(box.key)


def test_a_box_in_a_stage_its_pipeline_does_not_show_yet_is_for_later(lab: StreakLab) -> None:
    key = lab.make_box()
    body = {**lab.truth(key), "stageKey": "5999"}
    lab.control.fault("status", status=200, body=body, path=f"/boxes/{key}$", times=None)
    for _ in range(2):
        with pytest.raises(Transient) as caught:
            lab.client.box(key)
        assert caught.value.code == "no_stage"


def test_what_is_called_by_a_name_made_just_now_is_for_when_names_are_asked_for_again(
    lab: StreakLab, tmp_path: Path
) -> None:
    """All processes ask together, at most every half a minute: who comes sooner is told how long it takes."""
    with closing(Store.open(None, tmp_path, clock=lab.clock)) as store:
        lab.client.share(store.metadata)
        key = lab.make_box()
        assert lab.client.box(key) is not None
        lab.clock.advance(10)
        field = lab.add_field("Incoterm", "TEXT_INPUT")
        lab.person("POST", f"/v1/boxes/{key}", {"fields": {field: "DAP"}})
        with pytest.raises(Transient) as caught:
            lab.client.box(key)
        assert (caught.value.code, caught.value.system, caught.value.retry_after) == (
            "new_name",
            "streak",
            20,
        )
        lab.clock.advance(20)
        box = lab.client.box(key)
        assert box is not None and box.fields == {"Incoterm": "DAP"}
