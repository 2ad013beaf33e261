"""Which tests a change is held against."""

import json
from dataclasses import replace
from pathlib import Path

from streak_infor_orchestration_tests.mutate.map import SECONDS_PER_MUTANT, TESTS, Map, read
from streak_infor_orchestration_tests.mutate.operators import Mutant
from streak_infor_orchestration_tests.mutate.who_runs import digest, part_of

NEAR, FAR, OTHER = (
    "tests/unit/ledger/test_near.py",
    "tests/effects/test_far.py",
    "tests/unit/sync/test_other.py",
)
MAP = Map(
    {NEAR: 2.0, FAR: 1.0, OTHER: 1.0},
    {
        "package/ledger/links.py": {7: {FAR, NEAR}, 9: {FAR}},
        "package/sync/orders.py": {7: {OTHER}},
    },
    {"package/ledger/links.py": "", "package/sync/orders.py": "\n" * 6 + "wait(MOST)"},
)


def chosen(path: str, line: int) -> list[str]:
    return MAP.tests_for(Mutant(path, "", 0, 0, "a", "b", (line, line)))


def test_a_line_is_held_against_the_tests_that_run_it_then_its_file_its_own_rooms_first() -> None:
    assert chosen("package/ledger/links.py", 7) == [NEAR, FAR]
    assert chosen("package/ledger/links.py", 9) == [FAR, NEAR]


def test_what_runs_at_import_is_held_against_all_tests_of_the_file() -> None:
    assert chosen("package/ledger/links.py", 1) == [NEAR, FAR]


def test_a_file_that_only_declares_is_held_against_the_tests_of_its_room() -> None:
    assert chosen("package/ledger/schema.py", 1) == [NEAR, FAR]


def test_what_a_test_of_the_room_may_only_read_is_held_against_it_too() -> None:
    map_ = replace(MAP, seconds=MAP.seconds | {"tests/unit/ledger/test_reads.py": 3})
    mutant = Mutant("package/ledger/links.py", "", 0, 0, "a", "b", (1, 1))
    assert map_.tests_for(mutant) == [NEAR, "tests/unit/ledger/test_reads.py", FAR]


def test_a_value_with_a_name_is_held_against_the_tests_that_run_what_uses_it() -> None:
    mutant = Mutant("package/ledger/links.py", "", 0, 0, "1", "2", (1, 1), declares="MOST")
    assert MAP.tests_for(mutant) == [OTHER, NEAR, FAR]


def test_of_each_test_the_fastest_parameter_comes_before_the_second_and_all_end_at_the_cap() -> None:
    seconds = {
        "t/a.py::one[1]": 1,
        "t/a.py::one[2]": 2,
        "t/b.py::three": 3,
        "t/b.py::for_ever": SECONDS_PER_MUTANT,
    }
    map_ = Map(seconds, {"package/ledger/links.py": {7: set(seconds)}}, {})
    mutant = Mutant("package/ledger/links.py", "", 0, 0, "a", "b", (7, 7))
    assert map_.tests_for(mutant) == ["t/a.py::one[1]", "t/b.py::three", "t/a.py::one[2]"]


def test_a_line_that_only_another_process_may_run_is_held_against_what_runs_its_file_or_stands_in_its_room() -> (
    None
):
    assert chosen("package/ledger/links.py", 20) == [NEAR, FAR]
    assert chosen("package/ledger/never_imported.py", 3) == [NEAR, FAR]


def test_a_line_of_a_room_without_tests_has_none() -> None:
    assert chosen("package/wiring.py", 20) == []


def test_what_was_measured_outlives_an_edit_of_the_file(tmp_path: Path) -> None:
    root, folder = tmp_path / "root", tmp_path / "map"
    code, tests = root / "package/code.py", root / TESTS / "test_it.py"
    for file in (code, tests):
        file.parent.mkdir(parents=True)
    (folder / "sources").mkdir(parents=True)
    tests.write_text("")
    code.write_text("a\nb\nc\nd\n")
    (folder / "sources" / digest(code)).write_bytes(code.read_bytes())
    ran = {f"package/code.py {digest(code)}": {"1": [0], "3": [0, 1], "4": [1]}}
    part_of(folder, tests, root).write_text(json.dumps({"seconds": {"one": 1, "two": 2}, "ran": ran}))
    code.write_text("new\na\nin\nb\nC\nC again\nd\n")
    assert read(folder, root).ran["package/code.py"] == {
        2: {"one"}, 3: {"one"}, 5: {"one", "two"}, 6: {"one", "two"}, 7: {"two"},
    }  # fmt: skip
    tests.write_text("another = 1")
    assert read(folder, root).seconds == {}
