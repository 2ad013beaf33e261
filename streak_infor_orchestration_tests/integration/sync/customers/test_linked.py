"""A customer that is linked: nothing is ordered for a closed one, and its two-way sync has its ground."""

import pytest

from streak_infor_orchestration.domain.deal import Party, PartyKind
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.customers import directory
from streak_infor_orchestration.sync.desk.linking import link_customer
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World


@pytest.fixture
def buyer(world: World) -> Party:
    """Who has bought once."""
    key = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    assert world.look(deal_of(world, "one", key)).verdict is None
    world.clock.advance(5)
    return Party(kind=PartyKind.ORGANIZATION, key=key)


def deal_of(world: World, name: str, organization: str) -> str:
    return world.company.deal(name, organization=organization, stage="Proposal Accepted")


def ordered(world: World) -> list[str]:
    return [order["OrderDescription"] for order in world.company.found_in_erp("salesorders")]


def close(world: World, status: str = "Closed") -> str:
    number: str = world.company.found_in_erp("customers")[0]["CustomerID"]
    world.company.correct("customers", number, {"Status": status})
    return number


def test_nothing_is_ordered_for_a_closed_customer(world: World, buyer: Party) -> None:
    number = close(world)
    world.clock.advance(61)
    deal = deal_of(world, "two", buyer.key)
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert work.verdict.problems[0].code == "customer_closed" and number in work.verdict.reason
    assert ordered(world) == ["one"]
    (comment,) = world.company.comments(deal)
    assert f"Customer {number} Northwind GmbH is closed in the ERP." in comment


def test_closed_a_moment_ago_is_closed_for_whoever_asks_by_hand(world: World, buyer: Party) -> None:
    close(world)
    deal = deal_of(world, "two", buyer.key)
    world.ask(deal)
    (work,) = world.run().items
    assert work.verdict is not None and ordered(world) == ["one"]
    known = world.ports.store.customers.linked([buyer.link_key])[buyer.link_key]
    assert known.closed is True, "the next run need not ask"


def test_opened_again_its_deals_go_on_by_themselves(world: World, buyer: Party) -> None:
    close(world)
    world.clock.advance(61)
    world.look(deal_of(world, "two", buyer.key))
    world.clock.advance(61)
    close(world, "Active")
    world.run_customers()
    world.run_until_quiet()
    assert ordered(world) == ["one", "two"]
    assert world.ports.store.dead_letters.count_open() == 0


def test_another_one_in_its_place_lets_them_go_on_too(world: World, buyer: Party) -> None:
    close(world)
    successor = world.ports.erp.create_customer(CustomerDraft(reference="", name="Northwind AG"), Steps()).id
    world.clock.advance(61)
    world.look(deal_of(world, "two", buyer.key))
    link_customer(buyer, successor, actor="jane", ports=world.ports, instead=True)
    world.run_until_quiet()
    assert [order["CustomerID"] for order in world.company.found_in_erp("salesorders")][1:] == [successor]


def test_an_erp_that_shows_no_customers_stops_no_deal_of_a_known_one(world: World, buyer: Party) -> None:
    world.clock.advance(61)
    world.company.erp(
        "/faults", {"kind": "status", "status": 500, "times": None, "method": "GET", "path": "/customers$"}
    )
    assert world.look(deal_of(world, "two", buyer.key)).verdict is None
    assert ordered(world) == ["one", "two"]


def test_a_customer_that_is_gone_is_a_persons(world: World) -> None:
    key = world.company.organization("Northwind GmbH")
    world.ports.store.links.add(Link("customer", f"organization:{key}", "C-9"))
    work = world.look(deal_of(world, "one", key))
    assert work.verdict is not None and work.verdict.problems[0].code == "customer_gone"
    assert ordered(world) == []


def test_a_dry_run_asks_and_notes_nothing(world: World, buyer: Party) -> None:
    close(world)
    world.clock.advance(61)
    before = world.ports.store.watermarks.all()
    (work,) = world.run(dry_run=True, only=(deal_of(world, "two", buyer.key),)).items
    assert work.claim.token == "" and world.ports.store.watermarks.all() == before


# -- the ground of two-way sync ----------------------------------------------------------------------------


def test_a_create_that_lost_its_answer_gets_its_ground(world: World) -> None:
    world.company.erp("/faults", {"kind": "cut_after", "method": "POST", "path": "/customers$"})
    key = world.company.organization("Northwind GmbH", phoneNumbers=["+4930901820"])
    deal = deal_of(world, "one", key)
    world.look(deal)
    world.run_until_quiet()
    assert ordered(world) == ["one"] and has_ground(world, key, deal)
    kept_the_same(world, key)


def test_a_run_that_died_between_the_customer_and_its_ground_is_made_up_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = world.company.organization("Northwind GmbH", phoneNumbers=["+4930901820"])
    deal = deal_of(world, "one", key)
    with monkeypatch.context() as dying:
        dying.setattr("streak_infor_orchestration.sync.customers.resolve.first_sight", _dies)
        world.look(deal)
    world.run_until_quiet()
    assert ordered(world) == ["one"] and has_ground(world, key, deal)
    kept_the_same(world, key)


def test_so_does_one_that_a_person_has_linked(world: World) -> None:
    number = world.ports.erp.create_customer(
        CustomerDraft(reference="", name="NW", phone="+4930901820"), Steps()
    ).id
    key = world.company.organization("Northwind GmbH", phoneNumbers=["+4930901820"])
    link_customer(Party(kind=PartyKind.ORGANIZATION, key=key), number, actor="jane", ports=world.ports)
    deal = deal_of(world, "one", key)
    world.look(deal)
    assert ordered(world) == ["one"] and has_ground(world, key, deal)
    kept_the_same(world, key)


def has_ground(world: World, organization: str, deal: str) -> bool:
    shadow = world.ground(f"organization:{organization}")
    return shadow is not None and shadow.box_key == deal


def kept_the_same(world: World, organization: str) -> None:
    world.clock.advance(5)
    world.company.edit_party(f"organization:{organization}", phoneNumbers=["+4930555555"])
    world.run_customers(f"organization:{organization}")
    (customer,) = world.company.found_in_erp("customers")
    assert customer["Phone"] == "+4930555555"


def _dies(*_: object) -> None:
    raise RuntimeError("the power is gone")


def test_who_is_found_in_the_erp_has_its_ground_as_it_is_linked(world: World) -> None:
    """Both sides as they are, with the deal and the contact it is read through; its next poll brings nothing new."""
    booked = {"Name": "Northwind GmbH", "Email": "a@northwind.example", "Phone": "+4930111111"}
    number = world.company.book("customers", booked)["CustomerID"]
    contact = world.company.contact("Jane", "Roe", emailAddresses=["jane@northwind.example"])
    key = world.company.organization(
        "Northwind GmbH", domains=["northwind.example"], phoneNumbers=["+4930901820"]
    )
    deal = world.company.deal("one", organization=key)
    world.company.edit(deal, stage="Proposal Accepted", contacts=[{"key": contact, "isStarred": True}])
    work = world.look(deal)
    assert work.trail[0] == f"customer {number} found: Northwind GmbH"
    party, store = f"organization:{key}", world.ports.store
    shadow = world.ground(party)
    assert shadow is not None and (shadow.box_key, shadow.contact_key) == (deal, contact)
    assert shadow.fields["customer.phone"] == ["+4930901820", "+4930111111"]
    assert shadow.fields["customer.name"] == ["Northwind GmbH", "Northwind GmbH"]
    customer = world.ports.erp.customer(number)
    assert customer is not None and store.links.seen("customer", [number]) == {number: customer.stamp}
    world.company.edit_party(party, phoneNumbers=["+4930222222"])
    world.look(deal_of(world, "two", key))
    assert world.ground(party) == shadow, "the ground that is there stays"


def news(world: World, kind: str, key: str) -> list[tuple[str, str, str]]:
    events = world.ports.store.inbox.events(kind, key)
    return [(event.source, event.name, event.lane) for event in events if event.source == "erp"]


def test_what_the_list_of_customers_tells_of_one_that_changed_closed_and_opened(
    world: World, buyer: Party
) -> None:
    """Its customer, each version once; and the deal that waited for it to be opened."""
    directory.refresh(world.ports.erp, world.ports.store)
    assert news(world, "customer", buyer.link_key) == []
    close(world)
    world.clock.advance(61)
    deal = deal_of(world, "two", buyer.key)
    world.look(deal)
    assert news(world, "customer", buyer.link_key) == [("erp", "CUSTOMER", "live")]
    assert news(world, "deal", deal) == []
    world.clock.advance(61)
    close(world, "Active")
    assert directory.refresh(world.ports.erp, world.ports.store) == 2
    assert news(world, "customer", buyer.link_key) == [("erp", "CUSTOMER", "live")] * 2
    assert news(world, "deal", deal) == [("erp", "OPENED", "live")]
    assert directory.refresh(world.ports.erp, world.ports.store) == 0


def test_a_credit_hold_that_is_lifted_is_tried_again_as_if_a_person_asked(world: World, buyer: Party) -> None:
    number = world.company.found_in_erp("customers")[0]["CustomerID"]
    world.company.erp(f"/customers/{number}/credit-hold", {"CreditHold": True})
    deal = deal_of(world, "two", buyer.key)
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    world.clock.advance(61)
    world.company.erp(f"/customers/{number}/credit-hold", {"CreditHold": False})
    directory.refresh(world.ports.erp, world.ports.store)
    assert news(world, "deal", deal) == [("erp", "HOLD_LIFTED", "manual")]
    world.run()
    assert ordered(world) == ["one", "two"]
    assert world.ports.store.dead_letters.count_open() == 0
