"""Streak's client: all of it behind one name."""

from streak_infor_orchestration.streak.activities import Activities
from streak_infor_orchestration.streak.boxes import Boxes
from streak_infor_orchestration.streak.directory import Directory
from streak_infor_orchestration.streak.webhooks import Webhooks


class StreakClient(Boxes, Directory, Activities, Webhooks):
    """Synchronous, thread-safe, one per process: `StreakClient(http, clock)`.

    Reads raise `Transient`, `Unavailable`, `Unauthorized` or `Misconfigured`; what is not there is None. Writes
    raise as `transport/outcomes.py` says, so `Unknown` when in doubt. Field names and options are resolved
    before a write leaves.
    """
