"""What the ledger knows reaches the tables whole, so that nobody who asks them opens it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.analytics.ledger_tables import LEDGER_TABLES
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.entities.conftest import Materialise
from streak_infor_orchestration_tests.world.world import World

Tables = Callable[[str], TableHandle]


def test_after_a_deal(world: World, process: Wiring, materialise: Materialise, table: Tables) -> None:
    box = world.company.deal("Northwind", stage="Closed-Won")
    process.store.inbox.record([Event(source="streak", name="BOX_EDIT", kind="deal", key=box)])
    ORDER_TO_CASH.run(Batch(run_id="run"), process.ports)
    process.store.inbox.record([Event(source="manual", name="ASKED", kind="deal", key=box)])
    names = [one.name for one in LEDGER_TABLES.values()]

    assert materialise(*names).success

    def columns(name: str, *wanted: str) -> list[tuple[Any, ...]]:
        return table(name).relation().select(", ".join(wanted)).order(", ".join(wanted)).fetchall()

    (order,), (invoice,) = (world.company.found_in_erp(c) for c in ("salesorders", "invoices"))
    (customer,) = world.company.found_in_erp("customers")
    (party,) = (link.streak_key for link in process.store.links.all("customer"))
    assert columns("ledger/links", "kind", "streak_key", "erp_key") == [
        ("customer", party, customer["CustomerID"]),
        ("order", box, order["OrderID"]),
    ]
    (asked,) = columns("ledger/requests", "box_key", "order_id", "lines")
    (line,), (sold,) = asked[2], order["LineItems"]
    assert asked[:2] == (box, order["OrderID"])
    assert (line["sku"], line["quantity"], line["price"]) == (
        sold["Product"],
        Decimal(sold["Quantity"]),
        Decimal(sold["Price"]),
    )
    assert columns("ledger/order_invoices", "invoice_id", "order_id") == [
        (invoice["InvoiceID"], order["OrderID"])
    ]
    assert (party, "customer.name", "Northwind Ltd", "Northwind Ltd") in columns(
        "ledger/shadows", "streak_key", "target", "streak", "infor"
    )
    assert columns("ledger/waiting", "kind", "key") == [("deal", box)]
    assert columns("ledger/open_effects", "key") == columns("ledger/open_letters", "key") == []

    instead = Link("order", "another box", order["OrderID"])
    process.store.links.decide(instead, "jane", instead=True)
    assert materialise("ledger/links").success
    assert columns("ledger/links", "streak_key") == [("another box",), (party,)], (
        "what is gone is gone here too"
    )
