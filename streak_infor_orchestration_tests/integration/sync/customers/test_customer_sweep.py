"""What webhooks lost of customers is found by looking, and only what matters is looked at."""

from collections.abc import Iterator
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.customers.sweep import WATERMARK, sweep_customers
from streak_infor_orchestration_tests.world.world import World


def customer_of(world: World) -> tuple[str, str]:
    """Link keys of the organization and the contact of a deal that has its order."""
    contact = world.company.contact("Jane", "Roe", emailAddresses=["jane@northwind.example"])
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    deal = world.company.deal("Northwind", organization=organization)
    world.company.edit(deal, stage="Proposal Accepted", contacts=[{"key": contact, "isStarred": True}])
    assert world.look(deal).verdict is None
    sweep_customers(world.ports, full=True)
    world.run_customers()
    world.clock.advance(60)
    return f"organization:{organization}", f"contact:{contact}"


def test_a_lost_change_of_an_organization_is_found_by_the_full_sweep(world: World) -> None:
    organization, _ = customer_of(world)
    world.company.edit_party(organization, name="Northwind Group GmbH")
    assert sweep_customers(world.ports) == (), "Streak does not list them by time"
    assert sweep_customers(world.ports, full=True) == (organization,)
    world.run_customers()
    (customer,) = world.company.found_in_erp("customers")
    assert customer["Name"] == "Northwind Group GmbH"
    assert sweep_customers(world.ports, full=True) == (), "found once"


def test_a_lost_change_of_a_contact_is_found_by_every_sweep(world: World) -> None:
    _, contact = customer_of(world)
    world.company.edit_party(contact, familyName="Doe")
    assert sweep_customers(world.ports) == (contact,)
    world.run_customers()
    (customer,) = world.company.found_in_erp("customers")
    assert customer["ContactName"] == "Jane Doe"


def test_what_is_changed_while_a_sweep_takes_long_is_found_by_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one goes back to where this one began, not to where it ended."""
    _, contact = customer_of(world)
    listed = StreakClient.contact_pages

    def slowly(*args: Any, **kwargs: Any) -> Iterator[Any]:
        yield from list(listed(*args, **kwargs))
        world.company.edit_party(contact, familyName="Doe")
        world.clock.advance(3600)

    with monkeypatch.context() as patch:
        patch.setattr(StreakClient, "contact_pages", slowly)
        assert sweep_customers(world.ports) == ()
    assert sweep_customers(world.ports) == (contact,)


def test_people_who_buy_nothing_are_passed_over(world: World) -> None:
    customer_of(world)
    world.company.contact("Somebody", "Else", emailAddresses=["else@elsewhere.example"])
    world.company.organization("Elsewhere")
    assert sweep_customers(world.ports, full=True) == ()


def test_a_sweep_that_was_cut_off_leaves_its_watermark(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    customer_of(world)
    before = world.ports.store.watermarks.get(WATERMARK)

    def fails(*_: object, **__: object) -> object:
        raise Transient("down", system="streak")

    monkeypatch.setattr(StreakClient, "team_contacts", fails)
    with pytest.raises(Transient):
        sweep_customers(world.ports)
    assert world.ports.store.watermarks.get(WATERMARK) == before


def test_what_it_keeps_of_what_it_finds(world: World) -> None:
    organization, contact = customer_of(world)
    for party, change in ((organization, {"name": "Northwind Group"}), (contact, {"familyName": "Doe"})):
        world.company.edit_party(party, **change)
    began = world.clock.now()
    assert sweep_customers(world.ports, full=True) == tuple(sorted((organization, contact)))
    assert world.ports.store.watermarks.get(WATERMARK) == began
    read: list[tuple[str, int]] = []
    for party in (organization, contact):
        newest = world.ports.store.inbox.events("customer", party)[0]
        assert (newest.source, newest.name, newest.lane) == ("sweep", "MISSED", "bulk")
        read.append((party, newest.version))
    (firm, its), (person, theirs) = read
    streak = world.ports.streak
    there, whom = streak.organization(firm.partition(":")[2]), streak.contact(person.partition(":")[2])
    assert there is not None and whom is not None
    assert (its, theirs) == (there.version, whom.version)
