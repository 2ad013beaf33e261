"""What happens in a company, whatever ERP it books in: the protocol that a product's twin implements."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

Record = dict[str, Any]
"""A record in the façade contract's members (``OrderID``, ``TotalAmount``, …), as JSON."""


class Business(Protocol):
    """Keys are the ERP's own. Each method raises :class:`.problems.Problem` for what cannot be, 404 for what is not
    there, and returns the record as :meth:`state` shows it."""

    def upsert(self, collection: str, body: Any) -> Record:
        """A record that the ERP's people maintain is made, or the members named are changed."""

    def enter_customer(self, members: Record) -> Record:
        """Accounting enters somebody by hand; ``members`` as :data:`.maintained.CUSTOMER` reads them."""

    def correct_customer(self, customer: str, members: Record) -> Record:
        """Accounting puts a customer's data right; ``members`` as :data:`.maintained.CORRECTION` reads them."""

    def enter_order(self, members: Record) -> Record:
        """Somebody enters an order by hand, ready to be worked on; ``members`` as :data:`.maintained.ORDER` reads
        them."""

    def ship(self, order: str) -> Record:
        """All goods of the order have left."""

    def set_status(self, order: str, status: str) -> Record:
        """Any of :data:`.maintained.ORDER_STATUSES`, as somebody in the ERP may bring about."""

    def invoice(self, order: str) -> Record:
        """The ERP makes the order's invoice, and delivers first where it must."""

    def pay(self, members: Record) -> Record:
        """Money is booked against an invoice; ``members`` as :data:`.settlements.PAYMENT` reads them."""

    def credit(self, members: Record) -> Record:
        """A credit note; ``members`` as :data:`.settlements.CREDIT_NOTE` reads them."""

    def hold(self, customer: str, *, on: bool) -> Record:
        """Credit hold, on or off."""

    def delete(self, collection: str, key: str) -> bool:
        """The record is gone without a trace, as an ERP's own deletions are. Whether there was one."""

    def corrupt(self, collection: str, key: str, members: Record) -> Record:
        """Members set against all rules of the ERP: what a defect, or a hand in its database, leaves."""

    def double(self, collection: str, key: str, members: Record) -> Record:
        """From now on lists show the record twice, the second time with these members."""

    def state(self) -> dict[str, list[Record]]:
        """All books by collection, as an auditor reads them."""

    def ripe(self, after: str) -> Iterable[tuple[str, datetime]]:
        """Orders without an invoice that the ERP may invoice by itself, and since when they are ``ready`` or
        ``shipped``."""
