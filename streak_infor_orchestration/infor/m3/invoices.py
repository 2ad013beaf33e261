"""Invoices of orders (OIS350MI) and what is paid of them (ARS200MI) (Infor API contract, B.8, G.1).

An invoice is told by division, year and number (`AAA/2026/123456`, without the division where none is configured);
receivables know it by payer, number, year and customer.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from streak_infor_orchestration.domain.invoice import Invoice, Payment
from streak_infor_orchestration.domain.money import round_money
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import Row, day, number, text

ISSUED, RECEIVABLES = "OIS350MI", "ARS200MI"
_INVOICE = "IVNO YEA4 IDAT DUDT PYNO CUNO IVAV RAFC CUCD EXIN"
_BALANCE = "CUAM PCUA OCUA VTAM RECO"
_TRANSACTION = "YEA4 JRNO JSNO TRCD CUAM CUCD ACDT PYCD VONO"


class IssuedInvoice(NamedTuple):
    """A row of an order's invoices."""

    order_id: str
    row: Row


def issued(mi: Mi, orders: Iterable[str]) -> list[IssuedInvoice]:
    """The invoices of these orders, in the orders' order; one of several orders comes with each."""
    wanted = list(dict.fromkeys(orders))
    found = mi.all(ISSUED, [MiCall("LstAllInvByCO", {"ORNO": order}, _INVOICE) for order in wanted])
    return [IssuedInvoice(order, row) for order, rows in zip(wanted, found, strict=True) for row in rows]


def found(mi: Mi, invoice_id: str) -> IssuedInvoice | None:
    """By its lines, which name the order: M3 tells what an invoice comes to only by order."""
    key = _key_of(invoice_id)
    orders = [text(row, "ORNO") for row in mi.rows(ISSUED, MiCall("LstInvLine", key, "ORNO"))] if key else []
    named = issued(mi, filter(None, orders[:1]))
    return next((one for one in named if id_of(mi, one.row) == invoice_id), None)


def read(mi: Mi, of: Sequence[IssuedInvoice]) -> list[Invoice]:
    """With what is open of each; one that receivables do not know yet is open as far as it says itself."""
    calls = [MiCall("GetInvTotInfo", _receivable(mi, one.row), _BALANCE) for one in of]
    balances = mi.all(RECEIVABLES, calls)
    found = [invoice_of(mi, one, next(iter(rows), None)) for one, rows in zip(of, balances, strict=True)]
    settled = [one for one, invoice in zip(of, found, strict=True) if invoice.balance < invoice.total]
    credited = _credited(mi, settled) if mi.section.credit_codes else {}
    return [_without_credits(invoice, credited.get(invoice.id, Decimal(0))) for invoice in found]


def _credited(mi: Mi, of: Sequence[IssuedInvoice]) -> dict[str, Decimal]:
    """What need not be paid of each: transactions of a credit note's code with a minus. The invoice's own has none."""
    calls = [MiCall("LstInvoiceTrans", _receivable(mi, one.row), _TRANSACTION) for one in of]
    return {
        id_of(mi, one.row): -sum(
            (
                min(number(row, "CUAM"), Decimal(0))
                for row in rows
                if text(row, "TRCD") in mi.section.credit_codes
            ),
            Decimal(0),
        )
        for one, rows in zip(of, mi.all(RECEIVABLES, calls), strict=True)
    }


def _without_credits(invoice: Invoice, credited: Decimal) -> Invoice:
    """What was credited is not paid, though it is not open either."""
    if not credited:
        return invoice
    credited = round_money(credited, invoice.currency)
    paid = invoice.total - invoice.balance - credited
    status = "Credited" if credited >= invoice.total else "Paid" if invoice.balance <= 0 else "Open"
    return invoice.model_copy(
        update={"paid": paid, "status": "PartiallyPaid" if status == "Open" and paid > 0 else status}
    )


def invoice_of(mi: Mi, one: IssuedInvoice, balance: Row | None) -> Invoice:
    """Raises ValueError for what is no invoice."""
    row, currency = one.row, text(one.row, "CUCD")
    if not (text(row, "IVNO") and currency):
        raise ValueError("an invoice without number or currency")
    total = round_money(number(row, "IVAV"), currency)
    left = round_money(number(row, "RAFC") if balance is None else number(balance, "OCUA"), currency)
    tax = None if balance is None else round_money(number(balance, "VTAM"), currency)
    if balance is not None and text(balance, "RECO") == "9":
        left = round_money(Decimal(0), currency)
    return Invoice(
        id=id_of(mi, row),
        order_id=one.order_id,
        customer_id=text(row, "CUNO"),
        currency=currency,
        total=total,
        paid=total - left,
        balance=left,
        status="Paid" if left == 0 else "Open" if left == total else "PartiallyPaid",
        invoice_date=day(row, "IDAT"),
        due_date=day(row, "DUDT"),
        subtotal=None if tax is None else total - tax,
        tax=tax,
        number=text(row, "EXIN") or text(row, "IVNO"),
    )


def payment_status(invoices: Sequence[Invoice]) -> str:
    """The payment status of an order, from what its invoices come to; "" where it has none."""
    if not invoices:
        return ""
    left = sum((one.balance for one in invoices), Decimal(0))
    total = sum((one.total for one in invoices), Decimal(0))
    return "Paid" if left <= 0 else "PartiallyPaid" if left < total else "Unpaid"


def payments(mi: Mi, of: Sequence[IssuedInvoice]) -> list[Payment]:
    """What was paid on the invoices: transactions of the configured codes."""
    calls = [MiCall("LstInvoiceTrans", _receivable(mi, one.row), _TRANSACTION) for one in of]
    rows_of_each = mi.all(RECEIVABLES, calls)
    return [
        payment_of(mi, row, one)
        for one, rows in zip(of, rows_of_each, strict=True)
        for row in rows
        if text(row, "TRCD") in mi.section.payment_codes
    ]


def payment_of(mi: Mi, row: Row, one: IssuedInvoice) -> Payment:
    """Told by year, journal and number in it. Receivables show what reduces them with a minus, unless configured
    otherwise."""
    currency = text(row, "CUCD") or text(one.row, "CUCD")
    sign = -1 if mi.section.payment_sign == "negative" else 1
    return Payment(
        id="/".join(text(row, code) for code in ("YEA4", "JRNO", "JSNO")),
        invoice_id=id_of(mi, one.row),
        customer_id=text(one.row, "CUNO"),
        payment_date=day(row, "ACDT"),
        amount=round_money(sign * number(row, "CUAM"), currency),
        currency=currency,
        method=text(row, "PYCD"),
        reference=text(row, "VONO"),
    )


def paid_by(mi: Mi, payment_id: str) -> Payment | None:
    """By its own key; the invoice it pays is one of its payer's in that year."""
    year, _, rest = payment_id.partition("/")
    journal, _, position = rest.partition("/")
    key = {"YEA4": year, "JRNO": journal, "JSNO": position}
    columns = f"{_TRANSACTION} CINO INYR PYNO CUNO"
    row = mi.one(RECEIVABLES, MiCall("GetInvoice", key, columns)) if position else None
    if row is None or text(row, "TRCD") not in mi.section.payment_codes:
        return None
    of_payer = {"YEA4": text(row, "INYR"), "PYNO": text(row, "PYNO")}
    for head in mi.rows(ISSUED, MiCall("LstInvHeadByPay", of_payer, "IVNO EXIN")):
        if text(row, "CINO") in (text(head, "EXIN"), text(head, "IVNO")):
            one = found(mi, id_of(mi, {**head, "YEA4": text(row, "INYR")}))
            return payment_of(mi, row, one) if one else None
    return None


def id_of(mi: Mi, row: Row) -> str:
    return "/".join(filter(None, (mi.section.divi, text(row, "YEA4"), text(row, "IVNO"))))


def _key_of(invoice_id: str) -> dict[str, str] | None:
    parts = invoice_id.split("/")
    if len(parts) not in (2, 3) or not all(parts):
        return None
    return {"YEA4": parts[-2], "IVNO": parts[-1]}


def _receivable(mi: Mi, row: Row) -> dict[str, str]:
    """Its key in receivables; which of its numbers they know it by is configured."""
    known_as = text(row, mi.section.receivable_number) or text(row, "IVNO")
    return {
        "PYNO": text(row, "PYNO"),
        "CINO": known_as,
        "INYR": text(row, "YEA4"),
        "CUNO": text(row, "CUNO"),
    }
