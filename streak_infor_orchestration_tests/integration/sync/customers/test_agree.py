"""A linked customer is kept the same on both sides: one side's change is copied, an echo is none."""

from collections.abc import Callable
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Stale
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.row.rows import CUSTOMERS
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration_tests.integration.sync.ports.test_names import TAX, taxed
from streak_infor_orchestration_tests.world import World

ASK = {"fields:\n": "fields:\n  - {to: customer.phone, from: organization.phone, owner: ask}\n"}


def customer_of(world: World, **organization: object) -> tuple[str, str, str]:
    """A deal that has been ordered: the customer's link key, its number and the deal."""
    key = world.company.organization("Northwind GmbH", domains=["northwind.example"], **organization)
    deal = world.company.deal("Northwind", organization=key, stage="Proposal Accepted")
    assert world.look(deal).verdict is None
    (customer,) = world.company.found_in_erp("customers")
    world.clock.advance(5)
    return f"organization:{key}", customer["CustomerID"], deal


def looked(world: World, party: str) -> Work:
    world.clock.advance(5)
    return {work.claim.key: work for work in world.run_customers(party)}[party]


def in_erp(world: World, field: str) -> object:
    (customer,) = world.company.found_in_erp("customers")
    return customer.get(field)


def writes(world: World) -> int:
    reads = ("/batch/get",)
    return sum(not c.startswith("GET") and not c.endswith(reads) for c in world.company.calls())


def test_a_change_in_streak_reaches_the_erp(world: World) -> None:
    party, _, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    assert "customer.phone" in " ".join(looked(world, party).trail)
    assert in_erp(world, "Phone") == "+4930555555"


def test_a_change_in_the_erp_reaches_streak_without_anybody_asking(world: World) -> None:
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820", "+49302"])
    world.run_customers()
    world.clock.advance(5)
    world.company.correct("customers", number, {"Phone": "+4930777777", "Name": "Northwind Group GmbH"})
    (work,) = world.run_customers()
    assert work.claim.key == party
    organization = world.company.party(party)
    assert organization["phoneNumbers"] == ["+4930777777", "+49302"], "the other numbers stay"
    assert organization["name"] == "Northwind Group GmbH"


def test_our_own_writes_are_no_change(world: World) -> None:
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    looked(world, party)
    world.clock.advance(5)
    world.company.correct("customers", number, {"Phone": "+4930777777"})
    looked(world, party)
    before = writes(world)
    for _ in range(3):
        assert looked(world, party).trail == ()
    assert writes(world) == before


def test_a_difference_that_was_always_there_is_left_alone(world: World) -> None:
    """A customer that was found, not made: linking it must not overwrite what either side has."""
    world.company.book(
        "customers",
        {"Name": "Northwind GmbH", "Email": "buying@northwind.example", "Phone": "+4930111111"},
    )
    party, _, _ = customer_of(world, phoneNumbers=["+4930901820"])
    before = writes(world)
    looked(world, party)
    assert writes(world) == before
    assert in_erp(world, "Phone") == "+4930111111"


def test_the_same_number_written_otherwise_is_no_change(world: World) -> None:
    party, _, _ = customer_of(world, phoneNumbers=["+4930901820"])
    before = writes(world)
    world.company.edit_party(party, phoneNumbers=["+49 (30) 901820"])
    assert looked(world, party).trail == ()
    assert writes(world) == before + 1, "only the one by sales"


def test_changed_on_both_sides_and_asked_it_waits_for_a_person(make_world: Callable[..., World]) -> None:
    world = make_world(settings=ASK)
    party, number, deal = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    world.company.correct("customers", number, {"Phone": "+4930777777"})
    for _ in range(2):
        work = looked(world, party)
        assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert in_erp(world, "Phone") == "+4930777777"
    told = [text for text in world.company.comments(deal) if "both sides" in text]
    assert len(told) == 1 and "+4930555555" in told[0] and "+4930777777" in told[0]
    assert world.ports.store.dead_letters.of("customer", party) is not None

    world.company.edit_party(party, phoneNumbers=["+4930777777"])
    assert looked(world, party).verdict is None
    assert world.ports.store.dead_letters.of("customer", party) is None


def test_changed_on_both_sides_the_owner_wins(world: World) -> None:
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    world.company.correct("customers", number, {"Phone": "+4930777777"})
    looked(world, party)
    assert in_erp(world, "Phone") == "+4930555555"


@pytest.mark.parametrize("last", ["streak", "infor"])
def test_changed_on_both_sides_the_one_that_was_seen_to_change_last_wins(
    make_world: Callable[..., World], last: str
) -> None:
    latest = {old: new.replace("ask", "latest") for old, new in ASK.items()}
    world = make_world(settings=latest, typing_seconds=10)
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820"])
    changes = {
        "streak": lambda: world.company.edit_party(party, phoneNumbers=["+4930555555"]),
        "infor": lambda: world.company.correct("customers", number, {"Phone": "+4930777777"}),
    }
    for side in sorted(changes, key=lambda side: side == last):
        changes[side]()
        looked(world, party)
    world.clock.advance(10)
    world.run_customers()
    phone = {"streak": "+4930555555", "infor": "+4930777777"}[last]
    assert in_erp(world, "Phone") == phone
    assert world.company.party(party)["phoneNumbers"] == [phone]


def test_a_record_that_changed_meanwhile_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    update = FacadeErp.update_customer

    def overtaken(*asked: Any) -> object:
        monkeypatch.undo()
        world.clock.advance(1)
        world.company.correct("customers", number, {"ContactName": "Jane Roe"})
        return update(*asked)

    monkeypatch.setattr(FacadeErp, "update_customer", overtaken)
    work = looked(world, party)
    assert work.verdict is not None and isinstance(work.verdict.error, Stale)
    assert in_erp(world, "Phone") == "+4930901820"
    looked(world, party)
    assert (in_erp(world, "Phone"), in_erp(world, "ContactName")) == ("+4930555555", "Jane Roe")


def test_a_death_between_the_two_writes_repeats_neither(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    world.company.correct("customers", number, {"Name": "Northwind Group GmbH"})

    def die(*_: object, **__: object) -> object:
        raise RuntimeError("killed")

    monkeypatch.setattr(StreakClient, "update_organization", die)
    looked(world, party)
    assert in_erp(world, "Phone") == "+4930555555"
    monkeypatch.undo()
    world.clock.advance(60)
    before = writes(world)
    looked(world, party)
    assert world.company.party(party)["name"] == "Northwind Group GmbH"
    assert writes(world) == before + 1
    assert world.ports.store.effects.unsettled() == []


def test_a_changed_contact_concerns_the_customer_that_is_read_with_it(world: World) -> None:
    contact = world.company.contact("Jane", "Roe", emailAddresses=["jane@x.example"])
    key = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    deal = world.company.deal("Northwind", organization=key)
    world.company.edit(deal, stage="Proposal Accepted", contacts=[{"key": contact, "isStarred": True}])
    world.look(deal)
    assert in_erp(world, "ContactName") == "Jane Roe"
    world.company.edit_party(f"contact:{contact}", familyName="Doe")
    CUSTOMERS.run(Batch("dry", only=(f"contact:{contact}",), dry_run=True), world.ports)
    assert not world.ports.store.inbox.due(CUSTOMERS.kinds).count, "a dry run makes nobody due"
    world.run_customers(f"contact:{contact}")
    assert in_erp(world, "ContactName") == "Jane Doe"


def test_an_organization_is_linked_when_the_rules_are_certain_and_never_made(world: World) -> None:
    known = world.company.book("customers", {"Name": "Northwind GmbH", "Email": "a@northwind.example"})
    keys = [
        world.company.organization(name, domains=[domain])
        for name, domain in (("Northwind GmbH", "northwind.example"), ("Contoso", "contoso.example"))
    ]
    world.run_customers(*(f"organization:{key}" for key in keys))
    links = world.ports.store.links
    assert links.erp_key("customer", f"organization:{keys[0]}") == known["CustomerID"]
    assert links.erp_key("customer", f"organization:{keys[1]}") is None
    assert len(world.company.found_in_erp("customers")) == 1


def test_what_stands_on_the_deal_is_kept_too_and_goes_over_when_it_is_entered(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings={"fields:\n": 'fields:\n  - {to: customer.tax_id, from: "field:VAT id"}\n'})
    party, _, deal = customer_of(world)
    world.company.edit(deal, {"VAT id": "DE811907980"})
    looked(world, party)
    assert in_erp(world, "TaxID") == "DE811907980"


def test_what_cannot_be_read_any_more_is_told_on_the_deal_and_mended_by_an_edit(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=ASK)
    party, _, deal = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["call Jane"])
    work = looked(world, party)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert in_erp(world, "Phone") == "+4930901820"
    assert any("call Jane" in text for text in world.company.comments(deal))
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    assert looked(world, party).verdict is None
    assert in_erp(world, "Phone") == "+4930555555"
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_person_who_buys_is_kept_the_same_too(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"  source: organization": "  source: contact"})
    contact = world.company.contact(
        "Jane", "Roe", emailAddresses=["jane@roe.example"], phoneNumbers=["+4930901820"]
    )
    deal = world.company.deal("Northwind")
    world.company.edit(deal, stage="Proposal Accepted", contacts=[{"key": contact, "isStarred": True}])
    world.look(deal)
    (customer,) = world.company.found_in_erp("customers", Name="Jane Roe")
    party = f"contact:{contact}"
    world.company.edit_party(party, familyName="Doe")
    world.clock.advance(5)
    world.company.correct("customers", customer["CustomerID"], {"Email": "jane@doe.example"})
    looked(world, party)
    assert in_erp(world, "Name") == "Jane Doe"
    assert world.company.party(party)["emailAddresses"] == ["jane@doe.example"]


def test_an_organization_that_is_gone_takes_nothing_with_it(world: World) -> None:
    party, number, _ = customer_of(world)
    world.company.delete_entry("organizations", party.partition(":")[2])
    work = looked(world, party)
    assert work.verdict is not None and work.verdict.status is Status.CONVERGED
    assert world.ports.store.links.erp_key("customer", party) == number


def test_a_dry_run_writes_nowhere(world: World) -> None:
    party, _, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    before = writes(world)
    (work,) = CUSTOMERS.run(Batch("dry", only=(party,), dry_run=True), world.ports).items
    assert work.trail == ("would set in the ERP: customer.phone = +4930555555",)
    assert writes(world) == before


def test_a_customer_that_is_gone_from_the_erp_is_a_persons(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    party, _, deal = customer_of(world)
    monkeypatch.setattr(FacadeErp, "customer", lambda *_: None)
    work = looked(world, party)
    assert work.verdict is not None and work.verdict.problems[0].code == "customer_gone"
    assert any("no longer exists" in text for text in world.company.comments(deal))


def test_what_was_copied_to_a_person_is_the_ground_of_the_next_look(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"  source: organization": "  source: contact"})
    contact = world.company.contact(
        "Jane", "Roe", emailAddresses=["jane@roe.example", "j@roe.example"], phoneNumbers=["+4930901820"]
    )
    deal = world.company.deal("Northwind")
    world.company.edit(deal, stage="Proposal Accepted", contacts=[{"key": contact, "isStarred": True}])
    world.look(deal)
    (customer,) = world.company.found_in_erp("customers", Name="Jane Roe")
    party = f"contact:{contact}"
    world.clock.advance(5)
    world.company.correct("customers", customer["CustomerID"], {"Email": "jane@doe.example"})
    work = looked(world, party)
    assert (work.verdict, work.trail) == (None, ("contact updated: email",))
    assert work.contact is not None and work.contact.emails == ("jane@doe.example", "j@roe.example")
    shadow = world.ground(party)
    assert shadow is not None
    assert shadow.fields["customer.email"] == ["jane@doe.example", "jane@doe.example"]
    row = world.ports.store.effects.get(f"contact:{contact}:fields")
    assert row is not None
    assert (row.shape, row.state, row.external_id) == ("set", "confirmed", str(work.contact.version))
    assert row.body == {"emails": ["jane@doe.example", "j@roe.example"]}
    before = writes(world)
    again = looked(world, party)
    assert (again.verdict, again.trail, writes(world)) == (None, (), before)


def test_a_dry_run_says_what_it_would_copy_and_ask(make_world: Callable[..., World]) -> None:
    world = make_world(settings=ASK)
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    world.company.correct("customers", number, {"Phone": "+4930777777", "Name": "Northwind Group GmbH"})
    before = writes(world)
    (work,) = CUSTOMERS.run(Batch("dry", only=(party,), dry_run=True), world.ports).items
    assert work.verdict is None and len(work.trail) == 2
    assert work.trail[0].startswith("would set in Streak: ")
    assert work.trail[0].endswith(" = Northwind Group GmbH")
    assert work.trail[1].startswith(f"would ask: phone of customer {number} was changed on both sides")
    assert writes(world) == before


def test_of_a_customer_without_its_deal_what_may_stand_there_is_not_missed(
    make_world: Callable[..., World],
) -> None:
    """Its tax number was on the deal, which is gone: that is no change, and nobody's trouble."""
    world = make_world(settings={"fields:\n": 'fields:\n  - {to: customer.tax_id, from: "field:VAT id"}\n'})
    key = world.company.organization("Northwind GmbH", phoneNumbers=["+4930901820"])
    deal = world.company.deal("Northwind", organization=key)
    world.company.edit(deal, {"VAT id": "DE811907980"}, stage="Proposal Accepted")
    world.look(deal)
    party = f"organization:{key}"
    ground = world.ground(party)
    assert ground is not None and ground.fields["customer.tax_id"] == ["DE811907980", "DE811907980"]
    world.company.delete(deal)
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    assert looked(world, party).verdict is None
    assert (in_erp(world, "Phone"), in_erp(world, "TaxID")) == ("+4930555555", "DE811907980")
    after = world.ground(party)
    assert after is not None and after.fields["customer.tax_id"] == ground.fields["customer.tax_id"]


def test_an_own_field_of_an_organization_follows_the_erp(make_world: Callable[..., World]) -> None:
    world = make_world(settings=TAX)
    key = taxed(world, "DE811907980")
    deal = world.company.deal("Northwind", organization=key, stage="Proposal Accepted")
    assert world.look(deal).verdict is None
    (customer,) = world.company.found_in_erp("customers")
    world.clock.advance(5)
    world.company.correct("customers", customer["CustomerID"], {"TaxID": "DE136695976"})
    work = looked(world, f"organization:{key}")
    assert (work.verdict, work.trail) == (None, ("organization updated: VAT",))
    read = world.ports.streak.organization(key)
    assert read is not None and read.fields == {"VAT": "DE136695976"}
    row = world.ports.store.effects.get(f"organization:{key}:fields")
    assert row is not None and row.body == {"fields": {"VAT": "DE136695976"}}
    assert (row.shape, row.state, row.subject) == ("set", "confirmed", f"organization:{key}")


def test_how_a_look_at_each_kind_of_customer_ends(world: World) -> None:
    """Linked where certain; for all others a look is over, and says why."""
    company = world.company
    booked = {"Name": "Northwind GmbH", "Email": "a@northwind.example", "Currency": "EUR"}
    number = company.book("customers", booked)["CustomerID"]
    certain = company.organization("Northwind GmbH", domains=["northwind.example"])
    twin = company.organization("Northwind GmbH", domains=["northwind.example"])
    unknown, person = company.organization("Contoso"), company.contact("Jane", "Roe")
    gone = company.organization("Gone")
    company.delete_entry("organizations", gone)
    ends = {key: looked(world, f"organization:{key}") for key in (certain, twin, unknown, gone)}
    ends[person] = looked(world, f"contact:{person}")
    assert ends[certain].verdict is None
    assert ends[certain].trail == (f"customer {number} linked, same name and e-mail domain",)
    reasons = {key: work.verdict.reason for key, work in ends.items() if work.verdict}
    assert reasons == {
        twin: "no customer yet: the first order makes or finds it",
        unknown: "no customer yet: the first order makes or finds it",
        gone: "it is gone from Streak",
        person: "a person is a customer only where a deal says so",
    }
    assert {work.verdict.status for work in ends.values() if work.verdict} == {Status.CONVERGED}
    inbox = world.ports.store.inbox
    assert inbox.pending("customer", f"organization:{gone}") is None, "nothing of it has to be remembered"
    done = inbox.pending("customer", f"organization:{unknown}")
    assert done is not None and done.due_at is None
    assert world.ports.store.links.all("customer") == [Link("customer", f"organization:{certain}", number)]
