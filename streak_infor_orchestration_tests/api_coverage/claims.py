"""What the tests claim, read off their source: no test has to be imported for it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from streak_infor_orchestration_tests.api_coverage.rows import ROWS

TESTS = Path(__file__).parents[1]
MARK = "covers"


class Claim(NamedTuple):
    """`test` of `file` (below the tests' folder) shows `row` by the real operation `by`."""

    row: str
    by: str
    file: str
    test: str


def claims(root: Path = TESTS) -> list[Claim]:
    """In the order of the table, then of files and lines. Raises ValueError for a mark that cannot be read."""
    found = [claim for file in sorted(root.rglob("*.py")) for claim in _of_file(file, root)]
    return sorted(found, key=lambda claim: list(ROWS).index(claim.row))


def claim(file: str, test: str, row: object, by: object = None) -> Claim:
    """Raises ValueError for what is no row of the table."""
    if row not in ROWS or not isinstance(row, str) or not isinstance(by, str | None):
        raise ValueError(f"{file}: {test} covers {row!r} by {by!r}, and the table in rows.py has no such row")
    return Claim(row, by or row, file, test)


def _of_file(file: Path, root: Path) -> Iterator[Claim]:
    text = file.read_text(encoding="utf-8")
    if f"mark.{MARK}(" not in text:
        return
    place = file.relative_to(root).as_posix()
    for node in ast.walk(ast.parse(text)):
        for decorator in getattr(node, "decorator_list", ()):
            if isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") == MARK:
                if not isinstance(node, ast.FunctionDef):
                    raise ValueError(f"{place}: mark each test that {MARK} a row, not {type(node).__name__}s")
                values = [ast.literal_eval(value) for value in decorator.args]
                named = {word.arg or "": ast.literal_eval(word.value) for word in decorator.keywords}
                yield claim(place, node.name, *values, **named)
