"""A row per customer over both systems, and all that happened in one line."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.analytics.customer_360.look import AGES, find, look_at, owing
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration_tests.unit.analytics.customer_360.company import company


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return company(tmp_path_factory.mktemp("company"))


def row(warehouse: Warehouse, key: str) -> dict[str, Any]:
    (found,) = find(warehouse, key)
    return found


def test_who_they_are_on_both_sides(warehouse: Warehouse) -> None:
    northwind = row(warehouse, "C-1")
    assert [northwind[name] for name in ("customer_id", "party", "name", "owner", "status")] == [
        "C-1",
        "organization:o1",
        "Northwind Traders",
        "Jane Doe",
        "Active",
    ]
    contoso = row(warehouse, "organization:o3")
    assert (contoso["customer_id"], contoso["name"], contoso["open_deals"]) == ("", "Contoso", 1)


def test_what_they_ordered_and_what_is_to_come(warehouse: Warehouse) -> None:
    northwind = row(warehouse, "C-1")
    assert (northwind["orders"], northwind["open_orders"], northwind["ordered"]) == (5, 5, Decimal(1500))
    assert (northwind["open_deals"], northwind["open_pipeline"]) == (1, Decimal(40)), "80 USD at today's 0.5"
    assert northwind["products"] == ["BRK-1 × 8", "OIL-5 × 2"], "what was cancelled was not bought"
    assert northwind["last_order"] == date(2026, 3, 1)


def test_what_they_owe_by_age_adds_up(warehouse: Warehouse) -> None:
    northwind = row(warehouse, "C-1")
    assert [northwind[age] for age in AGES] == [60, 200, 300, 400, 500]
    assert northwind["balance"] == 1460
    fabrikam = row(warehouse, "C-2")
    assert (fabrikam["overpaid"], fabrikam["balance"], fabrikam["not_due"]) == (10, -10, 0)
    for one in (northwind, fabrikam):
        assert one["balance"] == sum(one[age] for age in AGES) - one["overpaid"]


def test_how_they_pay(warehouse: Warehouse) -> None:
    fabrikam = row(warehouse, "C-2")
    assert (fabrikam["days_to_pay"], fabrikam["days_late"]) == (30, -1)
    assert fabrikam["last_payment"] == date(2026, 2, 9)
    assert row(warehouse, "C-1")["days_to_pay"] is None, "what is not paid yet says nothing"


def test_whom_we_talked_to_and_what_is_next(warehouse: Warehouse) -> None:
    northwind = row(warehouse, "C-1")
    assert northwind["last_contact"] == datetime(2026, 5, 30, 9, tzinfo=UTC), (
        "the order's deal counts as theirs"
    )
    assert (northwind["next_task"], northwind["next_task_text"]) == (
        datetime(2026, 6, 3, tzinfo=UTC),
        "send offer",
    )


def test_risks_say_why(warehouse: Warehouse) -> None:
    assert row(warehouse, "C-1")["risks"] == [
        "owes 1460.00 EUR, the credit limit is 1000.00 EUR",
        "500.00 EUR overdue for more than 90 days",
    ]
    assert row(warehouse, "C-2")["risks"] == ["has paid 10.00 EUR too much"]
    assert row(warehouse, "o3")["risks"] == ["no contact noted for 90 days, with 1 open deals"]


@pytest.mark.parametrize(
    ("customer", "risk"),
    [
        ({"credit_hold": True}, "credit hold: the ERP refuses orders"),
        ({"status": "Closed"}, "closed in the ERP, with 1 open deals"),
    ],
)
def test_what_the_erp_says_of_a_customer_is_a_risk(
    customer: dict[str, Any], risk: str, tmp_path: Path
) -> None:
    other = company(
        tmp_path, infor_customers=[{"id": "C-1", "name": "Northwind", "currency": "EUR"} | customer]
    )
    assert row(other, "C-1")["risks"][0] == risk


def test_a_day_without_a_rate_leaves_a_sum_empty_rather_than_too_small(tmp_path: Path) -> None:
    yen = {
        "id": "I-8",
        "order_id": "SO-1",
        "customer_id": "C-1",
        "currency": "JPY",
        "total": "9",
        "balance": "9",
    }
    sales = [
        {"id": "SO-1", "customer_id": "C-1", "currency": "JPY", "total": "9", "order_date": "2026-01-05"}
    ]
    other = company(tmp_path, infor_sales_orders=sales, infor_invoices=[yen], infor_payments=[])
    northwind = row(other, "C-1")
    assert (northwind["orders"], northwind["ordered"], northwind["balance"]) == (1, None, None)


def test_one_line_of_both_systems(warehouse: Warehouse) -> None:
    view = look_at(warehouse, row(warehouse, "C-1"))
    told = [
        (one["at"].date().isoformat(), one["system"], one["what"], one["record_id"]) for one in view.timeline
    ]
    assert told == sorted(told, key=lambda one: one[0], reverse=True)
    assert {(system, what) for _, system, what, _ in told} == {
        ("streak", "deal"),
        ("streak", "stage"),
        ("streak", "comment"),
        ("streak", "call"),
        ("streak", "task"),
        ("infor", "order"),
        ("infor", "invoice"),
        ("infor", "due"),
        ("infor", "payment"),
    }
    assert view.orders[0]["order_id"] == "SO-2" and len(view.orders) == 6
    assert len(look_at(warehouse, row(warehouse, "C-1"), newest=3).timeline) == 3


def test_who_works_there(warehouse: Warehouse) -> None:
    contacts = {one["contact_key"]: one for one in look_at(warehouse, row(warehouse, "C-1")).contacts}
    assert set(contacts) == {"c1", "c2"}
    ann = contacts["c1"]
    assert (ann["name"], ann["erp_ids"], ann["deals"], ann["open_deals"]) == ("Ann Lee", ["CT-9"], 2, 1)
    assert ann["last_contact"] == datetime(2026, 5, 30, 9, tzinfo=UTC)
    assert contacts["c2"]["customers"] == ["C-1"]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("C-1", ["C-1"]),
        ("o1", ["C-1"]),
        ("organization:o1", ["C-1"]),
        ("NORTH trad", ["C-1"]),
        ("o", ["organization:o3", "C-1"]),
        ("' OR 1=1", []),
        ("", []),
    ],
)
def test_found_by_key_or_by_words_of_the_name(words: str, keys: list[str], warehouse: Warehouse) -> None:
    assert [one["customer_key"] for one in find(warehouse, words)] == keys


def test_who_owes_most(warehouse: Warehouse) -> None:
    told = owing(warehouse)
    assert (told.customers, told.at_risk) == (3, 3)
    assert list(told.ages.values()) == [60, 200, 300, 400, 500]
    assert [one["customer_key"] for one in told.first] == ["C-1"]
