"""ARS200MI: the ledger of receivables: what was invoiced, paid and is open. Contract, B.8 and G.1."""

from collections.abc import Iterator

from streak_infor_orchestration.twins.erp.money import amount_text
from streak_infor_orchestration.twins.m3.billing import (
    INVOICE,
    PAID,
    balance,
    paid,
    transactions,
)
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.nok import missing
from streak_infor_orchestration.twins.m3.search import search
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row


def _shown(books: Books, transaction: Row) -> Row:
    """RECO 9 stands on all of an invoice that is paid."""
    invoices = books.invoices.of(_printed=transaction["CINO"], YEA4=transaction["INYR"])
    done = all(balance(books, invoice) <= 0 for invoice in invoices)
    return {**transaction, "RECO": PAID if done else "0", "REDE": transaction["ACDT"] if done else ""}


def _find(books: Books, sent: Sent) -> Row:
    """By payer, number, year and customer. Raises NOK."""
    for row in books.invoices.of(_printed=sent["CINO"], YEA4=sent["INYR"]):
        if (row["PYNO"], row["CUNO"]) == (sent["PYNO"], sent["CUNO"]):
            return row
    raise missing("CINO", "Invoice number", sent["CINO"])


def get_totals(books: Books, sent: Sent) -> list[Row]:
    """CUAM invoiced, PCUA paid, OCUA open."""
    invoice = _find(books, sent)
    currency = invoice["CUCD"]
    own = transactions(books, invoice)[0]
    return [
        {
            **_shown(books, own),
            "CUAM": invoice["IVAV"],
            "VTAM": invoice["_vat"],
            "PCUA": amount_text(paid(books, invoice), currency),
            "OCUA": amount_text(balance(books, invoice), currency),
        }
    ]


def list_transactions(books: Books, sent: Sent) -> Iterator[Row]:
    for row in transactions(books, _find(books, sent)):
        if not sent["TRCD"] or int(sent["TRCD"]) == int(row["TRCD"]):
            yield _shown(books, row)


def _listed(books: Books, sent: Sent) -> Iterator[Row]:
    """AAC0 1: only what is open. IVDT: from that date on."""
    for row in books.ledger.listed():
        shown = _shown(books, row)
        if (sent["AAC0"] != "1" or shown["RECO"] != PAID) and row["IVDT"] >= sent["IVDT"]:
            yield shown


def list_of_customer(books: Books, sent: Sent) -> Iterator[Row]:
    return (row for row in _listed(books, sent) if row["CUNO"] == sent["CUNO"])


def list_of_divisions(books: Books, sent: Sent) -> Iterator[Row]:
    for row in _listed(books, sent):
        in_range = sent["FDIV"] <= row["DIVI"] <= (sent["TDIV"] or "ZZZ")
        if in_range and sent["PYNO"] in ("", row["PYNO"]) and sent["CUNO"] in ("", row["CUNO"]):
            yield row


def search_invoices(books: Books, sent: Sent) -> Iterator[Row]:
    own = (_shown(books, row) for row in books.ledger.listed() if row["TRCD"] == INVOICE)
    return search(books, own, sent["SQRY"])


def get_entry(books: Books, sent: Sent) -> list[Row]:
    row = books.ledger.get(sent["YEA4"], sent["JRNO"].zfill(7), sent["JSNO"])
    if row is None:
        raise missing("JRNO", "Journal number", sent["JRNO"])
    return [_shown(books, row)]


ARS200MI = {
    "GetInvTotInfo": get_totals,
    "GetInvoice": get_entry,
    "LstInvByDivi": list_of_divisions,
    "LstInvoiceTrans": list_transactions,
    "LstInvoices": list_of_customer,
    "SearchInvoices": search_invoices,
}
