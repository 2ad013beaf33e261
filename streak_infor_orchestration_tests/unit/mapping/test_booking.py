"""The account a line is booked to and the vendor that delivers it: as the ERP has them, or a person is told."""

from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.deal import DealLine, Problem, Typed
from streak_infor_orchestration.domain.master_data import GLAccount, Vendor
from streak_infor_orchestration.mapping.accounts import account_of
from streak_infor_orchestration.mapping.vendors import noted, stamp, vendor_of
from streak_infor_orchestration_tests.unit.config.minimal import integration

CONFIG = integration(
    erp='{product: facade, base_url: "https://x.example", gl_accounts: {BRK-: "4000", BRK-2: "4090"}}'
)
ACCOUNTS = {"4000": GLAccount(id="4000"), "4090": GLAccount(id="4090", blocked=True)}
ONE, TWO = Vendor(id="V-1", name="Nord"), Vendor(id="V-2", name="Nord")


def line(sku: str = "BRK-1", vendor: str = "") -> DealLine:
    typed = {"sku": Typed("SKU 1", sku)} | ({"vendor": Typed("Vendor 1", vendor)} if vendor else {})
    return DealLine(sku=sku, quantity=Decimal(1), vendor=vendor, field="SKU 1", typed=typed)


@pytest.mark.parametrize(("sku", "account"), [("BRK-1", "4000"), ("OIL-1", "")])
def test_a_line_is_booked_by_the_beginning_of_its_code(sku: str, account: str) -> None:
    assert account_of(line(sku), sku, ACCOUNTS, CONFIG) == account


@pytest.mark.parametrize(
    ("sku", "known", "code", "number"),
    [("BRK-2", ACCOUNTS, "blocked_account", "4090"), ("BRK-1", {}, "unknown_account", "4000")],
)
def test_an_account_that_takes_no_booking_is_told(
    sku: str, known: dict[str, GLAccount], code: str, number: str
) -> None:
    problem = account_of(line(sku), sku, known, CONFIG)
    assert isinstance(problem, Problem) and (problem.code, problem.field) == (code, "SKU 1")
    assert problem.value == sku and number in problem.message


def test_where_the_erp_tells_no_accounts_the_number_is_taken() -> None:
    assert account_of(line("BRK-2"), "BRK-2", None, CONFIG) == "4090"


def test_the_vendor_is_the_one_of_that_number_or_name() -> None:
    assert vendor_of(line(), {}, CONFIG) is None
    assert vendor_of(line(vendor="Nord"), {"Nord": (ONE,)}, CONFIG) == ONE


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [((ONE, TWO), "ambiguous_vendor", "V-1, V-2"), ((), "unknown_vendor", "Nord")],
)
def test_a_vendor_that_is_nobody_or_two_is_told(found: tuple[Vendor, ...], code: str, said: str) -> None:
    problem = vendor_of(line(vendor="Nord"), {"Nord": found}, CONFIG)
    assert isinstance(problem, Problem) and (problem.code, problem.value) == (code, "Nord")
    assert problem.field == "Vendor 1"
    assert said in problem.message


def test_lines_are_counted_from_one() -> None:
    lines = [line(vendor="Nord"), line(), line(vendor="V-2")]
    assert stamp(lines, {"Nord": (ONE,), "V-2": (TWO,)}) == "1: V-1; 3: V-2"
    assert noted("Left", ONE) == "Left (delivered by V-1 Nord)"
