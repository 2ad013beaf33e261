"""The services' log files: one each, kept short, shown when a service fails."""

from pathlib import Path

LONGEST = 20_000_000


def last_lines(log: Path, count: int = 15) -> str:
    """The last lines of a log, indented; empty when there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 20_000))
            lines = file.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])


def shorten(log: Path, longest: int = LONGEST) -> None:
    """Move a log that grew beyond `longest` bytes to `.1` beside it. The service appends on to the emptied file."""
    if log.stat().st_size > longest:
        log.with_suffix(".log.1").write_bytes(log.read_bytes())
        with log.open("r+b") as file:
            file.truncate()
