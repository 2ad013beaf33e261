"""What happened, to read only: newsfeeds and the timeline of a box (Streak API contract §3.13)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.streak import api
from streak_infor_orchestration.streak.activity import NewsfeedEntry, TimelineEntry, TimelineKind
from streak_infor_orchestration.streak.activity_wire import NewsfeedWire, TimelineWire
from streak_infor_orchestration.streak.api import Api, explain, one, page_of
from streak_infor_orchestration.streak.values import instant, milliseconds
from streak_infor_orchestration.streak.vocabulary import SYSTEM
from streak_infor_orchestration.transport.http import segment


class History(Api):
    def newsfeed(self, box_key: str) -> tuple[NewsfeedEntry, ...]:
        """The 50 newest events of the box: Streak shows no more of them here."""
        return self._newsfeed(f"/v1/boxes/{segment(box_key)}/newsfeed")

    def pipeline_newsfeed(self, pipeline_key: str) -> tuple[NewsfeedEntry, ...]:
        """The 50 newest events of all its boxes."""
        return self._newsfeed(f"/v1/pipelines/{segment(pipeline_key)}/newsfeed")

    def timeline(
        self, box_key: str, *, kinds: Collection[TimelineKind] = (), since: datetime | None = None
    ) -> Iterator[TimelineEntry]:
        """Everything that happened on the box, the oldest first, page by page; `kinds` none means all."""
        path = f"/v2/boxes/{segment(box_key)}/timeline"
        params: dict[str, Any] = {"direction": "Ascending", "limit": api.PAGE}
        if kinds:
            params["filters"] = f"[{','.join(kinds)}]"  # bracketed and unquoted, or it is refused
        if since is not None:
            params["startTimestamp"] = milliseconds(since)
        for _ in range(api.PAGES):
            page = self.http.read("GET", path, params=params, decode=one(TimelineWire), explain=explain)
            yield from (_entry(content) for content in page.entries)
            if not page.next_page:
                return
            params = {"nextPageToken": page.next_page}  # beside a token Streak takes no other parameter
        raise Transient("a timeline without end", code=SystemCode.ENDLESS_LIST, system=SYSTEM)

    def _newsfeed(self, path: str) -> tuple[NewsfeedEntry, ...]:
        params = {"detailLevel": "ALL"}
        decode = page_of(self._readable("newsfeed", lambda item: NewsfeedWire.model_validate(item).entry()))
        return self.http.read("GET", path, params=params, decode=decode, explain=explain).items


def _entry(content: dict[str, Any]) -> TimelineEntry:
    at = content.get("timestamp")
    return TimelineEntry(happened=instant(at) if isinstance(at, int) else None, content=content)
