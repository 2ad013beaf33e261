"""What the ERP's own people maintain, in use: stock, accounts, vendors, employees, list prices."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.row.work import Status, Work
from streak_infor_orchestration_tests.world import World

LINES = (("BRK-1001", "2", "189.90"),)
STOCK = {"policies: {backwards: report}": "policies: {stock: POLICY}"}
TOLERANCE = {"  # price_tolerance": "  price_tolerance"}
CREATOR = {"  product: facade": "  salesperson: creator\n  product: facade"}
ACCOUNTS = {"  product: facade": '  gl_accounts: {BRK-: "4000", BRK-2: "ACCOUNT"}\n  product: facade'}
VENDORS = {'price: "Price {n}", max': 'price: "Price {n}", vendor: "Vendor {n}", max'}


def stocked(make_world: Callable[..., World], policy: str) -> World:
    """40 + 12 BRK-1001, of which 6 are allocated; the warehouse of all orders is 100, with 34."""
    return make_world(settings={old: new.replace("POLICY", policy) for old, new in STOCK.items()})


def wanted(world: World, quantity: str, sku: str = "BRK-1001") -> Work:
    return world.look(
        world.company.deal("Northwind", lines=[(sku, quantity, "10")], stage="Proposal Accepted")
    )


def ordered(world: World, **edits: str) -> dict[str, object]:
    """The order of a deal with one line and these fields."""
    deal = world.company.deal("Northwind", lines=LINES)
    world.company.edit(deal, {name.replace("_", " "): value for name, value in edits.items()})
    world.company.edit(deal, stage="Proposal Accepted")
    work = world.look(deal)
    assert work.verdict is None, work.verdict
    (order,) = world.company.found_in_erp("salesorders")
    return order


def code_of(work: Work) -> str:
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    (problem,) = work.verdict.problems
    return problem.code


# -- stock ----------------------------------------------------------------------------------------------


def test_nobody_looks_at_the_stock_unless_the_policy_says_so(world: World) -> None:
    assert wanted(world, "5000").verdict is None
    assert not any("inventory" in call for call in world.company.calls())


def test_more_than_the_warehouse_has_is_told_with_the_order(make_world: Callable[..., World]) -> None:
    world = stocked(make_world, "warn")
    work = wanted(world, "35")
    assert work.verdict is None and len(world.company.found_in_erp("salesorders")) == 1
    (told,) = [text for text in world.company.comments(work.claim.key) if "available" in text]
    assert "35 are ordered, but 34 are available in warehouse 100" in told


def test_more_than_the_warehouse_has_stops_the_order(make_world: Callable[..., World]) -> None:
    world = stocked(make_world, "stop")
    assert code_of(wanted(world, "35")) == "out_of_stock"
    assert world.company.found_in_erp("salesorders") == []


@pytest.mark.parametrize(("quantity", "sku"), [("34", "BRK-1001"), ("35", "SRV-9001")])
def test_what_suffices_or_is_no_stock_item_goes_ahead(
    make_world: Callable[..., World], quantity: str, sku: str
) -> None:
    assert wanted(stocked(make_world, "stop"), quantity, sku).verdict is None


def test_all_lines_of_a_product_are_counted_together(make_world: Callable[..., World]) -> None:
    world = stocked(make_world, "stop")
    lines = [("BRK-1001", "20", "10"), ("BRK-1001", "20", "9")]
    deal = world.company.deal("Northwind", lines=lines, stage="Proposal Accepted")
    assert code_of(world.look(deal)) == "out_of_stock"


# -- salesperson ----------------------------------------------------------------------------------------


def test_whoever_made_the_deal_is_the_orders_salesperson(make_world: Callable[..., World]) -> None:
    world = make_world(settings=CREATOR)
    world.company.erp("/employees", {"EmployeeID": "E-300", "Name": "Sal", "Email": "Sales@acme.example"})
    assert ordered(world)["SalespersonID"] == "E-300"


@pytest.mark.parametrize("employee", [{}, {"Email": "sales@acme.example", "Active": False}])
def test_a_stranger_or_somebody_who_has_left_is_not(
    make_world: Callable[..., World], employee: dict[str, object]
) -> None:
    default = {'    warehouse: "100" ': '    salesperson: E-101\n    warehouse: "100" '}
    world = make_world(settings=CREATOR | default)
    world.company.erp("/employees", {"EmployeeID": "E-300", **employee})
    assert ordered(world)["SalespersonID"] == "E-101"


# -- accounts -------------------------------------------------------------------------------------------


def accounted(make_world: Callable[..., World], account: str) -> World:
    return make_world(settings={old: new.replace("ACCOUNT", account) for old, new in ACCOUNTS.items()})


def test_lines_are_booked_by_the_longest_beginning_of_the_products_code(
    make_world: Callable[..., World],
) -> None:
    world = accounted(make_world, "4010")
    lines = [("BRK-1001", "1", "10"), ("BRK-2001", "1", "10"), ("SRV-9001", "1", "10")]
    world.look(world.company.deal("Northwind", lines=lines, stage="Proposal Accepted"))
    (order,) = world.company.found_in_erp("salesorders")
    assert [line.get("GLAccount") for line in order["LineItems"]] == ["4000", "4010", None]


@pytest.mark.parametrize(("account", "code"), [("4090", "blocked_account"), ("9999", "unknown_account")])
def test_an_account_that_cannot_be_booked_to_stops_before_the_order(
    make_world: Callable[..., World], account: str, code: str
) -> None:
    world = accounted(make_world, account)
    assert code_of(wanted(world, "1", "BRK-2001")) == code
    assert not any(call == "POST /infor/api/v1/salesorders" for call in world.company.calls())


def test_the_invoice_has_an_account_of_its_own(make_world: Callable[..., World]) -> None:
    account = {'    warehouse: "100" ': '    invoice_gl_account: "1200"\n    warehouse: "100" '}
    world = make_world(settings=account)
    world.look(world.company.deal("Northwind", lines=LINES, stage="Closed-Won"))
    (invoice,) = world.company.found_in_erp("invoices")
    assert invoice["GLAccount"] == "1200"


# -- vendors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vendor", ["V-501", "castings nord ab"])
def test_a_vendor_by_number_or_name_stands_on_the_line(make_world: Callable[..., World], vendor: str) -> None:
    (line,) = ordered(make_world(settings=VENDORS), Vendor_1=vendor)["LineItems"]  # type: ignore[misc]  # JSON
    assert line["Description"] == "(delivered by V-501 Castings Nord AB)"


def test_or_in_a_custom_field_of_the_order(make_world: Callable[..., World]) -> None:
    field = {"  product: facade": "  vendor_field: DropShip\n  product: facade"}
    order = ordered(make_world(settings=VENDORS | field), Vendor_1="V-502")
    assert order["CustomFields"] == {"DropShip": "1: V-502"}


def test_a_vendor_nobody_knows_is_a_persons(make_world: Callable[..., World]) -> None:
    world = make_world(settings=VENDORS)
    deal = world.company.deal("Northwind", lines=LINES)
    world.company.edit(deal, {"Vendor 1": "Nobody"}, stage="Proposal Accepted")
    assert code_of(world.look(deal)) == "unknown_vendor"


def test_of_two_vendors_of_one_name_the_number_is_asked_for(make_world: Callable[..., World]) -> None:
    world = make_world(settings=VENDORS)
    world.company.erp("/vendors", {"VendorID": "V-777", "Name": "Castings Nord AB"})
    deal = world.company.deal("Northwind", lines=LINES)
    world.company.edit(deal, {"Vendor 1": "Castings Nord AB"}, stage="Proposal Accepted")
    assert code_of(world.look(deal)) == "ambiguous_vendor"


# -- all together ---------------------------------------------------------------------------------------


def test_a_price_far_from_the_list_is_a_persons(make_world: Callable[..., World]) -> None:
    world = make_world(settings=TOLERANCE)
    assert code_of(wanted(world, "1")) == "price_tolerance"


def test_with_everything_looked_up_a_deal_still_costs_five_calls(make_world: Callable[..., World]) -> None:
    """Box, probe, order, fields, comment: what the ERP's people maintain is read once and remembered."""
    erp = {
        "  product: facade": '  salesperson: creator\n  gl_accounts: {BRK: "4000"}\n  product: facade',
        "policies: {backwards: report}": "policies: {stock: stop}",
    }
    world = make_world(settings=VENDORS | TOLERANCE | erp)
    organization = world.company.organization("Northwind GmbH")
    names = f"GET /api/v1/pipelines/{world.company.pipeline_key}"

    def counted() -> int:
        """Without what asks for names, which has a bar of its own."""
        calls = world.company.calls()
        return len(calls) - calls.count(names)

    def looked() -> int:
        deal = world.company.deal("Northwind", lines=LINES, organization=organization)
        world.company.edit(deal, {"Vendor 1": "V-501"}, stage="Proposal Accepted")
        before = counted()
        assert world.look(deal).verdict is None
        return counted() - before

    looked()
    assert looked() == 5
    world.clock.advance(31)
    assert looked() == 6, "the stock is asked for again after half a minute"


def test_an_employee_that_changed_in_the_erp_is_not_written_onto_old_orders(
    make_world: Callable[..., World],
) -> None:
    """Which employee made the deal is looked up when it is ordered; that it is another one now is no edit."""
    world = make_world(settings=CREATOR | {"{backwards: report}": "{edited: update}"})
    world.company.erp("/employees", {"EmployeeID": "E-300", "Name": "Sal", "Email": "sales@acme.example"})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.company.erp("/employees", {"EmployeeID": "E-300", "Name": "Sal", "Email": "gone@acme.example"})
    world.company.erp("/employees", {"EmployeeID": "E-301", "Name": "Sue", "Email": "sales@acme.example"})
    world.forget()
    world.company.edit(deal, {"Qty 1": "3"})
    world.look(deal)
    (order,) = world.company.found_in_erp("salesorders")
    assert (order["SalespersonID"], order["LineItems"][0]["Quantity"]) == ("E-300", "3")
