"""What the suite needs of a product beside its client: a way to lose answers, and the truth."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from streak_infor_orchestration.domain.invoice import Invoiced
from streak_infor_orchestration.domain.order import Line, OrderDraft, SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.infor.port import Erp, Steps

Loss = Literal["refused", "before", "after"]
"""Of a write: certainly not done · lost before it was done · done, but its answer was lost."""


class ErpLab(ABC):
    """One ERP, empty but for its products, and its client."""

    erp: Erp
    sku = "BRK-1001"  # exists, and so does the next
    second_sku = "BRK-2001"
    currency = "EUR"

    @abstractmethod
    def lose(self, loss: Loss, *, nth: int = 1) -> None:
        """What becomes of the nth write from now on."""

    @abstractmethod
    def order_ids(self) -> Collection[str]:
        """The finished orders there are, as the ERP itself knows them."""

    @abstractmethod
    def customer_ids(self) -> Collection[str]: ...

    @abstractmethod
    def invoice_ids(self) -> Collection[str]: ...

    def customer(self, **fields: Any) -> Customer:
        return self.erp.create_customer(
            CustomerDraft(**{"reference": "CUSTOMER-1", "name": "Northwind", **fields}), Steps()
        )

    def draft(self, **fields: Any) -> OrderDraft:
        """For a customer made for it, unless one is given."""
        if "customer_id" not in fields:
            fields["customer_id"] = self.customer().id
        line = Line(sku=self.sku, quantity=Decimal(2), price=Decimal("189.90"))
        given = {
            "reference": "STKAAAAAAA",
            "order_date": date(2026, 3, 2),
            "currency": self.currency,
            "lines": (line,),
        }
        return OrderDraft(**{**given, **fields})

    def order(self, **fields: Any) -> SalesOrder:
        return self.erp.create_order(self.draft(**fields), Steps())

    def invoiced(self) -> Invoiced:
        answer = self.erp.request_invoice(self.order().id)
        assert isinstance(answer, Invoiced)
        return answer
