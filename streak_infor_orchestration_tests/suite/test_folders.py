"""The page of the tests says what each folder is for, and names none that is not there."""

import re

import pytest

from streak_infor_orchestration_tests.suite.quick import TESTS

PAGE = (TESTS / "README.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"^\| `([\w/]+)/` \|", PAGE, re.MULTILINE))
FOLDERS = {
    file.parent.relative_to(TESTS).as_posix()
    for file in TESTS.rglob("*.py")
    if file.parent != TESTS and "node_modules" not in file.parts
}


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_every_folder_is_explained(folder: str) -> None:
    assert folder in NAMED, f"say in {TESTS.name}/README.md what {folder}/ is for"


def test_no_folder_is_explained_that_is_gone() -> None:
    assert NAMED <= FOLDERS
