"""What a delivery means, event by event (Streak API contract §3.16)."""

import json

import pytest

from streak_infor_orchestration.gateway.streak_events import (
    CUSTOMER_EVENTS,
    DEAL_EVENTS,
    IRRELEVANT_EVENTS,
    MOST_OBJECTS,
    Delivery,
    event_name,
    events_of,
)
from streak_infor_orchestration.ledger.inbox_rows import Event

NEWEST = 1_800_000_000_000


def events(name: str, body: object) -> list[Event]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    delivery = Delivery(name, len(content), "digest", content)
    return events_of(delivery, correlation_id="c1", newest_version=NEWEST)


def records(name: str, body: object) -> list[tuple[str, str]]:
    return [(event.kind, event.key) for event in events(name, body)]


@pytest.mark.parametrize("name", sorted(DEAL_EVENTS))
def test_a_box_event_concerns_its_deal_at_the_version_it_shows(name: str) -> None:
    (event,) = events(name, [{"key": "b1", "lastUpdatedTimestamp": 1_767_225_600_123}])
    assert event == Event(
        source="streak",
        name=name,
        kind="deal",
        key="b1",
        body_hash="digest",
        min_version=1_767_225_600_123,
        may_echo=name in ("BOX_EDIT", "BOX_CHANGE_STAGE"),
        lane="unknown",
        correlation_id="c1",
    )


@pytest.mark.parametrize("name", sorted(CUSTOMER_EVENTS))
def test_a_contact_or_organization_event_concerns_a_customer_and_no_version(name: str) -> None:
    (event,) = events(name, [{"key": "o1", "lastUpdatedTimestamp": 1_767_225_600_123}])
    kind = "contact" if name.startswith("CONTACT") else "organization"
    assert event == Event(
        source="streak",
        name=name,
        kind="customer",
        key=f"{kind}:o1",
        body_hash="digest",
        min_version=0,
        may_echo=False,
        lane="live",
        correlation_id="c1",
    )


@pytest.mark.parametrize("name", sorted(IRRELEVANT_EVENTS))
def test_what_no_order_is_made_of_is_not_stored(name: str) -> None:
    assert events(name, [{"key": "t1", "boxKey": "b1"}]) == []


def test_each_object_of_the_array_counts() -> None:
    assert records("BOX_EDIT", [{"key": "b1"}, {"key": "b2"}]) == [("deal", "b1"), ("deal", "b2")]


@pytest.mark.parametrize(
    "body", [{"key": "b1"}, [{"boxKey": "b1"}], [{"box": {"key": "b1"}}], {"box": {"key": "b1"}}]
)
def test_the_shapes_seen_in_examples_are_understood_as_well(body: object) -> None:
    assert records("BOX_EDIT", body) == [("deal", "b1")]


@pytest.mark.parametrize("version", [0, -1, NEWEST + 1, 10**30, True, "1767225600123", 1.5, None, {}])
def test_a_version_no_read_could_show_is_not_waited_for(version: object) -> None:
    (event,) = events("BOX_EDIT", [{"key": "b1", "lastUpdatedTimestamp": version}])
    assert (event.min_version, event.may_echo) == (0, False)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"key": ' + b"9" * 5000 + b"}",
        [],
        "b1",
        None,
        7,
        [{}],
        [{"key": ""}],
        [{"key": 7}],
        [{"key": "nul\0"}],
        [{"key": "\ud800"}],
        [{"key": "two words"}],
        [{"key": "k" * 251}],
        [["b1"]],
        [{"key": f"b{n}"} for n in range(MOST_OBJECTS + 1)],
    ],
    ids=lambda body: repr(body)[:20],
)
def test_what_names_no_record_asks_for_a_sweep(body: object) -> None:
    (event,) = events("BOX_EDIT", body)
    assert event == Event(
        source="streak",
        name=event.name,
        kind="sweep",
        key="streak",
        body_hash="digest",
        min_version=0,
        may_echo=False,
        lane="bulk",
        correlation_id="c1",
    )


def test_five_hundred_objects_are_looked_at_one_by_one() -> None:
    boxes = [{"key": f"b{number}"} for number in range(500)]
    assert records("BOX_EDIT", boxes) == [("deal", f"b{number}") for number in range(500)]
    assert records("BOX_EDIT", [*boxes, {"key": "b500"}]) == [("sweep", "streak")]


def test_every_version_a_read_can_show_is_waited_for() -> None:
    found = [events("BOX_EDIT", [{"key": "b1", "lastUpdatedTimestamp": version}]) for version in (1, NEWEST)]
    assert [(event.min_version, event.may_echo) for (event,) in found] == [(1, True), (NEWEST, True)]


def test_of_an_unreadable_body_only_name_size_and_hash_are_kept() -> None:
    (event,) = events("BOX_EDIT", b"Jane Roe, +49 30 1234")
    assert (event.name, event.body_hash) == ("BOX_EDIT, not understood, 21 bytes", "digest")


def test_what_is_too_large_to_keep_asks_for_a_sweep() -> None:
    (event,) = events_of(
        Delivery("BOX_EDIT", 2_000_000, "digest", None), correlation_id="", newest_version=NEWEST
    )
    assert event.kind == "sweep"


def test_what_can_be_read_of_a_body_is_not_lost_to_what_cannot() -> None:
    assert records("BOX_EDIT", [{"key": "b1"}, {"key": 7}]) == [("deal", "b1"), ("sweep", "streak")]


@pytest.mark.parametrize("name", ["BOX_CREATED", "SOMETHING_NEW", "box_edit", "x\n\0"])
def test_a_name_nobody_documented_asks_for_a_sweep(name: str) -> None:
    assert records(name, [{"key": "b1"}]) == [("sweep", "streak")]


def test_a_name_from_a_url_cannot_forge_log_lines() -> None:
    assert event_name("BOX_EDIT") == "BOX_EDIT"
    assert event_name("BOX_EDIT\nroot logged in") == "(no name)"
    assert event_name("X" * 65) == "(no name)"
