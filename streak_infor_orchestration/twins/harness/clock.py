"""The time a twin lives in: a callable that answers an aware UTC datetime, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is moved; call it to read it."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def set(self, instant: datetime) -> None:
        self._now = instant

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
