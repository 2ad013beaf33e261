"""One record that is not as its system promised never stops the others, and is not lost once it can be read."""

from typing import Any

import pytest

from streak_infor_orchestration.domain.company_name import bare
from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.ledger.dead_letters import DeadLetter
from streak_infor_orchestration.ledger.left_out import KIND
from streak_infor_orchestration.sync.customers.directory import WATERMARK, refresh
from streak_infor_orchestration.sync.customers.existing import link_existing
from streak_infor_orchestration.sync.customers.sweep import sweep_customers
from streak_infor_orchestration.sync.desk.recover import recover
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration.sync.watch.left_out import look_again_everywhere
from streak_infor_orchestration.sync.watch.sweep import UNDER_WAY, sweep
from streak_infor_orchestration_tests.world.spoiling import spoilt
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED, World

ODD: list[dict[str, Any]] = [
    {"Name": None},
    {"Name": 7},
    {"Status": ["Active"]},
    {"Currency": {}},
    {"CustomFields": {"Tier": 5}},
    {"CustomFields": ["Tier"]},
    {"CreditLimit": 100.5},
    {"CreditLimit": "1E+999999"},
    {"CreditLimit": "NaN"},
    {"BillingAddress": "Main Street 1"},
    {"CreditHold": "perhaps"},
    {"CreatedAt": "yesterday"},
]


def directory(world: World) -> int:
    return refresh(world.ports.erp, world.ports.store)


def known(world: World) -> set[str]:
    names = ("Odd AG", "Northwind GmbH", "Later Ltd")
    return {name for name in names if world.ports.store.customers.find("bare_name", bare(name))}


def customer(world: World, name: str) -> str:
    return str(world.company.book("customers", {"Name": name, "Currency": "EUR"})["CustomerID"])


def spoil(world: World, collection: str, key: str, **members: Any) -> None:
    world.company.erp(f"/records/{collection}/{key}", members)


def letters(world: World) -> list[DeadLetter]:
    return [letter for letter in world.ports.store.dead_letters.listing() if letter.kind == KIND]


@pytest.mark.parametrize("members", ODD, ids=str)
def test_an_unreadable_customer_is_left_out_and_told_and_the_others_are_read(
    world: World, members: dict[str, Any]
) -> None:
    odd = customer(world, "Odd AG")
    directory(world)
    world.clock.advance(60)
    spoil(world, "customers", odd, **members)
    world.clock.advance(60)
    customer(world, "Northwind GmbH")
    before = world.ports.store.watermarks.get(WATERMARK)
    for _ in range(3):
        directory(world)
    assert "Northwind GmbH" in known(world)
    after = world.ports.store.watermarks.get(WATERMARK)
    assert before is not None and after is not None and after > before
    (letter,) = letters(world)
    (problem,) = letter.diagnosis["problems"]
    assert letter.key == f"infor customers {odd}" and odd in letter.message
    assert next(iter(members)) in letter.message and problem["fix"]
    assert world.ports.store.left_out.counts() == {("infor", "customers"): 1}


def test_a_custom_field_without_a_value_is_none(world: World) -> None:
    odd = customer(world, "Odd AG")
    spoil(world, "customers", odd, CustomFields={"Tier": None, "Region": "North"})
    directory(world)
    assert known(world) == {"Odd AG"} and letters(world) == []
    read = world.ports.erp.customer(odd)
    assert read is not None and read.custom == {"Region": "North"}


def test_a_customer_that_can_be_read_again_is_known_though_nobody_changed_it(world: World) -> None:
    """The list is past it by then."""
    customer(world, "Odd AG")
    with spoilt(b'"Name":"Odd AG"', b'"Name":null'):
        directory(world)
        world.clock.advance(60)
        customer(world, "Later Ltd")
        directory(world)
        assert known(world) == {"Later Ltd"} and len(letters(world)) == 1
    world.clock.advance(60)
    directory(world)
    assert known(world) == {"Odd AG", "Later Ltd"} and letters(world) == []


def test_a_customer_that_is_gone_is_waited_for_no_longer(world: World) -> None:
    odd = customer(world, "Odd AG")
    spoil(world, "customers", odd, Name=None)
    directory(world)
    assert len(letters(world)) == 1
    world.company.infor_twin.delete(f"/records/customers/{odd}").raise_for_status()
    directory(world)
    assert letters(world) == []


def test_a_whole_page_of_nothing_readable_is_passed_over_by_nobody(world: World) -> None:
    for n in range(20):
        customer(world, f"Customer {n}")
    with spoilt(b'"Currency"', b'"Money"'), spoilt(b'"Name"', b'"Called"'), pytest.raises(Transient):
        directory(world)
    assert world.ports.store.watermarks.get(WATERMARK) is None and letters(world) == []


def test_the_erp_is_not_down_because_its_first_order_cannot_be_read(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    assert world.look(deal).verdict is None
    (order,) = world.company.found_in_erp("salesorders")
    spoil(world, "salesorders", order["OrderID"], TotalAmount=None)
    world.ports.erp.ping()


def test_a_record_that_a_deal_needs_is_a_persons_for_that_deal_alone(world: World) -> None:
    good = world.company.deal("Northwind", stage="Proposal Accepted")
    bad = world.company.deal("Odd", stage="Proposal Accepted")
    for deal in (good, bad):
        assert world.look(deal).verdict is None
    (theirs,) = world.company.found_in_erp("salesorders", ExternalReference=world.ports.reference(bad))
    spoil(world, "salesorders", theirs["OrderID"], TotalAmount=None)
    for deal in (good, bad):
        world.company.edit(deal, stage="Closed-Won")
        world.webhook(deal)
    by_key = {work.claim.key: work for work in world.run().items}
    assert by_key[good].verdict is None and len(by_key[good].invoices) == 1
    stopped = by_key[bad].verdict
    assert stopped is not None and stopped.status is Status.PERSON
    assert [c for c in world.company.comments(bad) if theirs["OrderID"] in c and "TotalAmount" in c] != []
    letter = world.ports.store.dead_letters.of("deal", bad)
    assert letter is not None and letter.code == "unreadable_record"

    spoil(world, "salesorders", theirs["OrderID"], TotalAmount=theirs["TotalAmount"])
    world.lease_clock.advance(LEASE_OUTLIVED)
    world.clock.advance(3601)
    world.run()
    assert world.ports.store.dead_letters.of("deal", bad) is None, "looked at again by itself"
    assert len(world.company.found_in_erp("invoices", OrderID=theirs["OrderID"])) == 1


def test_a_probe_never_takes_an_unreadable_order_for_none(world: World) -> None:
    """It would be made twice."""
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp("/faults", {"kind": "cut_after", "method": "POST", "path": "/salesorders$"})
    world.look(deal)
    (order,) = world.company.found_in_erp("salesorders")
    spoil(world, "salesorders", order["OrderID"], TotalAmount=None)
    for _ in range(5):
        world.clock.advance(3700)
        world.lease_clock.advance(LEASE_OUTLIVED)
        world.run()
    assert len(world.company.found_in_erp("salesorders")) == 1
    spoil(world, "salesorders", order["OrderID"], TotalAmount=order["TotalAmount"])
    world.clock.advance(3700)
    world.run_until_quiet()
    assert world.ports.store.links.erp_key("order", deal) == order["OrderID"]
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_an_unreadable_box_hides_no_other_from_the_sweep_and_is_a_persons(world: World) -> None:
    bad = world.company.deal("Odd", stage="Proposal Accepted")
    good = world.company.deal("Northwind", stage="Proposal Accepted")
    world.clock.advance(UNDER_WAY.total_seconds() + 1)
    with spoilt(b'"name":"Odd"', b'"name":7'):
        assert set(sweep(world.ports).repaired) == {good, bad}
        by_key = {work.claim.key: work for work in world.run(lanes=("live", "bulk")).items}
        assert by_key[good].verdict is None
        assert by_key[bad].verdict is not None and by_key[bad].verdict.status is Status.PERSON
        lines = list(link_existing(world.ports, dry_run=True))
        assert len(lines) == 1 and [one.key for one in letters(world)] == [f"streak boxes {bad}"]
        assert len(world.company.found_in_erp("salesorders")) == 1
    look_again_everywhere(world.ports)
    assert letters(world) == []
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 2


def test_a_box_whose_version_cannot_be_read_is_looked_at_when_it_can(world: World) -> None:
    box = world.company.deal("Odd", stage="Proposal Accepted")
    world.company.deal("Northwind", stage="Proposal Accepted")
    world.clock.advance(UNDER_WAY.total_seconds() + 1)
    version = f'"lastUpdatedTimestamp":{world.company.box(box)["lastUpdatedTimestamp"]}'.encode()
    with spoilt(version, b'"lastUpdatedTimestamp":null'):
        assert box not in sweep(world.ports).repaired
        assert [one.key for one in letters(world)] == [f"streak boxes {box}"]
    look_again_everywhere(world.ports)
    assert letters(world) == []
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 2


@pytest.mark.parametrize(
    ("system", "lists"), [("streak", r"/v2/teams/[^/]+/(contacts|organizations)$"), ("", "")]
)
def test_an_empty_page_is_not_the_end_of_a_walk(world: World, system: str, lists: str) -> None:
    """Where Streak has no lists of its directory, they are walked over by the boxes: page by page, pipeline by
    pipeline, and a page may have nobody new on it."""
    acme = world.company
    contact = acme.contact("Jane", "Roe", emailAddresses=["jane@northwind.example"])
    organization = acme.organization("Northwind GmbH")
    deal = acme.deal("Northwind", organization=organization, stage="Proposal Accepted")
    acme.edit(deal, contacts=[{"key": contact, "isStarred": True}])
    for n in range(3):
        acme.pipeline(f"Empty {n}", ["New"])
    assert world.look(deal).verdict is None
    sweep_customers(world.ports, full=True)
    world.run_customers()
    world.clock.advance(60)
    acme.edit_party(f"contact:{contact}", familyName="Doe")
    acme.edit_party(f"organization:{organization}", name="Northwind Group GmbH")
    if system:
        acme.streak(
            "/faults",
            {"kind": "status", "status": 404, "body": {"error": "no such"}, "path": lists, "times": None},
        )
        pages = list(world.ports.streak.contact_pages(world.ports.team_key))
        assert () in pages[:-1] or pages[0] == (), "at least one page without anybody, before or after"
    found = set(sweep_customers(world.ports, full=True))
    assert found == {f"contact:{contact}", f"organization:{organization}"}
    recovered = recover(actor="test", ports=world.ports)
    assert (recovered.known, recovered.conflicts) == (2, [])


def test_a_status_that_nobody_knows_is_kept_and_told_once_and_nothing_is_concluded(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    assert world.look(deal).verdict is None
    (order,), (invoice,) = world.company.found_in_erp("salesorders"), world.company.found_in_erp("invoices")
    spoil(world, "salesorders", order["OrderID"], OrderStatus="On Hold")
    spoil(world, "invoices", invoice["InvoiceID"], Status="Disputed")
    before = len(world.company.comments(deal))
    for _ in range(2):
        assert world.look(deal).verdict is None
    told = world.company.comments(deal)[before:]
    assert len(told) == 2 and "'On Hold'" in told[0] and "'Disputed'" in told[1]
    read = world.ports.erp.order(order["OrderID"])
    assert read is not None and read.status == "On Hold"
    (listed,) = (one for page in world.ports.erp.records("sales_orders") for one in page)
    assert listed == read.model_copy(update={"version": ""})


def test_a_change_that_names_nothing_hides_no_other(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    assert world.look(deal).verdict is None
    world.poll()
    (invoice,) = world.company.found_in_erp("invoices")
    world.clock.advance(60)
    world.company.pays(invoice["InvoiceID"], "10.00")
    world.clock.advance(60)
    world.company.pays(invoice["InvoiceID"], "20.00")
    first, _second = world.company.found_in_erp("payments")
    spoil(world, "payments", first["PaymentID"], InvoiceID="")
    assert world.poll()["payments"] == 1
    assert [one.key for one in letters(world)] == [f"infor payments {first['PaymentID']}"]
    spoil(world, "payments", first["PaymentID"], InvoiceID=invoice["InvoiceID"])
    look_again_everywhere(world.ports)
    assert letters(world) == [] and world.ports.store.inbox.due(("erp_invoice",)).count == 1
