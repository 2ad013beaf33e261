"""Invoices and what settles them, as an auditor of any ERP reads them. Contract, G.1."""

from decimal import Decimal

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.money import amount_text
from streak_infor_orchestration.twins.m3.auditing import day, stamps
from streak_infor_orchestration.twins.m3.billing import PAYMENT, balance, credited, paid, transactions
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.table import Row


def key_of(row: Row) -> str:
    """Division, year and number, as the interface tells an invoice."""
    return f"{row['DIVI']}/{row['YEA4']}/{row['IVNO']}"


def invoice(books: Books, row: Row) -> Record:
    currency, rest = row["CUCD"], balance(books, row)
    received, given = paid(books, row), credited(books, row)
    if given >= Decimal(row["IVAV"]) > 0:
        status = "Credited"
    else:
        status = "Paid" if rest <= 0 else "PartiallyPaid" if received > 0 else "Open"
    return {
        "InvoiceID": key_of(row),
        "InvoiceNumber": row["_printed"],
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
        "InvoiceID": key_of(row),
        "CustomerID": row["CUNO"],
        dated: day(entry["ACDT"]),
        "Amount": amount_text(-amount if negative else amount, row["CUCD"]),
        "Currency": row["CUCD"],
        "Method": entry.get("PYCD"),
        "Reference": entry.get("_reference"),
        "Reason": entry.get("_reason"),
        **stamps(entry),
    }
