"""Tables on a narrow terminal, a wide one, and none."""

import io
import re
import sys

import pytest
from rich.table import Table

from streak_infor_orchestration.cli.screen import Screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def table() -> Table:
    shown = Table("key", "", "what", title="Deals")
    shown.add_row("agx-1", "1", "a deal with [b]brackets[/b] and\x1b a long name")
    shown.add_row("agx-2", "", "short")
    return shown


def shown_at(width: int | None, monkeypatch: pytest.MonkeyPatch) -> str:
    stream: io.StringIO = io.StringIO() if width is None else Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    if width is not None:
        monkeypatch.setenv("COLUMNS", str(width))
    Screen().rows(table())
    return re.sub("\x1b\\[[0-9;]*m", "", stream.getvalue())


@pytest.mark.parametrize("width", [None, 120])
def test_where_each_row_has_room_it_is_a_table(width: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown_at(width, monkeypatch).splitlines()
    (row,) = [line for line in lines if "agx-1" in line]
    assert "a deal with [b]brackets[/b] and\\u001b a long name" in row
    assert any("key" in line and "what" in line for line in lines) and "Deals" in lines[0]


def test_where_there_is_none_a_row_is_a_block_and_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_at(30, monkeypatch).splitlines() == [
        "Deals",
        "key: agx-1",
        "1",
        "what: a deal with [b]brackets[/b] and\\u001b a long name",
        "",
        "key: agx-2",
        "what: short",
        "",
    ]


def test_marks_of_ours_are_obeyed_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    Screen(markup=True).print("[bold]ours[/bold] :warning:")
    Screen(stderr=True).print("[bold]theirs[/bold]")
    assert capsys.readouterr() == ("ours :warning:\n", "[bold]theirs[/bold]\n")
