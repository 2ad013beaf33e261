"""What comes after the order where the ERP invoices by itself, on M3 and on SyteLine: it ships, the won deal's order is
made ready, its invoice is awaited and appears, and is paid in two parts. The process dies after every commit and every
call of it, and there is one of everything afterwards.

Before one the world is as it was after the one before. How the order itself is made has matrices of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.demo.streak import without_token
from streak_infor_orchestration.demo.verdict import once_awaited
from streak_infor_orchestration.infor.products import FORMAT, product_of
from streak_infor_orchestration.sync.watch.open_orders import EVERY, reread_open
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.chaos.mortality import Mortality
from streak_infor_orchestration_tests.chaos.story import LINES, PAID, TOTAL, survive
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme
from streak_infor_orchestration_tests.world.products import erp, product

__all__ = ["erp", "product"]

SHARDS = 24
KNOWN_POINTS = {"m3": 130, "syteline": 191}
"""May only rise, as in the crash matrix."""

UNTIL_READ_AGAIN = 3600
"""Seconds after which an order is certainly read again, where no list tells of it."""


@pytest.fixture
def world(
    product: DemoErp, erp: Control, acme: Acme, make_world: Callable[..., World], tmp_path: Path
) -> Iterator[World]:
    erp.reset()
    for lever, told in product.habits.items():
        erp.post(lever, told)
    product.leave_credentials(erp.base_url, tmp_path)
    section = FORMAT.loads(product.configuration(erp.base_url)).erp
    secrets, opened, clock = (
        Secrets(product.environment(erp.base_url, tmp_path)),
        product_of(section),
        acme[0].clock,
    )
    address, auth = secrets.infor_address(section.base_url), opened.login(section, secrets, clock)
    with closing(HttpClient("infor", address, auth=auth, clock=clock)) as http:
        yield make_world(erp=opened.open(section, http))
    assert erp.violations() == []


def tell(world: World, erp: Control, mortality: Mortality, name: str) -> str:
    """A deal whose order is there already; what the ERP does from then on, and what comes of it."""
    deal = world.company.deal(name, lines=LINES, stage="Proposal Accepted")
    world.webhook(deal)
    world.run_until_quiet()
    order = world.company.box(deal)["fieldsByName"]["ERP order"]
    happens(world, mortality, lambda: erp.post(f"/orders/{order}/ship"))
    world.company.edit(deal, stage="Closed-Won")
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    invoice = invoice_of(erp, order)["InvoiceID"]
    for part in PAID:
        payment = {"InvoiceID": invoice, "Amount": part, "Method": "T"}
        happens(world, mortality, lambda payment=payment: erp.post("/payments", payment))
    return deal


def happens(world: World, mortality: Mortality, act: Callable[[], object]) -> None:
    """In the ERP, and is found by our own looking."""
    world.clock.advance(UNTIL_READ_AGAIN)
    act()

    def read_again() -> None:
        world.clock.advance(EVERY.total_seconds())  # who died over it does so in the next minute
        reread_open(world.ports)

    survive(world, mortality, world.poll, read_again, world.run_until_quiet)


def invoice_of(erp: Control, order: str) -> dict[str, Any]:
    (invoice,) = [one for one in erp.get("/state")["invoices"] if one["OrderID"] == order]
    return dict(invoice)


def judge(world: World, erp: Control, deal: str, name: str, point: str) -> None:
    books, fields, store = erp.get("/state"), world.company.box(deal)["fieldsByName"], world.ports.store
    (customer,) = [c for c in books["customers"] if c["Name"] == f"{name} Ltd"]
    (order,) = [o for o in books["salesorders"] if o["CustomerID"] == customer["CustomerID"]]
    invoice = invoice_of(erp, order["OrderID"])
    assert (order["TotalAmount"], invoice["TotalAmount"], invoice["Balance"]) == (TOTAL, TOTAL, "0.00"), point
    shown = {n: fields[n] for n in ("ERP order", "ERP status", "ERP invoice", "Payment status")}
    assert shown == {
        "ERP order": order["OrderID"],
        "ERP status": "Completed",
        "ERP invoice": invoice["InvoiceID"],
        "Payment status": "Paid",
    }, point
    comments = list(once_awaited(map(without_token, world.company.comments(deal))))
    assert len(comments) == len(set(comments)) == 3, (point, comments)  # made, issued, paid
    assert store.effects.unsettled() == [], point
    assert store.inbox.counts() == [], point
    assert store.dead_letters.count_open() == 0, point


@pytest.mark.parametrize("shard", range(SHARDS))
def test_after_any_death_there_is_one_invoice_and_all_of_it_is_told(
    world: World, product: DemoErp, erp: Control, shard: int
) -> None:
    tell(world, erp, Mortality(), "The first")
    world.forget()
    rehearsal = Mortality()
    judge(world, erp, tell(world, erp, rehearsal, "Rehearsed"), "Rehearsed", "nobody died")
    fatal_ones = [number for number, point in enumerate(rehearsal.points) if point.startswith("after")]
    print(f"{product.name}, from shipping to payment: {len(fatal_ones)} points to die at")
    assert len(fatal_ones) >= KNOWN_POINTS[product.name]
    for fatal in fatal_ones[shard::SHARDS]:
        world.forget()
        mortality, name = Mortality(fatal), f"Deal {fatal}"
        deal = tell(world, erp, mortality, name)
        assert len(mortality.points) > fatal, "nobody died"
        judge(world, erp, deal, name, mortality.points[fatal])
