"""The peer: the calls a deal needs, made with plain httpx, as many at a time as the product makes."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx

from streak_infor_orchestration.sync.ports.ports import PARALLEL
from streak_infor_orchestration_tests.world.company import ERP_KEY, INTEGRATION_KEY, Company


def order_everything(company: Company, boxes: list[str], customer: str) -> int:
    """Box, probe, order, fields, comment for each box; the number of orders made. Raises for any refusal."""
    with ExitStack() as stack:
        streak = stack.enter_context(
            httpx.Client(base_url=company.streak_url, auth=(INTEGRATION_KEY, ""), timeout=20)
        )
        erp = stack.enter_context(
            httpx.Client(base_url=company.infor_url, headers={"X-API-Key": ERP_KEY}, timeout=20)
        )
        fields = streak.get(f"/v1/pipelines/{company.pipeline_key}").json()["fields"]
        keys = {field["name"]: field["key"] for field in fields}

        def one(box: str) -> None:
            read = streak.get(f"/v1/boxes/{box}").raise_for_status().json()
            found = erp.get("/salesorders", params={"externalReference": read["key"][-40:], "limit": "500"})
            assert found.raise_for_status().json()["Items"] == []
            line = {"LineNumber": 1, "Product": "BRK-1001", "Quantity": "2", "Price": "180.00"}
            order = {
                "CustomerID": customer,
                "OrderDate": "2026-03-02",
                "Currency": "EUR",
                "LineItems": [line],
                "TotalAmount": "360.00",
                "OrderDescription": read["name"],
                "ExternalReference": read["key"][-40:],
            }
            made = erp.post("/salesorders", json=order).raise_for_status().json()
            shown = {keys["ERP order"]: made["OrderID"], keys["ERP status"]: made["OrderStatus"]}
            streak.post(f"/v1/boxes/{box}", json={"fields": shown}).raise_for_status().json()
            text = f"Order {made['OrderID']} over {made['TotalAmount']} EUR created in ERP"
            streak.post(f"/v2/boxes/{box}/comments", json={"message": text}).raise_for_status().json()

        with ThreadPoolExecutor(PARALLEL) as pool:
            return len(list(pool.map(one, boxes)))
