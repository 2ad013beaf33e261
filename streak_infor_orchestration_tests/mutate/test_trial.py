"""A change is put into a copy, its tests are run there, and the copy is as before."""

import subprocess
from pathlib import Path

import pytest

from streak_infor_orchestration_tests.mutate.__main__ import told
from streak_infor_orchestration_tests.mutate.map import Map
from streak_infor_orchestration_tests.mutate.operators import Mutant
from streak_infor_orchestration_tests.mutate.trial import Copy, End, Trial

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
"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take seconds to load
    root = tmp_path / "root"
    (root / "package").mkdir(parents=True)
    (root / "package/code_of_it.py").write_text(CODE)
    (root / "test_it.py").write_text(TESTS)
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return Copy(root, tmp_path / "copy")


def tried(copy: Copy, before: str, after: str, *tests: str) -> End:
    start = CODE.index(before)
    mutant = Mutant("package/code_of_it.py", "", start, start + len(before), before, after, (1, 1))
    seconds = {f"test_it.py::{test}": 0.1 for test in tests}
    end = copy.tried(mutant, Map(seconds, {"package/code_of_it.py": {1: set(seconds)}})).end
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


def test_what_is_told_of_a_room(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (Mutant("package/sync/a.py", "f", 0, 1, b, "0", (1, 1)) for b in "12")
    figures = told({"sync": [Trial(one, End.NOTICED, 3), Trial(other, End.SURVIVED, 3)], "none": []})
    name = "package/sync/a.py f: 2 => 0"
    assert figures == {
        "sync": {"changes": 2, "noticed": 1, "share": 0.5, "unnoticed": [name]},
        "none": {"changes": 0, "noticed": 0, "share": 0.0, "unnoticed": []},
    }
    assert f"survived: {name}" in capsys.readouterr().out
