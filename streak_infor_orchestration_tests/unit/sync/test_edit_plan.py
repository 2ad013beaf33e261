"""What goes over to the ERP of any edit, on any history: never over a change of its own people, and only once."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.order import Line, OrderDraft, OrderedLine, OrderStatus, SalesOrder
from streak_infor_orchestration.sync.deals.edits import _changes, _fields, _Plan, _plan, _Written

WORDS = st.sampled_from(["", "a", "b"])
LINES = st.lists(
    st.builds(
        Line,
        sku=st.sampled_from(["A", "B"]),
        quantity=st.sampled_from([Decimal(1), Decimal(2)]),
        price=st.just(Decimal(5)),
    ),
    min_size=1,
    max_size=2,
).map(tuple)
DRAFTS = st.builds(
    OrderDraft,
    reference=st.just("R"),
    customer_id=st.just("C"),
    order_date=st.just(date(2026, 3, 2)),
    currency=st.just("EUR"),
    lines=LINES,
    description=WORDS,
    shipping_method=WORDS,
    requested_date=st.sampled_from([None, date(2026, 4, 1), date(2026, 5, 1)]),
    freight=st.sampled_from([Decimal(0), Decimal(7)]),
    custom=st.dictionaries(st.sampled_from(["X", "Y"]), st.sampled_from(["a", "b"])),
)


def as_kept(draft: OrderDraft, status: OrderStatus = OrderStatus.OPEN) -> SalesOrder:
    kept = draft.model_dump(
        include=OrderDraft.model_fields.keys() & SalesOrder.model_fields.keys() - {"lines"}
    )
    lines = tuple(OrderedLine(**line.model_dump()) for line in draft.lines)
    return SalesOrder(id="1", **kept, lines=lines, total=draft.total, status=status)


def applied(order: SalesOrder, changes: dict[str, object]) -> SalesOrder:
    """As an ERP does a PUT."""
    custom = {**order.custom, **changes.pop("custom", {})}  # type: ignore[dict-item]
    lines = tuple(OrderedLine(**line.model_dump()) for line in changes.pop("lines", order.lines))  # type: ignore[attr-defined]
    kept = {name: value for name, value in custom.items() if value is not None}
    return order.model_copy(update={**changes, "custom": kept, "lines": lines})


@given(ours=DRAFTS, wanted=DRAFTS, theirs_now=DRAFTS)
def test_only_what_changed_here_and_not_there_goes_over(
    ours: OrderDraft, wanted: OrderDraft, theirs_now: OrderDraft
) -> None:
    written, order = _Written(ours, as_kept(ours)), as_kept(theirs_now)
    plan = _plan(wanted, order, written)
    want, was, have = _fields(wanted), _fields(written.ours), _fields(order)
    for name in want.keys() | was.keys() | have.keys():
        here, there = want.get(name) != was.get(name), have.get(name) != was.get(name)
        agreed = want.get(name) == have.get(name)
        assert (name in plan.changes) == (here and not there)
        assert (name in plan.clashes) == (here and there and not agreed)


@given(ours=DRAFTS, wanted=DRAFTS)
def test_what_went_over_is_there_and_does_not_go_again(ours: OrderDraft, wanted: OrderDraft) -> None:
    order = as_kept(ours)
    plan = _plan(wanted, order, _Written(ours, order))
    changes = _changes(plan)
    after = applied(order, {name: getattr(changes, name) for name in changes.model_fields_set})
    assert _fields(after) == _fields(wanted)
    assert _plan(wanted, after, _Written(wanted, after)).changes == {}


@given(ours=DRAFTS, doubtful=DRAFTS, wanted=DRAFTS, landed=st.booleans())
def test_an_edit_in_doubt_ends_as_the_deal_now_says_whether_it_landed_or_not(
    ours: OrderDraft, doubtful: OrderDraft, wanted: OrderDraft, landed: bool
) -> None:
    order = as_kept(doubtful if landed else ours)
    plan = _plan(wanted, order, _Written(ours, as_kept(ours), doubtful))
    assert plan.clashes == []
    changes = _changes(plan)
    after = applied(order, {name: getattr(changes, name) for name in changes.model_fields_set})
    assert _fields(after) == _fields(wanted)


@given(ours=DRAFTS, wanted=DRAFTS)
def test_amounts_of_an_allocated_order_come_too_late(ours: OrderDraft, wanted: OrderDraft) -> None:
    order = as_kept(ours, OrderStatus.ALLOCATED)
    plan = _plan(wanted, order, _Written(ours, order))
    assert not plan.changes.keys() & {"lines", "freight"}
    assert ("lines" in plan.late) == (_fields(wanted)["lines"] != _fields(ours)["lines"])


@given(ours=DRAFTS)
def test_the_tax_that_the_erp_works_out_is_no_edit(ours: OrderDraft) -> None:
    order = as_kept(ours)
    lines = tuple(line.model_copy(update={"tax": Decimal("1.23")}) for line in order.lines)
    taxed = order.model_copy(update={"lines": lines})
    reckoned = ours.model_copy(
        update={"lines": tuple(line.model_copy(update={"tax": Decimal(4)}) for line in ours.lines)}
    )
    assert _plan(reckoned, taxed, _Written(ours, order), taxed=False) == _Plan()
    assert "lines" in _plan(reckoned, taxed, _Written(ours, order)).clashes


@given(
    ours=DRAFTS, doubtful=DRAFTS, wanted=DRAFTS, lines=LINES, price=st.sampled_from([Decimal(5), Decimal(9)])
)
def test_an_edit_in_doubt_may_have_landed_in_some_lines_only(
    ours: OrderDraft, doubtful: OrderDraft, wanted: OrderDraft, lines: tuple[Line, ...], price: Decimal
) -> None:
    """Where an ERP changes them one by one, in whatever prices it gave them first: nobody there changed them. A product
    or quantity that neither had is somebody's."""
    there = tuple(line.model_copy(update={"price": price}) for line in lines)
    order = as_kept(ours.model_copy(update={"lines": there}))
    plan = _plan(wanted, order, _Written(ours, as_kept(ours), doubtful))
    known = {(line.sku, line.quantity) for line in (*ours.lines, *doubtful.lines)}
    edited = ours.lines != doubtful.lines or ours.lines != wanted.lines
    agreed = there == wanted.lines
    strange = any((line.sku, line.quantity) not in known for line in there)
    assert ("lines" in plan.clashes) == (edited and strange and not agreed)
    assert ("lines" in plan.changes) == (edited and not strange and not agreed)
