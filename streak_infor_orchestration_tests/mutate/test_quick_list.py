"""What is held against `make quick` alone meets its tests and no others."""

from streak_infor_orchestration_tests.mutate.map import TESTS
from streak_infor_orchestration_tests.mutate.operators import Mutant
from streak_infor_orchestration_tests.mutate.quick_list import only, quick_tests
from streak_infor_orchestration_tests.mutate.test_map import FAR, MAP, NEAR
from streak_infor_orchestration_tests.suite.quick import TESTS as FOLDER


def chosen(line: int, *quick: str) -> list[str]:
    mutant = Mutant("package/ledger/links.py", "", 0, 0, "a", "b", (line, line))
    return only(MAP, {*quick}).tests_for(mutant)


def test_a_line_is_held_against_those_of_its_tests_that_are_quick() -> None:
    assert chosen(7, NEAR, FAR) == [NEAR, FAR]
    assert chosen(7, FAR) == [FAR]


def test_what_only_others_run_is_held_against_none() -> None:
    assert chosen(7) == []


def test_the_quick_tests_are_those_that_pytest_would_run() -> None:
    tests = quick_tests(FOLDER.parent)
    assert f"{TESTS}/unit/test_glossary.py::test_a_word_stands_once" in tests
    assert not [test for test in tests if test.startswith(f"{TESTS}/unit/test_imports.py")]
