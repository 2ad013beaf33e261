"""Contacts and organizations (Streak API contract §3.8, §3.9)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured, Rejected
from streak_infor_orchestration.streak import directory_walk
from streak_infor_orchestration.streak.models import Slice
from streak_infor_orchestration_tests.conformance.streak.lab import NOT_OFFERED, StreakLab


@pytest.mark.covers("PUT /v2/contacts", by="POST /v2/contacts/{contact}")
@pytest.mark.covers("POST /v2/contacts", by="POST /v2/teams/{team}/contacts")
@pytest.mark.covers("GET /v2/contacts", by="GET /v2/contacts/{contact}")
def test_a_contact_is_made_read_and_changed(lab: StreakLab) -> None:
    made = lab.client.create_contact(
        lab.team_key, given_name="Bo", family_name="Li", title="CTO", emails=("Bo@Northwind.example",)
    )
    assert made.emails == ("bo@northwind.example",)
    assert lab.client.contact(made.key) == made
    changed = lab.client.update_contact(made.key, lab.team_key, phones=("+1 555 0100",), title="")
    assert (changed.phones, changed.title, changed.family_name) == (("+1 555 0100",), "", "Li")
    assert changed.version > made.version


@pytest.mark.covers("PUT /v2/organizations", by="POST /v2/organizations/{organization}")
@pytest.mark.covers("POST /v2/organizations", by="POST /v2/teams/{team}/organizations")
@pytest.mark.covers("GET /v2/organizations", by="GET /v2/organizations/{organization}")
def test_an_organization_is_made_read_and_changed(lab: StreakLab) -> None:
    made = lab.client.create_organization(lab.team_key, name="Northwind", domains=("northwind.example",))
    assert lab.client.organization(made.key) == made
    changed = lab.client.update_organization(made.key, lab.team_key, industry="Retail")
    assert (changed.industry, changed.name, changed.domains) == (
        "Retail",
        "Northwind",
        ("northwind.example",),
    )


@pytest.mark.covers("POST /v2/contacts", by="POST /v2/teams/{team}/contacts")
def test_get_if_existing_answers_the_one_there_is_and_merges_nothing(lab: StreakLab) -> None:
    first = lab.client.create_contact(lab.team_key, given_name="Bo", emails=("bo@northwind.example",))
    again = lab.client.create_contact(
        lab.team_key, get_if_existing=True, given_name="Bob", emails=("bo@northwind.example",)
    )
    assert again == first


@pytest.mark.covers("GET /v2/fields", by="GET /v2/teams/{team}")
def test_own_fields_are_named_and_their_options_too(lab: StreakLab) -> None:
    fields = [
        {"name": "VAT", "type": "TEXT_INPUT"},
        {"name": "Tier", "type": "DROPDOWN", "options": ["Gold", "Tin"]},
        {"name": "Since", "type": "DATE"},
        {"name": "Approved", "type": "CHECKBOX"},
        {"name": "Labels", "type": "TAG", "options": ["hot"]},
    ]
    lab.control.post("/directory-fields", {"contacts": fields, "organizations": fields})
    organization = lab.client.create_organization(lab.team_key, name="Northwind")
    changed = lab.client.update_organization(
        organization.key, lab.team_key, fields={"VAT": "DE123", "Tier": "Gold"}
    )
    assert changed.fields == {"VAT": "DE123", "Tier": "Gold"}
    contact = lab.client.create_contact(lab.team_key, given_name="Bo")
    lab.client.update_contact(contact.key, lab.team_key, fields={"VAT": "1"})
    assert lab.client.update_contact(contact.key, lab.team_key, fields={"Tier": "Tin"}).fields == {
        "VAT": "1",
        "Tier": "Tin",
    }
    typed = lab.client.update_contact(
        contact.key,
        lab.team_key,
        fields={"Since": datetime(2026, 1, 2, tzinfo=UTC), "Approved": True, "VAT": None},
    )
    assert typed.fields == {"Tier": "Tin", "Since": "2026-01-02T00:00:00+00:00", "Approved": "true"}
    with pytest.raises(Misconfigured, match="TAG"):
        lab.client.update_contact(contact.key, lab.team_key, fields={"Labels": ("hot",)})
    with pytest.raises(Misconfigured, match='"VAT"'):
        lab.client.update_contact(contact.key, lab.team_key, fields={"VAT no": "1"})
    with pytest.raises(Rejected, match='"Gold"'):
        lab.client.update_contact(contact.key, lab.team_key, fields={"Tier": "gold"})


@pytest.mark.covers("GET /v2/organizations", by="POST /v2/organizations/batch/get")
@pytest.mark.covers("GET /v2/contacts", by="POST /v2/contacts/batch/get")
def test_several_are_read_at_once_and_the_missing_are_left_out(lab: StreakLab) -> None:
    contacts = [lab.client.create_contact(lab.team_key, given_name=f"C{n}") for n in range(3)]
    wanted = [contact.key for contact in contacts]
    since = lab.control.last_call()
    assert lab.client.contacts([*wanted, "no-such-key", wanted[0]]) == {c.key: c for c in contacts}
    assert lab.control.calls_since(since) == ["POST /api/v2/contacts/batch/get"]
    organization = lab.client.create_organization(lab.team_key, name="Northwind")
    assert lab.client.organizations([organization.key, "x"]) == {organization.key: organization}
    assert lab.client.contacts([]) == {}


def test_many_are_read_in_batches(lab: StreakLab) -> None:
    since = lab.control.last_call()
    assert lab.client.contacts([f"key-{n}" for n in range(201)]) == {}
    assert len(lab.control.calls_since(since)) == 3


@pytest.mark.covers("GET /v2/organizations", by="GET /v2/teams/{team}/organizations")
@pytest.mark.covers("GET /v2/contacts", by="GET /v2/teams/{team}/contacts")
def test_the_directory_is_read_slice_by_slice_to_its_end(lab: StreakLab) -> None:
    made = {lab.client.create_contact(lab.team_key, given_name=f"C{n}").key for n in range(5)}
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        items, cursor = lab.client.team_contacts(lab.team_key, cursor=cursor, limit=2)
        seen += [contact.key for contact in items]
        if not cursor:
            break
    assert not cursor
    assert sorted(seen) == sorted(made)
    organization = lab.client.create_organization(lab.team_key, name="Northwind")
    assert [o.key for o in lab.client.team_organizations(lab.team_key).items] == [organization.key]


def test_contacts_saved_before_are_left_out(lab: StreakLab) -> None:
    contact = lab.client.create_contact(lab.team_key, given_name="Bo")
    saved = datetime.fromtimestamp(contact.version / 1000, UTC)
    assert [c.key for c in lab.client.team_contacts(lab.team_key, since=saved).items] == [contact.key]
    later = saved.replace(year=saved.year + 1)
    assert lab.client.team_contacts(lab.team_key, since=later).items == ()


def test_what_is_not_there_is_none(lab: StreakLab) -> None:
    for key in ("", "..", "no-such-key"):
        assert lab.client.contact(key) is None
        assert lab.client.organization(key) is None


def test_a_refusal_keeps_streaks_own_words_and_code(lab: StreakLab) -> None:
    with pytest.raises(Rejected) as caught:
        lab.client.create_contact(lab.team_key, emails=("a@b.example", "a@b.example"))
    assert caught.value.code == "streak_801"
    assert "duplicate emails" in caught.value.message
    lab.expect_violations("duplicate_emails")


EVERYTHING = {
    "notes": "met at the fair",
    "phones": ("+1 555 0100",),
    "addresses": ("1 Main St, Springfield",),
    "domains": ("northwind.example",),
    "twitter": "@nw",
    "facebook": "nw",
    "linkedin": "in/nw",
    "instagram": "nw_",
}
CONTACT = {"title": "CTO", "photo_url": "https://x.example/p.png", "emails": ("bo@northwind.example",)}
ORGANIZATION = {"industry": "Retail", "employees": "51-200", "logo_url": "https://x.example/l.png"}


def test_everything_that_can_be_said_of_a_contact_or_organization_is_kept(lab: StreakLab) -> None:
    contact = lab.client.create_contact(lab.team_key, given_name="Bo", **CONTACT, **EVERYTHING)
    company = lab.client.create_organization(lab.team_key, name="Northwind", **ORGANIZATION, **EVERYTHING)
    for entry, said in ((contact, CONTACT | EVERYTHING), (company, ORGANIZATION | EVERYTHING)):
        assert {name: getattr(entry, name) for name in said} == said
        assert entry.creator_key == lab.client.me().key
        assert entry.created is not None


@pytest.mark.covers("contacts and organizations", by="DELETE /v2/contacts/{contact}")
@pytest.mark.covers("contacts and organizations", by="DELETE /v2/organizations/{organization}")
def test_contacts_and_organizations_are_linked_and_deleted(lab: StreakLab) -> None:
    company = lab.client.create_organization(lab.team_key, name="Northwind")
    contact = lab.client.create_contact(lab.team_key, given_name="Bo")
    linked = lab.client.update_contact(contact.key, lab.team_key, organizations=[company.key])
    assert linked.organizations == (company.key,)
    seen = lab.client.organization(company.key)
    assert seen is not None
    assert seen.contacts == (contact.key,)
    lab.client.delete_organization(company.key)
    lab.client.delete_contact(contact.key)
    assert (lab.client.contact(contact.key), lab.client.organization(company.key)) == (None, None)
    with pytest.raises(Rejected):
        lab.client.delete_contact(contact.key)


def on_boxes(lab: StreakLab) -> tuple[set[str], set[str]]:
    """Contacts and organizations on boxes of two pipelines, one of each on several, and one contact on none."""
    people = [lab.client.create_contact(lab.team_key, given_name=f"C{n}").key for n in range(5)]
    firms = [lab.client.create_organization(lab.team_key, name=f"O{n}").key for n in range(2)]
    pipelines = [lab.pipeline_key, lab.make_pipeline("Support", {})]
    for n, person in enumerate(people[:4]):
        box = lab.client.create_box(pipelines[n % 2], f"Deal {n}").key
        links = [{"key": key, "isStarred": False} for key in (person, people[0])]
        firm = [{"key": firms[n % 2], "isStarred": True}]
        lab.person("POST", f"/v1/boxes/{box}", {"contacts": links, "organizations": firm})
    return set(people[:4]), set(firms)


@pytest.mark.covers("GET /v2/contacts", by="GET /v1/pipelines/{pipeline}/boxes")
@pytest.mark.covers("GET /v2/organizations", by="GET /v1/pipelines/{pipeline}/boxes")
def test_where_streak_does_not_list_them_those_on_boxes_are_found(
    lab: StreakLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory_walk, "_BOXES", 1)
    people, firms = on_boxes(lab)
    lab.control.fault("status", **NOT_OFFERED, path="/(contacts|organizations)$")
    assert whole(lambda cursor: lab.client.team_contacts(lab.team_key, cursor=cursor)) == people
    assert whole(lambda cursor: lab.client.team_organizations(lab.team_key, cursor=cursor)) == firms
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert whole(lambda c: lab.client.team_contacts(lab.team_key, since=later, cursor=c)) == set()


def test_where_streak_does_not_give_several_at_once_they_are_read_one_by_one(lab: StreakLab) -> None:
    contacts = [lab.client.create_contact(lab.team_key, given_name=f"C{n}") for n in range(3)]
    lab.control.fault("status", **NOT_OFFERED, path="/batch/get$")
    found = lab.client.contacts([*(contact.key for contact in contacts), "no-such-key"])
    assert found == {contact.key: contact for contact in contacts}


def test_a_team_that_is_not_there_does_not_pass_for_a_list_that_is_not_offered(lab: StreakLab) -> None:
    with pytest.raises(Misconfigured, match="team"):
        lab.client.team_contacts("no-such-team")


def whole(read: Callable[[str], Slice[Any]]) -> set[str]:
    keys: set[str] = set()
    cursor = ""
    for _ in range(20):
        items, cursor = read(cursor)
        keys |= {item.key for item in items}
        if not cursor:
            return keys
    raise AssertionError("no end")
