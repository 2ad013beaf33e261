"""The smallest story that touches both systems: a deal in Streak, its order in the ERP."""

from datetime import date
from decimal import Decimal
from typing import Any

import httpx

from streak_infor_orchestration.domain.order import Line, OrderDraft, SalesOrder
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.port import Erp, Steps
from streak_infor_orchestration_tests.integration.clients.conftest import STREAK_KEY, Clients


def make_pipeline(clients: Clients) -> str:
    """A pipeline "Sales" as a person sets it up; its key."""

    def ask(method: str, path: str, body: Any = None) -> Any:
        url = f"{clients.streak_twin.base_url}/api{path}"
        answer = httpx.request(method, url, json=body, auth=(STREAK_KEY, ""), timeout=5, trust_env=False)
        return answer.raise_for_status().json()

    team = ask("GET", "/v2/users/me/teams")["results"][0]["key"]
    fields = [{"name": "ERP order", "type": "TEXT_INPUT"}]
    body = {"name": "Sales", "teamKey": team, "stages": ["Lead", "Won"], "fields": fields}
    return str(ask("POST", "/v2/pipelines", body)["key"])


def make_customer(erp: Erp, name: str = "Northwind") -> str:
    return erp.create_customer(CustomerDraft(reference=f"CUSTOMER-{name}", name=name), Steps()).id


def draft(customer_id: str, reference: str, price: str = "189.90") -> OrderDraft:
    line = Line(sku="BRK-1001", quantity=Decimal(2), price=Decimal(price))
    return OrderDraft(
        reference=reference,
        customer_id=customer_id,
        order_date=date(2026, 3, 2),
        currency="EUR",
        lines=(line,),
    )


def create(erp: Erp, wanted: OrderDraft) -> SalesOrder:
    return erp.create_order(wanted, Steps())
