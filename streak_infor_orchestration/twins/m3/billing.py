"""How goods leave and invoices, payments and credit come about: nobody does it through the API. Contract, G.1."""

from datetime import date, timedelta
from decimal import Decimal

from streak_infor_orchestration.twins.erp.money import amount_text, quantity_text, rounded
from streak_infor_orchestration.twins.erp.problems import conflict
from streak_infor_orchestration.twins.m3.amounts import line_net, line_vat
from streak_infor_orchestration.twins.m3.books import COMPANY, DIVISION, LOCAL_CURRENCY, Books
from streak_infor_orchestration.twins.m3.dates import BOOKS
from streak_infor_orchestration.twins.m3.order import DELETED, ZERO, Order, quantity
from streak_infor_orchestration.twins.m3.table import Row

INVOICE, PAYMENT = "10", "20"
"""TRCD of the ledger: an invoice or what changes its amount, and a payment."""

GOODS, CHARGE = "31", "60"
"""IVTP of an invoice's line."""

PAID = "9"
"""RECO of an invoice that is paid."""


def deliver(books: Books, order: Order, wanted: dict[str, Decimal] | None = None) -> None:
    """What is left of every line, or ``wanted`` by line number, has gone out with one delivery. Raises the 409."""
    if order.head.get("_over") == DELETED:
        raise conflict(f"order {order.number} is deleted")
    number = books.number("delivery")
    for line in order.lines:
        left = quantity(line) - quantity(line, "DLQT")
        part = left if wanted is None else min(left, wanted.get(line["PONR"], ZERO))
        if part <= 0 or line.get("_over"):
            continue
        line["DLQT"] = quantity_text(quantity(line, "DLQT") + part)
        line["ALQT"] = line["_picked"] = "0"
        order.deliveries.append(
            {
                "DLIX": number,
                "RORC": "3",
                "RIDN": order.number,
                "RIDL": line["PONR"],
                "RIDX": "0",
                "ITNO": line["ITNO"],
                "MODL": order.head["MODL"],
                "TRQT": quantity_text(part),
                "PLQT": quantity_text(part),
                "PGRS": "60",
                "_line": line["PONR"],
                "_day": books.today(),
            }
        )
    order.head["_shipped"] = books.now().isoformat()
    books.stamp(order.head)


def bill(books: Books, order: Order) -> Row:
    """The invoice over all that was delivered and not yet invoiced; the first one bears the charges. Raises the 409."""
    currency = order.head["CUCD"]
    lines, net, vat = [], ZERO, ZERO
    for line in order.lines:
        part = quantity(line, "DLQT") - quantity(line, "IVQT")
        if part <= 0:
            continue
        share = part / quantity(line)
        amount = rounded(line_net(books, line, currency) * share, currency)
        tax = rounded(line_vat(books, order, line) * share, currency)
        net, vat = net + amount, vat + tax
        lines.append({"IVTP": GOODS, "IVRF": line["PONR"], "AMT1": f"{amount:f}", "VTAM": f"{tax:f}"})
        line["IVQT"] = quantity_text(quantity(line, "IVQT") + part)
    if not lines:
        raise conflict(f"order {order.number} has nothing to invoice")
    if not invoices_of(books, order.number):
        for charge in order.charges.values():
            net += Decimal(charge["CRAM"])
            lines.append({"IVTP": CHARGE, "IVRF": charge["CRID"], "AMT1": charge["CRAM"], "VTAM": "0"})
    books.stamp(order.head)
    return _invoice(books, order, lines, net, vat)


def _invoice(books: Books, order: Order, lines: list[Row], net: Decimal, vat: Decimal) -> Row:
    currency, year, number = order.head["CUCD"], books.today()[:4], books.number("invoice")
    extended = f"IN{year}{number[-8:]}" if books.habits.extended_numbers else ""
    total, due = amount_text(net + vat, currency), _due(books, order)
    row = {
        "DIVI": DIVISION,
        "YEA4": year,
        "IVNO": number,
        "INPX": "IN" if extended else "",
        "EXIN": extended,
        "ORNO": order.number,
        "FACI": order.head["FACI"],
        "FAC2": order.head["FACI"],
        "WHLO": order.head["WHLO"],
        "DLIX": order.deliveries[-1]["DLIX"],
        "PYNO": order.head["PYNO"],
        "CUNO": order.head["CUNO"],
        "INRC": order.head["CUNO"],
        "IDAT": books.today(),
        "IVDT": books.today(),
        "ACDT": books.today(),
        "DUDT": due,
        "CUCD": currency,
        "CUC1": currency,
        "TEPY": order.head["TEPY"],
        "PYCD": "",
        "IVTP": "01",
        "VONO": books.number("voucher"),
        "IVAV": total,
        "RAIN": total,
        "AMT1": amount_text(net, currency),
        "_printed": extended or number,  # what stands on the paper, and as CINO in the ledger
        "_vat": amount_text(vat, currency),
    }
    books.invoices.put(books.stamp(row))
    for n, line in enumerate(lines, 1):
        books.invoice_lines.put({**line, "YEA4": year, "IVNO": number, "_n": f"{n:05}"})
    _post(books, row, INVOICE, net + vat, books.today(), {"DUDT": due})
    return row


def settle(books: Books, invoice: Row, kind: str, amount: Decimal, day: str, more: Row) -> Row:
    """A payment, or a credit note, booked against the invoice."""
    negative = kind == INVOICE or books.habits.payments_negative
    row = _post(books, invoice, kind, -amount if negative else amount, day, more)
    books.stamp(invoice)
    return row


def transactions(books: Books, invoice: Row) -> list[Row]:
    """Of the ledger, the invoice's own first."""
    return books.ledger.of(CINO=invoice["_printed"], INYR=invoice["YEA4"])


def paid(books: Books, invoice: Row) -> Decimal:
    rows = (row for row in transactions(books, invoice) if row["TRCD"] == PAYMENT)
    total = sum((Decimal(row["CUAM"]) for row in rows), ZERO)
    return -total if books.habits.payments_negative else total


def credited(books: Books, invoice: Row) -> Decimal:
    rows = [row for row in transactions(books, invoice) if row["TRCD"] == INVOICE]
    return -sum((Decimal(row["CUAM"]) for row in rows[1:]), ZERO)


def balance(books: Books, invoice: Row) -> Decimal:
    return Decimal(invoice["IVAV"]) - paid(books, invoice) - credited(books, invoice)


def invoices_of(books: Books, order: str) -> list[Row]:
    return books.invoices.of(ORNO=order)


def _post(books: Books, invoice: Row, kind: str, amount: Decimal, day: str, more: Row) -> Row:
    row = {
        "CONO": COMPANY,
        "DIVI": DIVISION,
        "YEA4": books.today()[:4],
        "JRNO": books.number("journal"),
        "JSNO": "1",
        "TRCD": kind,
        "PYNO": invoice["PYNO"],
        "CUNO": invoice["CUNO"],
        "CINO": invoice["_printed"],
        "INYR": invoice["YEA4"],
        "IVTP": invoice["IVTP"],
        "VONO": books.number("voucher"),
        "CUCD": invoice["CUCD"],
        "LOCD": LOCAL_CURRENCY,
        "CUAM": amount_text(amount, invoice["CUCD"]),
        "IVDT": invoice["IDAT"],
        "DUDT": invoice["DUDT"],
        "ACDT": day,
        **more,
    }
    return books.ledger.put(books.stamp(row))


def _due(books: Books, order: Order) -> str:
    terms = books.payment_terms.get(order.head["TEPY"])
    days = int(terms["TEPD"]) if terms else 30
    today = books.today()
    day = date(int(today[:4]), int(today[4:6]), int(today[6:])) + timedelta(days=days)
    return day.strftime(BOOKS)
