"""Two ERPs unlike the façade in kind, held to the same suite: it must not ask for what only the façade does."""

from datetime import date

import pytest

from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.run import run
from streak_infor_orchestration.conformance.suites import ERP
from streak_infor_orchestration_tests.conformance.erp import suite
from streak_infor_orchestration_tests.conformance.erp.small_labs import SmallLab
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.two_hundred import TwoHundredErp


@pytest.fixture(params=[ThreeCallErp, TwoHundredErp])
def lab(request: pytest.FixtureRequest) -> SmallLab:
    return SmallLab(request.param())


class TestOrders(suite.Orders):
    pass


class TestCustomers(suite.Customers):
    pass


class TestInvoices(suite.InvoicesOnRequest):
    pass


def test_it_passes_every_check_that_applies(lab: SmallLab) -> None:
    subject = ErpSubject(lab.erp, "K7Q2MX", today=date(2026, 3, 2))
    outcomes = list(run(ERP, subject, write=True))
    assert [outcome.line for outcome in outcomes if outcome.verdict == "fail"] == []
    passed = {outcome.check for outcome in outcomes if outcome.verdict == "pass"}
    assert {
        "a customer is as drafted",
        "an order is as drafted",
        "a probe finds an order at once by its exact reference",
        "two orders of one reference are both shown",
        "an unknown product is refused by name",
        "a cancelled order stays and is cancelled",
        "an order is invoiced once and to the cent",
        "orders come to the cent",
    } <= passed
    missing = {outcome.detail for outcome in outcomes if outcome.verdict == "not applicable"}
    assert f"{lab.erp.traits.name} has no exchange rates" in missing
