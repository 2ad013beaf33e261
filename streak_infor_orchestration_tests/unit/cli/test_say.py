"""What is said can be read whatever the stream can write, and is never obeyed."""

import io
import json
import sys

import pytest

from streak_infor_orchestration.cli.say import say, say_json, write_readably


def streams(monkeypatch: pytest.MonkeyPatch, encoding: str) -> tuple[io.BytesIO, io.BytesIO]:
    """What is written to stdout and stderr from now on."""
    out, err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding=encoding))
    write_readably()
    return out, err


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("plain", "plain"),
        ("✓ ✗ → · … •", "+ x -> - ... *"),
        ("7 × 3 € £ ¥", "7 x 3 EUR GBP JPY"),
        ("a – b — c − d", "a - b - c - d"),
        ("“a” „b“ «c» ‘d’ ‚e", '"a" "b" "c" \'d\' \'e'),
        ("Straße Ærø œuvre Œ Łódź", "Strasse AEro oeuvre OE Lodz"),
        ("Þór Đà ıs ðþ Ø", "THor Da is dth O"),
        ("Müller Crème ﬁ", "Muller Creme fi"),
        ("⠋⣿", "**"),
        ("漢🚲", "\\u6f22\\ud83d\\udeb2"),
    ],
)
def test_what_cannot_be_written_is_written_so_that_it_can_be_read(
    text: str, readable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = streams(monkeypatch, "ascii")
    say(text)
    say(text, err=True)
    assert [stream.getvalue().decode("ascii") for stream in written] == [f"{readable}\n"] * 2


def test_what_can_be_written_is_written_as_it_is_but_not_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = streams(monkeypatch, "utf-8")
    say("Łódź → 漢 \x1b[2K")
    say()
    assert out.getvalue().decode() == "Łódź → 漢 \\u001b[2K\n\n"
    assert err.getvalue() == b""


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", '"Ærø"'), ("ascii", '"\\u00c6r\\u00f8"')])
def test_programs_are_told_the_same_in_every_encoding(
    encoding: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = streams(monkeypatch, encoding)
    said = {"name": "Ærø", "of": [1, None]}
    say_json(said)
    text = out.getvalue().decode()
    assert json.loads(text) == said
    assert shown in text and text.startswith('{\n  "name"')
