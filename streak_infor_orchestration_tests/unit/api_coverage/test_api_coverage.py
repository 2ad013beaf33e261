"""The API table is covered, its page is up to date, and whoever takes a test away is told."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from streak_infor_orchestration_tests.api_coverage.claims import TESTS, Claim, claim, claims
from streak_infor_orchestration_tests.api_coverage.page import PAGE, complaints, page
from streak_infor_orchestration_tests.api_coverage.performed import assert_performed
from streak_infor_orchestration_tests.api_coverage.plugin import Passed, is_whole
from streak_infor_orchestration_tests.api_coverage.rows import ROWS

CLAIMED = claims()


def report(made: Claim, when: str = "call", passed: bool = True) -> Any:
    return SimpleNamespace(when=when, passed=passed, user_properties=[("api_coverage", tuple(made))])


def config(arg: str | None = None, **option: Any) -> Any:
    nothing = {"keyword": "", "collectonly": False, "deselect": None, "ignore": None, "ignore_glob": None}
    return SimpleNamespace(
        args=[arg or str(TESTS)],
        invocation_params=SimpleNamespace(dir=TESTS.parent),
        option=SimpleNamespace(**{**nothing, "markexpr": "not e2e", **option}),
    )


def test_every_row_has_a_test_and_the_page_says_so() -> None:
    assert complaints(CLAIMED, PAGE.read_text(encoding="utf-8")) == []


def test_a_row_without_a_test_is_told() -> None:
    row = next(iter(ROWS))
    left = [made for made in CLAIMED if made.row != row]
    assert complaints(left, page(left)) == [f"no test covers {row}"]


def test_a_page_that_is_not_what_the_tests_say_is_told() -> None:
    (told,) = complaints(CLAIMED, page(CLAIMED[1:]))
    assert "out of date" in told


def test_only_what_ran_and_passed_counts() -> None:
    passed = Passed(config())
    for made in CLAIMED[:-2]:
        passed.pytest_runtest_logreport(report(made))
    for outcome in ({"when": "setup"}, {"passed": False}):
        passed.pytest_runtest_logreport(report(CLAIMED[-2], **outcome))
    assert len(passed.complaints()) == 2
    passed.pytest_runtest_logreport(report(CLAIMED[-1]))
    (told,) = passed.complaints()
    assert told == f"{CLAIMED[-2].file}: {CLAIMED[-2].test} covers {CLAIMED[-2].row} and did not pass"


def test_one_failed_case_of_a_test_is_a_failed_test() -> None:
    passed = Passed(config())
    for made in CLAIMED:
        passed.pytest_runtest_logreport(report(made))
    assert passed.complaints() == []
    passed.pytest_runtest_logreport(report(CLAIMED[0], when="teardown", passed=False))
    assert len(passed.complaints()) == 1


def test_only_a_whole_run_is_judged() -> None:
    assert is_whole(config())
    assert is_whole(config("streak_infor_orchestration_tests"))
    assert is_whole(config(markexpr=""))
    assert not is_whole(config(markexpr="e2e"))
    assert not is_whole(config(keyword="box"))
    assert not is_whole(config("streak_infor_orchestration_tests/unit"))


def test_a_row_that_the_table_does_not_have_cannot_be_claimed() -> None:
    with pytest.raises(ValueError, match="GET /v2/nothing"):
        claim("test_it.py", "test_it", "GET /v2/nothing")


def test_marks_are_read_off_the_source(tmp_path: Path) -> None:
    source = "@pytest.mark.covers({!r}, by='GET /v1/x')\ndef test_it(): ...\n"
    (tmp_path / "test_it.py").write_text(source.format("GET /v2/boxes"), encoding="utf-8")
    assert claims(tmp_path) == [Claim("GET /v2/boxes", "GET /v1/x", "test_it.py", "test_it")]


@pytest.mark.parametrize(
    ("by", "done"),
    [
        ("GET /v1/boxes/{box}", True),
        ("GET /v1/boxes/{box}/fields", False),
        ("POST /v1/boxes/{box}", False),
        ("GET /v1/boxes", False),
    ],
)
def test_a_claimed_operation_must_have_been_made(by: str, done: bool, request: pytest.FixtureRequest) -> None:
    item = cast(pytest.Function, request.node)
    item.add_marker(pytest.mark.covers("GET /v2/boxes", by=by))
    try:
        assert_performed(item, ["GET /api/v1/boxes/agxz-1"], "/api")
    except AssertionError:
        assert not done
    else:
        assert done
    finally:
        item.own_markers = [mark for mark in item.own_markers if mark.name != "covers"]
