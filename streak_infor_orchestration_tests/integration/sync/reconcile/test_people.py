"""People at customers: a change that did not reach the other side is drift, who is missing is the policy's to tell."""

from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.domain.drift import DriftKind
from streak_infor_orchestration.sync.reconcile.reconcile import TABLES, Reconciled, Whose, reconcile
from streak_infor_orchestration.sync.tables.working_out import read_anew
from streak_infor_orchestration_tests.integration.sync.customers.test_people import (
    Office,
    jane,
    make_office,
)
from streak_infor_orchestration_tests.integration.sync.reconcile.conftest import A_WHILE

__all__ = ["make_office"]


@pytest.fixture
def compared(tmp_path: Path) -> Callable[[Office], Reconciled]:
    warehouse = Warehouse(str(tmp_path / "people"), tmp_path / "people.work")

    def act(here: Office) -> Reconciled:
        here.world.clock.advance(A_WHILE)
        for _ in read_anew(here.world.ports, warehouse, TABLES):
            pass
        return reconcile(here.world.ports, warehouse, whole=True)

    return act


def test_a_change_that_nobody_copied(
    make_office: Callable[..., Office], compared: Callable[[Office], Reconciled]
) -> None:
    here = make_office(gone="ignore")
    key = jane(here.world, phoneNumbers=["+49301"])
    number = here.book("Jane", "Roe", Email="jane@x.example", Phone="+49301")
    here.has(key)
    here.look()
    quiet = compared(here)
    assert quiet.drifts == () and quiet.compared["contacts"] == 2

    here.world.company.correct("contacts", number, {"Phone": "+49302"})
    (found,) = compared(here).drifts
    pair = (f"{key}@{here.customer}", number)
    assert (found.drift.entity, found.drift.kind, found.drift.field) == (
        "contacts",
        DriftKind.FIELD,
        "contact.phone",
    )
    assert (found.drift.streak_key, found.drift.erp_key) == pair
    assert (found.drift.streak, found.drift.infor, found.whose) == ("+49301", "+49302", Whose.INBOX)
    here.world.run_customers()
    assert compared(here).drifts == ()

    here.world.company.delete_entry("contacts", key)
    assert compared(here).drifts == (), "who is gone is no drift where the policy ignores it"
