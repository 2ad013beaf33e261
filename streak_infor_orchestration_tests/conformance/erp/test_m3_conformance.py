"""M3 as any ERP: the suite on its client and its twin, behind the ION gateway."""

from collections.abc import Callable
from datetime import date

import pytest

from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.run import run
from streak_infor_orchestration.conformance.suites import ERP
from streak_infor_orchestration_tests.conformance.erp import suite
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab


@pytest.fixture
def lab(make_m3: Callable[..., M3Lab]) -> M3Lab:
    return make_m3()


class TestOrders(suite.Orders):
    pass


class TestCustomers(suite.Customers):
    pass


def test_it_passes_every_check_that_applies(lab: M3Lab) -> None:
    subject = ErpSubject(lab.erp, "K7Q2MX", today=date(2026, 3, 2))
    outcomes = list(run(ERP, subject, write=True))
    for outcome in outcomes:
        print(outcome.line, outcome.detail)
    assert [outcome.line for outcome in outcomes if outcome.verdict == "fail"] == []
