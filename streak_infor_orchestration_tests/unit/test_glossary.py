"""docs/glossary.md: the classes it names are there, and no public class of the package has another one's name."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
CLASSES = sorted(set(re.findall(r"`([A-Z][a-z]\w*)`", PAGE)))
WORDS = re.findall(r"^\| ([^|]+?) \| .+ \|$", PAGE, flags=re.MULTILINE)


def _defined() -> dict[str, list[str]]:
    """Public classes of the package by name, with the modules that define them; simulators have words of their own."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    package = ROOT / "streak_infor_orchestration"
    for path in sorted(package.rglob("*.py")):
        if "twins" in path.relative_to(package).parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(str(path.relative_to(package)))
    return found


DEFINED = _defined()


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_of_the_glossary_is_defined_once(name: str) -> None:
    assert len(DEFINED[name]) == 1, DEFINED[name]


def test_a_word_stands_once() -> None:
    words = [word for words in WORDS for word in words.split(", ") if word not in ("word", "---")]
    assert len(words) == len(set(words)) >= 60


def test_no_public_class_has_two_definitions() -> None:
    assert {name: places for name, places in DEFINED.items() if len(places) > 1 and name[0] != "_"} == {}
