"""Retry-After in all its forms."""

from datetime import UTC, datetime

import pytest

from streak_infor_orchestration.transport.retry_after import retry_after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("0", 0),
        ("120", 120),
        (" 2.5 ", 2.5),
        ("Mon, 02 Mar 2026 09:00:30 GMT", 30),
        ("Monday, 02-Mar-26 09:00:30 GMT", 30),
        ("Mon Mar  2 09:00:30 2026", 30),
        ("Mon, 02 Mar 2026 10:00:30 +0100", 30),
        ("Mon, 02 Mar 2026 08:00:00 GMT", 0),
        ("-5", None),
        ("inf", None),
        ("nan", None),
        ("soon", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_seconds_and_dates_are_read_and_nonsense_is_nothing(
    header: str | None, seconds: float | None
) -> None:
    assert retry_after(header, NOW) == seconds
