"""People at a customer: linked, made on either side, kept the same, moved, and closed; nobody twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.row.rows import CUSTOMERS
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration_tests.integration.sync.customers.test_agree import looked, writes
from streak_infor_orchestration_tests.world import World

SECTION = "contacts: {create: CREATE, gone: GONE, owner: OWNER, custom: {Desk: Desk}}\nlines:\n"


@dataclass
class Office:
    """An organization that is linked to its customer."""

    world: World
    organization: str
    customer: str

    @property
    def party(self) -> str:
        return f"organization:{self.organization}"

    def has(self, *contacts: str) -> None:
        """These and no others."""
        self.world.company.edit_party(self.party, contactLinks=[{"key": key} for key in contacts])

    def look(self) -> Work:
        return looked(self.world, self.party)

    def in_erp(self) -> list[dict[str, Any]]:
        return self.world.company.found_in_erp("contacts", CustomerID=self.customer)

    def book(self, given: str, family: str, **members: Any) -> str:
        person = {"CustomerID": self.customer, "GivenName": given, "FamilyName": family, **members}
        return str(self.world.company.book("contacts", person)["ContactID"])


def office(world: World, name: str = "Northwind GmbH") -> Office:
    key = world.company.organization(name)
    number = world.company.book("customers", {"Name": name, "Currency": "EUR"})["CustomerID"]
    world.ports.store.links.add(Link("customer", f"organization:{key}", number))
    return Office(world, key, number)


@pytest.fixture
def make_office(make_world: Callable[..., World]) -> Iterator[Callable[..., Office]]:
    def make(create: str = "none", gone: str = "flag", owner: str = "streak") -> Office:
        section = SECTION.replace("CREATE", create).replace("GONE", gone).replace("OWNER", owner)
        world = make_world(settings={"lines:\n": section})
        world.company.streak("/directory-fields", {"contacts": [{"name": "Desk", "type": "TEXT_INPUT"}]})
        return office(world)

    yield make


def jane(world: World, **properties: Any) -> str:
    return world.company.contact("Jane", "Roe", **{"emailAddresses": ["jane@x.example"], **properties})


def test_who_is_the_same_is_linked_and_nothing_is_overwritten(make_office: Callable[..., Office]) -> None:
    here = make_office()
    key = jane(here.world, phoneNumbers=["+49301"])
    here.has(key)
    number = here.book("Jane", "Roe", Phone="+49309")
    before = writes(here.world)
    assert f"contact {number} linked: same name" in here.look().trail
    assert writes(here.world) == before
    here.world.company.edit_party(f"contact:{key}", phoneNumbers=["+49302"])
    here.look()
    assert [one["Phone"] for one in here.in_erp()] == ["+49302"]
    here.world.company.correct("contacts", number, {"Role": "Buyer", "CustomFields": {"Desk": "12"}})
    here.world.run_customers()
    contact = here.world.ports.streak.contact(key)
    assert contact is not None and (contact.title, contact.fields) == ("Buyer", {"Desk": "12"})
    before = writes(here.world)
    assert here.look().trail == () and writes(here.world) == before


def test_a_shared_address_links_nobody_and_makes_nobody(make_office: Callable[..., Office]) -> None:
    here = make_office(create="both")
    here.has(jane(here.world, emailAddresses=["info@x.example"]))
    here.book("Mary", "Poe", Email="info@x.example")
    before = writes(here.world)
    assert here.look().trail == ()
    assert writes(here.world) == before


def test_who_is_missing_is_made_once_on_the_side_that_misses_them(make_office: Callable[..., Office]) -> None:
    here = make_office(create="both")
    here.has(jane(here.world, title="Buyer", phoneNumbers=["+49301"]))
    number = here.book("John", "Doe", Email="john@x.example", Role="Boss")
    here.book("No", "Address")
    here.look()
    made = next(one for one in here.in_erp() if one["GivenName"] == "Jane")
    assert (made["Email"], made["Phone"], made["Role"]) == ("jane@x.example", "+49301", "Buyer")
    organization = here.world.ports.streak.organization(here.organization)
    assert organization is not None and len(organization.contacts) == 2
    known = here.world.ports.streak.contacts(organization.contacts).values()
    john = next(one for one in known if one.given_name == "John")
    assert (john.emails, john.title) == (("john@x.example",), "Boss")
    links = {link.erp_key: link.streak_key for link in here.world.ports.store.links.all("contact")}
    assert links[number] == f"{john.key}@{here.customer}"
    before = writes(here.world)
    for _ in range(3):
        assert here.look().trail == ()
    assert writes(here.world) == before
    assert here.world.run_customers() == [], "what we made ourselves was told to us, and looked at"


@pytest.mark.parametrize("create", ["none", "streak"])
def test_nobody_is_made_where_the_policy_does_not_say_so(
    make_office: Callable[..., Office], create: str
) -> None:
    here = make_office(create=create)
    here.has(jane(here.world))
    here.look()
    assert here.in_erp() == []


def test_an_address_that_another_person_has_in_streak_is_a_persons(
    make_office: Callable[..., Office],
) -> None:
    here = make_office(create="streak")
    jane(here.world)  # at no organization
    here.book("John", "Doe", Email="jane@x.example")
    work = here.look()
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert [problem.code for problem in work.verdict.problems] == ["address_shared"]
    assert here.world.ports.store.links.all("contact") == []


def test_an_unanswered_create_in_streak_is_found_again_by_its_mark(
    make_office: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make_office(create="streak")
    here.book("John", "Doe", Email="john@x.example")
    create = StreakClient.create_contact

    def unanswered(*asked: Any, **properties: Any) -> Any:
        create(*asked, **properties)
        raise RuntimeError("no answer")

    monkeypatch.setattr(StreakClient, "create_contact", unanswered)
    here.look()
    monkeypatch.undo()
    for _ in range(3):
        here.world.clock.advance(60)
        here.world.run_customers()
    organization = here.world.ports.streak.organization(here.organization)
    assert organization is not None and len(organization.contacts) == 1
    made = [call for call in here.world.company.calls() if call.startswith("POST") and "/teams/" in call]
    assert sum(call.endswith("/contacts") for call in made) == 1
    assert here.world.ports.store.effects.unsettled() == []


def test_who_moves_in_streak_moves_in_the_erp_and_stays_one_person(
    make_office: Callable[..., Office],
) -> None:
    here = make_office(create="infor")
    there = office(here.world, "Contoso")
    key = jane(here.world)
    here.has(key)
    here.look()
    (made,) = here.in_erp()
    here.has()
    there.has(key)
    here.look()
    here.world.run_customers()
    assert here.in_erp() == []
    (moved,) = there.in_erp()
    assert (moved["ContactID"], moved["Active"]) == (made["ContactID"], True)
    assert [link.streak_key for link in here.world.ports.store.links.all("contact")] == [
        f"{key}@{there.customer}"
    ]
    before = writes(here.world)
    assert (here.look().trail, there.look().trail) == ((), ())
    assert writes(here.world) == before


def test_who_moves_in_the_erp_moves_in_streak(make_office: Callable[..., Office]) -> None:
    here = make_office(create="both")
    there = office(here.world, "Contoso")
    key = jane(here.world)
    here.has(key)
    here.look()
    here.world.run_customers()
    (made,) = here.in_erp()
    here.world.company.correct("contacts", made["ContactID"], {"CustomerID": there.customer})
    here.world.clock.advance(5)
    here.world.run_customers()
    contact = here.world.ports.streak.contact(key)
    assert contact is not None and contact.organizations == (there.organization,)
    before = writes(here.world)
    assert (here.look().trail, there.look().trail) == ((), ())
    assert writes(here.world) == before


def test_who_is_at_two_organizations_is_known_at_both_customers(make_office: Callable[..., Office]) -> None:
    here = make_office(create="infor")
    there = office(here.world, "Contoso")
    key = jane(here.world)
    here.has(key)
    there.has(key)
    here.look(), there.look()
    assert len(here.in_erp()) == len(there.in_erp()) == 1


@pytest.mark.parametrize("gone", ["ignore", "flag", "close"])
def test_who_left_is_ignored_told_of_or_closed_and_never_deleted(
    make_office: Callable[..., Office], gone: str
) -> None:
    here = make_office(create="infor", gone=gone)
    key = jane(here.world)
    here.has(key)
    here.look()
    here.has()
    work = here.look()
    told = work.verdict is not None and work.verdict.problems[0].code == "contact_gone"
    (person,) = here.in_erp()
    assert (told, person["Active"]) == {
        "ignore": (False, True),
        "flag": (True, True),
        "close": (False, False),
    }[gone]
    before = writes(here.world)
    here.look()
    assert writes(here.world) == before
    here.has(key)
    assert here.look().verdict is None
    assert here.in_erp()[0]["Active"], "back again"


def test_a_deleted_contact_is_one_who_left(make_office: Callable[..., Office]) -> None:
    here = make_office(create="infor", gone="close")
    key = jane(here.world)
    here.has(key)
    here.look()
    here.world.company.delete_entry("contacts", key)
    here.look()
    (person,) = here.in_erp()
    assert not person["Active"]


def test_one_persons_problem_stops_nobody_else(make_office: Callable[..., Office]) -> None:
    here = make_office(owner="ask")
    keys = [jane(here.world), here.world.company.contact("John", "Doe")]
    here.has(*keys)
    numbers = [here.book("Jane", "Roe"), here.book("John", "Doe")]
    here.look()
    for key in keys:
        here.world.company.edit_party(f"contact:{key}", title="Buyer")
    here.world.company.correct("contacts", numbers[0], {"Role": "Boss"})
    work = here.look()
    assert work.verdict is not None and [p.field for p in work.verdict.problems] == ["contact.role"]
    roles = {one["ContactID"]: one["Role"] for one in here.in_erp()}
    assert roles == {numbers[0]: "Boss", numbers[1]: "Buyer"}


def test_a_dry_run_says_what_it_would_do_and_does_nothing(make_office: Callable[..., Office]) -> None:
    here = make_office(create="both")
    here.has(jane(here.world))
    here.book("John", "Doe", Email="john@x.example")
    before = writes(here.world)
    (work,) = CUSTOMERS.run(Batch("dry", only=(here.party,), dry_run=True), here.world.ports).items
    assert [line.partition(":")[0] for line in work.trail] == [
        f"would create a contact at customer {here.customer}",
        "would create a contact in Streak",
    ]
    assert writes(here.world) == before


def test_without_the_section_nobody_is_looked_at(world: World) -> None:
    here = office(world)
    here.has(jane(world))
    here.look()
    assert not any("/contacts" in call and "infor" in call for call in world.company.calls())


def test_an_edited_contact_concerns_the_customers_it_is_known_at(make_office: Callable[..., Office]) -> None:
    here = make_office(create="infor")
    key = jane(here.world)
    here.has(key)
    here.world.run_customers(f"contact:{key}")
    assert len(here.in_erp()) == 1, "who is new at an organization"
    here.world.company.edit_party(f"contact:{key}", title="Buyer")
    here.world.run_customers(f"contact:{key}")
    assert here.in_erp()[0]["Role"] == "Buyer"
