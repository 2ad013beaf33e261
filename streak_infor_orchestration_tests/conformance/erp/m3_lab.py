"""M3: its client against its twin behind the ION gateway, over real HTTP. Waiting between tries takes no time here."""

from typing import Any

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.infor.m3.erp import M3Erp
from streak_infor_orchestration.infor.m3.login import login
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.lab import ErpLab, Loss

WRITES = "_rid=(Add|Chg|Clo|Confirm|Del)"


def section(url: str, **settings: Any) -> M3Section:
    """Of the twin's company, as an administrator would say it."""
    given = {
        "product": "m3",
        "base_url": f"{url}/TWIN_TST/M3",
        "cono": 100,
        "order_type": "A01",
        "template_customer": "TEMPLATE",
        "freight_charge": "FREIGH",
    }
    return M3Section.model_validate({**given, **settings})


class M3Lab(ErpLab):
    def __init__(self, control: Control, secrets: Secrets, **settings: Any) -> None:
        self.control = control
        self.section = section(control.base_url, **settings)
        clock = ManualClock()
        self.http = HttpClient(
            "infor",
            self.section.base_url,
            auth=login(self.section, secrets, clock),
            clock=clock,
            timeout=5.0,
            attempts=2,
        )
        self.erp = M3Erp(self.http, self.section)

    def draft(self, **fields: Any) -> OrderDraft:
        """The ordered items are known, as they are to whoever has just looked at them to make a draft."""
        draft = super().draft(**fields)
        self.erp.products([line.sku for line in draft.lines])
        return draft

    def lose(self, loss: Loss, *, nth: int = 1) -> None:
        switch = {"query": WRITES, "after": nth - 1}
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

    def wrote(self, n: int) -> list[str]:
        """The calls of M3 since the call `n`, as `GET LstHead` or `POST AddBatchHead`; tokens are not counted."""
        calls = [call for call in self.control.get(f"/calls?since={n}") if "/execute" in call["path"]]
        return [f"{call['method']} {_transaction(call['query'])}" for call in calls]


def _transaction(query: str) -> str:
    return query.partition("_rid=")[2].partition("-")[0]
