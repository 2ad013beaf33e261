"""What the client of every ERP product makes of lost answers, and what only a look at the whole ERP tells.

Written against the port alone. What can be asked of a real system is in the package's `conformance/`; here is what
needs a lever. A product's test module has a fixture `lab` and a subclass of each class here that applies to it.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES, row
from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Transient, Unknown
from streak_infor_orchestration.domain.order import Line, OrderDraft, SalesOrder
from streak_infor_orchestration.infor.port import Erp, Steps
from streak_infor_orchestration.infor.product import ErpProduct
from streak_infor_orchestration_tests.conformance.erp.lab import ErpLab


class Orders:
    def test_refused_on_the_way_is_certainly_not_done(self, lab: ErpLab) -> None:
        draft = lab.draft()
        lab.lose("refused")
        with pytest.raises(Transient):
            lab.erp.create_order(draft, Steps())
        assert list(lab.order_ids()) == []

    def test_lost_before_it_was_done_is_unknown_and_a_probe_misses_it(self, lab: ErpLab) -> None:
        draft = lab.draft()
        lab.lose("before")
        with pytest.raises(Unknown):
            lab.erp.create_order(draft, Steps())
        assert lab.erp.find_order(draft.reference, draft).orders == ()

    @pytest.mark.parametrize("nth", range(1, 6))
    def test_an_answer_lost_after_any_write_still_leads_to_one_order(self, lab: ErpLab, nth: int) -> None:
        """As `sync/effects` would: probe, and carry on where the write stopped."""
        draft = lab.draft()
        lab.lose("after", nth=nth)
        order = _converge(lab, draft)
        assert list(lab.order_ids()) == [order.id]
        assert order.total == draft.total
        assert _wanted(order.lines) == _wanted(draft.lines)

    def test_every_reference_is_told_with_its_order(self, lab: ErpLab) -> None:
        """By the second one, where the product has it."""
        customer = lab.customer().id
        seconds = [f"STKREF{n}LONG" if lab.erp.traits.second_reference_length else "" for n in range(3)]
        made = {
            (
                second or f"STKREF{n}",
                lab.order(customer_id=customer, reference=f"STKREF{n}", second_reference=second).id,
            )
            for n, second in enumerate(seconds)
        }
        assert set(lab.erp.references("order")) == made

    def test_what_was_entered_since_a_day_is_told_by_its_numbers(self, lab: ErpLab) -> None:
        made = {lab.order(reference=f"STKREF{n}").id for n in range(2)}
        day = lab.draft().order_date
        assert {number for page in lab.erp.entered(day) for number in page} == made
        assert not [number for page in lab.erp.entered(day + timedelta(days=1)) for number in page]


class Customers:
    def test_every_reference_is_told_with_its_customer(self, lab: ErpLab) -> None:
        made = {(f"CUSTOMER-{n}", lab.customer(reference=f"CUSTOMER-{n}").id) for n in range(3)}
        assert set(lab.erp.references("customer")) == made

    def test_an_answer_lost_after_the_write_is_unknown_and_a_probe_finds_it(self, lab: ErpLab) -> None:
        lab.lose("after")
        with pytest.raises(Unknown):
            lab.customer(reference="CUSTOMER-9")
        found = lab.erp.find_customers("reference", "CUSTOMER-9")
        assert [customer.id for customer in found] == list(lab.customer_ids())
        assert len(found) == 1

    def test_refused_on_the_way_is_certainly_not_done(self, lab: ErpLab) -> None:
        lab.lose("refused")
        with pytest.raises(Transient):
            lab.customer()
        assert list(lab.customer_ids()) == []


class InvoicesOnRequest:
    def test_an_answer_lost_after_the_write_is_unknown_and_reading_finds_it(self, lab: ErpLab) -> None:
        order = lab.order()
        lab.lose("after")
        with pytest.raises(Unknown):
            lab.erp.request_invoice(order.id)
        assert [invoice.id for invoice in lab.erp.invoices(order.id)] == list(lab.invoice_ids())


def rows_of(erp: Erp, product: ErpProduct[Any]) -> dict[str, int]:
    """How many records there are of each entity that the product keeps; each is taken by its table."""
    return {entity: sum(1 for _ in _fitting(erp, entity)) for entity in product.labels}


def _fitting(erp: Erp, entity: Entity) -> Iterator[None]:
    """Raises Rejected for one that its table does not take."""
    for page in erp.records(entity):
        for record in page:
            INFOR_TABLES[entity].check(row(entity, record))
            yield


def _wanted(lines: Collection[Line]) -> list[tuple[str, Decimal, Decimal]]:
    return [(line.sku, line.quantity, line.price) for line in lines]


def _converge(lab: ErpLab, draft: OrderDraft) -> SalesOrder:
    steps = Steps()
    for _ in range(10):
        found = lab.erp.find_order(draft.reference, draft)
        if found.orders:
            assert len(found.orders) == 1
            return found.orders[0]
        try:
            steps = Steps({**steps.done, **found.steps})
            return lab.erp.create_order(draft, steps)
        except Unknown:
            pass
    raise AssertionError("no order after ten tries")
