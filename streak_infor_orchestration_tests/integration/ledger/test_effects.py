"""The life of an effect, and that a transition nobody is entitled to changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.effects import Effect, Past, body_hash
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration_tests.integration.ledger.support import begun, planned, sending, sent

KEY = "deal:b1:sales_order:1"
ORDER = Link("order", "b1", "100042")


def confirmed(store: Store, effect: Effect, link: Link | None = None) -> Effect:
    moved = store.effects.confirm(effect, external_id="100042", result={"id": "100042"}, link=link)
    assert moved
    return moved


def unknown(store: Store, effect: Effect) -> Effect:
    moved = store.effects.unknown(effect, {"code": "timeout"}, store.clock.now() + timedelta(seconds=2))
    assert moved
    return moved


def test_planning_again_returns_the_row_as_it_is(store: Store) -> None:
    first = planned(
        store, body={"total": "12.50", "lines": [{"sku": "Ä-1"}]}, run_id="run 1", correlation_id="c1"
    )
    assert (first.state, first.attempt, first.generation, first.steps) == ("planned", 0, 1, {})
    assert (first.doubted, first.epoch) == (False, store.epoch)
    again = planned(store, body={"total": "99.00"}, run_id="run 2")
    assert again == first == store.effects.get(KEY)
    assert store.effects.get("deal:b2:sales_order:1") is None


def test_a_clear_answer_confirms_with_the_id_the_link_and_the_invoice(
    store: Store, clock: ManualClock
) -> None:
    effect = sent(store, planned(store))
    assert (effect.state, effect.sent_at, effect.run_id) == ("sent", clock.now(), "run")
    assert effect.settle_until == clock.now() + timedelta(seconds=330)
    invoice = OrderInvoice("100042", "INV-7")
    done = store.effects.confirm(
        effect, external_id="100042", result={"status": "Entered"}, link=ORDER, invoice=invoice
    )
    assert done == store.effects.get(KEY)
    assert done
    assert (done.state, done.external_id, done.result) == ("confirmed", "100042", {"status": "Entered"})
    assert store.links.erp_key("order", "b1") == "100042"
    assert store.invoices.of("100042") == [invoice]


@pytest.mark.parametrize("state", ["planned", "sent", "unknown"])
def test_whatever_is_open_can_be_found_and_confirmed(store: Store, state: str) -> None:
    effect = planned(store)
    if state != "planned":
        effect = sent(store, effect)
    if state == "unknown":
        effect = unknown(store, effect)
    assert confirmed(store, effect, ORDER).state == "confirmed"


def test_a_link_that_belongs_to_another_deal_confirms_nothing(store: Store) -> None:
    store.links.add(Link("order", "b2", "100042"))
    effect = sent(store, planned(store))
    with pytest.raises(Conflict) as conflict:
        confirmed(store, effect, ORDER)
    assert conflict.value.existing == "b2"
    assert store.effects.get(KEY) == effect
    assert store.links.erp_key("order", "b1") is None


def test_an_invoice_of_another_order_confirms_nothing(store: Store) -> None:
    store.invoices.put("100041", "INV-7")
    effect = sent(store, planned(store))
    with pytest.raises(Conflict):
        store.effects.confirm(
            effect, external_id="", result={}, link=ORDER, invoice=OrderInvoice("100042", "INV-7")
        )
    assert store.effects.get(KEY) == effect
    assert store.links.erp_key("order", "b1") is None


def test_a_lost_confirmation_leaves_no_link(store: Store) -> None:
    effect = sent(store, planned(store))
    store.effects.not_done(effect, {"code": "429"})
    assert store.effects.confirm(effect, external_id="x", result={}, link=ORDER) is None
    assert store.links.count() == 0


def test_only_one_of_two_senders_wins(store: Store) -> None:
    effect = planned(store)
    assert sent(store, effect)
    assert store.effects.mark_sent(effect, sending(store, "other")) is None


def test_what_nobody_has_planned_can_be_sent_at_once(store: Store, clock: ManualClock) -> None:
    effect = begun(store)
    assert effect
    assert (effect.state, effect.attempt, effect.sent_at) == ("sent", 0, clock.now())
    assert store.effects.get(KEY) == effect
    assert confirmed(store, effect, ORDER).state == "confirmed"


@pytest.mark.parametrize("state", ["planned", "sent", "confirmed"])
def test_what_somebody_has_planned_is_left_as_it_is(store: Store, state: str) -> None:
    effect = planned(store)
    if state != "planned":
        effect = sent(store, effect)
    if state == "confirmed":
        effect = confirmed(store, effect)
    assert begun(store, body={"total": "1.00"}) is None
    assert store.effects.get(KEY) == effect


def test_what_was_told_is_known_by_its_deal(store: Store) -> None:
    told = begun(store, "comment:b1:order", shape="append")
    asked = begun(store, "comment:b2:order", shape="append", subject="b2")
    fields = begun(store, "box:b1:fields", shape="set")
    assert told and asked and fields
    confirmed(store, told)
    confirmed(store, fields)
    assert store.effects.past(["b1", "b2", "b3"]) == {"b1": Past({"comment:b1:order"})}
    assert store.effects.past(["b3"]) == {}


def test_not_done_is_planned_again_as_the_next_attempt(store: Store) -> None:
    effect = sent(store, planned(store))
    again = store.effects.not_done(effect, {"code": "429"})
    assert again
    assert (again.state, again.attempt, again.error, again.doubted) == ("planned", 1, {"code": "429"}, False)
    assert sent(store, again).attempt == 1


def test_an_unknown_is_doubted_for_ever(store: Store, clock: ManualClock) -> None:
    effect = unknown(store, sent(store, planned(store)))
    assert (effect.state, effect.doubted) == ("unknown", True)
    assert effect.next_probe_at == clock.now() + timedelta(seconds=2)
    clock.advance(2)
    assert unknown(store, effect).next_probe_at == clock.now() + timedelta(seconds=2)
    again = store.effects.replan(effect)
    assert again
    done = confirmed(store, sent(store, again))
    assert (done.doubted, done.next_probe_at, done.error) == (True, None, None)


def test_refused_is_failed_until_the_request_is_another_one(store: Store) -> None:
    failed = store.effects.fail(sent(store, planned(store)), {"code": "credit"})
    assert failed
    assert (failed.state, failed.error) == ("failed", {"code": "credit"})
    again = store.effects.replan(failed, body={"total": "10.00"})
    assert again
    assert (again.state, again.attempt, again.body) == ("planned", 1, {"total": "10.00"})
    assert again.body_hash == body_hash({"total": "10.00"}) != failed.body_hash


@pytest.mark.parametrize("shape", ["create", "append"])
def test_what_was_created_once_is_never_planned_again(store: Store, shape: str) -> None:
    done = confirmed(store, sent(store, planned(store, shape=shape)))
    with pytest.raises(ValueError):
        store.effects.replan(done)
    with pytest.raises(ValueError):
        store.effects.replan(sent(store, planned(store, "another")))


def test_values_that_were_set_can_be_set_anew(store: Store) -> None:
    done = confirmed(store, sent(store, planned(store, shape="set", body={"ERP order": "1"})))
    again = store.effects.replan(done, body={"ERP order": "2"})
    assert again
    assert (again.state, again.attempt) == ("planned", 1)
    assert store.effects.replan(done, body={"ERP order": "3"}) is None


TRANSITIONS: dict[str, Callable[[Store, Effect], Effect | None]] = {
    "confirm": lambda store, effect: store.effects.confirm(effect, external_id="x", result={}),
    "not_done": lambda store, effect: store.effects.not_done(effect, {}),
    "unknown": lambda store, effect: store.effects.unknown(effect, {}, store.clock.now()),
    "fail": lambda store, effect: store.effects.fail(effect, {}),
}


@pytest.mark.parametrize("late", TRANSITIONS)
def test_an_answer_to_an_earlier_attempt_changes_nothing(store: Store, late: str) -> None:
    first = sent(store, planned(store))
    second = store.effects.replan(unknown(store, first))
    assert second
    current = sent(store, second)
    assert TRANSITIONS[late](store, first) is None
    assert not store.effects.record_steps(first, {"AddBatchHead": "1"})
    assert not store.effects.record_steps(first, {"AddBatchHead": "1"}, sending(store))
    assert store.effects.get(KEY) == current


@pytest.mark.parametrize("late", TRANSITIONS)
def test_what_is_confirmed_stays_confirmed(store: Store, late: str) -> None:
    effect = sent(store, planned(store))
    done = confirmed(store, effect)
    assert TRANSITIONS[late](store, effect) is None
    assert store.effects.get(KEY) == done


def test_steps_survive_another_attempt_but_not_another_request(store: Store) -> None:
    effect = sent(store, planned(store))
    steps = {"AddBatchHead": "77", "AddBatchLine": "1"}
    assert store.effects.record_steps(effect, steps)
    again = store.effects.replan(unknown(store, effect))
    assert again and again.steps == steps
    refused = store.effects.fail(again, {})
    assert refused
    assert not store.effects.record_steps(refused, {"late": ""})
    changed = store.effects.replan(refused, body={"total": "1.00"})
    assert changed
    assert changed.steps == {}


def test_the_next_step_shows_its_own_time_while_its_write_is_under_way(
    store: Store, clock: ManualClock
) -> None:
    effect = sent(store, planned(store))
    clock.advance(15)
    shown = sending(store)
    assert store.effects.record_steps(effect, {"AddBatchHead": "77"}, shown)
    row = store.effects.get(KEY)
    assert row
    assert (row.call_deadline, row.settle_until) == (shown["call_deadline"], shown["settle_until"])
    unknown(store, effect)
    assert not store.effects.record_steps(effect, {"AddBatchHead": "77", "AddBatchLine": "1"}, shown)
    assert store.effects.record_steps(effect, {"AddBatchHead": "77", "AddBatchLine": "1"}), "a late answer"


@pytest.mark.parametrize("earlier", ["planned", "sent", "unknown", "failed"])
def test_what_is_kept_over_there_is_looked_for_and_in_no_doubt(
    store: Store, clock: ManualClock, earlier: str
) -> None:
    effect = planned(store)
    if earlier != "planned":
        effect = sent(store, effect)
    if earlier == "unknown":
        effect = unknown(store, effect)
    if earlier == "failed":
        failed = store.effects.fail(effect, {})
        assert failed
        effect = failed
    doubted = effect.doubted
    at = clock.now() + timedelta(minutes=15)
    held = store.effects.hold(effect, {"kind": "Held"}, at, {"AddBatchHead": "77"})
    assert held and held == store.effects.get(KEY)
    assert (held.state, held.doubted, held.steps) == ("unknown", doubted, {"AddBatchHead": "77"})
    assert held in store.effects.unsettled() and held.next_look == at


def test_what_was_refused_and_is_found_all_the_same_is_confirmed(store: Store) -> None:
    refused = store.effects.fail(sent(store, planned(store)), {"kind": "Rejected"})
    assert refused
    done = store.effects.confirm(refused, external_id="100042", result={}, link=ORDER)
    assert done and done == store.effects.get(KEY)
    assert store.links.erp_key("order", "b1") == ORDER.erp_key


def test_unsettled_is_what_nobody_knows_for_certain(store: Store, clock: ManualClock) -> None:
    planned(store, "planned")
    waiting = sent(store, planned(store, "sent"))
    lost = unknown(store, sent(store, planned(store, "unknown", subject="b2")))
    to_verify = store.effects.confirm(
        sent(store, planned(store, "verify")), external_id="1", result={}, verify_at=clock.now()
    )
    assert to_verify
    confirmed(store, sent(store, planned(store, "confirmed")))
    assert {effect.key for effect in store.effects.unsettled()} == {"sent", "unknown", "verify"}
    assert store.effects.unsettled("b2") == [lost]
    store.effects.verified(to_verify)
    assert {effect.key for effect in store.effects.unsettled("b1")} == {waiting.key}


def test_all_effects_of_a_deal_in_the_order_they_were_planned(store: Store, clock: ManualClock) -> None:
    for key in ("z", "a", "m"):
        planned(store, key)
        clock.advance(1)
    planned(store, "other", subject="b2")
    assert [effect.key for effect in store.effects.of("b1")] == ["z", "a", "m"]


def test_a_person_can_have_a_second_order_made(store: Store) -> None:
    assert store.effects.past(["b1"]) == {}
    first = confirmed(store, sent(store, planned(store)), ORDER)
    second = store.effects.open_generation(first, by="anna", link=ORDER)
    assert second
    assert (second.key, second.generation, second.state) == ("deal:b1:sales_order:2", 2, "planned")
    assert (second.body, second.subject) == (first.body, "b1")
    assert store.links.erp_key("order", "b1") is None
    assert [(entry.actor, entry.action) for entry in store.audit.of("b1")] == [
        ("anna", "generation opened"),
        ("anna", "link removed"),
    ]
    assert store.effects.past(["b1", "b_"]) == {"b1": Past(generation=2)}


def test_no_second_order_while_the_first_is_undecided(store: Store) -> None:
    lost = unknown(store, sent(store, planned(store)))
    waiting = sent(store, planned(store, "deal:b2:sales_order:1"))
    for undecided in (lost, waiting, planned(store, "deal:b3:sales_order:1")):
        with pytest.raises(ValueError):
            store.effects.open_generation(undecided, by="anna")


def test_what_has_no_generations_gets_none(store: Store) -> None:
    comment = confirmed(store, planned(store, "comment:b1:invoice:7", shape="append"))
    with pytest.raises(ValueError):
        store.effects.open_generation(comment, by="anna")


def test_a_generation_opened_by_somebody_else_is_not_opened_twice(store: Store) -> None:
    refused = store.effects.fail(planned(store), {})
    assert refused
    assert store.effects.replan(refused)
    assert store.effects.open_generation(refused, by="anna") is None
    assert store.effects.past(["b1"]) == {}
    assert store.audit.recent() == []


def test_equal_requests_have_equal_hashes_whatever_the_order_of_their_keys() -> None:
    assert body_hash({"a": 1, "b": {"c": 2, "d": 3}}) == body_hash({"b": {"d": 3, "c": 2}, "a": 1})
    assert body_hash({"a": "1"}) != body_hash({"a": 1})
    with pytest.raises(ValueError):
        body_hash({"a": float("nan")})
