"""Orders, real and temporary, as an auditor of any ERP reads them. Contract, B.7 and G.1."""

from decimal import Decimal

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.money import amount_text, price_text
from streak_infor_orchestration.twins.m3.amounts import line_fields, line_vat
from streak_infor_orchestration.twins.m3.auditing import day, stamps
from streak_infor_orchestration.twins.m3.billing import balance, invoices_of, paid
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.order import DELETED, ZERO, Order, line_status
from streak_infor_orchestration.twins.m3.orders import shown
from streak_infor_orchestration.twins.m3.table import Row


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
    """With ``Head``: what stands in M3's own fields."""
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
            name: order.head[field]
            for field, name in books.habits.free_fields.items()
            if order.head.get(field)
        },
        "Head": {name: value for name, value in order.head.items() if value and name[0] not in "_!"},
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
