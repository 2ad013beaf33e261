"""The twins of the products, each served once for all tests of a worker and reset for each."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.invoice import Invoiced
from streak_infor_orchestration.domain.party import Address, ContactDraft
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.infor import create_app
from streak_infor_orchestration.twins.m3 import create_app as create_m3
from streak_infor_orchestration.twins.syteline import create_app as create_syteline
from streak_infor_orchestration_tests.api_coverage.performed import assert_performed
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.facade_lab import FacadeLab
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab


@pytest.fixture(scope="session")
def facade_twin() -> Iterator[Control]:
    with serve(create_app()) as base_url:
        control = Control(base_url)
        yield control
        control.close()


@pytest.fixture
def facade(facade_twin: Control, request: pytest.FixtureRequest) -> Iterator[FacadeLab]:
    """Ends with the demand that nothing was sent against the contract, and all that the test claims to cover was."""
    facade_twin.reset()
    lab = FacadeLab(facade_twin)
    yield lab
    lab.http.close()
    assert {rule for rule, _ in facade_twin.violations()} == lab.expected_violations
    assert_performed(request.node, facade_twin.calls())


@pytest.fixture
def company(facade: FacadeLab) -> FacadeLab:
    """At least two records of every entity but contacts, payments and credit notes, of which there is one."""
    buyer = facade.customer(
        email="buyer@northwind.example",
        phone="+49 40 1234",
        tax_id="DE123456789",
        currency="EUR",
        payment_terms="NET14",
        contact_name="Ada Lund",
        salesperson="E-101",
        billing_address=Address(line1="Kai 1", city="Hamburg", postal_code="20457", country="DE"),
        custom={"Region": "North"},
    )
    facade.customer(reference="CUSTOMER-2", name="Somebody else")
    facade.erp.create_contact(
        ContactDraft(
            customer_id=buyer.id, given_name="Ada", family_name="Lund", email="ada@northwind.example"
        )
    )
    facade.order(reference="STKBBBBBBB")
    first = facade.erp.request_invoice(facade.order(customer_id=buyer.id).id)
    assert isinstance(first, Invoiced)
    facade.erp.request_invoice(facade.order(customer_id=buyer.id, reference="STKCCCCCCC").id)
    invoice = first.invoice.id
    facade.control.post("/payments", {"InvoiceID": invoice, "Amount": "100.00", "Method": "Transfer"})
    facade.control.post("/creditnotes", {"InvoiceID": invoice, "Amount": "9.80", "Reason": "scratched"})
    return facade


@pytest.fixture(scope="session")
def m3_twin() -> Iterator[Control]:
    with serve(create_m3()) as base_url:
        control = Control(base_url)
        yield control
        control.close()


@pytest.fixture
def make_m3(m3_twin: Control, tmp_path: Path) -> Iterator[Callable[..., M3Lab]]:
    """`make_m3(prices="erp")`: a client of the emptied twin, the rest said in its section. Ends with the demand that
    nothing was sent against the contract."""
    m3_twin.reset()
    ionapi = tmp_path / "m3.ionapi"
    ionapi.write_text(json.dumps(m3_twin.get("/ionapi")))
    with ExitStack() as stack:

        def opened(**settings: Any) -> M3Lab:
            lab = M3Lab(m3_twin, Secrets({"INFOR_IONAPI_FILE": str(ionapi)}), **settings)
            stack.callback(lab.http.close)
            return lab

        yield opened
    assert m3_twin.violations() == []


@pytest.fixture(scope="session")
def syteline_twin() -> Iterator[Control]:
    with serve(create_syteline()) as base_url:
        control = Control(base_url)
        yield control
        control.close()


@pytest.fixture(params=["gateway", "direct"])
def syteline(syteline_twin: Control, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SytelineLab]:
    """Ends with the demand that nothing was sent against the contract."""
    syteline_twin.reset()
    lab = SytelineLab(syteline_twin, tmp_path, request.param)
    yield lab
    lab.http.close()
    assert {rule for rule, _ in syteline_twin.violations()} == lab.expected_violations
