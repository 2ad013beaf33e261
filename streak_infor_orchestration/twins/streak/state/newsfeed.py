"""The 50 most recent events of everything, of each pipeline and of each box (§3.13)."""

from collections import defaultdict, deque
from typing import Any

Json = dict[str, Any]

KEPT = 50


class Newsfeed:
    def __init__(self) -> None:
        self._feeds: defaultdict[str, deque[Json]] = defaultdict(lambda: deque(maxlen=KEPT))

    def add(self, entry: Json) -> None:
        for feed in ("", entry["pipelineKey"], entry["boxKey"]):
            self._feeds[feed].appendleft(entry)

    def newest(self, scope: str = "") -> list[Json]:
        """Newest first, of a box or pipeline key, or of everything."""
        return list(self._feeds.get(scope, ()))

    def forget_box(self, key: str) -> None:
        self._feeds.pop(key, None)
