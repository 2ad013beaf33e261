"""What is missing is demanded of root, and named where somebody else runs the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from streak_infor_orchestration_tests.suite import needs

TWO_TESTS = """
import pytest
@pytest.mark.needs("no-such-program")
def test_with_it(): raise AssertionError("it is not there")
@pytest.mark.needs("sh")
def test_without_it(): pass
"""


def outcome(folder: Path, user: int, *options: str) -> tuple[int, str]:
    """Exit code and output of the two tests, run by that user as far as Python can tell."""
    (folder / "test_two.py").write_text(TWO_TESTS)
    (folder / "conftest.py").write_text(f"import os\nos.geteuid = lambda: {user}\n")
    arguments = [
        "-p",
        needs.__name__,
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        *options,
        str(folder),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "with workers"])
def test_who_is_not_root_is_told_in_one_line_what_was_not_shown(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    code, output = outcome(tmp_path, 1000, *options)
    assert code == 0 and "1 passed" in output
    (line,) = [line for line in output.splitlines() if "NOT SHOWN" in line]
    assert "1 tests need no-such-program" in line


def test_root_has_to_have_it(tmp_path: Path) -> None:
    code, output = outcome(tmp_path, 0)
    assert code == 1 and "it is not there" in output and "NOT SHOWN" not in output
