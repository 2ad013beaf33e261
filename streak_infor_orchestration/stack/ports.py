"""Loopback ports: which one a service gets, and who sits on it already."""

import contextlib
import os
import socket
from collections.abc import Mapping
from pathlib import Path

LOOPBACK = "127.0.0.1"


class PortTaken(Exception):
    """The wanted port is in use; the message names it, the variable that changes it and the holder."""


def choose_port(variable: str, default: int, environ: Mapping[str, str] = os.environ) -> int:
    """The port `variable` asks for, else `default`; 0 means any free one. Raises PortTaken, ValueError."""
    text = environ.get(variable, "") or str(default)
    if not text.isdigit() or int(text) > 65535:
        raise ValueError(f"{variable}={text!r} is not a port (0 to 65535; 0 takes any free one)")
    wanted = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, wanted))
        except OSError as error:
            raise PortTaken(
                f"port {wanted} is taken{_by_whom(wanted)}; "
                f"set {variable} to another port (0 takes any free one)"
            ) from error
        return int(probe.getsockname()[1])


def free_port() -> int:
    return choose_port("", 0, {})


def _by_whom(port: int) -> str:
    """` by process 42 (python -m http.server)`, or nothing where the system does not tell (Linux only)."""
    sockets = _listening_sockets(port)
    for process in Path("/proc").glob("[0-9]*"):
        if sockets & _open_files(process):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            return f" by process {process.name} ({command.strip()[:80]})"
    return ""


def _open_files(process: Path) -> set[str]:
    """What the process has open; empty where it is another user's, or has ended."""
    found = set()
    with contextlib.suppress(OSError):
        for handle in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                found.add(str(handle.readlink()))
    return found


def _listening_sockets(port: int) -> set[str]:
    listening = "0A"
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            columns = row.split()
            if columns[3] == listening and int(columns[1].rpartition(":")[2], 16) == port:
                found.add(f"socket:[{columns[9]}]")
    return found
