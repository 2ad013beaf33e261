"""Making an order in M3: the calls it takes, and every point at which it can stop (Infor API contract, B.6, F)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.errors import Conflict, Held, Rejected, Unknown
from streak_infor_orchestration.domain.order import Line, OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab

MakeM3 = Callable[..., M3Lab]
LINES = (
    Line(sku="BRK-1001", quantity=Decimal(2), price=Decimal("189.90")),
    Line(sku="BRK-2001", quantity=Decimal("1.5"), price=Decimal("49.50")),
    Line(sku="BRK-1001", quantity=Decimal(1), price=Decimal(0)),
)


@pytest.fixture
def lab(make_m3: MakeM3) -> M3Lab:
    return make_m3()


def begun(lab: M3Lab, draft: OrderDraft, *, until: str) -> dict[str, str]:
    """The steps of an order that stopped for good before the step `until`."""

    class Stop(Exception):
        pass

    class Stopping(Steps):
        def take(self, step: str, call: Callable[[], str], **_: object) -> str:
            if step == until:
                raise Stop
            return super().take(step, call)

    steps = Stopping()
    with pytest.raises(Stop):
        lab.erp.create_order(draft, steps)
    return dict(steps.done)


def temporary(lab: M3Lab) -> list[tuple[str, int]]:
    """Status and number of lines of each temporary order that is there."""
    return [(t["Status"], t["Lines"]) for t in lab.control.get("/state")["temporaryorders"]]


def only_order(lab: M3Lab) -> str:
    (number,) = lab.order_ids()
    return number


def test_it_takes_no_call_more_than_it_must(lab: M3Lab) -> None:
    draft = lab.draft(lines=LINES)
    n = lab.control.last_call()
    assert lab.erp.find_order(draft.reference, draft).orders == ()
    made = lab.erp.create_order(draft, Steps())
    assert lab.wrote(n) == [
        "POST LstHead",
        "POST AddBatchHead",
        *["POST AddBatchLine"] * 3,
        "POST Confirm",
        "POST GetHead",
    ]
    assert [(line.sku, line.quantity, line.price) for line in made.lines] == [
        (line.sku, line.quantity, line.price) for line in LINES
    ]
    assert (made.total, made.reference, made.status) == (draft.total, draft.reference, OrderStatus.OPEN)


def test_everything_a_draft_can_say_arrives(make_m3: MakeM3) -> None:
    lab = make_m3(order_fields={"Region": "PROJ"}, second_reference_field="PYRE")
    draft = lab.draft(
        lines=LINES,
        description="A deal whose name is longer than thirty characters",
        requested_date=lab.draft().order_date.replace(day=20),
        shipping_method="UPS",
        salesperson="E-101",
        warehouse="200",
        freight=Decimal("12.00"),
        custom={"Region": "NORTH"},
    )
    made = lab.erp.create_order(draft, Steps())
    assert made.total == draft.total
    assert made.freight == Decimal("12.00")
    assert (made.shipping_method, made.salesperson, made.custom) == ("UPS", "E-101", {"Region": "NORTH"})
    assert made.requested_date == draft.requested_date and made.order_date == draft.order_date
    assert made.description == "A deal whose name is longer th"
    shown = next(o for o in lab.control.get("/state")["salesorders"] if o["OrderID"] == made.id)
    assert (shown["SecondReference"], shown["Head"]["PROJ"]) == (
        draft.reference,
        "NORTH",
    )
    assert [line["CustomerLine"] for line in shown["LineItems"]] == ["1", "2", "3"]


STEPS = ("freight", "line 1", "line 2", "line 3", "confirm")


@pytest.mark.parametrize("until", STEPS)
def test_it_goes_on_where_it_stopped(lab: M3Lab, until: str) -> None:
    draft = lab.draft(lines=LINES, freight=Decimal("12.00"))
    done = begun(lab, draft, until=until)
    made = lab.erp.create_order(draft, Steps(done))
    assert made.total == draft.total and lab.order_ids() == [made.id]
    assert temporary(lab) == [("90", 3)]


@pytest.mark.parametrize("until", STEPS)
def test_a_probe_finds_how_far_it_has_come(lab: M3Lab, until: str) -> None:
    """What nobody kept is gone on with, too; a charge that nobody can tell of is not: all is begun anew."""
    draft = lab.draft(lines=LINES, freight=Decimal("12.00"))
    done = begun(lab, draft, until=until)
    found = lab.erp.find_order(draft.reference, draft)
    assert found.orders == () and found.held == "" and found.foreign == ()
    assert found.steps == {
        step: outcome for step, outcome in done.items() if step != "freight" or len(done) > 2
    }
    made = lab.erp.create_order(draft, Steps(found.steps))
    assert made.total == draft.total and lab.order_ids() == [made.id]
    assert temporary(lab) == [("90", 3)]


def test_lines_that_came_twice_are_deleted_and_nothing_is_sent_twice(lab: M3Lab) -> None:
    draft = lab.draft(lines=LINES)
    done = begun(lab, draft, until="line 3")
    record = {"ORNO": done["head"], "ITNO": "BRK-2001", "ORQT": "1.5", "SAPR": "49.5", "CUPO": "2"}
    lab.erp.mi.write("OIS100MI", "AddBatchLine", record)
    made = lab.erp.create_order(draft, Steps(done))
    assert made.total == draft.total
    assert temporary(lab) == [("90", 3)]


@pytest.mark.parametrize("record", [{"ITNO": "HSE-4001"}, {"ORQT": "7"}, {"CUPO": "9"}, {"CUPO": ""}])
def test_what_somebody_else_put_into_it_is_never_confirmed(lab: M3Lab, record: dict[str, str]) -> None:
    draft = lab.draft(lines=LINES)
    done = begun(lab, draft, until="line 3")
    line = {"ORNO": done["head"], "ITNO": "BRK-1001", "ORQT": "1", "SAPR": "0", "CUPO": "3", **record}
    lab.erp.mi.write("OIS100MI", "AddBatchLine", line)
    foreign = lab.erp.find_order(draft.reference, draft)
    assert (foreign.steps, foreign.foreign) == ({}, (done["head"],))
    made = lab.erp.create_order(draft, Steps(done))
    assert made.total == draft.total
    assert temporary(lab) == [("90", 3)], "what was begun is taken away, and all is begun anew"


def test_a_line_that_m3_refuses_leaves_nothing(lab: M3Lab) -> None:
    unknown = Line(sku="NO-SUCH-SKU", quantity=Decimal(1), price=Decimal(1))
    draft = lab.draft(lines=(*LINES, unknown))
    with pytest.raises(Rejected) as caught:
        lab.erp.create_order(draft, Steps())
    assert (caught.value.code, caught.value.value) == ("unknown_product", "NO-SUCH-SKU")
    assert (temporary(lab), lab.order_ids()) == ([], [])


HELD = ("15", "25", "30", "55")


def held(lab: M3Lab, draft: OrderDraft, status: str) -> Steps:
    lab.control.post("/confirms", {"STAT": status, "TX60": "Limit exceeded", "MDTA": draft.customer_id})
    steps = Steps()
    with pytest.raises(Held) as caught:
        lab.erp.create_order(draft, steps)
    assert "Limit exceeded" in caught.value.message and f"status {status}" in caught.value.message
    return steps


@pytest.mark.parametrize("status", HELD)
@pytest.mark.parametrize("told", [False, True])
def test_what_m3_keeps_is_held_and_asked_for_again(lab: M3Lab, status: str, told: bool) -> None:
    lab.control.post("/habits", {"confirm_tells": told})
    draft = lab.draft(lines=LINES)
    steps = held(lab, draft, status)
    found = lab.erp.find_order(draft.reference, draft)
    assert found.held.startswith(f"M3 keeps temporary order {steps.done['head']} (status {status}: ")
    assert found.steps == dict(steps.done) and found.orders == ()
    n = lab.control.last_call()
    with pytest.raises(Held):
        lab.erp.create_order(draft, Steps(steps.done))
    assert "POST Confirm" not in lab.wrote(n)


@pytest.mark.parametrize("status", HELD)
def test_one_that_a_person_releases_is_the_order(lab: M3Lab, status: str) -> None:
    draft = lab.draft(lines=LINES)
    steps = held(lab, draft, status)
    released = lab.control.post(f"/temporary/{steps.done['head']}/release")["ORNR"]
    assert [order.id for order in lab.erp.find_order(draft.reference, draft).orders] == [released]
    assert lab.erp.create_order(draft, Steps(steps.done)).id == released
    assert only_order(lab) == released


def test_one_that_was_released_is_found_also_after_the_deal_was_edited(lab: M3Lab) -> None:
    """Who would look for the request alone would make a second order."""
    draft = lab.draft(lines=LINES)
    steps = held(lab, draft, "30")
    released = lab.control.post(f"/temporary/{steps.done['head']}/release")["ORNR"]
    edited = draft.model_copy(update={"lines": LINES[:1]})
    assert [order.id for order in lab.erp.find_order(draft.reference, edited).orders] == [released]


def test_one_that_a_person_deletes_is_not_made_anew(lab: M3Lab) -> None:
    draft = lab.draft(lines=LINES)
    steps = held(lab, draft, "25")
    lab.control.delete(f"/temporary/{steps.done['head']}")
    with pytest.raises(Conflict) as caught:
        lab.erp.create_order(draft, Steps(steps.done))
    assert caught.value.code == "begun_order_gone" and lab.order_ids() == []


@pytest.mark.parametrize("loss", ["before", "after"])
@pytest.mark.parametrize("nth", range(1, 6))
def test_an_answer_that_is_lost_leads_to_one_order(lab: M3Lab, loss: str, nth: int) -> None:
    """As `sync/effects` would: probe, and carry on; head, three lines and Confirm."""
    draft, done = lab.draft(lines=LINES), dict[str, str]()
    lab.lose(loss, nth=nth)  # type: ignore[arg-type]  # a Loss
    with pytest.raises(Unknown):
        lab.erp.create_order(draft, keeping(done))
    made = converged(lab, draft, done)
    assert made.total == draft.total and lab.order_ids() == [made.id]


def keeping(done: dict[str, str]) -> Steps:
    class Kept(Steps):
        def take(self, step: str, call: Callable[[], str], **_: object) -> str:
            done[step] = super().take(step, call)
            return done[step]

    return Kept(done)


def converged(lab: M3Lab, draft: OrderDraft, done: dict[str, str]) -> SalesOrder:
    found = lab.erp.find_order(draft.reference, draft)
    if found.orders:
        (order,) = found.orders
        return order
    return lab.erp.create_order(draft, Steps(found.steps | done))


@pytest.mark.parametrize(
    "lookup",
    [
        {"by": "transaction", "orders": "CMS100MI/Lst_OOHEAD_CUOR", "temporary": "CMS100MI/Lst_OXHEAD_CUOR"},
        {"by": "transaction", "orders": "CMS100MI/Lst_OOHEAD_CUOR"},
        {"by": "exportmi"},
    ],
)
def test_each_way_of_looking_up_finds_orders_and_what_was_begun(
    make_m3: MakeM3, lookup: dict[str, str]
) -> None:
    lab = make_m3(lookup=lookup)
    draft = lab.draft(lines=LINES)
    assert lab.erp.find_order(draft.reference, draft).orders == ()
    done = begun(lab, draft, until="confirm")
    assert lab.erp.find_order(draft.reference, draft).steps == done
    assert lab.erp.find_order(draft.reference[:-1], draft).steps == {}
    made = lab.erp.create_order(draft, Steps(done))
    assert [order.id for order in lab.erp.find_order(draft.reference, draft).orders] == [made.id]
    assert lab.erp.find_order(draft.reference[:-1], draft).orders == ()


def test_freight_that_cannot_be_booked_is_refused_before_anything_is_sent(make_m3: MakeM3) -> None:
    lab = make_m3(freight_charge="")
    assert not lab.erp.traits.freight
    draft = lab.draft(freight=Decimal("12.00"))
    n = lab.control.last_call()
    with pytest.raises(Rejected) as caught:
        lab.erp.create_order(draft, Steps())
    assert caught.value.code == "no_freight" and lab.wrote(n) == []


DISCOUNTED = Line(sku="BRK-1001", quantity=Decimal(4), price=Decimal("189.90"), discount=Decimal("75.96"))


@pytest.mark.parametrize(
    ("form", "habit"),
    [("net_price", "unit"), ("unit_amount", "unit"), ("line_amount", "line"), ("percent", "unit")],
)
def test_a_discount_comes_to_the_same_cents_in_each_form(make_m3: MakeM3, form: str, habit: str) -> None:
    lab = make_m3(discount=form)
    lab.control.post("/habits", {"discount_amounts": habit})
    draft = lab.draft(lines=(DISCOUNTED,))
    made = lab.erp.create_order(draft, Steps())
    assert made.total == draft.total == Decimal("683.64")
    assert (made.lines[0].discount != 0) is (form != "net_price")


@pytest.mark.parametrize(("form", "quantity"), [("net_price", "7"), ("unit_amount", "7"), ("percent", "700")])
def test_a_discount_that_would_come_to_other_cents_is_refused_before_anything_is_sent(
    make_m3: MakeM3, form: str, quantity: str
) -> None:
    lab = make_m3(discount=form, price_decimals=2)
    line = Line(sku="BRK-1001", quantity=Decimal(quantity), price=Decimal("9.99"), discount=Decimal(1))
    draft = lab.draft(lines=(line,))
    n = lab.control.last_call()
    with pytest.raises(Rejected) as caught:
        lab.erp.create_order(draft, Steps())
    assert caught.value.code == "inexpressible" and lab.wrote(n) == []


def test_with_m3s_prices_none_is_sent_and_another_one_refused_before(make_m3: MakeM3) -> None:
    lab = make_m3(prices="erp")
    assert lab.erp.traits.prices == "erp"
    draft = lab.draft(lines=LINES[:1])
    made = lab.erp.create_order(draft, Steps())
    assert made.total == draft.total
    agreed = {"CUNO": draft.customer_id, "ITNO": "BRK-1001", "CUCD": "EUR", "SAPR": "150.00"}
    lab.control.post("/prices", agreed)
    n = lab.control.last_call()
    with pytest.raises(Rejected) as caught:
        lab.erp.create_order(draft, Steps())
    assert caught.value.field == "lines.price" and "300.00" in caught.value.message
    assert lab.wrote(n) == ["POST GetPriceLine"]


def test_with_m3s_tax_goods_and_freight_are_ours_and_the_rest_is_consistent(make_m3: MakeM3) -> None:
    lab = make_m3(template_customer="TAXED")
    draft = lab.draft(lines=LINES, freight=Decimal("12.00"))
    made = lab.erp.create_order(draft, Steps())
    tax = sum((line.tax for line in made.lines), Decimal(0))
    assert tax > 0 and lab.erp.traits.tax == "erp"
    assert [line.total for line in made.lines] == [Decimal("379.80"), Decimal("74.25"), Decimal("0.00")]
    assert made.freight == Decimal("12.00") and made.total == draft.total + tax


def test_a_stop_a_partial_delivery_and_a_cancellation_are_told(lab: M3Lab) -> None:
    made = lab.order(lines=LINES)
    lab.control.post(f"/orders/{made.id}/stop", {"OBLC": "1"})
    assert status(lab, made.id) == "Stopped"
    lab.control.post(f"/orders/{made.id}/stop", {"OBLC": "0"})
    lab.control.post(f"/orders/{made.id}/ship-part", {"1": "1"})
    assert status(lab, made.id) == "Partially shipped"
    with pytest.raises(Conflict):
        lab.erp.cancel_order(made)
    lab.control.post(f"/orders/{made.id}/ship")
    assert status(lab, made.id) == "Shipped"
    other = lab.order(reference="STKOTHER", customer_id=made.customer_id, lines=LINES)
    n = lab.control.last_call()
    assert lab.erp.cancel_order(other).status is OrderStatus.CANCELLED
    assert lab.wrote(n) == ["POST GetHead", "POST CloLine", "POST GetHead", "POST LstAllInvByCO"]
    assert lab.erp.cancel_order(other).status is OrderStatus.CANCELLED, "again it changes nothing"


def test_a_person_cancels_where_the_configuration_says_so(make_m3: MakeM3) -> None:
    lab = make_m3(cancel="never")
    with pytest.raises(Conflict):
        lab.erp.cancel_order(lab.order())


def test_an_order_is_made_ready_by_the_configured_transaction(make_m3: MakeM3) -> None:
    lab = make_m3(ready="OIS100MI/ChgOrderRef", ready_fields={"FRE1": "RDY"})
    made = lab.order()
    lab.erp.make_ready(made.id)
    lab.erp.make_ready(made.id)
    (shown,) = lab.control.get("/state")["salesorders"]
    assert shown["Head"]["FRE1"] == "RDY"
    n = lab.control.last_call()
    make_m3().erp.make_ready(made.id)
    assert lab.wrote(n) == []


def status(lab: M3Lab, number: str) -> str:
    order = lab.erp.order(number)
    assert order is not None
    return str(order.status)
