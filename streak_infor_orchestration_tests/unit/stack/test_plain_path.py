"""Whatever the state folder is called, what runs in it sees a plain name."""

import os
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from streak_infor_orchestration.stack import StackError
from streak_infor_orchestration.stack.plain_path import plain

ODD = [
    "p%41",
    "a b",
    "ü",
    "q#1",
    "w?mode=memory",
    "it's",
    'say "x"',
    "a[1]",
    "${HOME}",
    "x;y",
    "back\\slash",
    "x" * 250,
]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_a_plain_path_is_itself(environ: dict[str, str]) -> None:
    assert plain(Path("/var/lib/streak-infor/.state_1"), environ) == Path("/var/lib/streak-infor/.state_1")


@pytest.mark.parametrize("name", ODD)
def test_any_other_is_reached_through_a_plain_one(name: str, tmp_path: Path, environ: dict[str, str]) -> None:
    folder = tmp_path / name
    folder.mkdir()
    shown = plain(folder, environ)
    assert shown.resolve() == folder
    if shown != folder:
        assert re.fullmatch(r"[0-9a-f]{16}", shown.name)
    engine = create_engine(f"sqlite:///{shown}/runs.db")  # as Dagster puts it together
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE runs (id INTEGER)"))
    engine.dispose()
    assert sqlite3.connect(folder / "runs.db").execute("SELECT name FROM sqlite_master").fetchall() == [
        ("runs",)
    ]
    assert plain(folder, environ) == shown, "the same every time"


def test_a_link_that_leads_elsewhere_is_put_right(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = tmp_path / "a b"
    link = plain(folder, environ)
    link.unlink()
    link.symlink_to(tmp_path)
    assert plain(folder, environ).readlink() == folder


def test_a_place_that_others_can_write_to_is_not_used(tmp_path: Path, environ: dict[str, str]) -> None:
    place = tmp_path / "cache" / "streak-infor"
    place.mkdir(parents=True)
    place.chmod(0o777)
    assert plain(tmp_path / "a b", environ).parent != place


def test_a_link_stands_in_the_users_cache_or_in_a_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In that order; what is no plain path, or none from the root, is passed over."""
    folder = tmp_path / "a b"
    home, cache, temporary = (tmp_path / name for name in ("home", "cache", "temporary"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(temporary))
    places = [
        ({"XDG_CACHE_HOME": str(cache), "HOME": str(home)}, cache / "streak-infor"),
        ({"HOME": str(home)}, home / ".cache/streak-infor"),
        ({"XDG_CACHE_HOME": str(tmp_path / "c d"), "HOME": str(home)}, None),
        ({"XDG_CACHE_HOME": "relative"}, None),
        ({}, None),
    ]
    for environ, expected in places:
        link = plain(folder, environ)
        place = expected or temporary / f"streak-infor-{os.getuid()}"
        assert link.parent == place and link.readlink() == folder
        assert place.stat().st_mode & 0o777 == 0o700
        assert [found.name for found in place.iterdir()] == [link.name]


def test_where_there_is_no_place_the_cure_is_told(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: -1)  # nothing is that user's
    with pytest.raises(StackError, match="set STREAK_INFOR_STATE_DIR to a path of letters and digits"):
        plain(tmp_path / "a b", environ)
