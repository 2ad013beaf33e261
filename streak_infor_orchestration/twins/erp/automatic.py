"""The ERP that makes invoices by itself, some time after an order is ready or has left the house."""

from datetime import timedelta

from streak_infor_orchestration.twins.erp.business import Business
from streak_infor_orchestration.twins.harness import Now

READY, SHIPPED = "ready", "shipped"


class AutomaticInvoices:
    """Off until it is told the seconds; invoices are made before anybody can look."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self.clear()

    def clear(self) -> None:
        self.seconds: float | None = None
        self.after = SHIPPED

    def settle(self, business: Business) -> None:
        if self.seconds is None:
            return
        latest = self._now() - timedelta(seconds=self.seconds)
        for order, since in list(business.ripe(self.after)):
            if since <= latest:
                business.invoice(order)
