"""Payments and credit memos: open items that lower what is due of an invoice (Infor API contract C.5: SLArtrans)."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from streak_infor_orchestration.domain.invoice import CreditNote, Payment
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.money import round_money
from streak_infor_orchestration.infor.syteline.collection import AT_A_TIME, key_in
from streak_infor_orchestration.infor.syteline.currencies import Currencies
from streak_infor_orchestration.infor.syteline.filters import both, equal, not_empty, one_of
from streak_infor_orchestration.infor.syteline.ido import Ido, Row
from streak_infor_orchestration.infor.syteline.listed import ListedCollection
from streak_infor_orchestration.infor.syteline.receivables import (
    CREDIT,
    DEBIT,
    PAYMENT,
    Account,
    accounts,
    number_of,
)
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.wire import OpenItemRow

_POINTER = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
S = TypeVar("S", bound=Record)


class Beside(NamedTuple):
    """By invoice number: its account, and the key and currency of the invoice."""

    accounts: Mapping[str, Account]
    invoices: Mapping[str, tuple[str, str]]


class Booked(NamedTuple):
    """Against which invoice, and by how much that is lowered."""

    invoice: str
    amount: Decimal
    currency: str


class Settlements(ListedCollection[S, OpenItemRow]):
    """Keyed by the row's pointer. Those that are applied to no invoice yet are left out."""

    wire = OpenItemRow

    def __init__(self, ido: Ido, section: SytelineSection, currencies: Currencies) -> None:
        super().__init__(ido, section)
        self._currencies = currencies

    @property
    def filters(self) -> Mapping[str, str]:
        return {"invoice_id": "ApplyToInvNum", "customer_id": "CustNum"}

    def find(self, key: str) -> S | None:
        return super().find(key) if _POINTER.fullmatch(key) else None

    def beside(self, rows: Sequence[Row]) -> Beside:
        numbers = list(dict.fromkeys(map(number_of, rows)))
        printed: list[Row] = []
        for start in range(0, len(numbers), AT_A_TIME):
            padded = [self.ido.key("InvNum", number) for number in numbers[start : start + AT_A_TIME]]
            printed += self.ido.all("SLInvHdrs", ("InvNum", "InvSeq", "CoNum"), one_of("InvNum", padded))
        orders = {key_in(row, "InvNum"): key_in(row, "CoNum") for row in printed}
        currencies = self._currencies.of(orders.values())
        return Beside(
            accounts=accounts(self.ido, numbers),
            invoices={number: (number, currencies.get(order, "")) for number, order in orders.items()},
        )

    def booked(self, item: OpenItemRow, beside: Beside) -> Booked:
        invoice, currency = beside.invoices[item.apply_to_inv_num]
        lowered = beside.accounts[item.apply_to_inv_num].of(item, self.section.payment_sign)
        return Booked(invoice, round_money(lowered, currency), currency)

    def _equal(self, name: str, value: str) -> str:
        if name != "ApplyToInvNum":
            return super()._equal(name, value)
        return equal(name, self.ido.key("InvNum", value.partition("/")[0]))


class Payments(Settlements[Payment]):
    entity = "payments"
    condition = both(equal("Type", PAYMENT), not_empty("ApplyToInvNum"))

    def make(self, row: Row, beside: Beside) -> Payment:
        item = OpenItemRow.model_validate(row)
        booked = self.booked(item, beside)
        return Payment(
            id=item.row_pointer,
            **self.times(item),
            invoice_id=booked.invoice,
            customer_id=item.cust_num,
            payment_date=item.inv_date,
            amount=booked.amount,
            currency=booked.currency,
            method=item.pay_type,
            reference=item.ref,
        )


class CreditNotes(Settlements[CreditNote]):
    """A debit memo is one below zero: it raises what is due."""

    entity = "credit_notes"
    condition = both(one_of("Type", (CREDIT, DEBIT)), not_empty("ApplyToInvNum"))

    def make(self, row: Row, beside: Beside) -> CreditNote:
        item = OpenItemRow.model_validate(row)
        booked = self.booked(item, beside)
        return CreditNote(
            id=item.row_pointer,
            **self.times(item),
            invoice_id=booked.invoice,
            customer_id=item.cust_num,
            credit_date=item.inv_date,
            amount=booked.amount,
            currency=booked.currency,
            reason=item.description,
        )
