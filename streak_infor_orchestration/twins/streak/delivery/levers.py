"""The settings of webhook delivery, as they are posted to ``/__twin__/delivery``."""

from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Levers:
    """Times in seconds. What Streak leaves undocumented (§10.2) has a lever and an assumed default.

    ``drop``: an integer loses the next so many deliveries, a number with a decimal point each with that
    probability. ``duplicate`` sends each so many times more; ``delay`` holds the first attempt back;
    ``reorder`` holds each back by a random part of ``reorder_within``; ``paused`` holds everything.
    An attempt that is not answered 200 or 410 within ``timeout`` is repeated after ``retry_first``, doubling
    up to ``retry_most``, ``attempts`` times in all.
    """

    drop: int | float = 0
    duplicate: int = 0
    delay: float = 0.0
    reorder: bool = False
    reorder_within: float = 0.3
    paused: bool = False
    seed: int = 0
    box_edit_with_stage_change: bool = False
    echo_own: bool = True
    retry_first: float = 0.5
    retry_most: float = 30.0
    attempts: int = 12
    timeout: float = 10.0

    def changed(self, settings: Any) -> "Levers":
        """These levers with the posted ones moved. Raises ValueError for an unknown lever or wrong type."""
        if not isinstance(settings, dict):
            raise ValueError("levers are a JSON object")
        if unknown := settings.keys() - {lever.name for lever in fields(self)}:
            raise ValueError(f"unknown levers {sorted(unknown)}")
        for name, value in settings.items():
            if not _fits(name, value):
                raise ValueError(f"{name} is of the wrong type")
            if value < 0 or (isinstance(value, float) and name == "drop" and value > 1):
                raise ValueError(f"{name} is out of range")
        return replace(self, **settings)

    def wait_before(self, attempt: int) -> float:
        """Seconds between a failed attempt and the next, numbered from 2."""
        return min(self.retry_first * 2.0 ** (attempt - 2), self.retry_most)


def _fits(name: str, value: Any) -> bool:
    default = getattr(Levers, name)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    fraction_allowed = name == "drop" or isinstance(default, float)
    return isinstance(value, int) or (fraction_allowed and isinstance(value, float))
