"""Where the code server listens. It does what anybody who reaches it says, and ends when it is told to: so it listens
where this user alone can go, a socket in a closed folder, unless a port is asked for."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.ports import choose_port
from streak_infor_orchestration.stack.signs import Address

VARIABLE = "STREAK_INFOR_CODE_SERVER_PORT"
"""A loopback port instead: for containers, whose loopback is their own, or a file system without sockets."""

_LONGEST = 107
"""Bytes in a socket's path."""
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
"""gRPC reads an address as a URI, in which `%41` is an A."""


def code_address(folders: Folders, environ: Mapping[str, str]) -> Address:
    """For one start of a stack. Raises PortTaken, ValueError."""
    if environ.get(VARIABLE):
        return choose_port(VARIABLE, 0, environ)
    place = folders.home / "code.socket"
    if len(bytes(place)) > _LONGEST or not _PLAIN.fullmatch(str(place)):
        place = Path(tempfile.mkdtemp(prefix="streak-infor-", dir="/tmp")) / place.name
    return place


def left_behind(address: Address, folders: Folders) -> None:
    """Removes what `code_address` made outside the state folder."""
    if isinstance(address, Path) and not address.is_relative_to(folders.root):
        address.unlink(missing_ok=True)
        address.parent.rmdir()
