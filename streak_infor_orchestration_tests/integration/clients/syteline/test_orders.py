"""Orders in SyteLine: what is refused is taken away, what is left out is written again, only what is whole counts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Conflict, Held, Rejected, Stale, Transient
from streak_infor_orchestration.domain.order import Line, OrderChanges, OrderDraft, SalesOrder
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab

MakeLab = Callable[..., SytelineLab]
TWO = (
    Line(sku="BRK-1001", quantity=Decimal(2), price=Decimal("189.90")),
    Line(sku="FLD-5001", quantity=Decimal("1.5"), price=Decimal("8.90")),
)


class Died(BaseException):
    """The process is gone."""


class Mortal(Steps):
    """Dies after its `fatal`th step, which is kept."""

    def __init__(self, done: dict[str, str], fatal: int) -> None:
        super().__init__(done)
        self.taken: list[str] = []
        self._fatal = fatal

    def take(self, step: str, call: Callable[[], str], *, settle_seconds: float | None = None) -> str:
        outcome = super().take(step, call, settle_seconds=settle_seconds)
        self.taken.append(step)
        if len(self.taken) == self._fatal:
            raise Died(step)
        return outcome


def wanted(order: SalesOrder | OrderDraft) -> list[tuple[str, Decimal, Decimal]]:
    return [(line.sku, line.quantity, line.price) for line in order.lines]


def taken(lab: SytelineLab, draft: OrderDraft) -> list[str]:
    steps = Mortal({}, 99)
    lab.erp.create_order(draft, steps)
    return steps.taken


def test_what_an_insert_leaves_out_is_written_once_more_as_a_step_of_its_own(lab: SytelineLab) -> None:
    ignored = {"SLCos": ["Freight", "CustPo", "ShipCode"], "SLCoitems": ["Price", "PriceConv", "DueDate"]}
    lab.control.post("/settings", {"ignored_at_insert": ignored})
    dearer = tuple(line.model_copy(update={"price": line.price + 1}) for line in TWO)  # than the list has it
    draft = lab.draft(
        lines=dearer,
        freight=Decimal("4.50"),
        second_reference="STKLONG",
        shipping_method="UPSG",
        description="Ours",
    )
    assert taken(lab, draft) == [
        "header", "line 1", "line 2", "header again", "line 1 again", "line 2 again", "ordered",
    ]  # fmt: skip
    (order,) = lab.erp.find_order("", draft).orders
    assert (order.total, order.freight, order.shipping_method) == (draft.total, Decimal("4.50"), "UPSG")
    assert (order.description, order.second_reference) == ("Ours", "STKLONG")
    assert wanted(order) == wanted(draft)


@pytest.mark.parametrize("fatal", range(1, 5))
def test_an_order_whose_process_dies_after_any_step_is_found_and_finished(
    lab: SytelineLab, fatal: int
) -> None:
    draft = lab.draft(lines=TWO, second_reference="STKLONG")
    with pytest.raises(Died):
        lab.erp.create_order(draft, Mortal({}, fatal))
    found = lab.erp.find_order(draft.reference, draft)
    if fatal == 4:
        assert [order.id for order in found.orders] == [draft.reference]
        return
    assert found.orders == ()
    assert found.foreign == ()
    assert list(found.steps) == ["header", "line 1", "line 2"][:fatal]
    assert lab.order_ids() == []
    order = lab.erp.create_order(draft, Steps(found.steps))
    assert lab.order_ids() == [order.id]
    assert (wanted(order), order.total) == (wanted(draft), draft.total)


def test_steps_that_were_made_and_are_not_known_are_found_under_their_numbers(lab: SytelineLab) -> None:
    """SyteLine refuses what is there: it is looked up, and is ours."""
    draft = lab.draft(lines=TWO, second_reference="STKLONG")
    with pytest.raises(Died):
        lab.erp.create_order(draft, Mortal({}, 2))
    order = lab.erp.create_order(draft, Steps())
    assert wanted(order) == wanted(draft)
    assert lab.order_ids() == [order.id]


def test_a_refused_line_leaves_nothing_behind(lab: SytelineLab) -> None:
    lab.erp.products(["BRK-1001", "BRK-0900"])
    obsolete = Line(sku="BRK-0900", quantity=Decimal(1), price=Decimal(21))
    draft = lab.draft(lines=(*TWO, obsolete))
    with pytest.raises(Rejected, match="obsolete"):
        lab.erp.create_order(draft, Steps())
    assert lab.order_ids() == lab.planned_ids() == []
    again = draft.model_copy(update={"lines": TWO})
    assert lab.erp.create_order(again, Steps()).id == draft.reference


def test_a_refused_header_leaves_nothing_behind(lab: SytelineLab) -> None:
    draft = lab.draft(warehouse="NONE")
    with pytest.raises(Rejected, match="NONE"):
        lab.erp.create_order(draft, Steps())
    assert lab.planned_ids() == []


def test_what_cannot_be_deleted_again_is_held_for_a_person(lab: SytelineLab) -> None:
    lab.control.post("/refusals", {"ido": "XX_SLCoitems", "action": "delete", "message": "Not today"})
    obsolete = Line(sku="BRK-0900", quantity=Decimal(1), price=Decimal(21))
    draft = lab.draft(lines=(*TWO, obsolete))
    steps = Mortal({}, 99)
    with pytest.raises(Held, match="Not today"):
        lab.erp.create_order(draft, steps)
    assert lab.planned_ids() == [draft.reference]
    assert list(steps.done) == ["header", "line 1", "line 2"], "what is there is still known"
    with pytest.raises(Rejected, match="obsolete"):
        lab.erp.create_order(draft, Steps(steps.done))
    assert lab.planned_ids() == []


def test_an_order_that_comes_to_another_sum_never_counts(make_lab: MakeLab) -> None:
    lab = make_lab(orders={"price_check": "net", "description": "Uf_Description"})
    lab.control.post("/settings", {"price_is_total": True})
    with pytest.raises(Rejected, match="own sum"):
        lab.erp.create_order(lab.draft(lines=TWO, freight=Decimal(5)), Steps())
    assert lab.order_ids() == lab.planned_ids() == []
    for check in ("any", "total"):
        other = make_lab(orders={"price_check": check})
        draft = other.draft(
            lines=TWO,
            freight=Decimal(5),
            reference=f"STK{check.upper():A<7}",
            customer_id=lab.customer_ids()[0],
        )
        assert other.erp.create_order(draft, Steps()).total == draft.total


@pytest.mark.parametrize("form", ["net_price", "percent"])
def test_a_discount_comes_to_the_line_s_cents_in_either_form(make_lab: MakeLab, form: str) -> None:
    lab = make_lab(orders={"discount": form})
    line = Line(sku="BRK-1001", quantity=Decimal(3), price=Decimal("189.90"), discount=Decimal("57.00"))
    draft = lab.draft(lines=(line,))
    order = lab.erp.create_order(draft, Steps())
    assert order.total == draft.total == Decimal("512.70")
    assert order.lines[0].price == (line.price if form == "percent" else Decimal("170.90"))


def test_a_discount_that_no_form_reproduces_is_refused_before_anything_is_sent(lab: SytelineLab) -> None:
    lab.erp.products(["BRK-1001"])
    line = Line(sku="BRK-1001", quantity=Decimal("10000000"), price=Decimal(1), discount=Decimal("0.01"))
    draft = lab.draft(lines=(line,))
    before = lab.control.last_call()
    with pytest.raises(Rejected, match="SyteLine would make"):
        lab.erp.create_order(draft, Steps())
    assert lab.control.calls_since(before) == []


def test_with_syteline_s_prices_an_order_stands_only_if_they_are_the_deal_s(make_lab: MakeLab) -> None:
    lab = make_lab(orders={"prices": "erp"})
    listed = Line(sku="BRK-1001", quantity=Decimal(2), price=Decimal("189.90"))
    draft = lab.draft(lines=(listed,))
    assert lab.erp.create_order(draft, Steps()).total == draft.total
    dearer = listed.model_copy(update={"price": Decimal("200.00")})
    other = lab.draft(lines=(dearer,), reference="STKOTHERAA", customer_id=draft.customer_id)
    with pytest.raises(Rejected, match=r"379\.80 in line 1"):
        lab.erp.create_order(other, Steps())
    assert lab.planned_ids() == []


def test_with_syteline_s_tax_its_total_is_taken_and_with_ours_it_must_agree(make_lab: MakeLab) -> None:
    lab = make_lab()
    lab.control.post("/settings", {"computes_tax": True})
    draft = lab.draft(lines=TWO)
    order = lab.erp.create_order(draft, Steps())
    assert order.total > draft.total
    read = lab.erp.order(order.id)
    assert read is not None and read.total == order.total
    ours = make_lab(orders={"tax": "ours"})
    taxed = tuple(line.model_copy(update={"tax": Decimal("1.00")}) for line in TWO)
    other = draft.model_copy(update={"lines": taxed, "reference": "STKOTHERAA"})
    with pytest.raises(Rejected, match="does not keep SalesTax"):
        ours.erp.create_order(other, Steps())
    lab.control.post("/settings", {"computes_tax": False})
    assert ours.erp.create_order(other, Steps()).total == other.total


def test_a_number_that_is_another_deal_s_is_no_success(lab: SytelineLab) -> None:
    first = lab.draft(second_reference="STKFIRST")
    lab.erp.create_order(first, Steps())
    second = first.model_copy(update={"second_reference": "STKSECOND"})
    shown = lab.erp.find_order(second.reference, second).orders
    assert [order.second_reference for order in shown] == ["STKFIRST"]
    with pytest.raises(Conflict) as refused:
        lab.erp.create_order(second, Steps())
    assert refused.value.existing == first.reference
    assert len(lab.order_ids()) == 1


def test_an_order_is_found_by_its_second_reference_whatever_its_number(lab: SytelineLab) -> None:
    draft = lab.draft(second_reference="STKLONG'S")
    made = lab.erp.create_order(draft, Steps())
    (found,) = lab.erp.find_order("STKANOTHER", draft).orders
    assert found.id == made.id
    assert (
        lab.erp.find_order("STKANOTHER", draft.model_copy(update={"second_reference": "stklong's"})).orders
        == ()
    )


def test_a_planned_order_of_other_lines_is_foreign(lab: SytelineLab) -> None:
    """It is half-made under our reference, but not of this request: nobody goes on with it."""
    draft = lab.draft(lines=TWO, second_reference="STKLONG")
    with pytest.raises(Died):
        lab.erp.create_order(draft, Mortal({}, 2))
    other = draft.model_copy(update={"lines": TWO[::-1]})
    found = lab.erp.find_order(draft.reference, other)
    assert (found.orders, found.steps, found.foreign) == ((), {}, (draft.reference,))


def test_a_record_that_a_person_has_open_is_tried_again_later(lab: SytelineLab) -> None:
    draft = lab.draft(lines=TWO)
    lab.control.post("/refusals", {"ido": "XX_SLCoitems", "action": "insert", "times": 9})
    steps = Mortal({}, 99)
    with pytest.raises(Transient, match="locked by user JSMITH") as later:
        lab.erp.create_order(draft, steps)
    assert later.value.retry_after == 30.0
    assert list(steps.done) == ["header"], "nothing is taken away: it goes on there"


EDITED: dict[str, Any] = {
    "lines": (TWO[1], TWO[0], TWO[0]),
    "freight": Decimal("3.00"),
    "shipping_method": "UPSA",
}


def test_an_edited_order_has_the_lines_that_are_asked_for_and_no_others(lab: SytelineLab) -> None:
    order = lab.fresh(lab.order(lines=TWO))
    longer = lab.erp.update_order(order, OrderChanges(**EDITED))
    assert wanted(longer) == wanted(lab.draft(lines=EDITED["lines"], customer_id=order.customer_id))
    assert (longer.freight, longer.shipping_method) == (Decimal("3.00"), "UPSA")
    shorter = lab.erp.update_order(lab.fresh(longer), OrderChanges(lines=TWO[:1], shipping_method=""))
    assert (wanted(shorter), shorter.shipping_method) == (
        wanted(shorter.model_copy(update={"lines": TWO[:1]})),
        "",
    )


def test_an_edit_of_an_order_that_changed_meanwhile_is_stale_also_where_only_a_line_did(
    lab: SytelineLab,
) -> None:
    read = lab.fresh(lab.order(lines=TWO))
    lab.control.post(f"/orders/{read.id}/ship")
    for act in (
        lambda: lab.erp.update_order(read, OrderChanges(**EDITED)),
        lambda: lab.erp.cancel_order(read),
    ):
        with pytest.raises(Stale):
            act()
    shipped = lab.fresh(read)
    for act in (
        lambda: lab.erp.update_order(shipped, OrderChanges(lines=TWO[:1])),
        lambda: lab.erp.cancel_order(shipped),
    ):
        with pytest.raises(Conflict, match="shipped or invoiced"):
            act()


def test_a_cancellation_that_was_cut_short_goes_on(lab: SytelineLab) -> None:
    order = lab.fresh(lab.order(lines=TWO))
    lab.control.fault("cut_before", method="POST", path="/update/", after=1)
    with pytest.raises(Exception, match="connection"):
        lab.erp.cancel_order(order)
    assert lab.erp.cancel_order(lab.fresh(order)).status == "Cancelled"
    assert lab.erp.cancel_order(lab.fresh(order)).status == "Cancelled"


def test_a_cancelled_order_may_be_a_stopped_one(make_lab: MakeLab) -> None:
    lab = make_lab(orders={"cancelled": "stopped"})
    assert lab.erp.cancel_order(lab.fresh(lab.order())).status == "Cancelled"
    (state,) = lab.control.get("/state")["salesorders"]
    assert state["OrderStatus"] == "Stopped"
