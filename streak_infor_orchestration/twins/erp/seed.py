"""The small company every ERP twin starts with: a dealer in brake parts, no customers yet."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Upsert = Callable[[str, dict[str, Any]], object]
"""(collection, members of the façade contract): the record is made or changed."""

RATE_DAYS = 30

PRODUCTS = [
    # id, description, price, currency, unit, tax rate
    ("BRK-1001", "Brake caliper, front left", "189.90", "EUR", "EA", "0.19"),
    ("BRK-1002", "Brake caliper, front right", "189.90", "EUR", "EA", "0.19"),
    ("BRK-2001", "Brake pad set, front axle", "49.50", "EUR", "SET", "0.19"),
    ("BRK-2002", "Brake pad set, rear axle", "44.25", "EUR", "SET", "0.19"),
    ("DSC-3001", "Brake disc, vented, 330 mm", "74.00", "EUR", "EA", "0.19"),
    ("HSE-4001", "Brake hose, braided, 45 cm", "12.35", "EUR", "EA", "0.19"),
    ("FLD-5001", "Brake fluid DOT 5.1", "8.90", "EUR", "L", "0.19"),
    ("SNS-6001", "Wheel speed sensor", "33.33", "USD", "EA", "0"),
    ("KIT-7001", "Track day brake kit", "1299.90", "USD", "EA", "0"),
    ("CAL-8001", "Caliper overhaul, Osaka workshop", "14800", "JPY", "JOB", "0.10"),
    ("SRV-9001", "Fitting, per hour", "95.00", "EUR", "H", "0.19"),
]
OBSOLETE = ("BRK-0900", "Drum brake shoe, discontinued", "21.00", "EUR", "SET", "0.19")

EMPLOYEES = [
    ("E-101", "Mara Lind", "mara.lind@acme.example", "Sales"),
    ("E-102", "Jonas Okafor", "jonas.okafor@acme.example", "Sales"),
    ("E-201", "Petra Novak", "petra.novak@acme.example", "Accounting"),
]
VENDORS = [("V-501", "Castings Nord AB", "EUR"), ("V-502", "Pacific Friction Inc", "USD")]
ACCOUNTS = [
    ("1200", "Trade receivables", "Asset", False),
    ("4000", "Sales, domestic", "Revenue", False),
    ("4010", "Sales, export", "Revenue", False),
    ("4090", "Sales, former branch", "Revenue", True),
    ("4800", "Freight charged", "Revenue", False),
]
STOCK = [("BRK-1001", "100", "40", "6"), ("BRK-1001", "200", "12", "0"), ("BRK-2001", "100", "250", "18")]
RATES = {("EUR", "USD"): "1.0850", ("EUR", "GBP"): "0.8420", ("EUR", "JPY"): "162.4000"}
DAILY_DRIFT = Decimal("0.0005")


def seed(upsert: Upsert, today: date) -> None:
    """Fills an empty company; exchange rates for today and the thirty days before."""
    for key, description, price, currency, unit, tax_rate in (*PRODUCTS, OBSOLETE):
        product = {
            "ProductID": key,
            "Description": description,
            "UnitPrice": price,
            "Currency": currency,
            "UnitOfMeasure": unit,
            "TaxRate": tax_rate,
        }
        upsert("products", product)
    upsert("products", {"ProductID": OBSOLETE[0], "Status": "Obsolete"})
    for key, name, email, role in EMPLOYEES:
        upsert("employees", {"EmployeeID": key, "Name": name, "Email": email, "Role": role})
    for key, name, currency in VENDORS:
        upsert("vendors", {"VendorID": key, "Name": name, "Currency": currency})
    for key, description, kind, blocked in ACCOUNTS:
        account = {"AccountID": key, "Description": description, "Type": kind, "Blocked": blocked}
        upsert("glaccounts", account)
    for product_id, warehouse, on_hand, allocated in STOCK:
        item = {"ProductID": product_id, "Warehouse": warehouse, "OnHand": on_hand, "Allocated": allocated}
        upsert("inventoryitems", item)
    _seed_rates(upsert, today)


def _seed_rates(upsert: Upsert, today: date) -> None:
    for days_ago in range(RATE_DAYS + 1):
        day = (today - timedelta(days=days_ago)).isoformat()
        for (base, quote), rate in RATES.items():
            drifted = Decimal(rate) * (1 - DAILY_DRIFT * days_ago)
            dated = {"Base": base, "Quote": quote, "Date": day, "Rate": f"{drifted:.4f}"}
            upsert("exchangerates", dated)
