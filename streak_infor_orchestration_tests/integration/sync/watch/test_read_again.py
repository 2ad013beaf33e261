"""What was left out is read again a few at a time, each system by itself, and whoever needs it is told."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import IntegrationError, Rejected, Transient, Unreadable
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.sync.watch.left_out import look_again, look_again_everywhere
from streak_infor_orchestration_tests.world import World


def left_out(key: str, entity: str = "sales_orders", system: str = "infor", why: str = "odd") -> LeftOut:
    return LeftOut(system=system, entity=entity, key=key, why=why)


def told(store: Store, clock: ManualClock, *records: LeftOut) -> None:
    for record in records:
        clock.advance(1)
        store.left_out.tell(record)


def raising(error: IntegrationError) -> Callable[[str], None]:
    def read(_key: str) -> None:
        raise error

    return read


def test_a_system_is_asked_for_its_own_and_only_for_what_can_be_read_one_by_one(
    store: Store, clock: ManualClock
) -> None:
    others = [left_out("C-1", "customers"), left_out("b1", "boxes", "streak")]
    told(store, clock, *others, left_out("SO-1"), left_out("SO-2"))
    taken: list[str] = []
    read = {"sales_orders": {"SO-1": "the order"}.get}
    assert look_again(store, "infor", read, taken.append) == 2
    assert taken == ["the order"], "what is gone is taken up by nobody"
    assert store.left_out.open() == others
    closed = {letter.key: letter for letter in store.dead_letters.listing(open_only=False)}
    assert {key: (one.resolved_by, one.resolution) for key, one in closed.items() if one.resolved_at} == {
        "infor sales_orders SO-1": ("streak-infor", "readable again"),
        "infor sales_orders SO-2": ("streak-infor", "gone"),
    }


@pytest.mark.parametrize(
    "error", [Rejected("no table holds it"), Unreadable(left_out("SO-1"))], ids=["rejected", "unreadable"]
)
def test_one_that_still_is_odd_stays_and_the_next_one_is_read(
    store: Store, clock: ManualClock, error: IntegrationError
) -> None:
    told(store, clock, left_out("SO-1"), left_out("I-1", "invoices"))
    clock.advance(1)
    reads = {"sales_orders": raising(error), "invoices": str}
    taken: list[str] = []
    assert look_again(store, "infor", reads, taken.append) == 1
    assert (taken, store.left_out.open()) == (["I-1"], [left_out("SO-1")])
    (letter,) = store.dead_letters.listing()
    assert (letter.occurrences, letter.updated_at) == (2, clock.now()), "it was looked at once more"


def test_a_system_that_does_not_answer_is_asked_no_further_and_begins_with_another_the_next_time(
    store: Store, clock: ManualClock
) -> None:
    told(store, clock, left_out("SO-1"), left_out("I-1", "invoices"))
    clock.advance(1)
    taken: list[str] = []
    reads = {"sales_orders": raising(Transient("500")), "invoices": str}
    assert look_again(store, "infor", reads, taken.append) == 0
    assert taken == []
    assert [one.key for one in store.left_out.open()] == ["I-1", "SO-1"]
    assert look_again(store, "infor", reads, taken.append) == 1
    assert taken == ["I-1"]


def test_of_many_twenty_are_read_at_once(store: Store, clock: ManualClock) -> None:
    told(store, clock, *(left_out(f"SO-{n:02}") for n in range(21)))
    taken: list[str] = []
    assert look_again(store, "infor", {"sales_orders": str}, taken.append) == 20
    assert taken == [f"SO-{n:02}" for n in range(20)]
    assert look_again(store, "infor", {"sales_orders": str}, taken.append) == 1


def test_whoever_needs_what_can_be_read_again_is_due(world: World) -> None:
    """A deal by its box, order, invoice or payment; a customer by its organization or contact."""
    company, store = world.company, world.ports.store
    contact = company.contact("Jane", "Roe")
    organization = company.organization("Northwind GmbH")
    deal = company.deal("Northwind", organization=organization, stage="Closed-Won")
    elsewhere = company.deal("Southwind")
    company.move_elsewhere(elsewhere)
    world.look(deal)
    (order,), (invoice,) = company.found_in_erp("salesorders"), company.found_in_erp("invoices")
    company.pays(invoice["InvoiceID"], "10.00")
    (payment,) = company.found_in_erp("payments")
    for record in (
        left_out(deal, "boxes", "streak"),
        left_out(elsewhere, "boxes", "streak"),
        left_out(contact, "contacts", "streak"),
        left_out(organization, "organizations", "streak"),
        left_out(order["OrderID"]),
        left_out(payment["PaymentID"], "payments"),
        left_out("BRK-1001", "products"),
        left_out(order["CustomerID"], "customers"),
    ):
        store.left_out.tell(record)
    assert look_again_everywhere(world.ports) == 7, "the ERP's customers are the directory's"
    assert store.left_out.open() == [left_out(order["CustomerID"], "customers")]
    looked: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for kind, key in (
        ("deal", deal),
        ("deal", elsewhere),
        ("customer", f"contact:{contact}"),
        ("customer", f"organization:{organization}"),
        ("erp_order", order["OrderID"]),
        ("erp_invoice", invoice["InvoiceID"]),
    ):
        looked[kind, key] = [
            (event.source, event.lane, event.version)
            for event in store.inbox.events(kind, key)
            if event.name == "READABLE"
        ]
    version = company.box(deal)["lastUpdatedTimestamp"]
    assert looked == {
        ("deal", deal): [("sweep", "live", version)],
        ("deal", elsewhere): [],
        ("customer", f"contact:{contact}"): [("sweep", "bulk", 0)],
        ("customer", f"organization:{organization}"): [("sweep", "bulk", 0)],
        ("erp_order", order["OrderID"]): [("erp", "live", 0)],
        ("erp_invoice", invoice["InvoiceID"]): [("erp", "live", 0)],
    }
    store.left_out.tell(left_out(invoice["InvoiceID"], "invoices"))
    assert look_again_everywhere(world.ports) == 1
    events = store.inbox.events("erp_invoice", invoice["InvoiceID"])
    assert [(event.source, event.name) for event in events] == [("erp", "READABLE")] * 2
