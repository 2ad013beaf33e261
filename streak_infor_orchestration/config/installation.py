"""Which installation this is: a name of its own, kept in its state folder."""

import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

FILE = "installation"


def installation(state_dir: Path) -> str:
    """`machine/random`, made at the first call; of several processes that make it at once one is quicker."""
    file = state_dir / FILE
    if not file.exists():
        made = state_dir / f"{FILE}.{secrets.token_hex(4)}"
        made.write_text(f"{socket.gethostname()}/{secrets.token_hex(8)}\n", encoding="utf-8")
        with suppress(FileExistsError):
            os.link(made, file)  # whole, or not at all
        made.unlink()
    return file.read_text(encoding="utf-8").strip()
