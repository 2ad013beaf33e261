"""A change is put into a copy, its tests are run there, and the copy is as before."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from streak_infor_orchestration_tests.mutate import trial
from streak_infor_orchestration_tests.mutate.__main__ import (
    PACKAGE,
    ROOT,
    all_rooms,
    drawn,
    possible,
    told,
    told_again,
)
from streak_infor_orchestration_tests.mutate.map import Map
from streak_infor_orchestration_tests.mutate.operators import Mutant
from streak_infor_orchestration_tests.mutate.trial import Copy, End, Trial

PRODUCT = ROOT / PACKAGE
CODE = 'NAMES = ["one", "two"]\nMOST = 3\n\n\ndef most() -> int:\n    return MOST\n'
TESTS = """
import pytest
from package.code_of_it import NAMES, most

@pytest.mark.parametrize("name", NAMES)
def test_short(name):
    assert len(name) == 3

@pytest.mark.parametrize("name", NAMES)
def test_a_name(name):
    assert name.isalpha()

def test_most():
    assert most() == 3

def test_red():
    assert False
"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    monkeypatch.setattr(trial, "LIBRARIES", [])  # they take seconds to load
    root = tmp_path / "root"
    (root / "package").mkdir(parents=True)
    (root / "package/code_of_it.py").write_text(CODE)
    (root / "test_it.py").write_text(TESTS)
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=root, check=True)
    copy = Copy(root, tmp_path / "copy")
    yield copy
    copy.close()


def tried(copy: Copy, before: str, after: str, *tests: str) -> End:
    start = CODE.index(before)
    mutant = Mutant("package/code_of_it.py", "", start, start + len(before), before, after, (1, 1))
    seconds = {f"test_it.py::{test}": 0.1 for test in tests}
    end = copy.tried(mutant, Map(seconds, {"package/code_of_it.py": {1: set(seconds)}}, {})).end
    assert (copy._folder / "package/code_of_it.py").read_text() == CODE
    return end


def test_a_change_is_noticed_where_a_test_goes_red(copy: Copy) -> None:
    assert tried(copy, "= 3", "= 4", "test_most", "test_short[one]") is End.NOTICED
    assert tried(copy, "= 3", "= 4", "test_short[one]") is End.SURVIVED


def test_tests_that_change_their_names_with_the_code_have_noticed_nothing_by_that(copy: Copy) -> None:
    renamed = "test_a_name[one]", "test_a_name[two]"
    assert tried(copy, '"two"', '"twox"', *renamed) is End.SURVIVED
    assert tried(copy, '"two"', '"twox"', *renamed, "test_short[two]") is End.NOTICED


def test_a_change_that_cannot_be_loaded_is_noticed(copy: Copy) -> None:
    assert tried(copy, '"two"', "two", "test_a_name[one]") is End.NOTICED


def test_a_test_that_is_red_without_the_change_has_noticed_nothing(copy: Copy) -> None:
    assert tried(copy, '"two"', '"twox"', "test_red") is End.NOT_RUN
    assert tried(copy, "= 3", "= 4", "test_red", "test_most") is End.NOTICED


def test_a_change_that_waits_for_ever_is_noticed(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "PATIENCE", 2)
    assert tried(copy, "MOST\n", "most()\n", "test_most") is End.NOTICED
    assert tried(copy, "    return MOST", "    while True: ...", "test_most") is End.NOTICED


def test_what_is_told_of_a_room_at_first_and_after_tests_were_written() -> None:
    one, two, three, four = (Mutant("package/sync/a.py", "f", 0, 1, b, "0", (1, 1)) for b in "1234")
    at_first = told([Trial(one, End.NOTICED, 3), *(Trial(of, End.SURVIVED, 3) for of in (two, three, four))])
    assert (at_first["changes"], at_first["noticed"], at_first["share"]) == (4, 1, 0.25)
    assert at_first["unnoticed"] == [of.name for of in (two, three, four)]
    again = told_again(at_first, [Trial(two, End.NOTICED, 3), Trial(three, End.SURVIVED, 3)])
    assert (again["changes"], again["at_first"], again["noticed"], again["share"]) == (3, 1, 2, 0.667)
    assert again["unnoticed"] == [three.name]


def test_another_edit_does_not_move_the_draw() -> None:
    changes = [Mutant(f"package/sync/{n}.py", "f", 0, 1, "1", "0", (1, 1)) for n in range(40)]
    first = drawn(changes, 20, seed=5)
    assert drawn([change for change in changes if change != first[0]], 19, seed=5) == first[1:]
    assert first != drawn(changes, 20, seed=6)


def test_every_folder_and_file_of_the_product_is_a_room() -> None:
    rooms = all_rooms()
    of = {path.relative_to(PRODUCT).parts[0].removesuffix(".py") for path in PRODUCT.rglob("*.py")}
    assert of - set(rooms) == {"__init__"}
    assert all(possible(room) for room in rooms)
