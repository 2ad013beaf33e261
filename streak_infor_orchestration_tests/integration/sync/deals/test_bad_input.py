"""What people type, delete and forget: each is told once, on the box, with what to do; nothing is lost, and it goes on
when it is mended."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.dead_letters import DeadLetter
from streak_infor_orchestration.sync.customers import directory
from streak_infor_orchestration_tests.world.world import World

GOOD = {"SKU 1": "BRK-1001", "Qty 1": "2", "Price 1": "180.00"}
_ANY_RULE = "  - {to: order.description, from: box.name}"


def with_rule(rule: str) -> dict[str, str]:
    """The template with one more rule among its fields."""
    return {_ANY_RULE: f"{_ANY_RULE}\n  - {{{rule}}}"}


def letter_of(world: World, deal: str) -> DeadLetter:
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None, world.ports.store.outcomes.of("deal", deal)
    return letter


def told(world: World, deal: str) -> str:
    """The one diagnosis on the box, however often it was looked at; nothing was ordered for it."""
    assert world.ports.store.links.erp_key("order", deal) is None
    (comment,) = world.company.comments(deal)
    return comment


def goes_on(world: World, deal: str) -> None:
    """Looked at again, it has its one order, and nobody is asked any more."""
    world.webhook(deal)
    world.run_until_quiet()
    order = world.ports.store.links.erp_key("order", deal)
    assert order is not None and len(world.company.found_in_erp("salesorders", OrderID=order)) == 1
    assert world.ports.store.dead_letters.of("deal", deal) is None


TYPED = [
    ("Qty 1", "", "missing_quantity", "Fill"),
    ("Qty 1", "0", "zero", "how many"),
    ("Qty 1", "-2", "negative", "zero or more"),
    ("Qty 1", "two", "not_a_number", "digits"),
    ("Qty 1", "NaN", "not_a_number", "digits"),
    ("Qty 1", "1e400", "not_a_number", "digits"),
    ("Qty 1", "1/2", "not_a_number", "digits"),
    ("Qty 1", "2,3,4", "not_a_number", "digits"),
    ("Qty 1", "9" * 40, "too_large", "slip"),
    ("Qty 1", "0.0000001", "too_precise", "Round"),
    ("Price 1", "1.234", "ambiguous_number", "1234.00"),
    ("Price 1", "1,234", "ambiguous_number", "1234.00"),
    ("Price 1", "-180", "negative", "zero or more"),
    ("Price 1", "$ 180", "ambiguous_currency", "EUR"),
    ("Price 1", "180 or so", "not_a_number", "digits"),
    ("Price 1", "99999999999", "too_large", "slip"),
    ("SKU 1", "", "missing_sku", "Fill"),
    ("SKU 1", "BRK-9999", "unknown_product", "Correct the product"),
    ("SKU 1", "../../salesorders", "unknown_product", "Correct the product"),
    ("SKU 1", "BRK-1001;DROP", "unknown_product", "Correct the product"),
]


def test_what_is_typed_wrong_is_told_by_field_and_value_and_mended_by_an_edit(world: World) -> None:
    organization = world.company.organization("Northwind Ltd")
    deals = {}
    for n, (field, value, _code, _fix) in enumerate(TYPED):
        deal = world.company.deal(f"Deal {n}", organization=organization, stage="Proposal Accepted")
        world.company.edit(deal, {field: value})
        deals[deal] = TYPED[n]
    for _ in range(2):
        for deal in deals:
            world.webhook(deal)
        world.run(limit=len(deals))
    for deal, (field, value, code, fix) in deals.items():
        comment = told(world, deal)
        assert field in comment and value in comment and fix in comment, (field, value, comment)
        assert letter_of(world, deal).code == code, (field, value)
    for deal, (field, *_) in deals.items():
        world.company.edit(deal, {field: GOOD[field]})
        world.webhook(deal)
    world.run_until_quiet()
    for deal in deals:
        goes_on(world, deal)


@pytest.mark.parametrize("field", ["Qty 1", "SKU 1"])
def test_a_page_pasted_into_a_field_is_not_repeated_at_length(world: World, field: str) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(deal, {field: "lorem ipsum " * 400})
    world.look(deal)
    assert field in told(world, deal) and len(told(world, deal)) < 1000
    world.company.edit(deal, {field: GOOD[field]})
    goes_on(world, deal)


@pytest.mark.parametrize(
    ("typed", "quantity"), [("1,234.50", "1234.5"), ("1.234,50", "1234.5"), ("1 234", "1234"), ("2,5", "2.5")]
)
def test_numbers_as_other_countries_write_them_are_understood_where_they_can_mean_one_thing(
    world: World, typed: str, quantity: str
) -> None:
    deal = world.company.deal("Northwind", lines=[("FLD-5001", typed, "1.00")], stage="Proposal Accepted")
    goes_on(world, deal)
    (order,) = world.company.found_in_erp("salesorders")
    assert order["LineItems"][0]["Quantity"] == quantity


@pytest.mark.parametrize("typed", ["EURO", "XQX", "¥", "12"])
def test_an_unknown_currency(make_world: Callable[..., World], typed: str) -> None:
    world = make_world(settings=with_rule('to: order.currency, from: "field:Currency"'))
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(deal, {"Currency": typed})
    world.look(deal)
    assert "Currency" in told(world, deal) and typed in told(world, deal)
    world.company.edit(deal, {"Currency": "EUR"})
    goes_on(world, deal)


@pytest.mark.parametrize("typed", ["Atlantis", "ZZ", "D"])
def test_an_unknown_country(make_world: Callable[..., World], typed: str) -> None:
    rule = 'to: customer.billing_address.country, from: "field:Country"'
    world = make_world(settings=with_rule(rule))
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(deal, {"Country": typed})
    world.look(deal)
    assert "Country" in told(world, deal) and typed in told(world, deal)
    assert world.company.found_in_erp("customers") == []
    world.company.edit(deal, {"Country": "DE"})
    goes_on(world, deal)


def test_more_than_a_custom_field_of_the_erp_can_hold(make_world: Callable[..., World]) -> None:
    """Infor façade contract, Collections: values at most 400 characters."""
    world = make_world(settings=with_rule('to: order.custom.Remark, from: "field:Remark"'))
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(deal, {"Remark": "x" * 401})
    world.look(deal)
    comment = told(world, deal)
    assert "Remark" in comment and "400" in comment and len(comment) < 1000
    world.company.edit(deal, {"Remark": "x" * 400})
    goes_on(world, deal)


def test_a_limit_of_the_erp_that_nobody_documented_is_told_in_its_own_words(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    refusal = {
        "title": "Validation failed",
        "detail": "OrderDescription is longer than 30",
        "code": "validation",
        "errors": [{"field": "OrderDescription", "code": "too_long", "message": "at most 30"}],
    }
    world.company.erp(
        "/faults",
        {"kind": "status", "status": 400, "body": refusal, "method": "POST", "path": "/salesorders$"},
    )
    world.look(deal)
    comment = told(world, deal)
    assert "OrderDescription is longer than 30" in comment
    assert letter_of(world, deal).diagnosis["problems"][0]["field"] == "OrderDescription"
    world.company.edit(deal, {"Qty 1": "3"})
    goes_on(world, deal)


def test_an_obsolete_product(world: World) -> None:
    world.company.erp("/products", {"ProductID": "BRK-1001", "Status": "Obsolete"})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    assert "no longer sold" in told(world, deal) and letter_of(world, deal).code == "obsolete_product"
    world.company.edit(deal, {"SKU 1": "BRK-1002", "Price 1": "10.00"})
    goes_on(world, deal)


def test_a_product_that_became_obsolete_after_it_was_looked_up(world: World) -> None:
    """Products are remembered for five minutes; the ERP itself refuses what was withdrawn meanwhile."""
    organization = world.company.organization("Northwind Ltd")
    first = world.company.deal("First", organization=organization, stage="Proposal Accepted")
    goes_on(world, first)
    world.company.erp("/products", {"ProductID": "BRK-1001", "Status": "Obsolete"})
    deal = world.company.deal("Second", organization=organization, stage="Proposal Accepted")
    world.look(deal)
    assert "BRK-1001" in told(world, deal) and letter_of(world, deal).code == "unknown_product"


def test_a_credit_hold_is_finances_and_ends_with_a_retry(world: World) -> None:
    organization = world.company.organization("Northwind Ltd")
    goes_on(world, world.company.deal("First", organization=organization, stage="Proposal Accepted"))
    (customer,) = world.company.found_in_erp("customers")
    hold = f"/customers/{customer['CustomerID']}/credit-hold"
    world.company.erp(hold, {"CreditHold": True})
    deal = world.company.deal("Second", organization=organization, stage="Proposal Accepted")
    world.look(deal)
    assert "credit hold" in told(world, deal) and "finance" in told(world, deal)
    world.company.erp(hold, {"CreditHold": False})
    world.ask(deal)
    world.run_until_quiet()
    goes_on(world, deal)


def test_a_credit_hold_that_is_lifted_is_noticed(world: World) -> None:
    """Nobody has to retry; and the deal is not asked about while the hold stands."""
    organization = world.company.organization("Northwind Ltd")
    goes_on(world, world.company.deal("First", organization=organization, stage="Proposal Accepted"))
    (customer,) = world.company.found_in_erp("customers")
    hold = f"/customers/{customer['CustomerID']}/credit-hold"
    world.company.erp(hold, {"CreditHold": True})
    deal = world.company.deal("Second", organization=organization, stage="Proposal Accepted")
    directory.poll(world.ports.erp, world.ports.store)
    world.look(deal)
    assert letter_of(world, deal).code == "credit_hold"
    directory.poll(world.ports.erp, world.ports.store)
    assert world.run_until_quiet() == []
    world.clock.advance(60)
    world.company.erp(hold, {"CreditHold": False})
    directory.poll(world.ports.erp, world.ports.store)
    world.run_until_quiet()
    goes_on(world, deal)
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_won_deal_whose_order_was_cancelled_in_the_erp(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    goes_on(world, deal)
    (order,) = world.company.found_in_erp("salesorders")
    world.company.erp(f"/orders/{order['OrderID']}/status", {"OrderStatus": "Cancelled"})
    world.company.edit(deal, stage="Closed-Won")
    for _ in range(2):
        world.look(deal)
    assert letter_of(world, deal).code == "order_cancelled"
    assert sum("cancelled in the ERP" in comment for comment in world.company.comments(deal)) == 1
    assert world.company.found_in_erp("invoices") == []
    world.company.erp(f"/orders/{order['OrderID']}/status", {"OrderStatus": "Open"})
    goes_on(world, deal)
    assert len(world.company.found_in_erp("invoices")) == 1


@pytest.mark.parametrize("gone", ["organizations", "contacts"])
def test_a_customer_deleted_in_streak_before_the_order(make_world: Callable[..., World], gone: str) -> None:
    source = gone.removesuffix("s")
    world = make_world(settings={"source: organization": f"source: {source}"} if source == "contact" else {})
    acme = world.company
    made = acme.contact("Jane", "Roe") if source == "contact" else acme.organization("Northwind Ltd")
    deal = acme.deal("Northwind", stage="Proposal Accepted")
    acme.edit(deal, **{"organizations": [], gone: [{"key": made, "isStarred": True}]})
    acme.delete_entry(gone, made)
    world.look(deal)
    assert source in told(world, deal)
    another = acme.contact("Ann", "Poe") if source == "contact" else acme.organization("Southwind Ltd")
    acme.edit(deal, **{gone: [{"key": another, "isStarred": True}]})
    goes_on(world, deal)


def test_a_customer_deleted_in_the_erp_after_it_was_linked(world: World) -> None:
    organization = world.company.organization("Northwind Ltd")
    goes_on(world, world.company.deal("First", organization=organization, stage="Proposal Accepted"))
    (customer,) = world.company.found_in_erp("customers")
    world.company.infor_twin.delete(f"/records/customers/{customer['CustomerID']}").raise_for_status()
    deal = world.company.deal("Second", organization=organization, stage="Proposal Accepted")
    world.look(deal)
    assert customer["CustomerID"] in told(world, deal) and "gone from the ERP" in told(world, deal)
    assert letter_of(world, deal).code == "unknown_customer"


def test_two_customers_that_match_are_named_and_one_is_chosen_by_a_person(world: World) -> None:
    for desk in ("buying", "sales"):
        draft = CustomerDraft(reference="", name="Northwind Ltd", email=f"{desk}@northwind.example")
        world.ports.erp.create_customer(draft, Steps())
    first, second = world.company.found_in_erp("customers")
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    assert first["CustomerID"] in told(world, deal) and second["CustomerID"] in told(world, deal)
    world.company.infor_twin.delete(f"/records/customers/{second['CustomerID']}").raise_for_status()
    goes_on(world, deal)


def test_a_box_moved_to_another_pipeline_before_and_after_its_order(world: World) -> None:
    before, after = (world.company.deal(name, stage="Proposal Accepted") for name in ("Before", "After"))
    goes_on(world, after)
    for deal in (before, after):
        world.company.move_elsewhere(deal)
        world.look(deal)
    assert world.ports.store.links.erp_key("order", before) is None
    assert world.ports.store.dead_letters.of("deal", before) is None
    order = world.ports.store.links.erp_key("order", after)
    assert order is not None and order in letter_of(world, after).message
    told_there = world.ports.store.effects.get(f"comment:{after}:problem:box_moved:Order:{order}")
    assert told_there is not None and told_there.state == "confirmed"
