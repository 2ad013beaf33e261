"""Who else of this machine may read the tables: a group, where one is named."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode


def let_in(group: str, *, folders: Iterable[Path], file: Path) -> None:
    """The group may look into the folders and read the file, and nobody else besides their owner. Raises Misconfigured
    for a group that is not there, or that the owner is no member of."""
    try:
        for place, mode in (*((folder, 0o750) for folder in folders), (file, 0o640)):
            shutil.chown(place, group=group)
            place.chmod(mode)
    except (LookupError, PermissionError):
        raise Misconfigured(
            f"the tables cannot be given to the group {group}: make it, and this user a member of it",
            code=SetupCode.TABLES_GROUP,
            field="STREAK_INFOR_TABLES_GROUP",
        ) from None
