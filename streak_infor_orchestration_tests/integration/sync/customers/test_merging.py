"""Only a person says that one customer was merged into another; then whoever names the retired means the survivor."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.errors import Conflict, Rejected
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.customers.duplicates import duplicates
from streak_infor_orchestration.sync.desk.merging import merge_customers
from streak_infor_orchestration_tests.integration.sync.customers.test_agree import looked, writes
from streak_infor_orchestration_tests.world import World


def bought(world: World, name: str) -> tuple[str, str]:
    """An organization that ordered: its link key and its customer's number."""
    key = world.company.organization(name)
    deal = world.company.deal(name, organization=key, stage="Proposal Accepted")
    assert world.look(deal).verdict is None
    world.clock.advance(5)
    number = world.ports.store.links.erp_key("customer", f"organization:{key}")
    assert number is not None
    return f"organization:{key}", number


def ordered_for(world: World, party: str) -> str:
    """The customer of a further order of this organization's."""
    before = {order["OrderID"] for order in world.company.found_in_erp("salesorders")}
    deal = world.company.deal("Again", organization=party.partition(":")[2], stage="Proposal Accepted")
    work = world.look(deal)
    assert work.verdict is None, work.verdict
    orders = world.company.found_in_erp("salesorders")
    (made,) = [order for order in orders if order["OrderID"] not in before]
    return str(made["CustomerID"])


def merge(world: World, survivor: str, retired: str) -> str:
    return merge_customers(survivor, retired, actor="jane", ports=world.ports)


def test_after_two_organizations_were_merged_the_deals_of_both_are_ordered_for_one(world: World) -> None:
    (one, number), (other, _) = bought(world, "Northwind"), bought(world, "Southwind")
    assert merge(world, one, other) == number
    assert ordered_for(world, other) == ordered_for(world, one) == number
    (entry,) = [e for e in world.ports.store.audit.of(other) if e.action == "merged"]
    assert (entry.actor, entry.detail["survivor"]) == ("jane", one)


def test_without_a_person_nothing_leads_to_another_customer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However gone or closed one is: the control of all that follows."""
    (one, number), (other, gone) = bought(world, "Northwind"), bought(world, "Southwind")
    world.company.correct("customers", gone, {"Status": "Closed"})
    deal = world.company.deal("Again", organization=other.partition(":")[2], stage="Proposal Accepted")
    world.clock.advance(120)
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.problems[0].code == "customer_closed"
    read = FacadeErp.customer
    monkeypatch.setattr(FacadeErp, "customer", lambda erp, key: None if key == gone else read(erp, key))
    assert (verdict := looked(world, other).verdict) and verdict.problems[0].code == "customer_gone"
    monkeypatch.undo()

    assert merge(world, number, gone) == number
    world.run()  # what waited for it was made due
    assert world.ports.store.dead_letters.of("deal", deal) is None
    assert len(world.company.found_in_erp("salesorders", CustomerID=number)) == 2
    assert one != other


def test_two_records_that_are_one_customer_do_not_undo_each_others_changes(world: World) -> None:
    (one, number), (other, retired) = bought(world, "Northwind"), bought(world, "Southwind")
    merge(world, number, retired)
    world.run_customers()
    before = writes(world)
    for party in (one, other) * 3:
        looked(world, party)
    assert writes(world) == before
    world.company.edit_party(other, name="Somebody else")
    looked(world, other)
    (kept,) = world.company.found_in_erp("customers", CustomerID=number)
    assert kept["Name"] == "Northwind"
    world.company.correct("customers", number, {"Name": "Northwind Group"})
    world.run_customers()
    assert world.company.party(one)["name"] == "Northwind Group"
    assert world.company.party(other)["name"] == "Somebody else"


def test_the_link_of_the_retired_follows_where_the_survivor_has_none(world: World) -> None:
    one = f"organization:{world.company.organization('Northwind')}"
    other, number = bought(world, "Southwind")
    assert merge(world, one, other) == number
    links = world.ports.store.links
    assert (links.erp_key("customer", one), links.streak_key("customer", number)) == (number, one)
    spare = world.company.book("customers", {"Name": "Northwind", "Currency": "EUR"})["CustomerID"]
    merge(world, spare, number)
    assert (links.erp_key("customer", one), links.erp_keys("customer", [other])) == (spare, {other: spare})
    assert ordered_for(world, other) == spare


def test_however_often_it_was_merged_it_is_one_step_to_the_survivor(world: World) -> None:
    keys = [f"organization:{world.company.organization(name)}" for name in "ABC"]
    merge(world, keys[1], keys[0])
    merge(world, keys[2], keys[1])
    aliases = world.ports.store.aliases
    assert aliases.survivors("customer", keys) == dict.fromkeys(keys, keys[2])
    with pytest.raises(Conflict, match="was merged into"):
        merge(world, keys[0], keys[2])
    assert aliases.survivor("order", keys[0]) == keys[0]


@pytest.mark.parametrize(
    ("survivor", "retired", "code"),
    [
        ("organization:x", "C-1", "not_to_be_merged"),
        ("C-1", "C-1", "not_to_be_merged"),
        ("C-404", "C-1", "unknown_customer"),
        ("organization:x", "organization:y", "unknown_party"),
    ],
)
def test_what_is_no_two_records_of_one_system_is_refused(
    world: World, survivor: str, retired: str, code: str
) -> None:
    with pytest.raises(Rejected) as refused:
        merge(world, survivor, retired)
    assert refused.value.code == code


def test_who_may_be_there_twice_is_shown_with_what_each_has(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"customer:\n": "customer:\n  similar: ignore\n"})
    one, number = bought(world, "Northwind GmbH")
    other = world.company.book(
        "customers",
        {
            "Name": "Northwind G.m.b.H.",
            "Currency": "EUR",
            "BillingAddress": {"City": "Berlin", "Country": "DE"},
        },
    )["CustomerID"]
    branches = [
        world.company.book("customers", {"Name": name, "Email": f"{name.lower()}@contoso.example"})[
            "CustomerID"
        ]
        for name in ("Hamburg", "Munich")
    ]
    twin = world.company.organization("NORTHWIND")
    refresh(world.ports.erp, world.ports.store)
    before = writes(world)
    found = {twins.system: twins for twins in duplicates(world.ports)}
    assert writes(world) == before
    erp = {twin.key: twin for twin in found["infor"].them}
    assert found["infor"].why == "same name" and set(erp) == {number, other}
    assert (erp[number].linked_to, erp[number].orders, erp[other].orders, erp[other].seen) == (
        one,
        1,
        0,
        "Berlin",
    )
    streak = {twin.key: twin for twin in found["streak"].them}
    assert set(streak) == {one, f"organization:{twin}"}
    assert (streak[one].linked_to, streak[one].orders) == (number, 1)
    assert not set(branches) & set(erp), "branches that share a domain stay apart"
