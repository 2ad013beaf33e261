"""Lines from linked boxes, in currencies of their own: read through the client, converted by the ERP's rates."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World

LINES = """  from: columns
  columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", max: 10}   # an empty price is the list price
"""
QUOTES = """  from: linked_boxes
  pipeline: Quotes
  stages: [Agreed]
  convert: true
  columns: {sku: Product, quantity: Qty, price: Price, currency: Currency}
"""
QUOTE: dict[str, str] = {"Product": "BRK-1001", "Qty": "2", "Price": "200.00", "Currency": "USD"}


@pytest.fixture
def distributor(make_world: Callable[..., World]) -> World:
    return make_world(settings={LINES: QUOTES})


def agreed(world: World, *quotes: dict[str, str]) -> str:
    """A deal with these quotes, of which it has another that was never agreed on."""
    company = world.company
    keys = [company.quote(f"Q-{n}", fields, stage="Agreed") for n, fields in enumerate(quotes, 1)]
    keys.append(company.quote("Q-0", QUOTE, stage="Draft"))
    deal = company.deal("Northwind", lines=())
    company.edit(deal, linkedBoxKeys=keys)
    company.edit(deal, stage="Proposal Accepted")
    return deal


def test_quotes_become_lines_in_the_orders_currency(distributor: World) -> None:
    deal = agreed(distributor, QUOTE, {"Product": "SNS-6001", "Qty": "1"})
    work = distributor.look(deal)
    assert (work.verdict, work.draft is not None) == (None, True)
    (order,) = distributor.company.found_in_erp("salesorders")
    (rate,) = [rate for rate in work.draft.rates if work.draft]  # type: ignore[union-attr]  # asserted above
    expected = [(Decimal(price) / rate.rate).quantize(Decimal("0.01")) for price in ("200.00", "33.33")]
    assert [Decimal(line["Price"]) for line in order["LineItems"]] == expected
    assert order["Currency"] == "EUR"
    assert order["CustomFields"] == {"ExchangeRate": f"EUR/USD {rate.rate} of {rate.day.isoformat()}"}


def test_a_deal_that_was_not_edited_is_not_told_as_edited(distributor: World) -> None:
    deal = agreed(distributor, QUOTE)
    distributor.look(deal)
    assert distributor.look(deal).verdict is None


def test_a_quote_that_was_edited_after_the_order_is(distributor: World) -> None:
    deal = agreed(distributor, QUOTE)
    distributor.look(deal)
    (line,) = distributor.ports.streak.box(deal).linked_boxes[:1]  # type: ignore[union-attr]  # it is there
    distributor.company.edit_quote(line, {"Price": "210.00"})
    verdict = distributor.look(deal).verdict
    assert verdict is not None and verdict.status is Status.PERSON
    assert verdict.problems[0].code == "edited_after_order"


def test_a_currency_without_a_rate_is_for_a_person(distributor: World) -> None:
    verdict = distributor.look(agreed(distributor, QUOTE | {"Currency": "PLN"})).verdict
    assert verdict is not None
    assert [(p.code, p.field, p.value) for p in verdict.problems] == [("no_rate", "Q-1: Currency", "PLN")]
    assert distributor.company.found_in_erp("salesorders") == []


def rated(world: World, base: str, quote: str, day: str, rate: str = "2") -> None:
    world.company.erp("/exchangerates", [{"Base": base, "Quote": quote, "Date": day, "Rate": rate}])


def test_a_rate_that_is_years_old_is_for_a_person(distributor: World) -> None:
    rated(distributor, "EUR", "TRY", "2019-03-01")
    verdict = distributor.look(agreed(distributor, QUOTE | {"Currency": "TRY"})).verdict
    assert verdict is not None
    assert [(p.code, "EUR/TRY of 2019-03-01" in p.message) for p in verdict.problems] == [("no_rate", True)]
    assert distributor.company.found_in_erp("salesorders") == []


def test_an_old_rate_does_not_hide_a_younger_one(distributor: World) -> None:
    today = distributor.clock.now().date()
    since = today - timedelta(days=14)
    rated(distributor, "TRY", "USD", "2019-03-01")
    rated(distributor, "EUR", "TRY", "2019-03-01")
    catalogue = distributor.ports.catalogue
    assert [r.id for r in catalogue.rates({("TRY", "USD")}, "EUR", today, since)] == ["TRY:USD:2019-03-01"]
    rated(distributor, "TRY", "EUR", today.isoformat())
    young = {(r.base, r.quote) for r in catalogue.rates({("EUR", "TRY")}, "EUR", today, since)}
    assert young == {("TRY", "EUR")}
    steps = {(r.base, r.quote) for r in catalogue.rates({("TRY", "USD")}, "EUR", today, since)}
    assert steps == {("TRY", "EUR"), ("EUR", "USD")}


def test_a_box_of_another_pipeline_is_not_part_of_the_order(distributor: World) -> None:
    other = distributor.company.deal("Southwind", lines=())
    deal = distributor.company.deal("Northwind", lines=())
    distributor.company.edit(deal, linkedBoxKeys=[other], stage="Proposal Accepted")
    verdict = distributor.look(deal).verdict
    assert verdict is not None and verdict.problems[0].code == "no_linked_box"


def test_a_quote_that_is_mended_is_ordered_without_a_touch_to_the_deal(distributor: World) -> None:
    deal = agreed(distributor, QUOTE | {"Qty": "two"})
    verdict = distributor.look(deal).verdict
    assert verdict is not None and verdict.problems[0].field == "Q-1: Qty"
    box = distributor.ports.streak.box(deal)
    assert box is not None
    distributor.company.edit_quote(box.linked_boxes[0], {"Qty": "2"})
    while not distributor.company.found_in_erp("salesorders"):
        assert distributor.wait_for_next()
        distributor.run()
    assert distributor.ports.store.dead_letters.of("deal", deal) is None


def test_boxes_that_are_linked_to_a_deal_are_read_only_where_lines_come_from_them(world: World) -> None:
    company = world.company
    other = company.deal("Southwind")
    deal = company.deal("Northwind")
    company.edit(deal, linkedBoxKeys=[other], stage="Proposal Accepted")
    before = len(company.calls())
    assert world.look(deal).verdict is None
    assert not [call for call in company.calls()[before:] if other in call or call.endswith("/boxes/batch")]
    assert len(company.found_in_erp("salesorders")) == 1


def test_a_deal_without_linked_boxes_asks_for_none(distributor: World) -> None:
    deal = distributor.company.deal("Northwind", lines=(), stage="Proposal Accepted")
    verdict = distributor.look(deal).verdict
    assert verdict is not None and [problem.code for problem in verdict.problems] == ["no_linked_box"]
    boxes = [call for call in distributor.company.calls() if call.startswith("POST") and "batch/get" in call]
    assert boxes == []
    pending = distributor.ports.store.inbox.pending("deal", deal)
    assert pending is not None
    assert pending.due_at == distributor.clock.now() + timedelta(minutes=10), (
        "a quote may be linked meanwhile"
    )
