"""The Retry-After header: seconds, or an HTTP date (RFC 9110 §10.2.3)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds to wait from `now`, never negative; None where the header is missing or unreadable."""
    if header is None:
        return None
    text = header.strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    if date.tzinfo is None:  # "-0000" and the asctime form: UTC by definition
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())
