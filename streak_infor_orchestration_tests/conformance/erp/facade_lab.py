"""The façade: its client against its twin over real HTTP. Waiting between tries takes no time here."""

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.transport.auth import ApiKey
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.lab import ErpLab, Loss


class FacadeLab(ErpLab):
    def __init__(self, control: Control) -> None:
        self.control = control
        self.http = HttpClient(
            "erp",
            f"{control.base_url}/infor/api/v1",
            auth=ApiKey("twin-key"),
            clock=ManualClock(),
            timeout=5.0,
            attempts=2,
        )
        self.erp = FacadeErp(self.http, settle_seconds=10)
        self.expected_violations: set[str] = set()

    def expect_violations(self, *rules: str) -> None:
        """This test provokes what a client should not do."""
        self.expected_violations |= set(rules)

    def lose(self, loss: Loss, *, nth: int = 1) -> None:
        switch = {"method": "POST", "after": nth - 1}
        match loss:
            case "refused":
                self.control.fault("status", status=429, headers={"Retry-After": "60"}, **switch)
            case "before":
                self.control.fault("cut_before", **switch)
            case "after":
                self.control.fault("cut_after", **switch)

    def order_ids(self) -> list[str]:
        return [order["OrderID"] for order in self.control.get("/state")["salesorders"]]

    def customer_ids(self) -> list[str]:
        return [customer["CustomerID"] for customer in self.control.get("/state")["customers"]]

    def invoice_ids(self) -> list[str]:
        return [invoice["InvoiceID"] for invoice in self.control.get("/state")["invoices"]]
