"""What is kept of a look, whole: its outcome, its letter, the rows of its writes, and when the record is due again."""

from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS
from streak_infor_orchestration_tests.world import World

MARK = "cafe0001"


def event(world: World, deal: str) -> None:
    world.ports.store.inbox.record([Event("streak", "BOX_EDIT", "deal", deal, correlation_id=MARK)])


def the_only(world: World, collection: str) -> dict[str, Any]:
    (found,) = world.company.found_in_erp(collection)
    return found


def test_the_outcome_of_a_deal_that_was_ordered_and_invoiced(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    event(world, deal)
    began = world.clock.now()
    world.clock.advance(3)
    batch = world.run()
    order, invoice, customer = (
        the_only(world, name)[key]
        for name, key in (("salesorders", "OrderID"), ("invoices", "InvoiceID"), ("customers", "CustomerID"))
    )
    trail = [
        f"customer {customer} created: Northwind Ltd",
        f"order {order} created: 360.00 EUR",
        f"invoice {invoice} created: 360.00 EUR",
        "box updated: ERP invoice, ERP order, ERP status, Payment status",
        f"told on the box: Order {order} over 360.00 EUR created in ERP",
        f"told on the box: Invoice {invoice} over 360.00 EUR issued",
    ]
    assert world.ports.store.outcomes.of("deal", deal) == [
        Outcome(
            kind="deal",
            key=deal,
            run_id=batch.run_id,
            correlation_id=MARK,
            status="converged",
            started_at=began,
            finished_at=world.clock.now(),
            summary={
                "name": "Northwind",
                "reason": "",
                "trail": trail,
                "order": order,
                "invoices": [invoice],
            },
        )
    ]
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None
    assert (pending.due_at, pending.attempts, pending.leased) == (None, 0, False)


def test_the_letter_of_a_deal_that_a_person_has_to_mend(world: World) -> None:
    deal = world.company.deal("Northwind", lines=[("NO-SUCH", "1", "5.00")], stage="Proposal Accepted")
    event(world, deal)
    world.run()
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None
    (problem,) = letter.diagnosis["problems"]
    assert (letter.error_class, letter.code, letter.message) == (
        "Problem",
        "unknown_product",
        "the order is incomplete",
    )
    assert (letter.attempts, letter.occurrences, letter.correlation_id) == (0, 1, MARK)
    assert letter.diagnosis == {"name": "Northwind", "problems": [problem]}
    where = {name: problem[name] for name in ("code", "field", "value", "box")}
    assert where == {"code": "unknown_product", "field": "SKU 1", "value": "NO-SUCH", "box": "Northwind"}
    assert problem["fix"]
    (outcome,) = world.ports.store.outcomes.of("deal", deal)
    assert (outcome.status, outcome.summary["reason"]) == ("person", "the order is incomplete")
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None and pending.due_at is None
    world.company.edit(deal, {"SKU 1": "BRK-1001"})
    world.look(deal)
    resolved = world.ports.store.dead_letters.get(letter.id)
    assert resolved is not None and (resolved.resolved_by, resolved.resolution) == (
        "streak-infor",
        "converged",
    )


def test_a_refusal_of_the_erps_is_told_once_more_as_it_was_without_asking_it_again(world: World) -> None:
    refused = {"code": "credit_hold", "detail": "is on hold", "field": "CustomerID"}
    world.company.erp(
        "/faults",
        {"kind": "status", "status": 422, "body": refused, "method": "POST", "path": "/salesorders$"},
    )
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    letters = []
    for _ in range(2):
        world.look(deal)
        letter = world.ports.store.dead_letters.of("deal", deal)
        assert letter is not None
        letters.append((letter.error_class, letter.code, letter.message, letter.diagnosis))
    assert letters[0] == letters[1]
    error_class, code, message, diagnosis = letters[0]
    (problem,) = diagnosis["problems"]
    assert (error_class, code, problem["message"]) == ("Rejected", "credit_hold", message)
    assert "is on hold" in message and "credit hold" in problem["fix"]
    assert len(world.company.comments(deal)) == 1
    assert (
        sum(call.startswith("POST") and call.endswith("/salesorders") for call in world.company.calls()) == 1
    )
    (row,) = [one for one in world.ports.store.effects.of(deal) if one.state == "failed"]
    assert row.error is not None and set(row.error) == {"kind", "code", "message", "system", "field", "value"}
    assert (row.error["kind"], row.error["code"], row.error["system"]) == ("Rejected", "credit_hold", "infor")


def test_what_burns_an_attempt_is_due_on_the_next_rung_and_what_waits_is_not_charged(world: World) -> None:
    world.company.erp("/faults", {"kind": "status", "status": 500, "path": "/products/", "times": None})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    event(world, deal)
    rows = []
    for seconds in (5, 15):
        world.run()
        pending = world.ports.store.inbox.pending("deal", deal)
        assert pending is not None
        rows.append((pending.attempts, pending.due_at == world.clock.now() + timedelta(seconds=seconds)))
        world.clock.advance(seconds)
    assert rows == [(1, True), (2, True)]
    reasons = [
        (one.status, bool(one.summary["reason"])) for one in world.ports.store.outcomes.of("deal", deal)
    ]
    assert reasons == [("retry", True)] * 2


def test_the_row_of_every_write(world: World) -> None:
    """Key, shape, number in the other system, and until when a look that misses it proves nothing."""
    deal = world.company.deal("Northwind", stage="Closed-Won")
    event(world, deal)
    batch = world.run()
    rows = world.ports.store.effects.of(deal)
    order, invoice, customer = (
        the_only(world, name)[key]
        for name, key in (("salesorders", "OrderID"), ("invoices", "InvoiceID"), ("customers", "CustomerID"))
    )
    box = world.company.box(deal)
    ours, streaks = world.ports.erp.traits.settle_seconds, 10.0
    organization = box["organizations"][0]["key"]
    made = {
        row.key: (row.shape, row.external_id, (row.settle_until - row.call_deadline).total_seconds())
        for row in rows
        if row.settle_until and row.call_deadline
    }
    comments = {key for key in made if key.startswith("comment:")}
    assert {key: value for key, value in made.items() if key not in comments} == {
        f"customer:organization:{organization}": ("create", customer, ours),
        f"deal:{deal}:sales_order:1": ("create", order, ours),
        f"order:{order}:invoice": ("create", invoice, ours),
        f"box:{deal}:fields": ("set", str(box["lastUpdatedTimestamp"]), streaks),
    }
    assert comments == {f"comment:{deal}:order.created:{order}", f"comment:{deal}:invoice.created:{invoice}"}
    assert {made[key][0::2] for key in comments} == {("append", streaks)}
    for row in rows:
        assert (row.state, row.generation, row.doubted, row.subject) == ("confirmed", 1, False, deal)
        assert (row.run_id, row.correlation_id, row.verify_at) == (batch.run_id, MARK, None)
        assert row.sent_at and row.call_deadline
        assert (row.call_deadline - row.sent_at).total_seconds() == CALL_SECONDS == 20
    body = {row.key: row.body for row in rows}
    fields = {name: box["fieldsByName"][name] for name in body[f"box:{deal}:fields"]["fields"]}
    assert body[f"box:{deal}:fields"] == {"fields": fields}
    assert list(fields) == ["ERP invoice", "ERP order", "ERP status", "Payment status"]
    assert body[f"order:{order}:invoice"] == {"order": order}
    assert body[f"deal:{deal}:sales_order:1"]["reference"] == world.ports.reference(deal)
    told = [body[key]["message"] for key in sorted(comments, reverse=True)]
    assert told == world.company.comments(deal)
    links = world.ports.store.links
    assert links.streak_key("order", order) == deal
    assert links.streak_key("customer", customer) == f"organization:{organization}"
    assert world.ports.store.invoices.order_of(invoice) == order


@pytest.mark.parametrize(
    ("path", "shape", "settle"), [("/salesorders$", "create", None), ("/comments$", "append", 10.0)]
)
def test_the_row_of_a_write_without_an_answer(
    world: World, path: str, shape: str, settle: float | None
) -> None:
    lever = world.company.erp if shape == "create" else world.company.streak
    lever("/faults", {"kind": "cut_before", "method": "POST", "path": path})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (row,) = world.ports.store.effects.unsettled()
    now = world.clock.now()
    assert (row.shape, row.state, row.doubted, row.external_id) == (shape, "unknown", True, None)
    assert row.error is not None and row.error["kind"] == "Unknown"
    assert row.error["system"] == ("infor" if shape == "create" else "streak")
    assert row.next_probe_at == now + timedelta(seconds=2)
    wait = world.ports.erp.traits.settle_seconds if settle is None else settle
    assert row.settle_until == now + timedelta(seconds=CALL_SECONDS + wait)
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None and (pending.attempts, pending.due_at) == (0, now + timedelta(seconds=2))
