"""The directory of customers and their shadows, on both databases."""

from dataclasses import replace

import pytest

from streak_infor_orchestration.domain.company_name import bare
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger import customers as module
from streak_infor_orchestration.ledger.customers import Linked, Listed
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.shadows import Shadow


def listed(number: str, name: str, **known: str) -> Listed:
    rest = {"email": "", "domain": "", "tax_id": ""} | known
    return Listed(number, bare(name), **rest)


def test_a_customer_is_found_by_what_it_is_known_by(store: Store) -> None:
    store.customers.put(
        [listed("C-1", "Northwind GmbH", tax_id="DE1", domain="nw.example"), listed("C-2", "Contoso")]
    )
    assert store.customers.find("tax_id", "DE1") == ["C-1"]
    assert store.customers.find("bare_name", "northwind") == ["C-1"]
    assert store.customers.find("email", "") == [], "what is not known is nobody's"
    assert store.customers.find("domain", "elsewhere.example") == []


def test_what_changed_replaces_what_was_known(store: Store) -> None:
    store.customers.put([listed("C-1", "Northwind GmbH", tax_id="DE1")])
    store.customers.put([listed("C-1", "Northwind Group", tax_id="DE2"), listed("C-2", "Contoso")])
    store.customers.put([])
    assert store.customers.count() == 2
    assert store.customers.find("tax_id", "DE1") == []
    assert store.customers.find("tax_id", "DE2") == ["C-1"]


def test_names_come_in_portions_and_only_of_the_length_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PORTION", 2)
    store.customers.put([listed(f"C-{n}", "x" * n) for n in range(1, 8)])
    assert [name for _, name in store.customers.names(2, 6)] == ["x" * n for n in range(2, 7)]
    assert list(store.customers.names(8, 9)) == []


def test_a_shadow_is_kept_whole_and_found_by_its_contact(store: Store) -> None:
    shadow = Shadow(
        "customer",
        "organization:o1",
        "C-1",
        "b1",
        "c1",
        {"customer.phone": ["+49 30 1", ""]},
        {"x": {"streak": ["a"]}},
    )
    store.shadows.put(shadow)
    store.shadows.put(Shadow("customer", "organization:o2", "C-2", "b2", "c1"))
    assert store.shadows.get("customer", "organization:o1", "C-1") == shadow
    assert store.shadows.get("customer", "organization:o1", "C-2") is None, "another pair has its own ground"
    assert store.shadows.get("contact", "organization:o1", "C-1") is None
    assert [s.streak_key for s in store.shadows.through_contact("c1")] == [
        "organization:o1",
        "organization:o2",
    ]
    assert store.shadows.through_contact("") == []
    assert store.shadows.contacts_among(["c1", "c2"]) == {"c1"}
    newer = Shadow("customer", "organization:o1", "C-1", "b1", "c2", {})
    store.shadows.put(newer)
    assert store.shadows.get("customer", "organization:o1", "C-1") == newer


def test_a_decision_is_remembered_by_the_audit(store: Store) -> None:
    store.audit.write("jane", "declared a new customer", "organization:o1")
    assert store.audit.has("organization:o1", "declared a new customer")
    assert not store.audit.has("organization:o2", "declared a new customer")
    assert not store.audit.has("organization:o1", "linked")


def test_what_is_known_of_a_linked_customer_is_told_at_once(store: Store) -> None:
    for number in ("1", "2", "3"):
        store.links.add(Link("customer", f"organization:{number}", f"C-{number}"))
    store.customers.put([listed("C-1", "Northwind"), replace(listed("C-2", "Contoso"), closed=True)])
    store.shadows.put(Shadow("customer", "organization:2", "C-2"))
    keys = [f"organization:{number}" for number in ("1", "2", "3", "4")]
    assert store.customers.linked(keys) == {
        "organization:1": Linked("organization:1", "C-1", closed=False, has_shadow=False),
        "organization:2": Linked("organization:2", "C-2", closed=True, has_shadow=True),
        "organization:3": Linked("organization:3", "C-3", closed=None, has_shadow=False),
    }
    assert store.customers.linked([]) == {}
