"""Where this machine stands."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCALTIME = Path("/etc/localtime")


def local_timezone(environment: Mapping[str, str], localtime: Path = _LOCALTIME) -> tuple[str, str]:
    """The IANA name of the machine's time zone, and how it is known; UTC where it cannot be told."""
    linked = localtime.resolve().as_posix().partition("zoneinfo/")[2] if localtime.exists() else ""
    for name, why in ((environment.get("TZ", ""), "TZ says so"), (linked, "this machine's")):
        if name and is_zone(name):
            return name, why
    return "UTC", "this machine does not say; a server's clock is seldom the company's"


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
