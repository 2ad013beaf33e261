"""What finance and the warehouse do to an order is told on its deal: each thing once, for no call where nobody asks."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.customers import holds
from streak_infor_orchestration_tests.world import World

TOLD = """  - {field: Credited, from: invoice.credited}
  - {field: Overpaid, from: invoice.overpaid}
  - {field: Left, from: order.delivered}
  - {field: Parcels, from: order.tracking}
  - {field: Hold, from: customer.credit_hold}
  - {comment: "credited {credit_note.amount}: {credit_note.reason}", once: credit_note.created}
  - {comment: "overpaid by {invoice.overpaid}", once: invoice.overpaid}
  - {comment: "taken back {payment.amount}, {payment.reference}", once: payment.reversed}
  - {comment: "left {order.delivered}: {order.tracking}", once: order.partially_shipped}
  - {comment: "{customer.name} is on hold", once: customer.credit_hold}
  - {comment: "{customer.name} is released", once: customer.credit_released}
"""
ALL = {"# Numbers typed as text": TOLD + "\n# Numbers typed as text"}


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=ALL)


def won(world: World) -> tuple[str, str, str]:
    """A deal with two lines over 373.35 EUR, its order and its invoice."""
    lines = [("BRK-1001", "2", "180.00"), ("FLD-5001", "1.5", "8.90")]
    deal = world.company.deal("Northwind", lines=lines, stage="Closed-Won")
    world.look(deal)
    fields = fields_of(world, deal)
    return deal, fields["ERP order"], fields["ERP invoice"]


def fields_of(world: World, deal: str) -> dict[str, str]:
    return dict(world.company.box(deal)["fieldsByName"])


def happens(world: World, lever: str, body: object = None) -> None:
    world.clock.advance(60)
    world.company.erp(lever, body)
    world.poll()
    world.run_until_quiet()


def credits(world: World, invoice: str, amount: str, reason: str = "") -> None:
    happens(world, "/creditnotes", {"InvoiceID": invoice, "Amount": amount, "Reason": reason})


def pays(world: World, invoice: str, amount: str, reference: str = "") -> None:
    happens(world, "/payments", {"InvoiceID": invoice, "Amount": amount, "Reference": reference})


def told(world: World, deal: str, word: str) -> list[str]:
    texts = (comment.rpartition(" [")[0] for comment in world.company.comments(deal))
    return [text for text in texts if text.startswith(word)]


def test_each_credit_note_is_told_once(world: World) -> None:
    deal, _order, invoice = won(world)
    credits(world, invoice, "13.35", "short")
    credits(world, invoice, "10.00", "late")
    world.look(deal)
    assert told(world, deal, "credited") == ["credited 13.35 EUR: short", "credited 10.00 EUR: late"]
    assert fields_of(world, deal)["Credited"] == "23.35 EUR"


def test_two_that_came_between_two_looks_are_told_apart(world: World) -> None:
    deal, _order, invoice = won(world)
    world.company.erp("/creditnotes", {"InvoiceID": invoice, "Amount": "1.00", "Reason": "a"})
    credits(world, invoice, "1.00", "b")
    assert told(world, deal, "credited") == ["credited 1.00 EUR: a", "credited 1.00 EUR: b"]


def test_what_was_credited_costs_no_call_once_it_is_told(world: World) -> None:
    deal, _order, invoice = won(world)
    credits(world, invoice, "13.35")
    before = asked(world, "creditnotes")
    world.look(deal)
    assert asked(world, "creditnotes") == before


def test_what_was_paid_too_much_is_told(world: World) -> None:
    deal, _order, invoice = won(world)
    pays(world, invoice, "400.00")
    assert told(world, deal, "overpaid") == ["overpaid by 26.65 EUR"]
    assert fields_of(world, deal)["Overpaid"] == "26.65 EUR"
    pays(world, invoice, "-26.65")
    assert fields_of(world, deal)["Overpaid"] == "0.00 EUR"
    assert len(told(world, deal, "overpaid")) == 1


def test_each_reversal_is_told_also_of_the_same_amount(world: World) -> None:
    deal, _order, invoice = won(world)
    for time in ("first", "second"):
        pays(world, invoice, "373.35")
        pays(world, invoice, "-373.35", time)
    world.look(deal)
    assert told(world, deal, "taken") == ["taken back -373.35 EUR, first", "taken back -373.35 EUR, second"]
    assert fields_of(world, deal)["Payment status"] == "Unpaid"


def test_each_parcel_that_is_not_the_rest_is_told(world: World) -> None:
    lines = [("BRK-1001", "3", "180.00"), ("FLD-5001", "1", "8.90")]
    deal = world.company.deal("Northwind", lines=lines, stage="Proposal Accepted")
    world.look(deal)
    order = fields_of(world, deal)["ERP order"]
    happens(world, f"/orders/{order}/ship-part?tracking=1Z1", {"1": "1"})
    happens(world, f"/orders/{order}/ship-part?tracking=1Z2", {"1": "1"})
    world.look(deal)
    assert told(world, deal, "left") == ["left 1 of 4: 1Z1", "left 2 of 4: 1Z1, 1Z2"]
    happens(world, f"/orders/{order}/ship-part?tracking=1Z3", {"1": "1", "2": "1"})
    fields = fields_of(world, deal)
    assert (fields["Left"], fields["Parcels"]) == ("4 of 4", "1Z1, 1Z2, 1Z3")
    assert fields["ERP status"] == "Shipped"
    assert len(told(world, deal, "left")) == 2


def asked(world: World, *what: str) -> int:
    """Calls for any of these collections."""
    return len([call for call in world.company.calls() if any(name in call for name in what)])


def hold(world: World, customer: str, on: bool) -> None:
    world.clock.advance(60)
    world.company.erp(f"/customers/{customer}/credit-hold", {"CreditHold": on})
    world.run_customers()
    world.clock.advance(5)
    world.run_until_quiet()


def test_each_credit_hold_and_its_release_is_told_on_the_open_deals(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (customer,) = world.company.found_in_erp("customers")
    world.run_customers()
    for _ in range(2):
        hold(world, customer["CustomerID"], True)
        assert fields_of(world, deal)["Hold"] == "yes"
        hold(world, customer["CustomerID"], False)
        assert fields_of(world, deal)["Hold"] == "no"
    world.look(deal)
    texts = told(world, deal, customer["Name"])
    assert texts == [f"{customer['Name']} is on hold", f"{customer['Name']} is released"] * 2


def test_without_its_occurrence_the_second_hold_would_not_be(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "hold_state", lambda on, *_: "hold:1" if on else "released:1")
    with pytest.raises(AssertionError):
        test_each_credit_hold_and_its_release_is_told_on_the_open_deals(world)


def test_who_is_told_of_none_of_it_pays_no_call(make_world: Callable[..., World]) -> None:
    world = make_world()
    deal, _order, invoice = won(world)
    world.company.erp("/creditnotes", {"InvoiceID": invoice, "Amount": "1.00"})
    before = asked(world, "creditnotes", "payments", "customers")
    world.look(deal)
    assert asked(world, "creditnotes", "payments", "customers") == before
