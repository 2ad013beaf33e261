"""The books as an auditor of any ERP reads them: SyteLine's rows under the façade's member names."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.money import amount_text, price_text, quantity_text
from streak_infor_orchestration.twins.erp.values import instant_text
from streak_infor_orchestration.twins.syteline import receivables
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.totals import ZERO, line_net

Row = Mapping[str, Any]

DESCRIPTION, READY, TAX_ID, MAIL, ROLE, BLOCKED = (
    f"Uf_{name}" for name in ("Description", "ReadyToInvoice", "TaxId", "Email", "Role", "Blocked")
)
"""This customer's own fields, which have a place of their own in the books."""
_PLACED = {DESCRIPTION, READY, TAX_ID, MAIL, ROLE, BLOCKED}
PRODUCT_STATUSES = {"A": "Active", "O": "Obsolete", "S": "Active"}
ACCOUNT_TYPES = {"A": "Asset", "L": "Liability", "O": "Equity", "R": "Revenue", "E": "Expense"}


def order_status(company: Company, order: Row) -> str:
    """Contract, C.5: the header's status, and for an ordered one what became of its lines; goods that have left say
    more than an invoice."""
    lines = company.lines(order)
    touched = any(line["QtyShipped"] or line["QtyInvoiced"] for line in lines)
    match order["Stat"]:
        case "P":
            return "Draft"
        case "S":
            return "Stopped"
        case "C":
            return "Completed" if touched else "Cancelled"
        case _ if _all(lines, "QtyShipped"):
            return "Shipped"
        case _ if _all(lines, "QtyInvoiced"):
            return "Invoiced"
        case _ if touched:
            return "Partially shipped"
        case _:
            return "Credit hold" if order["CreditHold"] == "1" else "Open"


def order(company: Company, row: Row) -> Record:
    currency, lines = row["CurrCode"], company.lines(row)
    due = max((line["DueDate"] for line in lines if line["DueDate"]), default=None)
    return {
        "OrderID": row["CoNum"].strip(),
        "CustomerID": row["CustNum"].strip(),
        "OrderDate": _day(row["OrderDate"]),
        "RequestedDate": _day(due),
        "OrderDescription": row.get(DESCRIPTION),
        "Currency": currency,
        "LineItems": [_line(line, currency) for line in lines],
        "Freight": amount_text(row["Freight"] or ZERO, currency),
        "Tax": amount_text((row["SalesTax"] or ZERO) + (row["SalesTax2"] or ZERO), currency),
        "TotalAmount": amount_text(company.total(row), currency),
        "OrderStatus": order_status(company, row),
        "ShippingMethod": row["ShipCode"],
        "PaymentStatus": _payment_status(company, row),
        "SalespersonID": _trimmed(row["Slsman"]),
        "ExternalReference": row["CustPo"],
        "SecondReference": row["ExternalConfirmationRef"],
        "CustomFields": _own(row),
        **_stamps(company, row),
    }


def customer(company: Company, row: Row) -> Record:
    place = next(
        (each for each in company.tables["customer"].where(CustNum=row["CustNum"]) if each["CustSeq"]), None
    )
    limit = row["CreditLimit"]
    return {
        "CustomerID": row["CustNum"].strip(),
        "Name": row["Name"],
        "ContactName": row["Contact_1"],
        "Email": row["BillToEmail"],
        "Phone": row["Phone_1"],
        "TaxID": row.get(TAX_ID),
        "Currency": row["CurrCode"],
        "PaymentTerms": row["TermsCode"],
        "CreditLimit": None if limit is None else amount_text(limit, row["CurrCode"]),
        "CreditHold": row["CreditHold"] == "1",
        "Status": "Active",
        "BillingAddress": _address(row),
        "ShippingAddress": _address(place) if place else None,
        "SalespersonID": _trimmed(row["Slsman"]),
        "ExternalReference": row["CrmGuid"],
        "CustomFields": _own(row),
        **_stamps(company, row),
    }


def invoice(company: Company, row: Row) -> Record:
    number = row["InvNum"]
    items = company.tables["artran"].where(ApplyToInvNum=number)
    first = next(item for item in items if item["Type"] == "I")
    ordered = company.tables["co"].get(row["CoNum"])
    currency = ordered["CurrCode"] if ordered else company.currency
    total, paid = receivables.billed(company, number), receivables.settled(company, number, "P")
    credited = receivables.settled(company, number, "C")
    amounts = {
        "Subtotal": total - (first["SalesTax"] or ZERO),
        "TaxAmount": first["SalesTax"] or ZERO,
        "TotalAmount": total,
        "PaidAmount": paid,
        "Balance": total - paid - credited,
    }
    return {
        "InvoiceID": number.strip(),
        "OrderID": row["CoNum"].strip(),
        "CustomerID": row["CustNum"].strip(),
        "InvoiceDate": _day(row["InvDate"]),
        "DueDate": _day(first["DueDate"]),
        "Currency": currency,
        **{name: amount_text(amount, currency) for name, amount in amounts.items()},
        "Status": _invoice_status(total, paid, credited),
        "GLAccount": None,
        **_stamps(company, row),
    }


def settlement(company: Company, row: Row) -> Record:
    """A payment, or a credit note."""
    ordered = company.tables["co"].get(row["CoNum"])
    currency = ordered["CurrCode"] if ordered else company.currency
    key = f"{row['ApplyToInvNum'].strip()}-{int(row['CheckSeq'])}"
    names = ("PaymentID", "PaymentDate") if row["Type"] == "P" else ("CreditNoteID", "CreditDate")
    more = (
        {"Method": row.get("Description"), "Reference": row.get("Ref")}
        if row["Type"] == "P"
        else {"Reason": row.get("Description")}
    )
    return {
        names[0]: key,
        names[1]: _day(row["InvDate"]),
        "InvoiceID": row["ApplyToInvNum"].strip(),
        "CustomerID": row["CustNum"].strip(),
        "Amount": amount_text(-company.signed(row), currency),
        "Currency": currency,
        **more,
        **_stamps(company, row),
    }


def product(company: Company, row: Row) -> Record:
    price = next(iter(company.tables["itemprice"].where(Item=row["Item"])), None)
    currency = price["CurrCode"] if price else company.currency
    return {
        "ProductID": row["Item"],
        "Description": row["Description"] or "",
        "UnitPrice": price_text(price["UnitPrice1"] if price else row["UnitPrice"] or ZERO, currency),
        "Currency": currency,
        "UnitOfMeasure": row["UM"],
        "Status": PRODUCT_STATUSES[row["Stat"]],
        "TaxRate": f"{company.tax_rates.get(row['TaxCode1'] or '', ZERO):f}",
        **_stamps(company, row),
    }


def stock(company: Company, row: Row) -> Record:
    on_hand, allocated = row["QtyOnHand"] or ZERO, row["QtyAllocCo"] or ZERO
    amounts = {"OnHand": on_hand, "Allocated": allocated, "Available": on_hand - allocated}
    texts = {name: quantity_text(amount) for name, amount in amounts.items()}
    return {"ProductID": row["Item"], "Warehouse": row["Whse"], **texts, **_stamps(company, row)}


def vendor(company: Company, row: Row) -> Record:
    status = {"A": "Active"}.get(row["Stat"] or "A", "Inactive")
    named = {"VendorID": row["VendNum"].strip(), "Name": row["Name"] or "", "Currency": row["CurrCode"]}
    return {**named, "Status": status, **_stamps(company, row)}


def employee(company: Company, row: Row) -> Record:
    return {
        "EmployeeID": row["EmpNum"].strip(),
        "Name": row["Name"] or "",
        "Email": row.get(MAIL),
        "Role": row.get(ROLE),
        "Active": row["TermDate"] is None,
        **_stamps(company, row),
    }


def account(company: Company, row: Row) -> Record:
    return {
        "AccountID": row["Acct"],
        "Description": row["Description"] or "",
        "Type": ACCOUNT_TYPES[row["Type"]],
        "Blocked": row.get(BLOCKED) == "1",
        **_stamps(company, row),
    }


def rate(company: Company, row: Row) -> Record:
    pair = {"Base": row["FromCurrCode"], "Quote": row["ToCurrCode"], "Date": _day(row["EffDate"])}
    return {**pair, "Rate": f"{row['SellRate']:f}", **_stamps(company, row)}


def _all(lines: Sequence[Row], quantity: str) -> bool:
    """Whether there are lines, and of each everything."""
    return bool(lines) and all(line[quantity] >= line["QtyOrdered"] for line in lines)


def _line(line: Row, currency: str) -> Record:
    gross, net = line["QtyOrdered"] * line["Price"], line_net(line, currency)
    return {
        "LineNumber": int(line["CoLine"]),
        "Product": line["Item"],
        "Description": line["Description"],
        "Quantity": quantity_text(line["QtyOrdered"]),
        "Price": price_text(line["Price"], currency),
        "Discount": price_text(gross - net, currency),
        "Tax": amount_text(ZERO, currency),
        "GLAccount": None,
        "LineTotal": amount_text(net, currency),
    }


def _payment_status(company: Company, row: Row) -> str:
    invoices = company.tables["inv_hdr"].where(CoNum=row["CoNum"])
    paid = sum((receivables.settled(company, each["InvNum"], "P") for each in invoices), ZERO)
    owed = sum((receivables.balance(company, each["InvNum"]) for each in invoices), ZERO)
    return "Unpaid" if paid <= 0 else "Paid" if owed <= 0 else "PartiallyPaid"


def _invoice_status(total: Decimal, paid: Decimal, credited: Decimal) -> str:
    if 0 < credited >= total:
        return "Credited"
    if total - paid - credited <= 0:
        return "Paid"
    return "PartiallyPaid" if paid > 0 else "Open"


def _address(row: Row) -> Record | None:
    address = {
        "Line1": row["Addr_1"],
        "Line2": row["Addr_2"],
        "City": row["City"],
        "Region": row["State"],
        "PostalCode": row["Zip"],
        "Country": row["Country"],
    }
    return address if any(address.values()) else None


def _own(row: Row) -> dict[str, str]:
    """``Uf_Region`` as ``Region``."""
    return {
        name.removeprefix("Uf_"): value
        for name, value in row.items()
        if name.startswith("Uf_") and name not in _PLACED and value is not None
    }


def _stamps(company: Company, row: Row) -> Record:
    return {
        "CreatedAt": instant_text(company.aware(row["CreateDate"])),
        "ModifiedAt": instant_text(company.aware(row["RecordDate"])),
    }


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else moment.date().isoformat()


def _trimmed(key: str | None) -> str | None:
    return None if key is None else key.strip()
