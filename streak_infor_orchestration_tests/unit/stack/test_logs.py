from pathlib import Path

from streak_infor_orchestration.stack.logs import last_lines, shorten


def test_the_last_lines_are_shown_indented(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("\n".join(str(number) for number in range(100)))

    assert last_lines(log, 2) == "    98\n    99"


def test_no_log_no_lines(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "x.log") == ""


def test_a_long_log_moves_aside_under_the_feet_of_its_writer(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    with log.open("a") as writer:
        print("old" * 10, file=writer, flush=True)
        shorten(log, longest=20)
        print("new", file=writer, flush=True)

    assert log.read_text() == "new\n"
    assert (tmp_path / "x.log.1").read_text() == "old" * 10 + "\n"


def test_fifteen_lines_are_shown_and_only_the_end_is_read(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("\n".join(f"{number} {'x' * 100}" for number in range(1000)))
    lines = last_lines(log).splitlines()
    assert len(lines) == 15 and lines[-1].startswith("    999 ")
    assert len(last_lines(log, 1000).splitlines()) < 250


def test_a_log_may_be_just_as_long_as_that(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("12345")
    shorten(log, longest=5)
    assert log.read_text() == "12345"
    shorten(log, longest=4)
    assert log.read_text() == ""


def test_a_short_log_stays(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("short")

    shorten(log, longest=20)

    assert log.read_text() == "short"
    assert [file.name for file in tmp_path.iterdir()] == ["x.log"]


def test_a_log_may_be_twenty_million_bytes_long(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    for size, moved in ((20_000_000, False), (20_000_001, True)):
        with log.open("wb") as file:
            file.truncate(size)
        shorten(log)
        assert (tmp_path / "x.log.1").exists() is moved
        assert log.stat().st_size == (0 if moved else size)


def test_bytes_that_are_no_letters_are_shown_as_such(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_bytes(b"a\xffb\nc")
    assert last_lines(log) == "    a\ufffdb\n    c"
