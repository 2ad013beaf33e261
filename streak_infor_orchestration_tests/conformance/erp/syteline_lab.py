"""SyteLine: its client against its twin over real HTTP, as production opens it: by an .ionapi file, or by its own
token. Waiting between tries takes no time here."""

import json
from pathlib import Path
from typing import Any, Literal

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.infor.syteline.product import SYTELINE
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.lab import ErpLab, Loss

Access = Literal["gateway", "direct"]
EXTENDED = {
    "idos": {name: f"XX_{name}" for name in ("SLCos", "SLCoitems", "SLCustomers", "SLEmployees", "SLCharts")},
    "orders": {"description": "Uf_Description"},
    "customers": {"tax_id": "Uf_TaxId"},
    "custom_fields": {"orders": {"Region": "Uf_Region"}, "customers": {"Region": "Uf_Region"}},
    "employee_email": "Uf_Email",
}
"""A customer that has extended its IDOs, as the twin's company has."""


def section_of(control: Control, access: Access, **said: Any) -> SytelineSection:
    base_url = "ionapi:/CSI" if access == "gateway" else control.base_url
    known = {"product": "syteline", "base_url": base_url, "access": access, "configuration": "TWIN_TST_MAIN"}
    return SytelineSection.model_validate({**known, **EXTENDED, **said})


def secrets_of(control: Control, access: Access, folder: Path) -> Secrets:
    if access == "direct":
        return Secrets({"INFOR_USERNAME": "streak", "INFOR_PASSWORD": "twin-password"})
    file = folder / "twin.ionapi"
    file.write_text(json.dumps(control.get("/ionapi")))
    return Secrets({"INFOR_IONAPI_FILE": str(file)})


class SytelineLab(ErpLab):
    def __init__(self, control: Control, folder: Path, access: Access = "gateway", **said: Any) -> None:
        self.control = control
        self.section = section_of(control, access, **said)
        secrets, self.clock = secrets_of(control, access, folder), ManualClock()
        self.auth = SYTELINE.login(self.section, secrets, self.clock)
        self.http = HttpClient(
            "infor",
            secrets.infor_address(self.section.base_url),
            auth=self.auth,
            clock=self.clock,
            timeout=5.0,
            attempts=2,
        )
        self.erp = SYTELINE.open(self.section, self.http)
        self.expected_violations: set[str] = set()

    def lose(self, loss: Loss, *, nth: int = 1) -> None:
        switch = {"method": "POST", "path": "/IDORequestService/ido/", "after": nth - 1}
        match loss:
            case "refused":
                self.control.fault("status", status=429, headers={"Retry-After": "60"}, **switch)
            case "before":
                self.control.fault("cut_before", **switch)
            case "after":
                self.control.fault("cut_after", **switch)

    def order_ids(self) -> list[str]:
        """Those that count: a planned one is half-made."""
        orders = self.control.get("/state")["salesorders"]
        return [order["OrderID"] for order in orders if order["OrderStatus"] != "Draft"]

    def planned_ids(self) -> list[str]:
        orders = self.control.get("/state")["salesorders"]
        return [order["OrderID"] for order in orders if order["OrderStatus"] == "Draft"]

    def customer_ids(self) -> list[str]:
        return [customer["CustomerID"] for customer in self.control.get("/state")["customers"]]

    def invoice_ids(self) -> list[str]:
        return [invoice["InvoiceID"] for invoice in self.control.get("/state")["invoices"]]

    def fresh(self, order: SalesOrder) -> SalesOrder:
        read = self.erp.order(order.id)
        assert read is not None
        return read
