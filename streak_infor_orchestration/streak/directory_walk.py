"""The contacts or organizations that boxes link to: what there is where Streak does not list the directory.

The lists of a team's contacts and organizations are in the newest API only (Streak API contract §3.8, §8). Whoever is
on no box is not found this way.
"""

from collections.abc import Iterable
from typing import NamedTuple

from streak_infor_orchestration.streak.accounts import Accounts
from streak_infor_orchestration.streak.api import explain, page_of
from streak_infor_orchestration.streak.vocabulary import Pipeline
from streak_infor_orchestration.streak.wire import BoxLinksWire
from streak_infor_orchestration.transport.http import segment

_BOXES = 100
_MARK = "boxes"


class WalkedPage(NamedTuple):
    """Keys linked on one page of boxes, and the cursor of the next page: "" at the end."""

    keys: tuple[str, ...]
    cursor: str


class DirectoryWalk(Accounts):
    """A cursor is `boxes:{pipeline key}:{page}`. Nothing is kept between two calls, so a key may come again."""

    def _walk(self, plural: str, team_key: str, cursor: str) -> WalkedPage:
        """One page of boxes. `plural` is contacts or organizations. Raises `Misconfigured` for a team there is not."""
        if not cursor:
            self.team(team_key)  # raises for a wrong key, which Streak answers like a list it does not have
            first = _after(self.pipelines(team_key), "")
            if first is None:
                return WalkedPage((), "")
            cursor = f"{_MARK}:{first.key}:0"
        _, pipeline_key, page = cursor.split(":")
        params = {"sortBy": "creationTimestamp", "page": page, "limit": _BOXES}
        path = f"/v1/pipelines/{segment(pipeline_key)}/boxes"
        decode = page_of(self._readable("boxes", BoxLinksWire.model_validate), _BOXES)
        boxes, more = self.http.read("GET", path, params=params, decode=decode, explain=explain)
        keys = tuple(dict.fromkeys(link.key for box in boxes for link in box.links(plural)))
        if more:
            return WalkedPage(keys, f"{_MARK}:{pipeline_key}:{int(page) + 1}")
        following = _after(self.pipelines(team_key), pipeline_key)
        return WalkedPage(keys, f"{_MARK}:{following.key}:0" if following else "")


def is_of_walk(cursor: str) -> bool:
    return cursor.startswith(f"{_MARK}:")


def _after(pipelines: Iterable[Pipeline], key: str) -> Pipeline | None:
    return min((p for p in pipelines if p.key > key), key=lambda p: p.key, default=None)
