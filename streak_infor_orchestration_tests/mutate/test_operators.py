"""The changes are ones that Python loads, and what is said to change nothing still stands there."""

import tomllib
from pathlib import Path

import pytest

from streak_infor_orchestration_tests.mutate.__main__ import EQUIVALENTS, ROOT, all_rooms, drawn, possible
from streak_infor_orchestration_tests.mutate.operators import mutants

SOURCE = '''"""A page."""
from typing import TYPE_CHECKING, Literal
Mark = Literal["EUR"]
if TYPE_CHECKING:
    import json
def price(amount: "int | None", rate=2, *, mark="EUR"):
    """Says what it costs."""
    if amount is None and rate > 1:
        raise ValueError("no amount was given")
    while rate:
        rate -= 1
        break
    note(f"{amount} pieces", kind="told")
    return max(amount * rate, 0)
'''


def test_each_kind_of_change_is_found_and_no_text_for_people(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(SOURCE)
    found = {
        mutant.name.removeprefix("page.py price: ") for mutant in mutants(tmp_path / "page.py", tmp_path)
    }
    assert found == {
        "2 => 3",
        "\"EUR\" => 'EURx'",
        "amount is None and rate > 1 => ((amount is None) or (rate > 1))",
        "amount is None => (amount is not None)",
        "rate > 1 => (rate >= 1)",
        "1 => 2",
        "1 => 2 #2",
        'raise ValueError("no amount was given") => pass',
        "rate => (not rate)",
        "rate -= 1 => pass",
        "break => continue",
        'note(f"{amount} pieces", kind="told") => pass',
        'note(f"{amount} pieces", kind="told") => note(f"{amount} pieces")',
        "\"told\" => 'toldx'",
        "return max(amount * rate, 0) => return None",
        "max => min",
        "amount * rate => (amount / rate)",
        "0 => 1",
    }


def test_what_is_torn_from_its_place_keeps_together(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("one = (not a) != (not b)\nother = (a + b) * c\n")
    found = {mutant.after for mutant in mutants(tmp_path / "page.py", tmp_path)}
    assert {"((not a) == (not b))", "((a + b) / c)"} <= found


@pytest.mark.parametrize("room", all_rooms())
def test_python_loads_every_change(room: str) -> None:
    for mutant in drawn(possible(room), 60, 1):
        compile(mutant.applied((ROOT / mutant.path).read_bytes()), mutant.path, "exec")


def test_what_changes_nothing_stands_in_the_code_and_has_a_reason() -> None:
    known = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))
    paths = {name.split(" ")[0] for name in known}
    there = {mutant.name for path in paths for mutant in mutants(ROOT / path, ROOT)}
    assert known.keys() <= there
    assert all(len(reason) > 20 for reason in known.values())
