"""Whether a customer is on credit hold, and which time that is: as it is kept, and told once."""

from datetime import datetime

ON_HOLD, RELEASED = "hold", "released"


def hold_state(on_hold: bool, before: str, now: datetime) -> str:
    """The state to keep, `before` where nothing changed: `hold:2026-11-30T17:00:00+00:00`. Who was never on hold was
    never released."""
    was_on_hold = before.startswith(ON_HOLD)
    if on_hold == was_on_hold:
        return before
    return f"{ON_HOLD if on_hold else RELEASED}:{now.isoformat(timespec='seconds')}"
