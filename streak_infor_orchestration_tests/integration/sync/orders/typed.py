"""A company whose order desk types orders into the ERP, and what is looked at by then."""

from streak_infor_orchestration_tests.world import World

SINCE = "2000-01-01"
BY_HAND = {
    "amounts:\n": f"orders: {{by_hand: box, since: {SINCE}, stage: Lead, name: '{{customer.name}}: {{order.id}}'}}\n\n"
    "amounts:\n"
}
"""For the packaged template."""


def types_an_order(world: World, *, customer: str = "", **members: object) -> str:
    """Somebody enters an order by hand; its number. Without a `customer` for a new one."""
    if not customer:
        customer = world.company.book("customers", {"Name": "Walk-in Ltd"})["CustomerID"]
    order = {
        "CustomerID": customer,
        "OrderDate": world.clock.now().date().isoformat(),
        "Currency": "EUR",
        "LineItems": [{"Product": "BRK-1001", "Quantity": "2", "Price": "180.00"}],
        **members,
    }
    return str(world.company.book("salesorders", order)["OrderID"])


def settle(world: World) -> None:
    """Everything that changed is seen, had its time and was looked at."""
    world.clock.advance(5)
    world.poll()
    world.run_until_quiet()
    world.clock.advance(world.ports.erp.traits.settle_seconds)
    world.run_orders()
    world.run_until_quiet()


def boxes(world: World) -> list[str]:
    """Keys of all boxes of the pipeline."""
    pages = world.ports.streak.box_version_pages(world.ports.pipeline_key)
    return [box.key for page in pages for box in page]
