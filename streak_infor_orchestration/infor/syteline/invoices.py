"""Invoices: what was printed, and what is due of it (Infor API contract C.5, G.1)."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.money import round_money
from streak_infor_orchestration.infor.syteline.collection import RowSource, key_in
from streak_infor_orchestration.infor.syteline.currencies import Currencies
from streak_infor_orchestration.infor.syteline.grouped import GroupedCollection
from streak_infor_orchestration.infor.syteline.ido import Ido, Row
from streak_infor_orchestration.infor.syteline.receivables import Account, accounts, whole
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.wire import InvoiceRow

PRINTED = RowSource("SLInvHdrs", "InvNum")
POSTED = RowSource("SLArtrans", "ApplyToInvNum")
ZERO = Decimal(0)


class IdoInvoices(GroupedCollection[Invoice]):
    """Keyed by the printed number; with `/InvSeq` where there are several of one number. Of these the first has what is
    paid. One is told of when it is in the receivables: before, nobody knows what it comes to."""

    entity = "invoices"
    sources = (PRINTED, POSTED)

    def __init__(self, ido: Ido, section: SytelineSection, currencies: Currencies) -> None:
        super().__init__(ido, section)
        self._currencies = currencies

    @property
    def filters(self) -> Mapping[str, str]:
        return {"order_id": "CoNum", "customer_id": "CustNum"}

    def find(self, key: str) -> Invoice | None:
        number = key.partition("/")[0]
        found = self.of([number], whole=True) if number and key == key.strip() else ()
        return next((invoice for invoice in found if invoice.id == key), None)

    def of(self, keys: Collection[str], *, whole: bool) -> tuple[Invoice, ...]:
        """The invoices with these numbers."""
        return self._built(self.rows_of(PRINTED, keys, InvoiceRow.properties()), whole=whole)

    def of_orders(self, orders: Collection[str], *, whole: bool) -> tuple[Invoice, ...]:
        """The invoices of these orders, of which there may be `AT_A_TIME` at most."""
        return self._built(
            self.rows_of(RowSource(PRINTED.ido, "CoNum"), orders, InvoiceRow.properties()), whole=whole
        )

    def _built(self, rows: Iterable[Row], *, whole: bool) -> tuple[Invoice, ...]:
        """One without an order is not of ours to tell of."""
        rows = [row for row in rows if key_in(row, "CoNum")]
        if not rows:
            return ()
        open_items = accounts(self.ido, [key_in(row, "InvNum") for row in rows])
        currencies = self._currencies.of([key_in(row, "CoNum") for row in rows])
        first: dict[str, int] = {}
        for row in rows:
            number, sequence = key_in(row, "InvNum"), int(key_in(row, "InvSeq") or "0")
            first[number] = min(sequence, first.get(number, sequence))
        known = [
            row
            for row in rows
            if key_in(row, "CoNum") in currencies
            and (account := open_items.get(key_in(row, "InvNum"))) is not None
            and account.invoices
        ]
        return self.readable(
            known,
            lambda row: self._read(row, open_items[key_in(row, "InvNum")], currencies, first),
            lambda row: invoice_key(row),
            whole=whole,
        )

    def _read(
        self, row: Row, account: Account, currencies: Mapping[str, str], first: Mapping[str, int]
    ) -> Invoice:
        printed, sign = InvoiceRow.model_validate(row), self.section.payment_sign
        currency = currencies[printed.co_num]
        own = [item for item in account.invoices if item.inv_seq == printed.inv_seq] or list(account.invoices)
        leads = printed.inv_seq == first[printed.inv_num]
        total = round_money(sum((whole(item) for item in own), ZERO), currency)
        tax = round_money(sum((item.sales_tax for item in own), ZERO), currency)
        freight = round_money(sum((item.freight + item.misc_charges for item in own), ZERO), currency)
        paid = round_money(account.paid(sign), currency) if leads else ZERO
        credited = round_money(account.credited(sign), currency) if leads else ZERO
        others = (*own, *(account.others if leads else ()))
        return Invoice(
            id=invoice_key(row),
            **self.times(printed, *others),
            order_id=printed.co_num,
            customer_id=printed.cust_num,
            invoice_date=printed.inv_date,
            due_date=max((item.due_date for item in own if item.due_date), default=None),
            currency=currency,
            subtotal=total - tax,
            tax=tax,
            freight=freight,
            total=total,
            paid=paid,
            balance=total - paid - credited,
            status=_status(total, paid, credited),
        )


def invoice_key(row: Row) -> str:
    number, sequence = key_in(row, "InvNum"), key_in(row, "InvSeq")
    return number if sequence in ("", "0") else f"{number}/{sequence}"


def _status(total: Decimal, paid: Decimal, credited: Decimal) -> str:
    if total > 0 and credited >= total:
        return "Credited"
    if total - paid - credited <= 0:
        return "Paid"
    return "PartiallyPaid" if paid > 0 else "Open"
