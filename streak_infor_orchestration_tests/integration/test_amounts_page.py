"""docs/amounts.md: its commands exist, and its tables, causes and checks are those there are."""

import re
from pathlib import Path

import pytest

from streak_infor_orchestration.analytics.derivations import DERIVATIONS
from streak_infor_orchestration.analytics.order_to_cash.look import CAUSES, STILL
from streak_infor_orchestration.analytics.order_to_cash.table import ORDER_TO_CASH
from streak_infor_orchestration.analytics.rules import RULES
from streak_infor_orchestration_tests.command_line import refused

PAGE = (Path(__file__).parents[2] / "docs" / "amounts.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(streak-infor [^#\n]*)", PAGE, re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    assert refused(line) == ""


def test_every_table_is_told_of_and_no_other() -> None:
    worked_out = {table.name for one in DERIVATIONS.values() for table, _ in one.results}
    assert set(re.findall(r"analytics/\w+", PAGE)) == worked_out and COMMANDS


def test_every_cause_stands_in_the_sum_and_is_a_column() -> None:
    columns = {column.name for column in ORDER_TO_CASH.columns}
    (told,) = re.findall(r"^asked .*?^balance", PAGE, re.MULTILINE | re.DOTALL)
    for step, causes in CAUSES.items():
        assert {f"{step}_{cause}" for cause in causes} <= columns
        assert all(re.search(rf"\b{cause}\b", told) for cause in causes)
    assert set(STILL) <= columns and all(name in told for name in STILL)


def test_its_checks_are_rules() -> None:
    assert {rule.name for rule in RULES if rule.table == ORDER_TO_CASH.name} == set(
        re.findall(r"check `(\w+)`", PAGE)
    )
