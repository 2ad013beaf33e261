"""What would be obeyed is written out, and nothing else is touched."""

import pytest

from streak_infor_orchestration.domain.shown import on_one_line, visible

PLAIN = "Müller & Söhne\tGmbH\n漢字 🚲 שלום \u200d\xa0"


def test_what_is_only_seen_stays_with_its_lines() -> None:
    assert visible(PLAIN) == PLAIN
    assert visible("") == ""


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x00", "\\u0000"),
        ("\x08", "\\u0008"),
        ("\x0b", "\\u000b"),
        ("\r", "\\u000d"),
        ("\x1b", "\\u001b"),
        ("\x1f", "\\u001f"),
        ("\x7f", "\\u007f"),
        ("\x9b", "\\u009b"),
        ("\x9f", "\\u009f"),
        ("\u061c", "\\u061c"),
        ("\u200e", "\\u200e"),
        ("\u202a", "\\u202a"),
        ("\u202e", "\\u202e"),
        ("\u2028", "\\u2028"),
        ("\u2066", "\\u2066"),
        ("\u2069", "\\u2069"),
        ("\ud83d", "\\ud83d"),
        ("\udfff", "\\udfff"),
        ("\U000e0041", "\\udb40\\udc41"),
    ],
)
def test_what_would_be_obeyed_is_written_as_json_writes_it(character: str, shown: str) -> None:
    assert visible(f"a{character}b") == f"a{shown}b"
    assert on_one_line(f"a\nb{character}c") in {f"a b{shown}c", "a b c"}  # some of them are blanks as well


def test_several_lines_become_one_and_many_blanks_too() -> None:
    assert on_one_line(" a \r\n\tb\u2028c  d ") == "a b c d"
    assert on_one_line("\u202ea") == "\\u202ea"
