"""The simulated Streak: one team, its users, and everything they make, in memory and indexed by key."""

from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.twins.harness import Now, Violations
from streak_infor_orchestration.twins.streak.delivery.deliveries import Deliveries
from streak_infor_orchestration.twins.streak.state.directory import Directory
from streak_infor_orchestration.twins.streak.state.keys import KeyMint
from streak_infor_orchestration.twins.streak.state.later import Later
from streak_infor_orchestration.twins.streak.state.newsfeed import Newsfeed
from streak_infor_orchestration.twins.streak.state.on_boxes import OnBoxes
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline
from streak_infor_orchestration.twins.streak.state.roster import Roster
from streak_infor_orchestration.twins.streak.state.search_index import SearchIndex

Json = dict[str, Any]


class Streak:
    """Users and the team last for the life of the twin; a reset leaves nothing else.

    ``processing_seconds`` holds every write back before it happens; ``cleanup_seconds`` passes between the
    deletion of a contact or organization and that of the links to it; ``v1_boxes_wrapped`` gives the v1 list
    of boxes the envelope that v2 has; ``mail`` are the Gmail threads there are, by their Gmail id,
    and ``contents`` those of files by their key.
    """

    def __init__(self, api_keys: Mapping[str, str], team_name: str, now: Now, violations: Violations) -> None:
        self._now = now
        self._last_tick = 0
        self._mint = KeyMint()
        self.violations = violations
        self.later = Later(now)
        self.deliveries = Deliveries()
        self.roster = Roster(team_name, api_keys, self.tick())
        self._start()

    def _start(self) -> None:
        self.processing_seconds = 0.0
        self.cleanup_seconds = 0.0
        self.v1_boxes_wrapped = False
        self.pipelines: dict[str, Pipeline] = {}
        self.boxes: dict[str, Json] = {}
        self.comments, self.tasks, self.meetings = OnBoxes(), OnBoxes(), OnBoxes()
        self.threads, self.files = OnBoxes(), OnBoxes()
        self.mail: dict[str, Json] = {}
        self.contents: dict[str, bytes] = {}
        self.contacts = Directory("emailAddresses")
        self.organizations = Directory("domains")
        self.search = SearchIndex(self.later)
        self.newsfeed = Newsfeed()

    def reset(self) -> None:
        self.later.clear()
        self.deliveries.reset()
        self.roster.reset()
        self._start()

    def tick(self) -> int:
        """The next timestamp in milliseconds: the clock's, but always above the last one, so that the order
        of ``lastUpdatedTimestamp`` is the order of the updates."""
        self._last_tick = max(self._last_tick + 1, int(self._now().timestamp() * 1000))
        return self._last_tick

    def new_key(self, kind: str, user: Json) -> str:
        return self._mint(kind, user["email"])

    def on_boxes(self) -> tuple[OnBoxes, ...]:
        return (self.comments, self.tasks, self.meetings, self.threads, self.files)

    def emit(self, event: str, scope: str, changed: Json, actor: Json) -> None:
        """``scope`` is the pipeline's key, or the team's."""
        self.deliveries.emit(event, scope, changed, actor["key"])
