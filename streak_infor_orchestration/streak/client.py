"""Streak's client: all of it behind one name."""

from streak_infor_orchestration.streak.attachments import Attachments
from streak_infor_orchestration.streak.box_batches import BoxBatches
from streak_infor_orchestration.streak.box_links import BoxLinks
from streak_infor_orchestration.streak.box_pages import BoxPages
from streak_infor_orchestration.streak.comments import Comments
from streak_infor_orchestration.streak.directory import Directory
from streak_infor_orchestration.streak.history import History
from streak_infor_orchestration.streak.meetings import Meetings
from streak_infor_orchestration.streak.pipelines import Pipelines
from streak_infor_orchestration.streak.searching import Searching
from streak_infor_orchestration.streak.tasks import Tasks
from streak_infor_orchestration.streak.webhooks import Webhooks


class StreakClient(
    Pipelines,
    BoxLinks,
    BoxBatches,
    BoxPages,
    Directory,
    Comments,
    Tasks,
    Meetings,
    History,
    Attachments,
    Searching,
    Webhooks,
):
    """Synchronous, thread-safe, one per process: `StreakClient(http, clock)`.

    Reads raise `Transient`, `Unavailable`, `Unauthorized` or `Misconfigured`, and `Unreadable` for a record that is not
    as promised; what is not there is None. A list that is walked leaves such a record out and tells of it. Writes
    raise as `transport/outcomes.py` says, so `Unknown` when in doubt. Field names and options are resolved
    before a write leaves.
    """
