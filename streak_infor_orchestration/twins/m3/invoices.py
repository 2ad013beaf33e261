"""OIS350MI: invoices, by number, payer and order. Their key is (DIVI, YEA4, IVNO). Contract, B.8 and G.1."""

from collections.abc import Iterator

from streak_infor_orchestration.twins.erp.money import amount_text
from streak_infor_orchestration.twins.m3.billing import GOODS, balance, invoices_of
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.nok import missing
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row


def shown(books: Books, row: Row) -> Row:
    """RAFC is what is still open of it, in its currency."""
    customer = books.customers.get(row["CUNO"]) or {}
    name = customer.get("CUNM", "")
    rest = amount_text(balance(books, row), row["CUCD"])
    return {**row, "RAFC": rest, "CUNM": name, "CUN1": name, "PYN1": name, "INR1": name, "INST": "30"}


def listed(books: Books) -> Iterator[Row]:
    return (shown(books, row) for row in books.invoices.listed())


def _number(sent: Sent) -> str:
    return sent["IVNO"].zfill(9)


def find(books: Books, sent: Sent) -> Row:
    row = books.invoices.get(sent["YEA4"], _number(sent))
    if row is None:
        raise missing("IVNO", "Invoice number", sent["IVNO"])
    return row


def get_head(books: Books, sent: Sent) -> list[Row]:
    return [shown(books, find(books, sent))]


def list_heads(books: Books, sent: Sent) -> Iterator[Row]:
    """Of a year, from IVNO on."""
    return (row for row in listed(books) if row["YEA4"] == sent["YEA4"] and row["IVNO"] >= _number(sent))


def list_by_payer(books: Books, sent: Sent) -> Iterator[Row]:
    return (row for row in list_heads(books, sent) if row["PYNO"] == sent["PYNO"])


def list_of_order(books: Books, sent: Sent) -> Iterator[Row]:
    return (row for row in listed(books) if row["ORNO"] == sent["ORNO"])


def list_lines(books: Books, sent: Sent) -> Iterator[Row]:
    return _lines(books, find(books, sent))


def list_lines_of_type(books: Books, sent: Sent) -> Iterator[Row]:
    return (row for row in _lines(books, find(books, sent)) if row["IVTP"] == sent["IVTP"])


def get_line(books: Books, sent: Sent) -> list[Row]:
    for row in _lines(books, find(books, sent)):
        if (row["IVTP"], row["IVRF"]) == (sent["IVTP"], sent["IVRF"]):
            return [row]
    raise missing("IVRF", "Invoice line", sent["IVRF"])


def list_of_order_line(books: Books, sent: Sent) -> Iterator[Row]:
    number = f"{sent.number('PONR'):f}"
    for invoice in invoices_of(books, sent["ORNO"]):
        for line in _lines(books, invoice):
            if line["IVTP"] == GOODS and line["IVRF"] == number:
                yield {**shown(books, invoice), "IVAM": invoice["IVAV"], "IVLA": line["AMT1"]}


def _lines(books: Books, invoice: Row) -> Iterator[Row]:
    """AMT1 net and VTAM tax, in the currency of the invoice."""
    about = {name: invoice[name] for name in ("ORNO", "DLIX", "WHLO", "PYNO", "CUCD")}
    return ({**about, **row} for row in books.invoice_lines.of(YEA4=invoice["YEA4"], IVNO=invoice["IVNO"]))


OIS350MI = {
    "GetInvHead": get_head,
    "GetInvLine": get_line,
    "LstAllInvByCO": list_of_order,
    "LstInvByCOLine": list_of_order_line,
    "LstInvHead": list_heads,
    "LstInvHeadByCo": list_of_order,
    "LstInvHeadByPay": list_by_payer,
    "LstInvLine": list_lines,
    "LstInvLineByTyp": list_lines_of_type,
}
