"""All boxes of a pipeline, or those updated in a stretch of time.

Streak has no filter by time (Streak API contract §4): its list is paged by number, newest first, so the page where a
stretch begins is found by halving.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from streak_infor_orchestration.streak.api import numbered
from streak_infor_orchestration.streak.boxes import Boxes
from streak_infor_orchestration.streak.models import Box, BoxVersion
from streak_infor_orchestration.streak.values import milliseconds

PAGE = 200
V = TypeVar("V", Box, BoxVersion)


class BoxPages(Boxes):
    """At or after `since` and before `before`, None for no limit. Pages shift while people work: a box may come twice,
    and one that was deleted meanwhile may hide another, so what is missing is not gone until it was asked for."""

    def box_pages(
        self,
        pipeline_key: str,
        *,
        since: datetime | None = None,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[tuple[Box, ...]]:
        length = limit or PAGE
        first = 0 if before is None else self._first_page_before(pipeline_key, before, length)
        pages = numbered(lambda page: self.boxes(pipeline_key, page=page, limit=length), first)
        return _updated(pages, since, before)

    def box_version_pages(
        self, pipeline_key: str, *, since: datetime | None = None, whole: bool = False
    ) -> Iterator[tuple[BoxVersion, ...]]:
        """`whole`: for who concludes something from what is not there."""
        pages = numbered(lambda page: self.box_versions(pipeline_key, page=page, limit=PAGE, whole=whole))
        return _updated(pages, since, None)

    def _first_page_before(self, pipeline_key: str, before: datetime, limit: int) -> int:
        """The first page on which a box was last updated before, or the one behind the last."""

        def reaches(page: int) -> bool:
            versions, more = self.box_versions(pipeline_key, page=page, limit=limit)
            # a page of which nothing can be read counts as reached: to begin a page too early loses nothing
            return not more or not versions or versions[-1].version < milliseconds(before)

        far = 0
        while not reaches(far):
            far = 2 * far + 1
        near = far // 2 if far else 0
        while near < far:
            middle = (near + far) // 2
            near, far = (near, middle) if reaches(middle) else (middle + 1, far)
        # a box deleted meanwhile moves those behind it one place up: one page earlier is early enough
        return max(0, near - 1)


def _updated(
    pages: Iterator[tuple[V, ...]], since: datetime | None, before: datetime | None
) -> Iterator[tuple[V, ...]]:
    oldest = None if since is None else milliseconds(since)
    end = None if before is None else milliseconds(before)
    for page in pages:
        wanted = [box for box in page if end is None or box.version < end]
        recent = tuple(box for box in wanted if oldest is None or box.version >= oldest)
        yield recent
        if len(recent) < len(wanted):
            return
