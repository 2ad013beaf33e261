"""What every ERP product does, written against the port alone.

A product's test module has a fixture `lab` and a subclass of each class here that applies to it.
"""

from collections.abc import Collection
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.errors import IntegrationError, Rejected, Transient, Unknown
from streak_infor_orchestration.domain.invoice import Invoiced
from streak_infor_orchestration.domain.order import Line, OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.port import CustomerField, Steps

from .lab import ErpLab, no_steps

NO_KEYS = ["", ".", "..", "no-such-key", "a/b?c=d#e", "ünïcode", "%2e%2e"]


class Orders:
    @pytest.mark.covers("POST /infor/api/v1/salesorders")
    @pytest.mark.covers("GET /infor/api/v1/salesorders", by="GET /infor/api/v1/salesorders/{order}")
    def test_an_order_is_as_drafted(self, lab: ErpLab) -> None:
        draft = lab.draft(
            lines=(
                Line(sku=lab.sku, quantity=Decimal(3), price=Decimal("189.90")),
                Line(sku=lab.second_sku, quantity=Decimal("2.5"), price=Decimal("8.99")),
            )
        )
        made = lab.erp.create_order(draft, no_steps())
        for order in (made, lab.erp.order(made.id)):
            assert order is not None
            assert order.id == made.id
            assert order.reference == draft.reference
            assert order.customer_id == draft.customer_id
            assert order.currency == draft.currency
            assert order.status is OrderStatus.OPEN
            assert order.total == draft.total
            assert _wanted(order.lines) == _wanted(draft.lines)
        assert list(lab.order_ids()) == [made.id]

    def test_a_probe_finds_it_at_once_by_its_exact_reference(self, lab: ErpLab) -> None:
        order = lab.order(reference="STKBBBBBBB")
        draft = lab.draft(customer_id=order.customer_id)
        assert [found.id for found in lab.erp.find_order("STKBBBBBBB", draft).orders] == [order.id]
        for other in ("STKBBBBBB", "STKBBBBBBBB", "stkbbbbbbb", "STKCCCCCCC", "STK*", "%", ""):
            assert lab.erp.find_order(other, draft).orders == ()

    def test_a_probe_shows_every_order_that_bears_the_reference(self, lab: ErpLab) -> None:
        draft = lab.draft()
        ids = {lab.erp.create_order(draft, no_steps()).id for _ in range(2)}
        assert len(ids) == 2
        assert {order.id for order in lab.erp.find_order(draft.reference, draft).orders} == ids

    def test_a_reference_of_full_length_is_kept_whole(self, lab: ErpLab) -> None:
        reference = ("STK" + "ABCDEFG2345" * 4)[: lab.erp.traits.reference_length]
        order = lab.order(reference=reference)
        assert order.reference == reference
        assert lab.erp.find_order(reference, lab.draft(customer_id=order.customer_id)).orders

    def test_refused_on_the_way_is_certainly_not_done(self, lab: ErpLab) -> None:
        draft = lab.draft()
        lab.lose("refused")
        with pytest.raises(Transient):
            lab.erp.create_order(draft, no_steps())
        assert list(lab.order_ids()) == []

    def test_lost_before_it_was_done_is_unknown_and_a_probe_misses_it(self, lab: ErpLab) -> None:
        draft = lab.draft()
        lab.lose("before")
        with pytest.raises(Unknown):
            lab.erp.create_order(draft, no_steps())
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

    def test_an_unknown_product_is_refused_by_name(self, lab: ErpLab) -> None:
        draft = lab.draft(lines=(Line(sku="NO-SUCH", quantity=Decimal(1), price=Decimal(1)),))
        with pytest.raises(Rejected) as caught:
            lab.erp.create_order(draft, no_steps())
        assert caught.value.code == "unknown_product"
        assert "NO-SUCH" in caught.value.message + caught.value.value
        assert list(lab.order_ids()) == []

    def test_every_reference_is_told_with_its_order(self, lab: ErpLab) -> None:
        customer = lab.customer().id
        made = {(f"STKREF{n}", lab.order(customer_id=customer, reference=f"STKREF{n}").id) for n in range(3)}
        assert set(lab.erp.references("order")) == made

    def test_a_ping_passes_while_the_erp_is_up(self, lab: ErpLab) -> None:
        lab.erp.ping()

    def test_a_cancelled_order_stays_and_is_cancelled(self, lab: ErpLab) -> None:
        order = lab.order()
        assert lab.erp.cancel_order(order).status is OrderStatus.CANCELLED
        read = lab.erp.order(order.id)
        assert read is not None
        assert read.status is OrderStatus.CANCELLED

    @pytest.mark.parametrize("key", NO_KEYS)
    def test_what_is_not_there_is_none(self, lab: ErpLab, key: str) -> None:
        assert lab.erp.order(key) is None
        assert lab.erp.customer(key) is None
        assert lab.erp.invoice(key) is None
        assert lab.erp.products([key]) == {}


class Customers:
    FIELDS: tuple[tuple[CustomerField, str, str], ...] = (
        ("reference", "CUSTOMER-9", "CUSTOMER-9"),
        ("name", "Northwind Traders", "NORTHWIND traders"),
        ("email", "buyer@northwind.example", "Buyer@Northwind.Example"),
        ("tax_id", "DE123456789", "de123456789"),
    )

    @pytest.mark.covers("POST /infor/api/v1/customers")
    def test_a_customer_is_as_drafted(self, lab: ErpLab) -> None:
        draft = CustomerDraft(**{field: value for field, value, _ in self.FIELDS})
        made = lab.erp.create_customer(draft)
        for customer in (made, lab.erp.customer(made.id)):
            assert customer is not None
            assert customer.id == made.id
            assert customer.name == draft.name
            assert customer.email == draft.email
            assert customer.tax_id == draft.tax_id
            assert customer.reference == draft.reference

    @pytest.mark.covers("GET /infor/api/v1/customers")
    def test_a_customer_is_found_by_each_of_its_fields_in_any_case(self, lab: ErpLab) -> None:
        made = lab.erp.create_customer(CustomerDraft(**{field: value for field, value, _ in self.FIELDS}))
        lab.customer(reference="CUSTOMER-2", name="Somebody else")
        for field, _, asked in self.FIELDS:
            assert [found.id for found in lab.erp.find_customers(field, asked)] == [made.id], field

    def test_every_reference_is_told_with_its_customer(self, lab: ErpLab) -> None:
        made = {(f"CUSTOMER-{n}", lab.customer(reference=f"CUSTOMER-{n}").id) for n in range(3)}
        assert set(lab.erp.references("customer")) == made

    def test_nothing_is_found_by_nothing(self, lab: ErpLab) -> None:
        lab.customer(email="", tax_id="")
        fields: tuple[CustomerField, ...] = ("reference", "name", "email", "tax_id")
        for field in fields:
            assert lab.erp.find_customers(field, "") == ()

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


class Products:
    @pytest.mark.covers("GET /infor/api/v1/products", by="GET /infor/api/v1/products/{product}")
    def test_those_that_exist_are_told_with_their_price(self, lab: ErpLab) -> None:
        found = lab.erp.products([lab.sku, "NO-SUCH", lab.sku])
        assert list(found) == [lab.sku]
        product = found[lab.sku]
        assert product.sku == lab.sku
        assert product.price is not None
        assert product.price > 0
        assert product.currency == lab.currency
        assert not product.obsolete

    def test_nothing_asked_is_nothing_found(self, lab: ErpLab) -> None:
        assert lab.erp.products([]) == {}


class InvoicesOnRequest:
    @pytest.mark.covers("POST /infor/api/v1/invoices")
    @pytest.mark.covers("GET /infor/api/v1/invoices")
    def test_an_order_is_invoiced_to_the_cent(self, lab: ErpLab) -> None:
        order = lab.order()
        answer = lab.erp.request_invoice(order.id)
        assert isinstance(answer, Invoiced)
        assert answer.invoice.order_id == order.id
        assert answer.invoice.customer_id == order.customer_id
        assert answer.invoice.currency == order.currency
        assert answer.invoice.total == order.total
        assert answer.invoice.balance == order.total
        assert answer.invoice.paid == 0
        assert lab.erp.invoices(order.id) == (answer.invoice,)
        assert lab.erp.invoice(answer.invoice.id) == answer.invoice

    def test_an_order_without_an_invoice_has_none(self, lab: ErpLab) -> None:
        assert lab.erp.invoices(lab.order().id) == ()
        assert lab.erp.invoices("") == ()

    def test_an_answer_lost_after_the_write_is_unknown_and_reading_finds_it(self, lab: ErpLab) -> None:
        order = lab.order()
        lab.lose("after")
        with pytest.raises(Unknown):
            lab.erp.request_invoice(order.id)
        assert [invoice.id for invoice in lab.erp.invoices(order.id)] == list(lab.invoice_ids())

    def test_an_order_that_is_not_there_is_refused(self, lab: ErpLab) -> None:
        with pytest.raises(IntegrationError) as caught:
            lab.erp.request_invoice("no-such-order")
        assert isinstance(caught.value, Rejected)


def _wanted(lines: Collection[Line]) -> list[tuple[str, Decimal, Decimal]]:
    return [(line.sku, line.quantity, line.price) for line in lines]


def _converge(lab: ErpLab, draft: OrderDraft) -> SalesOrder:
    done: dict[str, str] = {}
    for _ in range(10):
        found = lab.erp.find_order(draft.reference, draft)
        if found.orders:
            assert len(found.orders) == 1
            return found.orders[0]
        try:
            return lab.erp.create_order(draft, Steps(done | found.steps, done.__setitem__))
        except Unknown:
            pass
    raise AssertionError("no order after ten tries")
