"""Both clients with many threads: calls counted, limits kept, exactly one order each on a bad line."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Transient, Unknown
from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.transport.budget import Budget
from streak_infor_orchestration_tests.integration.clients.conftest import Clients
from streak_infor_orchestration_tests.integration.clients.story import (
    create,
    draft,
    make_customer,
    make_pipeline,
)


def test_a_warm_deal_costs_five_calls_and_no_login(clients: Clients) -> None:
    """Box, probe, order, fields, comment; known customer, cached products (design: performance budget)."""
    streak, erp = clients.streak(), clients.erp()
    pipeline_key, customer = make_pipeline(clients), make_customer(erp)
    first = streak.create_box(pipeline_key, "warm up")
    box_key = streak.create_box(pipeline_key, "Northwind renewal").key
    streak.update_box(first, fields={"ERP order": "x"})
    streak_before, infor_before = clients.streak_twin.last_call(), clients.infor_twin.last_call()

    box = streak.box(box_key)
    assert box is not None
    wanted = draft(customer, "REF1")
    assert not erp.find_order(wanted.reference, wanted).orders
    order = create(erp, wanted)
    streak.update_box(box, fields={"ERP order": order.id})
    streak.add_comment(box.key, f"Order {order.id} created")

    assert clients.streak_twin.calls_since(streak_before) == [
        f"GET /api/v1/boxes/{box_key}",
        f"POST /api/v1/boxes/{box_key}",
        f"POST /api/v2/boxes/{box_key}/comments",
    ]
    assert clients.infor_twin.calls_since(infor_before) == [
        "GET /infor/api/v1/salesorders",
        "POST /infor/api/v1/salesorders",
    ]


def test_every_request_takes_a_place_in_the_budget(clients: Clients, tmp_path: Path) -> None:
    looked: dict[int, float] = {}
    granted: list[float] = []

    def now() -> float:
        looked[threading.get_ident()] = time.monotonic()
        return looked[threading.get_ident()]

    class Noting(Budget):
        def acquire(self, seconds: float) -> bool:
            found = super().acquire(seconds)
            granted.append(looked[threading.get_ident()])
            return found

    erp = clients.erp(budget=Noting(tmp_path / "budget.db", 10, now=now))
    clients.infor_twin.fault("status", status=503, method="GET", path="/salesorders")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(erp.order, [f"SO-{n}" for n in range(19)]))
    arrived = [call for call in clients.infor_twin.calls() if "salesorders" in call]
    assert len(arrived) == len(granted) == 20
    assert max(sum(start <= at < start + 1 for at in granted) for start in granted) <= 10


@pytest.mark.parametrize("seed", range(3))
def test_on_a_bad_line_every_deal_has_exactly_one_order(clients: Clients, seed: int) -> None:
    """Losses of every kind on a third of all calls; each deal converges by probing, as the use cases do."""
    erp = clients.erp(clock=ManualClock(), timeout=5.0)
    customer = make_customer(erp)
    losses = ["cut_before", "cut_after", "garbage", "status", "status_after"]
    for n, kind in enumerate(losses):
        clients.infor_twin.fault(kind, path="/infor/", times=None, probability=0.07, seed=seed * 10 + n)
    deals = [draft(customer, f"REF{n}", price=f"{n + 1}.35") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        orders = list(pool.map(lambda deal: _converge(erp, deal), deals))
    found = {order["ExternalReference"]: order for order in clients.infor_twin.get("/state")["salesorders"]}
    assert len(clients.infor_twin.get("/state")["salesorders"]) == len(deals)
    for deal, order in zip(deals, orders, strict=True):
        assert found[deal.reference]["OrderID"] == order.id
        assert found[deal.reference]["TotalAmount"] == str(deal.total) == str(order.total)


def _converge(erp: Erp, wanted: OrderDraft) -> SalesOrder:
    for _ in range(50):
        try:
            found = erp.find_order(wanted.reference, wanted).orders
            if found:
                assert len(found) == 1
                return found[0]
            return create(erp, wanted)
        except (Transient, Unknown):
            continue
    raise AssertionError("no order after fifty tries")


def test_threads_share_connections(clients: Clients) -> None:
    erp = clients.erp()
    order_ids = [f"SO-{random.Random(n).randint(1, 9)}" for n in range(64)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(erp.order, order_ids)) == [None] * 64
