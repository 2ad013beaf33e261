"""What the ERP knows on fields of every type, standard and custom; custom fields of the box in the ERP."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.company import Kind

SETTINGS = {
    """write_back:
""": """write_back:
  - {field: Ships on, from: order.requested_date}
  - {field: Billed, from: invoice.payment_status, transform: {map: {Unpaid: "yes"}, otherwise: {value: "no"}}}
  - {field: Progress, from: order.status, transform: {map: {Open: In progress}, otherwise: {value: Done}}}
  - {field: Labels, from: customer.custom.Tier}
  - {field: Worth, from: order.total, transform: {number: plain}}
  - {field: Route, from: order.custom.Route}
""",
    """fields:
""": """fields:
  - {to: order.custom.Route, from: "field:Wanted route"}
  - {to: customer.custom.Tier, from: "const:Gold"}
""",
}
KINDS: dict[str, Kind] = {
    "Ships on": "DATE",
    "Billed": "CHECKBOX",
    "Progress": ("In progress", "Done"),
    "Labels": ["Gold", "Silver"],
}
BERLIN = ZoneInfo("Europe/Berlin")


def next_month(world: World) -> datetime:
    """In the morning: the company's clock has gone on with every test before, and a day must not lie behind it."""
    day = (world.clock.now() + timedelta(days=30)).date()
    return datetime.combine(day, time(10), UTC)


def milliseconds(moment: datetime) -> int:
    """As Streak holds a moment."""
    return int(moment.timestamp() * 1000)


def test_fields_of_every_type_show_what_the_erp_knows(make_world: Callable[..., World]) -> None:
    world = make_world(settings=SETTINGS, kinds=KINDS)
    deal = world.company.deal("Northwind")
    wanted = next_month(world)
    world.company.edit(
        deal, {"Requested ship": milliseconds(wanted), "Wanted route": "North"}, stage="Closed-Won"
    )
    work = world.look(deal)
    assert work.verdict is None, work.verdict
    shown = world.company.box(deal)["fieldsByName"]
    assert shown["Ships on"] == milliseconds(datetime.combine(wanted.date(), time(), BERLIN))
    assert (shown["Billed"], shown["Progress"], shown["Labels"]) == (True, "Done", ["Gold"])
    assert (shown["Worth"], shown["Route"]) == ("360.00", "North")
    (order,) = world.company.found_in_erp("salesorders")
    assert order["CustomFields"]["Route"] == "North"


def test_what_a_field_shows_is_not_written_again(make_world: Callable[..., World]) -> None:
    world = make_world(settings=SETTINGS, kinds=KINDS)
    deal = world.company.deal("Northwind")
    world.company.edit(deal, {"Requested ship": milliseconds(next_month(world))}, stage="Closed-Won")
    world.look(deal)
    assert not [step for step in world.look(deal).trail if step.startswith("box updated")]
