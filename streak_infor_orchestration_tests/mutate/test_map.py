"""Which tests a change is held against."""

from streak_infor_orchestration_tests.mutate.map import Map
from streak_infor_orchestration_tests.mutate.operators import Mutant

NEAR, FAR, OTHER = (
    "tests/unit/ledger/test_near.py",
    "tests/effects/test_far.py",
    "tests/unit/sync/test_other.py",
)
MAP = Map(
    {NEAR: 2.0, FAR: 1.0, OTHER: 1.0},
    {
        "package/ledger/links.py": {1: {""}, 7: {FAR, NEAR}, 9: {FAR}},
        "package/ledger/schema.py": {1: {""}},
        "package/sync/orders.py": {7: {OTHER}},
    },
)


def chosen(path: str, line: int) -> list[str]:
    return MAP.tests_for(Mutant(path, "", 0, 0, "a", "b", (line, line)))


def test_a_line_is_held_against_the_tests_that_run_it_its_own_rooms_first() -> None:
    assert chosen("package/ledger/links.py", 7) == [NEAR, FAR]
    assert chosen("package/ledger/links.py", 9) == [FAR]


def test_what_runs_at_import_is_held_against_all_tests_of_the_file() -> None:
    assert chosen("package/ledger/links.py", 1) == [NEAR, FAR]


def test_a_file_that_only_declares_is_held_against_the_tests_of_its_room() -> None:
    assert chosen("package/ledger/schema.py", 1) == [NEAR, FAR]


def test_a_line_that_nothing_runs_has_no_test() -> None:
    assert chosen("package/ledger/links.py", 20) == []
