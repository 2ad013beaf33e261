"""The two small ERPs, in process: what the port's checks mean for products unlike the façade."""

from streak_infor_orchestration_tests.conformance.erp.lab import ErpLab, Loss
from streak_infor_orchestration_tests.erps.base import SmallErp


class SmallLab(ErpLab):
    def __init__(self, erp: SmallErp) -> None:
        self.erp = self._small = erp  # type: ignore[assignment]  # how orders are made is each one's own

    def lose(self, loss: Loss, *, nth: int = 1) -> None:
        self._small.wire.lose(nth, loss)

    def order_ids(self) -> list[str]:
        return list(self._small.committed)

    def customer_ids(self) -> list[str]:
        return list(self._small.customers)

    def invoice_ids(self) -> list[str]:
        return list(self._small.issued)
