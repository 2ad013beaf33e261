"""Contacts and organizations (Streak API contract §3.8, §3.9)."""

from datetime import UTC, datetime

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured, Rejected

from .lab import StreakLab


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
