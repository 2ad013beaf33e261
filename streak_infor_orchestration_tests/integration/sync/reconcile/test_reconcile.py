"""Each way in which the two systems come apart, planted by people's hands: found, healed once, or a person's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.domain.drift import DriftKind
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.sync.reconcile import confirming
from streak_infor_orchestration.sync.reconcile.deals import DealPairs
from streak_infor_orchestration.sync.reconcile.reconcilable import Reread
from streak_infor_orchestration.sync.reconcile.reconcile import Reconciled, Whose, reconcile
from streak_infor_orchestration.sync.watch.alerts import standing
from streak_infor_orchestration_tests.integration.sync.reconcile.conftest import A_WHILE, Reconcile
from streak_infor_orchestration_tests.world.world import World


def sold(world: World, name: str = "Northwind", stage: str = "Closed-Won") -> str:
    """A deal with everything that follows from it, by the product itself."""
    box = world.company.deal(name, stage=stage)
    world.look(box)
    return box


def order_of(world: World, box: str) -> str:
    number = world.ports.store.links.erp_key("order", box)
    assert number is not None
    return number


def party_of(world: World) -> tuple[str, str]:
    """Link key and number of the only customer."""
    (link,) = world.ports.store.links.all("customer")
    return link.streak_key, link.erp_key


def told(found: Reconciled) -> list[tuple[Any, ...]]:
    return [
        (one.drift.entity, one.drift.kind, one.drift.field, one.whose, one.healed, one.alarm)
        for one in found.drifts
    ]


def values(found: Reconciled) -> list[tuple[str, str, str, str, str]]:
    drifts = [one.drift for one in found.drifts]
    return [(one.streak_key, one.erp_key, one.field, one.streak, one.infor) for one in drifts]


def test_a_busy_story_has_no_drift(world: World, reconciled: Reconcile) -> None:
    company = world.company
    paid, ordered = sold(world), sold(world, "Eastwind", "Proposal Accepted")
    sold(world, "Notyet", "Lead")
    company.deal("Unseen")
    (invoice,) = company.found_in_erp("invoices")
    company.pays(invoice["InvoiceID"], invoice["TotalAmount"])
    company.edit(ordered, {"Qty 1": "3"})
    world.poll()
    world.ask(paid, ordered)
    world.run_until_quiet()
    world.run_customers()
    found = reconciled()
    assert (found.drifts, found.unfinished, found.unread, found.left) == ((), 0, 0, 0)
    assert found.whole and found.compared == {"deals": 6, "customers": 4, "contacts": 0, "invoices": 2}


def test_what_people_typed_over_is_put_right_by_one_look(world: World, reconciled: Reconcile) -> None:
    box = sold(world)
    world.company.edit(box, {"Payment status": "Paid", "ERP order": "SO-0"})
    order = order_of(world, box)
    found = reconciled()
    inbox = Whose.INBOX
    assert sorted(told(found)) == [
        ("deals", DriftKind.FIELD, "ERP order", inbox, 1, False),
        ("deals", DriftKind.STATUS, "Payment status", inbox, 1, False),
    ]
    assert sorted(values(found)) == [
        (box, order, "ERP order", "SO-0", order),
        (box, order, "Payment status", "Paid", "Unpaid"),
    ]
    waiting = reconciled(later=0)
    assert (waiting.unfinished, [one.whose for one in waiting.drifts]) == (1, [Whose.WAITING] * 2)
    world.run_until_quiet()
    assert world.company.box(box)["fieldsByName"]["Payment status"] == "Unpaid"
    assert reconciled().drifts == ()
    assert world.ports.store.drifts.standing() == {}


def test_what_a_look_does_not_cure_is_an_alarm_once_a_day(
    world: World, reconciled: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = sold(world)
    world.company.edit(box, {"ERP status": "Shipped"})
    first = reconciled()
    monkeypatch.setattr("streak_infor_orchestration.sync.deals.write_back.set_box_fields", lambda *_: True)
    world.run_until_quiet()
    assert standing(world.ports.store) == []
    second = reconciled()
    third = reconciled()
    alarm = ("deals", DriftKind.STATUS, "ERP status", Whose.PERSON, 1, True)
    assert told(second) == told(third) == [alarm]
    assert second.drifts[0].first_seen == first.drifts[0].first_seen == first.at
    assert not world.ports.store.inbox.due(("deal",)).count, "it is looked at once, not for ever"
    (incident,) = standing(world.ports.store)
    assert incident.kind == "drift" and "1 of deals" in incident.text and "ERP status" in incident.text
    monkeypatch.undo()
    world.ask(box)
    world.run_until_quiet()
    assert reconciled().drifts == () and standing(world.ports.store) == []


def test_a_deal_that_nobody_looked_at_gets_its_order(world: World, reconciled: Reconcile) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    found = reconciled()
    assert told(found) == [("deals", DriftKind.MISSING_IN_ERP, "", Whose.INBOX, 1, False)]
    world.run_until_quiet()
    assert reconciled().drifts == () and len(world.company.found_in_erp("salesorders")) == 1
    assert order_of(world, box)


def test_an_order_whose_link_was_lost_is_found_again_and_not_made_twice(
    world: World, reconciled: Reconcile
) -> None:
    box = sold(world, stage="Proposal Accepted")
    order = order_of(world, box)
    store = world.ports.store
    store.links.decide(Link("order", "another", order), "jane", instead=True)
    found = reconciled(heal=False)
    assert (box, "", "", "", "") in values(found)


def test_a_deleted_box_is_told_and_then_a_persons(world: World, reconciled: Reconcile) -> None:
    box = sold(world, stage="Proposal Accepted")
    world.company.delete(box)
    first = reconciled()
    assert told(first) == [("deals", DriftKind.MISSING_IN_STREAK, "", Whose.INBOX, 1, False)]
    world.run_until_quiet()
    assert world.ports.store.dead_letters.of("deal", box) is not None
    assert told(reconciled()) == [("deals", DriftKind.MISSING_IN_STREAK, "", Whose.PERSON, 1, False)]
    world.company.erp(f"/orders/{order_of(world, box)}/status", {"OrderStatus": "Cancelled"})
    world.ask(box)
    world.run_until_quiet()
    assert reconciled().drifts == ()


def test_an_order_that_is_gone_from_the_erp(world: World, reconciled: Reconcile) -> None:
    box = sold(world, stage="Proposal Accepted")
    order = order_of(world, box)
    world.company.infor_twin.delete(f"/records/salesorders/{order}").raise_for_status()
    found = reconciled(heal=False)
    kinds = [(one.drift.kind, one.drift.erp_key) for one in found.drifts]
    assert kinds == [(DriftKind.MISSING_IN_ERP, order)]
    world.company.delete(box)
    assert told(reconciled()) == [("deals", DriftKind.ORPHAN_LINK, "", Whose.PERSON, 0, False)]


def test_a_deal_that_was_ordered_twice(world: World, reconciled: Reconcile) -> None:
    box = sold(world, stage="Proposal Accepted")
    (first,) = world.company.found_in_erp("salesorders")
    copied = ("CustomerID", "OrderDate", "Currency", "ExternalReference")
    lines = [{"Product": "BRK-1001", "Quantity": "2", "Price": "180.00"}]
    second = world.company.book("salesorders", {n: first[n] for n in copied} | {"LineItems": lines})
    found = reconciled()
    assert values(found) == [(box, second["OrderID"], "", "", "")]
    assert told(found) == [("deals", DriftKind.DUPLICATE, "", Whose.PERSON, 0, True)]
    assert not world.ports.store.inbox.due(("deal",)).count


def test_an_invoice_that_nobody_was_told_of(world: World, reconciled: Reconcile) -> None:
    box = sold(world, stage="Proposal Accepted")
    order = order_of(world, box)
    world.company.erp(f"/orders/{order}/ship")
    world.look(box)
    world.company.erp(f"/orders/{order}/invoice")
    found = reconciled()
    assert ("invoices", DriftKind.MISSING_IN_STREAK, "", Whose.INBOX, 1, False) in told(found)
    world.run_until_quiet()
    assert reconciled().drifts == ()


def test_a_customers_field_that_nobody_copied(world: World, reconciled: Reconcile) -> None:
    sold(world, stage="Proposal Accepted")
    party, number = party_of(world)
    world.company.correct("customers", number, {"Name": "Northwind AG"})
    found = reconciled()
    assert values(found) == [(party, number, "customer.name", "Northwind Ltd", "Northwind AG")]
    world.run_customers()
    assert reconciled().drifts == ()


def test_a_difference_that_was_always_there_is_none(world: World, reconciled: Reconcile) -> None:
    sold(world, stage="Proposal Accepted")
    party, number = party_of(world)
    shadow = world.ports.store.shadows.get("customer", party, number)
    assert shadow is not None
    world.company.correct("customers", number, {"Name": "Northwind (Berlin)"})
    seen = shadow.fields | {"customer.name": ["Northwind Ltd", "Northwind (Berlin)"]}
    world.ports.store.shadows.put(Shadow("customer", party, number, shadow.box_key, shadow.contact_key, seen))
    assert reconciled().drifts == ()


def test_both_sides_changed_to_the_same_and_nobody_saw_it(world: World, reconciled: Reconcile) -> None:
    sold(world, stage="Proposal Accepted")
    party, number = party_of(world)
    world.company.correct("customers", number, {"Name": "Northwind AG"})
    world.company.edit_party(party, name="Northwind AG")
    found = reconciled()
    assert told(found) == [("customers", DriftKind.OLD_SHADOW, "customer.name", Whose.INBOX, 1, False)]
    world.run_customers()
    assert reconciled().drifts == ()


def test_a_customer_that_is_gone_on_either_side(world: World, reconciled: Reconcile) -> None:
    sold(world, stage="Proposal Accepted")
    party, number = party_of(world)
    world.company.delete_entry("organizations", party.partition(":")[2])
    found = reconciled(heal=False)
    assert ("customers", DriftKind.MISSING_IN_STREAK, "", Whose.WAITING, 0, False) in told(found)
    assert (party, number, "", "", "") in values(found)


def test_what_is_under_way_does_not_count(world: World, reconciled: Reconcile) -> None:
    box = sold(world)
    world.company.edit(box, {"ERP status": "Shipped"})
    young = reconciled(later=60)
    assert (young.drifts, young.unfinished) == ((), 1), "its webhook may be on its way"
    world.webhook(box)
    due = reconciled()
    assert (due.drifts, due.unfinished) == ((), 1), "it is about to be looked at"


def test_what_is_due_is_not_even_read(
    world: World, reconciled: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = sold(world)
    world.company.edit(box, {"ERP status": "Shipped"})
    world.webhook(box)
    monkeypatch.setattr(DealPairs, "read", lambda *_: pytest.fail("it was read"))
    assert reconciled().unfinished == 1


def test_a_run_reads_so_many_again_and_leaves_the_rest_to_the_next(
    world: World, reconciled: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Northwind", "Eastwind", "Westwind"):
        world.company.edit(sold(world, name, "Proposal Accepted"), {"ERP status": "Shipped"})
    monkeypatch.setattr(confirming, "MOST_CONSIDERED", 2)
    monkeypatch.setattr(confirming, "MOST_READ", 1)
    first = reconciled(heal=False)
    assert (len(first.drifts), first.left) == (1, 2)
    monkeypatch.undo()
    assert (len(reconciled(heal=False).drifts), reconciled(heal=False).left) == (3, 0)


def test_what_is_told_of_while_it_is_read_does_not_count(
    world: World, reconciled: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = sold(world)
    world.company.edit(box, {"ERP status": "Shipped"})
    read = DealPairs.read

    def told_of_meanwhile(pairs: DealPairs, streak_key: str, erp_key: str) -> Reread:
        world.webhook(box)
        return read(pairs, streak_key, erp_key)

    monkeypatch.setattr(DealPairs, "read", told_of_meanwhile)
    found = reconciled()
    assert (found.drifts, found.unfinished) == ((), 1)


def test_what_is_right_by_now_does_not_count(
    world: World, warehouse: Warehouse, tables_read: Callable[[], None]
) -> None:
    """The tables were read before somebody put it right."""
    box = sold(world)
    world.company.edit(box, {"ERP status": "Shipped"})
    tables_read()
    world.look(box)
    world.run_until_quiet()
    world.clock.advance(A_WHILE)
    found = reconcile(world.ports, warehouse, whole=True)
    assert (found.drifts, found.unfinished) == ((), 0)


def test_an_hourly_run_sees_what_changed_and_what_stands(
    world: World, reconciled: Reconcile, warehouse: Warehouse
) -> None:
    first, second = sold(world), sold(world, "Eastwind")
    assert reconciled().drifts == ()
    world.company.edit(first, {"ERP status": "Shipped"})
    found = reconciled(whole=False, heal=False)
    assert not found.whole and [one.drift.streak_key for one in found.drifts] == [first]
    reconciled(whole=False, heal=False, later=7200)
    later = reconciled(whole=False, heal=False)
    assert later.compared["deals"] == 0, "nothing changed since the hour before the last run"
    assert [one.drift.streak_key for one in later.drifts] == [first], "what stands is read again"
    assert second not in str(later.drifts)


def test_the_trend_is_a_row_per_run_entity_and_kind(world: World, reconciled: Reconcile) -> None:
    box = sold(world)
    begun = world.clock.now()
    reconciled()
    world.company.edit(box, {"ERP status": "Shipped"})
    reconciled()
    counts = world.ports.store.drifts.trend(begun)
    assert [(one.entity, one.kind, one.count) for one in counts] == [
        ("contacts", "", 0),
        ("customers", "", 2),
        ("deals", "", 2),
        ("invoices", "", 2),
        ("contacts", "", 0),
        ("customers", "", 2),
        ("deals", "", 2),
        ("deals", "status", 1),
        ("invoices", "", 2),
    ]
    assert world.ports.store.drifts.trend(world.clock.now() + timedelta(seconds=1)) == []


def test_a_table_that_was_not_read_yet(world: World, warehouse: Warehouse) -> None:
    with pytest.raises(Misconfigured) as refusal:
        reconcile(world.ports, warehouse)
    assert refusal.value.code == "unread_table"
