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


def test_what_a_test_of_the_room_may_only_read_is_held_against_it_too() -> None:
    seconds = MAP.seconds | {"tests/unit/ledger/test_reads.py": 0.5}
    map_ = Map(seconds, MAP.ran)
    mutant = Mutant("package/ledger/links.py", "", 0, 0, "a", "b", (1, 1))
    assert map_.tests_for(mutant) == [NEAR, FAR, "tests/unit/ledger/test_reads.py"]


def test_a_line_that_only_another_process_may_run_is_held_against_the_tests_of_its_room() -> None:
    assert chosen("package/ledger/links.py", 20) == [NEAR]
    assert chosen("package/ledger/never_imported.py", 3) == [NEAR]


def test_a_line_of_a_room_without_tests_has_none() -> None:
    assert chosen("package/wiring.py", 20) == []
