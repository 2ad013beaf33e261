"""Keys that the server makes, and those that come from a caller. Contract, C.3 and C.4."""

import re
from collections import Counter

from streak_infor_orchestration.twins.syteline.kinds import Key
from streak_infor_orchestration.twins.syteline.refusals import Refusal

FIRST = 1001


class Numbers:
    """One range for each of a key's kinds and prefixes, counted from where nothing is taken."""

    def __init__(self) -> None:
        self._last: Counter[tuple[str, str]] = Counter()

    def next(self, kind: Key, range_name: str, prefix: str = "") -> str:
        """``"   1001"``, or with a prefix ``STK0001001``: always as wide as the column."""
        self._last[range_name, prefix] += 1
        number = str(FIRST - 1 + self._last[range_name, prefix])
        return prefix + number.rjust(kind.length - len(prefix), "0" if prefix else " ")


def is_asked_for(key: str | None) -> bool:
    """Whether the caller leaves the number to the server: ``TBD``, a ``?`` at the end, only zeros, or nothing."""
    text = (key or "").strip()
    return text in ("", "TBD") or text.endswith("?") or not text.strip("0")


def prefix_of(key: str | None) -> str:
    """What stands before the ``?``: kept in front of the number."""
    found = re.fullmatch(r"\s*(.*)\?\s*", key or "")
    return found[1] if found else ""


def demand_width(name: str, kind: Key, key: str) -> None:
    """Raises Refusal: a key that is not padded is another key, which nobody finds."""
    if len(key) != kind.length:
        raise Refusal(f"{name} {key} is not valid: it has {kind.length} characters", "key_not_padded")
