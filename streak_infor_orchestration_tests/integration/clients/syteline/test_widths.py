"""Keys are as wide as the installation has them: said, or learned from the first record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.syteline import Widths, create_app
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab


@pytest.fixture(scope="module")
def wide() -> Iterator[Control]:
    with serve(create_app(widths=Widths(customer=10, order=15, invoice=9))) as base_url:
        control = Control(base_url)
        yield control
        control.close()


def test_they_are_learned_from_what_is_read(wide: Control, tmp_path: Path) -> None:
    lab = SytelineLab(wide, tmp_path, "direct", key_widths={"order": 15})
    customer = lab.customer(currency="EUR")
    fresh = SytelineLab(wide, tmp_path, "direct", key_widths={"order": 15})
    order = fresh.order(customer_id=customer.id, reference="STKAAAAAAAAAAAA")
    assert (fresh.erp.traits.reference_length, order.id) == (15, "STKAAAAAAAAAAAA")
    wide.post(f"/orders/{order.id}/ship")
    wide.post(f"/orders/{order.id}/invoice")
    (invoice,) = fresh.erp.invoices(order.id)
    assert fresh.erp.invoice(invoice.id) == invoice
    assert wide.violations() == []


def test_a_width_that_is_not_the_installation_s_is_refused_and_makes_nothing(
    wide: Control, tmp_path: Path
) -> None:
    lab = SytelineLab(wide, tmp_path, "direct", key_widths={"order": 12})
    before = len(lab.order_ids())
    customer = lab.customer(reference="CUSTOMER-7").id
    with pytest.raises(Rejected, match="15 characters"):
        lab.order(customer_id=customer, reference="STKAAAAAAAAA")
    assert len(lab.order_ids()) == before
