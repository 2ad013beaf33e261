"""A small company on both sides, as its tables."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streak_infor_orchestration.analytics.customer_360.view import DERIVATION
from streak_infor_orchestration.analytics.derived import derive
from streak_infor_orchestration.analytics.order_to_cash.amounts import DERIVATION as AMOUNTS
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration_tests.unit.analytics.rows import line, opened, store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def order(number: str, customer: str, total: str, **more: Any) -> dict[str, Any]:
    sold = line(sku=more.pop("sku", "BRK-1"), quantity="2", price=str(float(total) / 2), total=total)
    given = {
        "id": number,
        "customer_id": customer,
        "currency": "EUR",
        "total": total,
        "lines": [sold],
        "tax": None,
    }
    return given | {"status": "Invoiced", "order_date": "2026-01-05"} | more


def invoice(number: str, sale: dict[str, Any], due: str, *, paid: str = "0", **more: Any) -> dict[str, Any]:
    left = f"{float(sale['total']) - float(paid):.2f}"
    given = {
        "id": number,
        "order_id": sale["id"],
        "customer_id": sale["customer_id"],
        "currency": sale["currency"],
    }
    amounts = {
        "total": sale["total"],
        "subtotal": sale["total"],
        "paid": paid,
        "balance": left,
        "freight": None,
    }
    return given | amounts | {"invoice_date": "2026-01-10", "due_date": due, "status": "Open"} | more


def payment(number: str, of: dict[str, Any], amount: str, day: str) -> dict[str, Any]:
    given = {
        "id": number,
        "invoice_id": of["id"],
        "customer_id": of["customer_id"],
        "currency": of["currency"],
    }
    return given | {"amount": amount, "payment_date": day}


def company(folder: Path, **changed: list[dict[str, Any]]) -> Warehouse:
    """Northwind owes at every age, Fabrikam has paid too much, Contoso is in Streak alone. `changed`: other rows of a
    table, by its name with an underscore for the slash."""
    sales = [
        order("SO-1", "C-1", "100.00"),
        order("SO-2", "C-1", "200.00", sku="OIL-5", order_date="2026-03-01"),
        order("SO-3", "C-1", "300.00"),
        order("SO-4", "C-1", "400.00"),
        order("SO-5", "C-1", "500.00"),
        order("SO-6", "C-2", "50.00", status="Completed"),
        order("SO-7", "C-1", "999.00", status="Cancelled", sku="GONE"),
    ]
    dues = ("2026-06-15", "2026-05-31", "2026-04-15", "2026-03-20", "2026-02-01")
    bills = [invoice(f"I-{n}", sale, due) for n, (sale, due) in enumerate(zip(sales, dues, strict=False), 1)]
    bills[0] = invoice("I-1", sales[0], dues[0], paid="40.00")
    bills.append(invoice("I-6", sales[5], "2026-02-10", paid="60.00"))
    tables: dict[str, list[dict[str, Any]]] = {
        "infor/customers": [
            {"id": "C-1", "name": "Northwind Traders", "currency": "EUR", "credit_limit": "1000.00"}
            | {"salesperson": "E-1", "status": "Active"},
            {"id": "C-2", "name": "Fabrikam", "currency": "EUR", "credit_limit": None},
        ],
        "infor/employees": [{"id": "E-1", "name": "Jane Doe"}],
        "infor/sales_orders": sales,
        "infor/invoices": bills,
        "infor/payments": [
            payment("P-1", bills[0], "40.00", "2026-01-20"),
            payment("P-2", bills[5], "60.00", "2026-02-09"),
        ],
        "infor/credit_notes": [],
        "infor/exchange_rates": [
            {"id": "1", "base": "USD", "quote": "EUR", "day": "2026-01-01", "rate": "0.5"},
            {"id": "2", "base": "USD", "quote": "EUR", "day": "2026-07-01", "rate": "9"},
        ],
        "ledger/links": [
            {"kind": "customer", "streak_key": "organization:o1", "erp_key": "C-1"},
            {"kind": "order", "streak_key": "b1", "erp_key": "SO-1"},
            {"kind": "contact", "streak_key": "c1@C-1", "erp_key": "CT-9"},
        ],
        "ledger/requests": [],
        "streak/deals": [
            {"key": "b1", "milestone": "order", "party": "contact:c2", "currency": "EUR", "value": "100.00"},
            {
                "key": "b2",
                "milestone": "before",
                "party": "organization:o1",
                "currency": "USD",
                "value": "80.00",
            },
            {
                "key": "b3",
                "milestone": "before",
                "party": "organization:o3",
                "currency": "EUR",
                "value": None,
            },
            {
                "key": "b4",
                "milestone": "lost",
                "party": "organization:o1",
                "currency": "EUR",
                "value": "7.00",
            },
        ],
        "streak/boxes": [
            {"key": "b1", "name": "Brakes", "stage": "Signed", "contacts": ["c1"]},
            {
                "key": "b2",
                "name": "Oil",
                "stage": "Lead",
                "contacts": ["c1", "c2"],
                "stage_changed": "2026-02-01T00:00:00Z",
            },
            {"key": "b3", "name": "Tyres", "stage": "Lead"},
        ],
        "streak/organizations": [{"key": "o1", "name": "Northwind"}, {"key": "o3", "name": "Contoso"}],
        "streak/contacts": [
            {"key": "c1", "given_name": "Ann", "family_name": "Lee", "emails": ["ann@northwind.example"]},
            {"key": "c2", "given_name": "Bo", "organizations": ["o1"]},
            {"key": "c3", "given_name": "Nobody's"},
        ],
        "streak/activities": [
            {"key": "a1", "box_key": "b1", "kind": "comment", "text": "=1+1", "at": "2026-05-30T09:00:00Z"},
            {"key": "a2", "box_key": "b2", "kind": "call", "text": "later", "at": "2026-04-01T09:00:00Z"},
        ],
        "streak/tasks": [
            {"key": "t1", "box_key": "b2", "text": "send offer", "due": "2026-06-03T00:00:00Z"},
            {
                "key": "t2",
                "box_key": "b1",
                "text": "done long ago",
                "due": "2026-01-03T00:00:00Z",
                "done": True,
            },
        ],
    }
    warehouse = opened(folder)
    for name, rows in (tables | {name.replace("_", "/", 1): rows for name, rows in changed.items()}).items():
        store(warehouse, name, *rows)
    derive(warehouse, AMOUNTS, company="EUR", now=NOW)
    derive(warehouse, DERIVATION, company="EUR", now=NOW)
    return warehouse
