"""What must hold of the tables: each rule finds its own defect to the cent, and nothing in a sound company."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.analytics.findings import SETTLING, SHOWN, Finding, inspection
from streak_infor_orchestration.analytics.rules import RULES, FindingRule
from streak_infor_orchestration_tests.unit.analytics.rows import line, opened, row, store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]
SOUND: Rows = {
    "infor/customers": [{"id": "C-1"}, {"id": "C-2", "status": "Closed"}],
    "infor/products": [{"id": "P-1"}],
    "infor/inventory_items": [
        {"id": "P-1:100", "product_id": "P-1", "on_hand": "5", "allocated": "2", "available": "3"},
        {"id": "P-1:200", "product_id": "P-1"},
    ],
    "infor/sales_orders": [
        {
            "id": "SO-1",
            "customer_id": "C-1",
            "reference": "STK-1",
            "lines": [line(total="100.00", tax="19.00"), line(total="0.10", tax="0.02")],
            "freight": "5.50",
            "tax": None,
            "total": "124.62",
            "status": "Open",
        },
        {"id": "SO-2", "customer_id": "C-1", "reference": "STK-1", "status": "Cancelled"},
        {"id": "SO-3", "customer_id": "C-2", "freight": "7.00", "total": "7.00", "status": "Completed"},
        {"id": "SO-4", "customer_id": "C-2", "status": "Cancelled"},
    ],
    "infor/invoices": [
        {"id": "I-1", "order_id": "SO-1", "total": "124.62", "paid": "100.00", "balance": "22.12"},
        {"id": "I-2", "order_id": "SO-3", "total": "7.00", "balance": "7.00"},
    ],
    "infor/payments": [
        {"id": "PAY-1", "invoice_id": "I-1", "amount": "60.00"},
        {"id": "PAY-2", "invoice_id": "I-1", "amount": "40.00"},
    ],
    "infor/credit_notes": [{"id": "CN-1", "invoice_id": "I-1", "amount": "2.50"}],
    "streak/stages": [
        {"pipeline_key": "p", "key": "1", "name": "Lead"},
        {"pipeline_key": "q", "key": "1", "name": "Lead"},
        {"pipeline_key": "q", "key": "2", "name": "Won"},
    ],
    "streak/boxes": [{"key": "b", "pipeline_key": "p", "stage": "Lead"}],
    "analytics/order_to_cash": [{"order_id": "SO-1"}, {"order_id": "SO-2", "invoiced_rounding": "0.01"}],
}


def found(rule: FindingRule, tables: Rows, folder: Path) -> Finding:
    warehouse = opened(folder)
    for name in (rule.table, *rule.needs):
        store(warehouse, name, *tables[name])
    with inspection(warehouse, NOW) as look:
        return look.ask(rule)


def rule_of(table: str, name: str) -> FindingRule:
    (rule,) = [rule for rule in RULES if (rule.table, rule.name) == (table, name)]
    return rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.table} {rule.name}")
def test_a_sound_company_breaks_none(rule: FindingRule, tmp_path: Path) -> None:
    assert found(rule, SOUND, tmp_path) == Finding(0, [], [])


DEFECTS: list[tuple[str, str, str, int, dict[str, Any]]] = [
    ("infor/sales_orders", "customer_exists", "infor/sales_orders", 0, {"customer_id": "C-9"}),
    ("infor/sales_orders", "total_adds_up", "infor/sales_orders", 0, {"total": "124.63"}),
    ("infor/sales_orders", "total_adds_up", "infor/sales_orders", 0, {"total": "124.61"}),
    ("infor/sales_orders", "total_adds_up", "infor/sales_orders", 0, {"freight": "5.51"}),
    ("infor/sales_orders", "total_adds_up", "infor/sales_orders", 0, {"lines": [line(total="119.13")]}),
    ("infor/sales_orders", "total_adds_up", "infor/sales_orders", 2, {"total": "0"}),
    ("infor/sales_orders", "total_adds_up", "infor/sales_orders", 0, {"tax": "19.01"}),
    ("infor/sales_orders", "reference_used_once", "infor/sales_orders", 1, {"status": "Open"}),
    ("infor/invoices", "order_exists", "infor/invoices", 0, {"order_id": "SO-9"}),
    ("infor/invoices", "balance_adds_up", "infor/invoices", 0, {"balance": "22.13"}),
    ("infor/invoices", "balance_adds_up", "infor/invoices", 0, {"paid": "100.01"}),
    ("infor/invoices", "balance_adds_up", "infor/invoices", 1, {"paid": "0.01"}),
    ("infor/invoices", "balance_adds_up", "infor/payments", 0, {"amount": "59.99"}),
    ("infor/invoices", "balance_adds_up", "infor/credit_notes", 0, {"amount": "2.51"}),
    ("infor/payments", "invoice_exists", "infor/payments", 1, {"invoice_id": "I-9"}),
    ("infor/credit_notes", "invoice_exists", "infor/credit_notes", 0, {"invoice_id": "I-9"}),
    ("infor/customers", "closed_without_open_orders", "infor/customers", 0, {"status": "Closed"}),
    ("infor/inventory_items", "stock_not_negative", "infor/inventory_items", 0, {"available": "4"}),
    (
        "infor/inventory_items",
        "stock_not_negative",
        "infor/inventory_items",
        1,
        {"on_hand": "-1", "available": "0", "allocated": "-1"},
    ),
    (
        "infor/inventory_items",
        "stock_not_negative",
        "infor/inventory_items",
        1,
        {"allocated": "1", "available": "-1"},
    ),
    ("infor/inventory_items", "product_exists", "infor/inventory_items", 0, {"product_id": "P-9"}),
    ("streak/boxes", "stage_known", "streak/boxes", 0, {"stage": "Won"}),
    ("streak/boxes", "stage_known", "streak/boxes", 0, {"stage": "lead"}),
    ("streak/stages", "names_unique", "streak/stages", 2, {"name": "Lead"}),
    *(
        ("analytics/order_to_cash", name, "analytics/order_to_cash", 1, planted)
        for name, planted in (
            ("every_cent_explained", {"unexplained": "0.01"}),
            ("every_cent_explained", {"unexplained_company": "-0.01"}),
            ("rates_known", {"ordered_company": None}),
            ("rates_known", {"invoiced_company": None}),
        )
    ),
]


@pytest.mark.parametrize(("table", "name", "where", "which", "planted"), DEFECTS)
def test_a_defect_is_found_alone(
    table: str, name: str, where: str, which: int, planted: dict[str, Any], tmp_path: Path
) -> None:
    rows = [dict(one) for one in SOUND[where]]
    rows[which] |= planted
    finding = found(rule_of(table, name), {**SOUND, where: rows}, tmp_path)
    assert (finding.broken, len(finding.shown), finding.holds) == (1, 1, False)


def test_what_is_wrong_is_told_with_its_records(tmp_path: Path) -> None:
    orders = [dict(one, status="Open") for one in SOUND["infor/sales_orders"][:2]]
    twice = found(
        rule_of("infor/sales_orders", "reference_used_once"), {"infor/sales_orders": orders}, tmp_path
    )
    assert twice.shown == [{"reference": "STK-1", "orders": "['SO-1', 'SO-2']"}]


def test_severe_is_what_is_money_or_a_booking() -> None:
    untidy = {(rule.table, rule.name) for rule in RULES if not rule.severe}
    assert untidy == {
        ("infor/customers", "closed_without_open_orders"),
        ("infor/inventory_items", "stock_not_negative"),
        ("analytics/order_to_cash", "rates_known"),
    }


def test_all_are_counted_and_the_first_shown(tmp_path: Path) -> None:
    orders = [{"id": f"SO-{n:02}", "customer_id": "C-9"} for n in range(SHOWN + 5)]
    finding = found(
        rule_of("infor/sales_orders", "customer_exists"),
        {"infor/sales_orders": orders, "infor/customers": []},
        tmp_path,
    )
    assert (finding.broken, len(finding.shown), SHOWN) == (SHOWN + 5, SHOWN, 10)
    assert set(finding.shown[0]) == {"id", "customer_id"}


@pytest.mark.parametrize(("age", "broken"), [(timedelta(0), 1), (timedelta(microseconds=1), 0)])
def test_what_changed_in_the_last_quarter_of_an_hour_is_no_defect_yet(
    age: timedelta, broken: int, tmp_path: Path
) -> None:
    """To the microsecond: at the very end of it a record does not count."""
    changed = NOW - SETTLING - timedelta(microseconds=1) + age
    order = {"id": "SO-1", "customer_id": "C-9", "modified": changed.isoformat()}
    finding = found(
        rule_of("infor/sales_orders", "customer_exists"),
        {"infor/sales_orders": [order], "infor/customers": []},
        tmp_path,
    )
    assert (finding.broken, SETTLING) == (broken, timedelta(minutes=15))


def test_a_rule_about_one_table_waits_for_nothing(tmp_path: Path) -> None:
    order = row("infor/sales_orders", id="SO-1", total="1.00", modified=NOW.isoformat())
    assert (
        found(
            rule_of("infor/sales_orders", "total_adds_up"), {"infor/sales_orders": [order]}, tmp_path
        ).broken
        == 1
    )


def test_a_table_that_was_not_read_yet_is_named(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    store(warehouse, "infor/sales_orders", *SOUND["infor/sales_orders"])
    with inspection(warehouse, NOW) as look:
        asked = look.ask(rule_of("infor/sales_orders", "customer_exists"))
        recalled = look.recall("infor/customers", "each_key_once")
    assert asked == Finding(0, [], ["infor/customers"]) and not asked.holds
    assert recalled == Finding(0, [], ["infor/customers"])


def test_what_was_found_at_the_last_merge_is_recalled(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    store(
        warehouse, "infor/vendors", {"id": "V-1", "name": "One"}, {"id": "V-1", "name": "Two"}, {"id": "V-2"}
    )
    with inspection(warehouse, NOW) as look:
        assert look.recall("infor/vendors", "each_key_once") == Finding(1, [], [])
        assert look.recall("infor/vendors", "not_suddenly_empty").holds
    store(warehouse, "infor/vendors")
    with inspection(warehouse, NOW) as look:
        assert look.recall("infor/vendors", "each_key_once").holds
        assert look.recall("infor/vendors", "not_suddenly_empty") == Finding(2, [], [])


def test_a_table_that_never_had_a_row_is_not_suddenly_empty(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    store(warehouse, "infor/vendors")
    with inspection(warehouse, NOW) as look:
        assert look.recall("infor/vendors", "not_suddenly_empty").holds


EVIL = "\x1b[2J\u202eevil"


def test_what_the_systems_say_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    box = {"key": "B-1", "stage": EVIL}
    (shown,) = found(
        rule_of("streak/boxes", "stage_known"), {"streak/boxes": [box], "streak/stages": []}, tmp_path
    ).shown
    assert shown == {"key": "B-1", "stage": "\\u001b[2J\\u202eevil"}


def test_what_people_and_their_deals_are_called_is_not_told(tmp_path: Path) -> None:
    closed = {"id": "C-1", "name": EVIL, "status": "Closed"}
    order = {"id": "SO-1", "customer_id": "C-1", "status": "Open"}
    customers: Rows = {"infor/customers": [closed], "infor/sales_orders": [order]}
    boxes: Rows = {"streak/boxes": [{"key": "B-1", "name": EVIL, "stage": "Won"}], "streak/stages": []}
    for table, name, rows in (
        ("infor/customers", "closed_without_open_orders", customers),
        ("streak/boxes", "stage_known", boxes),
    ):
        (shown,) = found(rule_of(table, name), rows, tmp_path / name).shown
        assert "evil" not in str(shown), name
