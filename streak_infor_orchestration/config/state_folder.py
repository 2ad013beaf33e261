"""The state folder belongs to one user: its ledger and its tables are a list of customers and of what they buy."""

import errno
import logging
import os
import stat
from pathlib import Path

OURS_ALONE = 0o077
"""As umask: what this process and its children make from then on, nobody else can open."""

LONGEST_PATH = 400
"""Bytes: SQLite's 512, less the names of the files below it."""

_logger = logging.getLogger(__name__)


def claimed(folder: Path) -> Path:
    """`folder`, made where it is missing, and closed to everybody else, as is all that will be made in it. One that was
    open is closed with all that is in it, and that is logged.

    Raises OSError where it cannot be made or opened by what works in it, or is open and another user's.
    """
    os.umask(OURS_ALONE)
    _check_name(folder)
    folder.resolve().mkdir(mode=0o700, parents=True, exist_ok=True)  # it may be a link to what is to be made
    if _is_open(folder):
        try:
            _close(folder)
        except PermissionError:
            told = "open to others, and another user's: run everything as one user"
            raise PermissionError(errno.EPERM, told, str(folder)) from None
        _logger.warning(
            "%s %s open to other users of this machine",
            folder,
            "stays" if _is_open(folder) else "is no longer",
        )
    return folder


def _check_name(folder: Path) -> None:
    """SQLite opens no longer path, and takes it as UTF-8."""
    name = os.fsencode(folder.absolute())
    if len(name) > LONGEST_PATH:
        raise OSError(errno.ENAMETOOLONG, f"its path is longer than {LONGEST_PATH} bytes", str(folder))
    try:
        name.decode()
    except UnicodeDecodeError:
        raise OSError(errno.EILSEQ, "its path is not UTF-8", str(folder)) from None


def _is_open(path: Path) -> bool:
    return bool(path.stat(follow_symlinks=True).st_mode & OURS_ALONE)


def _close(folder: Path) -> None:
    """The folder first: then nobody is quicker."""
    folder.chmod(0o700)
    for within, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(within, name)
            try:
                mode = path.lstat().st_mode
                if mode & OURS_ALONE and not stat.S_ISLNK(mode):
                    path.chmod(stat.S_IMODE(mode) & ~OURS_ALONE)
            except FileNotFoundError:  # whoever works here has just done with it
                continue
