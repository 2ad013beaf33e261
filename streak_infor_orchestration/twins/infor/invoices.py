"""Invoices and what settles them, payments and credit notes. Contract, Collections."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.members import READ_ONLY, Field, Fields, read_members
from streak_infor_orchestration.twins.erp.money import amount_text
from streak_infor_orchestration.twins.erp.problems import Problem, conflict, invalid
from streak_infor_orchestration.twins.erp.values import calendar_date
from streak_infor_orchestration.twins.infor.company import Company, unknown
from streak_infor_orchestration.twins.infor.order_lines import ZERO, account_error
from streak_infor_orchestration.twins.infor.table import Record

DEFAULT_TERMS_DAYS = 30

INVOICE: Fields = {
    "InvoiceID": READ_ONLY,
    "OrderID": Field(required=True),
    "CustomerID": READ_ONLY,
    "InvoiceDate": Field(calendar_date),
    "DueDate": READ_ONLY,
    **dict.fromkeys(("Currency", "Subtotal", "TaxAmount", "TotalAmount", "PaidAmount", "Balance"), READ_ONLY),
    "Status": READ_ONLY,
    "GLAccount": Field(),
    "CreatedAt": READ_ONLY,
    "ModifiedAt": READ_ONLY,
}


def create_invoice(company: Company, body: Any) -> Record:
    members = read_members(INVOICE, body, complete=True)
    if error := account_error(company, members["GLAccount"], "GLAccount"):
        raise invalid(error)
    order = company.get("salesorders", members["OrderID"])
    if order is None:
        raise unknown("not_found", "OrderID", members["OrderID"])
    _refuse_second_or_cancelled(company, order)
    in_currency = order["Currency"]
    tax = sum((Decimal(line["Tax"]) for line in order["LineItems"]), ZERO)
    invoice_date = members["InvoiceDate"] or company.today()
    invoice = company.insert(
        "invoices",
        {
            "InvoiceID": company.number("INV"),
            "OrderID": order["OrderID"],
            "CustomerID": order["CustomerID"],
            "InvoiceDate": invoice_date,
            "DueDate": _due_date(company, order, invoice_date),
            "Currency": in_currency,
            "Subtotal": amount_text(Decimal(order["TotalAmount"]) - tax, in_currency),
            "TaxAmount": amount_text(tax, in_currency),
            "TotalAmount": order["TotalAmount"],
            "PaidAmount": amount_text(ZERO, in_currency),
            "Balance": order["TotalAmount"],
            "Status": "Open",
            "GLAccount": members["GLAccount"],
        },
    )
    company.update("salesorders", order, {"OrderStatus": "Invoiced"})
    return invoice


def record_payment(company: Company, members: Record) -> Record:
    """Books money received (or, negative, paid back) against an invoice."""
    invoice = _invoice(company, members["InvoiceID"])
    payment = company.insert(
        "payments",
        {
            **members,
            "PaymentID": company.number("PAY"),
            "CustomerID": invoice["CustomerID"],
            "PaymentDate": members["PaymentDate"] or company.today(),
            "Amount": amount_text(members["Amount"], invoice["Currency"]),
            "Currency": invoice["Currency"],
        },
    )
    _settle(company, invoice)
    return payment


def record_credit_note(company: Company, members: Record) -> Record:
    invoice = _invoice(company, members["InvoiceID"])
    note = company.insert(
        "creditnotes",
        {
            **members,
            "CreditNoteID": company.number("CN"),
            "CustomerID": invoice["CustomerID"],
            "CreditDate": members["CreditDate"] or company.today(),
            "Amount": amount_text(members["Amount"], invoice["Currency"]),
            "Currency": invoice["Currency"],
        },
    )
    _settle(company, invoice)
    return note


def complete_if_done(company: Company, order: Record) -> Record:
    """An order that is shipped, invoiced and paid is Completed; only an invoiced one can be paid."""
    if order["PaymentStatus"] == "Paid" and order["OrderID"] in company.shipped_orders:
        return company.update("salesorders", order, {"OrderStatus": "Completed"})
    return order


def _settle(company: Company, invoice: Record) -> None:
    """Recomputes the invoice from all its payments and credit notes, and the order's PaymentStatus from it."""
    in_currency, total = invoice["Currency"], Decimal(invoice["TotalAmount"])
    paid = _sum(company, "payments", invoice)
    credited = _sum(company, "creditnotes", invoice)
    balance = total - paid - credited
    if 0 < credited >= total:
        status = "Credited"
    elif balance <= 0:
        status = "Paid"
    else:
        status = "PartiallyPaid" if paid > 0 else "Open"
    company.update(
        "invoices",
        invoice,
        {
            "PaidAmount": amount_text(paid, in_currency),
            "Balance": amount_text(balance, in_currency),
            "Status": status,
        },
    )
    order = company.get("salesorders", invoice["OrderID"])
    if order is not None:
        standing = "Unpaid" if paid <= 0 else "Paid" if balance <= 0 else "PartiallyPaid"
        complete_if_done(company, company.update("salesorders", order, {"PaymentStatus": standing}))


def _sum(company: Company, collection: str, invoice: Record) -> Decimal:
    records = company.tables[collection].where(InvoiceID=invoice["InvoiceID"])
    return sum((Decimal(record["Amount"]) for record in records), ZERO)


def _invoice(company: Company, key: str) -> Record:
    invoice = company.get("invoices", key)
    if invoice is None:
        raise unknown("not_found", "InvoiceID", key)
    return invoice


def _refuse_second_or_cancelled(company: Company, order: Record) -> None:
    """Contract, what the façade does not promise: one invoice per order, 409 with the first's InvoiceID."""
    for first in company.tables["invoices"].where(OrderID=order["OrderID"]):
        named = {"InvoiceID": first["InvoiceID"]}
        raise Problem(409, "duplicate", f"order {order['OrderID']} is invoiced already", members=named)
    if order["OrderStatus"] == "Cancelled":
        raise conflict(f"order {order['OrderID']} is cancelled")


def _due_date(company: Company, order: Record, invoice_date: str) -> str:
    """By the days in the customer's PaymentTerms (``NET14``), else thirty."""
    customer = company.get("customers", order["CustomerID"])
    terms = re.search(r"[0-9]{1,3}", (customer and customer["PaymentTerms"]) or "")
    days = int(terms[0]) if terms else DEFAULT_TERMS_DAYS
    return (date.fromisoformat(invoice_date) + timedelta(days=days)).isoformat()
