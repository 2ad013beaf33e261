"""Names as they stand in the file that `init` writes: quoted where YAML would read something else."""

import pytest
from ruamel.yaml import YAML

from streak_infor_orchestration.onboarding.yaml import commented, quoted


@pytest.mark.parametrize("name", ["Lead", "Closed-Won", "Proposal Accepted", "Größe", "v1.0", "a/b", "A+B"])
def test_a_plain_name_stands_as_it_is_unless_it_is_asked_for(name: str) -> None:
    assert quoted(name) == name
    assert quoted(name, always=True) == f'"{name}"'


WORDS = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
ODD = [
    "",
    " x",
    "x ",
    "a: b",
    "#1",
    "5",
    "5.0",
    "1e3",
    "a  b",
    "- a",
    "{x}",
    "[x]",
    'say "hi"',
    "a\\b",
    "a\nb",
    "~",
]


@pytest.mark.parametrize("name", [*WORDS, *map(str.upper, WORDS), *map(str.title, WORDS), *ODD])
def test_what_yaml_may_read_as_something_else_is_quoted(name: str) -> None:
    """By the rules of either version: `no` is a word in one and a refusal in the other."""
    written = quoted(name)
    assert written.startswith('"') and written.endswith('"')
    assert YAML(typ="safe", pure=True).load(f"[{written}]") == [name]


def test_a_guess_gives_its_reason_on_the_same_line() -> None:
    assert (
        commented("order: [Won]", '"won" says so').rstrip() == f'{"order: [Won]":58} # GUESS: "won" says so'
    )
    assert commented("order: [Won]", "", "as it is") == f"{'order: [Won]':58} # as it is"
    assert commented("order: [Won]", "") == "order: [Won]"
    assert commented("a: b", "two\nlines") == f"{'a: b':58} # GUESS: two lines"
