"""Boxes of all pipelines by when they were last updated. Streak has no filter by time (Streak API contract §4): its
list is paged by number, newest first, so the page where a stretch of time begins is found by halving."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.span import Span

if TYPE_CHECKING:
    from streak_infor_orchestration.streak.models import Box

PAGE = 200


def box_pages(ports: Ports, span: Span) -> Iterator[list["Box"]]:
    """Pages shift while people work: a box may come twice. One that was deleted meanwhile may hide another, so what
    is missing here is not gone until it was asked for by its key."""
    for pipeline in ports.streak.pipelines(ports.team_key):
        yield from _pages(ports, pipeline.key, span)


def _pages(ports: Ports, pipeline_key: str, span: Span) -> Iterator[list["Box"]]:
    oldest = _milliseconds(span.start) if span.start else None
    end = _milliseconds(span.end) if span.end else None
    number = 0 if end is None else _first_page_before(ports, pipeline_key, end)
    more = True
    while more:
        boxes, more = ports.streak.boxes(pipeline_key, page=number, limit=PAGE)
        wanted = [box for box in boxes if end is None or box.version < end]
        recent = [box for box in wanted if oldest is None or box.version >= oldest]
        yield recent
        more = more and len(recent) == len(wanted)
        number += 1


def _first_page_before(ports: Ports, pipeline_key: str, end: int) -> int:
    """The first page on which a box was last updated before `end`, or the one behind the last."""

    def reaches(number: int) -> bool:
        versions, more = ports.streak.box_versions(pipeline_key, page=number, limit=PAGE)
        return not more or versions[-1].version < end

    far = 0
    while not reaches(far):
        far = 2 * far + 1
    near = far // 2 if far else 0
    while near < far:
        middle = (near + far) // 2
        near, far = (near, middle) if reaches(middle) else (middle + 1, far)
    # a box deleted meanwhile moves those behind it one place up: one page earlier is early enough
    return max(0, near - 1)


def _milliseconds(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
