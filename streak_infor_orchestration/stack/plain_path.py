"""A second name for a state folder whose own is more than a name to what runs in it.

Dagster puts the path into a database URL as it is, where `%41` is an `A` and `?` begins the options; Celery does alike
with its folders. So a path of anything but letters, digits and a few signs is used through a link with a plain name.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from streak_infor_orchestration.stack.supervisor import StackError

_PLAIN = re.compile(r"[A-Za-z0-9_./+@,=-]+")


def plain(folder: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """`folder`, or a link that leads to it: the same one every time. Raises StackError where none can be made."""
    if _PLAIN.fullmatch(str(folder)):
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    for place in _places(environ):
        with contextlib.suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_ours_alone(place):
                return _linked(place / name, folder)
    raise StackError(
        f"the state folder {folder} has signs in its path that Dagster cannot use, and there is no cache folder to put "
        "a link into: set STREAK_INFOR_STATE_DIR to a path of letters and digits"
    )


def _places(environ: Mapping[str, str]) -> list[Path]:
    """What tidies up temporary files takes old links, too: they come last."""
    home = environ.get("HOME", "")
    caches = environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    candidates = [*([f"{caches}/streak-infor"] if caches else [])]
    candidates += [f"{folder}/streak-infor-{os.getuid()}" for folder in (tempfile.gettempdir(), "/tmp")]  # noqa: S108
    return [Path(place) for place in candidates if place.startswith("/") and _PLAIN.fullmatch(place)]


def _is_ours_alone(place: Path) -> bool:
    """In a folder that others can write to, somebody could lead the stack elsewhere."""
    found = place.lstat()
    return not place.is_symlink() and found.st_uid == os.getuid() and not found.st_mode & 0o022


def _linked(link: Path, folder: Path) -> Path:
    """Put where it is by a rename: who starts at the same moment sees a whole one."""
    if not link.is_symlink() or link.readlink() != folder:
        new = link.with_suffix(f".{os.getpid()}")
        new.symlink_to(folder)
        new.replace(link)
    return link
