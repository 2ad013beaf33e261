"""M3's books as an auditor of any ERP reads them: in the façade contract's members. Contract, G.1."""

from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.money import amount_text, price_text
from streak_infor_orchestration.twins.m3.amounts import line_fields, line_vat
from streak_infor_orchestration.twins.m3.billing import (
    PAYMENT,
    balance,
    credited,
    invoices_of,
    paid,
    transactions,
)
from streak_infor_orchestration.twins.m3.books import LOCAL_CURRENCY, Books
from streak_infor_orchestration.twins.m3.customers import CLOSED
from streak_infor_orchestration.twins.m3.items import RELEASED
from streak_infor_orchestration.twins.m3.order import DELETED, ZERO, Order, line_status
from streak_infor_orchestration.twins.m3.orders import shown
from streak_infor_orchestration.twins.m3.table import Row

NAMED = frozenset(
    "ORNO CUNO CUOR PYRE ORDT RLDT RLDZ CUCD MODL SMCD YREF OREF ORTP FACI WHLO DIVI OBLC STAT ORNR LNCD PYNO TEPY "
    "TEDL VTCD RGDT RGTM LMDT LMTS CHNO CHID CONO".split()
)
"""Fields of an order's head that are a member of their own, or nobody's business."""


ADDRESS = {
    "Line1": "CUA1",
    "Line2": "CUA2",
    "City": "TOWN",
    "Region": "ECAR",
    "PostalCode": "PONO",
    "Country": "CSCD",
}


def day(value: str) -> str | None:
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if value else None


def stamps(row: Row) -> Record:
    return {"CreatedAt": row["_made"], "ModifiedAt": row["_changed"]}


def order_status(books: Books, order: Order) -> str:
    """By the lowest and highest status of the lines, and the stop (contract, B.7); Completed is invoiced and paid."""
    lowest, highest = order.statuses
    if lowest >= DELETED:
        return "Cancelled"
    if lowest == highest == "77":
        return "Completed" if payment_status(books, order) == "Paid" else "Invoiced"
    if lowest >= "66":
        return "Shipped"
    if highest >= "66":
        return "Partially shipped"
    if order.head["OBLC"] != "0":
        return "Stopped"
    return "Allocated" if highest >= "33" else "Open" if highest >= "22" else "Draft"


def payment_status(books: Books, order: Order) -> str:
    invoices = invoices_of(books, order.number)
    if invoices and all(balance(books, invoice) <= 0 for invoice in invoices):
        return "Paid"
    return "PartiallyPaid" if any(paid(books, invoice) > 0 for invoice in invoices) else "Unpaid"


def sales_order(books: Books, order: Order) -> Record:
    head = shown(books, order)
    currency = head["CUCD"]
    return {
        "OrderID": order.number,
        "CustomerID": head["CUNO"],
        "OrderDate": day(head["ORDT"]),
        "RequestedDate": day(head["RLDT"]),
        "OrderDescription": "".join(order.texts) or head.get("YREF") or head.get("OREF"),
        "Currency": currency,
        "LineItems": [_line(books, order, line) for line in order.lines if line_status(line) != DELETED],
        "Freight": amount_text(sum((Decimal(row["CRAM"]) for row in order.charges.values()), ZERO), currency),
        "TotalAmount": head["TOPY"],
        "OrderStatus": order_status(books, order),
        "ShippingMethod": head["MODL"],
        "PaymentStatus": payment_status(books, order),
        "SalespersonID": head.get("SMCD"),
        "ExternalReference": head.get("CUOR"),
        "SecondReference": head.get("PYRE"),
        "CustomFields": {
            name: value
            for name, value in sorted(order.head.items())
            if value and name not in NAMED and name[0] not in "_!"
        },
        **stamps(order.head),
    }


def _line(books: Books, order: Order, line: Row) -> Record:
    shown_line, currency = line_fields(books, order, line), order.head["CUCD"]
    each = Decimal(line["SAPR"]) / Decimal(line["SACD"])
    net = Decimal(shown_line["NLAM"])
    discount = Decimal(line["ORQT"]) * each - net
    return {
        "LineNumber": int(line["PONR"]),
        "Product": line["ITNO"],
        "Description": line["ITDS"],
        "Quantity": line["ORQT"],
        "Price": price_text(each, currency),
        "Discount": price_text(discount, currency),
        "Tax": amount_text(line_vat(books, order, line), currency),
        "GLAccount": None,
        "LineTotal": shown_line["NLAM"],
        "CustomerLine": line.get("CUPO"),
    }


def temporary_order(order: Order) -> Record:
    return {
        "OrderID": order.number,
        "CustomerID": order.head["CUNO"],
        "ExternalReference": order.head.get("CUOR"),
        "SecondReference": order.head.get("PYRE"),
        "Status": order.head["STAT"],
        "RealOrderID": order.head["ORNR"],
        "Lines": len(order.lines),
        **stamps(order.head),
    }


def customer(books: Books, row: Row) -> Record:
    blocked = row.get("BLCD", "0") != "0"
    active = "Hold" if blocked else "Active"
    shipping = next((other for other in books.addresses.rows() if other["CUNO"] == row["CUNO"]), None)
    return {
        "CustomerID": row["CUNO"],
        "Name": row["CUNM"],
        "ContactName": row.get("YREF"),
        "Email": row.get("MAIL"),
        "Phone": row.get("PHNO"),
        "TaxID": row.get("VRNO"),
        "Currency": row.get("CUCD"),
        "PaymentTerms": row.get("TEPY"),
        "CreditLimit": row.get("CRLM"),
        "CreditHold": blocked,
        "Status": "Closed" if row["STAT"] >= CLOSED else active if row["STAT"] >= "20" else "Prospect",
        "BillingAddress": _address(row),
        "ShippingAddress": _address(shipping) if shipping else None,
        "SalespersonID": row.get("SMCD"),
        "ExternalReference": row.get("YRE2") or row.get("CFC6") or row.get("CFC1"),
        "CustomFields": {
            name: row[name] for name in sorted(row) if name[:3] in ("CFC", "YRE", "ALC") and row[name]
        },
        **stamps(row),
    }


def _address(row: Row) -> Record:
    return {member: row.get(name) for member, name in ADDRESS.items()}


def invoice(books: Books, row: Row) -> Record:
    currency, rest = row["CUCD"], balance(books, row)
    received, given = paid(books, row), credited(books, row)
    if given >= Decimal(row["IVAV"]) > 0:
        status = "Credited"
    else:
        status = "Paid" if rest <= 0 else "PartiallyPaid" if received > 0 else "Open"
    return {
        "InvoiceID": row["_printed"],
        "InvoiceKey": f"{row['DIVI']}/{row['YEA4']}/{row['IVNO']}",
        "OrderID": row["ORNO"],
        "CustomerID": row["CUNO"],
        "InvoiceDate": day(row["IDAT"]),
        "DueDate": day(row["DUDT"]),
        "Currency": currency,
        "Subtotal": row["AMT1"],
        "TaxAmount": row["_vat"],
        "TotalAmount": row["IVAV"],
        "PaidAmount": amount_text(received, currency),
        "Balance": amount_text(rest, currency),
        "Status": status,
        "GLAccount": None,
        **stamps(row),
    }


def payments(books: Books, row: Row, kind: str = PAYMENT) -> list[Record]:
    """Of an invoice: its payments, or with the kind of an invoice its credit notes."""
    own = [entry for entry in transactions(books, row)[1:] if entry["TRCD"] == kind]
    return [payment(books, row, entry) for entry in own]


def payment(books: Books, row: Row, entry: Row) -> Record:
    name = "PaymentID" if entry["TRCD"] == PAYMENT else "CreditNoteID"
    dated = "PaymentDate" if entry["TRCD"] == PAYMENT else "CreditDate"
    amount = Decimal(entry["CUAM"])
    negative = entry["TRCD"] != PAYMENT or books.habits.payments_negative
    return {
        name: f"{entry['YEA4']}-{entry['JRNO']}",
        "InvoiceID": row["_printed"],
        "CustomerID": row["CUNO"],
        dated: day(entry["ACDT"]),
        "Amount": amount_text(-amount if negative else amount, row["CUCD"]),
        "Currency": row["CUCD"],
        "Method": entry.get("PYCD"),
        "Reference": entry.get("_reference"),
        "Reason": entry.get("_reason"),
        **stamps(entry),
    }


def product(row: Row) -> Record:
    return {
        "ProductID": row["ITNO"],
        "Description": row["ITDS"],
        "UnitPrice": row["SAPR"],
        "Currency": row["CUCS"],
        "UnitOfMeasure": row["UNMS"],
        "Status": "Active" if row["STAT"] == RELEASED else "Obsolete",
        "TaxRate": row["_vat"],
        **stamps(row),
    }


def inventory_item(row: Row) -> Record:
    left = Decimal(row["STQT"]) - Decimal(row["ALQT"])
    amounts = {"OnHand": row["STQT"], "Allocated": row["ALQT"], "Available": f"{left.normalize():f}"}
    return {"ProductID": row["ITNO"], "Warehouse": row["WHLO"], **amounts, **stamps(row)}


def vendor(row: Row) -> Record:
    return {
        "VendorID": row["SUNO"],
        "Name": row["SUNM"],
        "Currency": row["CUCD"],
        "Status": row["_status"],
        **stamps(row),
    }


def employee(row: Row) -> Record:
    return {
        "EmployeeID": row["EMNO"],
        "Name": row["EMNM"],
        "Email": row["_email"] or None,
        "Role": row["_role"] or None,
        "Active": row["ACEM"] == "1",
        **stamps(row),
    }


def account(row: Row) -> Record:
    return {
        "AccountID": row["AITM"],
        "Description": row["TX40"],
        "Type": row["_type"],
        "Blocked": row["LCCD"] == "1",
        **stamps(row),
    }


def exchange_rate(row: Row) -> Record:
    """DMCU 2: one unit of the local currency is ARAT of the foreign one; 1: the other way round."""
    local_first = row["DMCU"] == "2"
    pair = (LOCAL_CURRENCY, row["CUCD"]) if local_first else (row["CUCD"], LOCAL_CURRENCY)
    return {"Base": pair[0], "Quote": pair[1], "Date": day(row["CUTD"]), "Rate": row["ARAT"], **stamps(row)}


def state(books: Books) -> dict[str, list[Any]]:
    invoices = books.invoices.rows()
    return {
        "customers": [customer(books, row) for row in books.customers.rows() if not row.get("_template")],
        "contacts": [],
        "salesorders": [sales_order(books, order) for order in books.orders.all()],
        "temporaryorders": [temporary_order(order) for order in books.temporary.all()],
        "invoices": [invoice(books, row) for row in invoices],
        "creditnotes": [entry for row in invoices for entry in payments(books, row, "10")],
        "payments": [entry for row in invoices for entry in payments(books, row)],
        "products": [product(row) for row in books.items.rows()],
        "inventoryitems": [inventory_item(row) for row in books.balances.rows()],
        "vendors": [vendor(row) for row in books.suppliers.rows()],
        "employees": [employee(row) for row in books.employees.rows()],
        "glaccounts": [account(row) for row in books.accounts.rows()],
        "exchangerates": [exchange_rate(row) for row in books.rates.rows()],
    }
