"""One deal, all the way: webhook, order, invoice, shipment, payments, and every step back on the box."""

from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from streak_infor_orchestration.demo.erps import M3, SYTELINE, DemoErp
from streak_infor_orchestration.demo.gateway import Gateway
from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.demo.story import DemoStory
from streak_infor_orchestration.demo.streak import without_token
from streak_infor_orchestration.demo.verdict import once_awaited
from streak_infor_orchestration_tests.e2e.conftest import AcmeAtWork, at_work

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # a stack starts in 15 s, or in 90 on a busy machine


def test_one_deal_all_the_way(acme_at_work: AcmeAtWork) -> None:
    tell_all_the_way(acme_at_work)


@pytest.mark.parametrize("erp", [M3, SYTELINE], ids=lambda erp: erp.name)
def test_one_deal_all_the_way_in_another_erp(tmp_path: Path, erp: DemoErp) -> None:
    with at_work(tmp_path, erp) as acme_there:
        tell_all_the_way(acme_there)


def tell_all_the_way(company: AcmeAtWork) -> None:
    acme, gateway = company.acme, company.gateway
    (deal,) = acme.deals("all the way", 1)
    story = DemoStory(acme, gateway, acme.streak.open_deal(deal))

    told = []
    for turn in story.turns:
        told.append(story.play(turn))
        print(f"{told[-1].title}: {told[-1].seconds:.1f} s, {told[-1].appeared}")
        assert len(acme.infor.found("salesorders", OrderDescription=deal.name)) == 1

    fields, comments = acme.streak.look(story.box)
    (order,) = acme.infor.found("salesorders", OrderDescription=deal.name)
    (invoice,) = acme.infor.found("invoices", OrderID=order["OrderID"])
    (customer,) = acme.infor.found("customers", CustomerID=order["CustomerID"])
    assert (fields["ERP order"], fields["ERP invoice"]) == (order["OrderID"], invoice["InvoiceID"])
    assert (fields["ERP status"], fields["Payment status"]) == ("Completed", "Paid")
    assert (Decimal(invoice["TotalAmount"]), Decimal(invoice["Balance"])) == (Decimal("642.50"), Decimal(0))
    assert (customer["Name"], customer["ContactName"]) == ("Brandt & Söhne Fahrzeugtechnik", "Markus Brandt")
    assert len(list(once_awaited(map(without_token, comments)))) == 5
    for run in {step.run for step in told}:
        until(partial(_succeeded, gateway, run), 30, partial(gateway.run_status, run))
    assert company.wrongs() == []


def _succeeded(gateway: Gateway, run: str) -> bool | None:
    """The ledger knows the outcome a moment before Dagster has closed the run."""
    return gateway.run_status(run) == "SUCCESS" or None
