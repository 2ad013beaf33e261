"""One record here is one record there, and an invoice has one order."""

import pytest

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.links import Link


def test_a_link_is_found_from_both_sides(store: Store) -> None:
    link = Link("order", "b1", "100042")
    store.links.add(link)
    store.links.add(link)
    store.links.add(Link("customer", "b1", "100042"))
    assert store.links.erp_key("order", "b1") == "100042"
    assert store.links.streak_key("order", "100042") == "b1"
    assert store.links.erp_key("order", "b2") is None
    assert store.links.streak_key("order", "b1") is None
    assert store.links.all("order") == [link]
    assert store.links.count() == 2


@pytest.mark.parametrize(
    ("taken", "field", "existing"),
    [(Link("order", "b1", "2"), "streak_key", "1"), (Link("order", "b2", "1"), "erp_key", "b1")],
)
def test_neither_side_has_two_partners(store: Store, taken: Link, field: str, existing: str) -> None:
    store.links.add(Link("order", "b1", "1"))
    with pytest.raises(Conflict) as conflict:
        store.links.add(taken)
    assert (conflict.value.field, conflict.value.existing) == (field, existing)
    assert store.links.all("order") == [Link("order", "b1", "1")]


def test_only_the_very_pair_can_be_parted_and_it_is_audited(store: Store) -> None:
    link = Link("order", "b1", "1")
    store.links.add(link)
    ledger = store._databases.ledger
    with ledger.write() as connection:
        assert not store.links.remove_in(connection, Link("order", "b1", "2"), by="anna")
    assert store.audit.recent() == []
    with ledger.write() as connection:
        assert store.links.remove_in(connection, link, by="anna")
    assert store.links.erp_key("order", "b1") is None
    (entry,) = store.audit.of("b1")
    assert (entry.actor, entry.action, entry.detail["erp_key"]) == ("anna", "link removed", "1")
    store.links.add(Link("order", "b2", "1"))


def test_an_order_has_several_invoices_and_credit_notes(store: Store) -> None:
    store.invoices.put("1", "INV-1")
    store.invoices.put("1", "INV-1")
    store.invoices.put("1", "CR-1", kind="credit_note")
    assert store.invoices.order_of("INV-1") == "1"
    assert store.invoices.order_of("INV-2") is None
    assert store.invoices.of("2") == []
    assert {invoice.invoice_id: invoice.kind for invoice in store.invoices.of("1")} == {
        "INV-1": "invoice",
        "CR-1": "credit_note",
    }


def test_an_invoice_belongs_to_one_order(store: Store) -> None:
    store.invoices.put("1", "INV-1")
    with pytest.raises(Conflict) as conflict:
        store.invoices.put("2", "INV-1")
    assert conflict.value.existing == "1"
    assert store.invoices.of("1") == [OrderInvoice("1", "INV-1")]
    assert store.invoices.of("2") == []
