"""The façade as any ERP: the common suite on its client and its twin."""

import pytest

from . import suite
from .facade_lab import FacadeLab


@pytest.fixture
def lab(facade: FacadeLab) -> FacadeLab:
    return facade


class TestOrders(suite.Orders):
    pass


class TestCustomers(suite.Customers):
    pass


class TestProducts(suite.Products):
    pass


class TestInvoices(suite.InvoicesOnRequest):
    pass
