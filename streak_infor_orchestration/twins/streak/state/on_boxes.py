"""What hangs on boxes, of one kind: comments, tasks, meetings, files or threads."""

from collections import defaultdict
from typing import Any

Json = dict[str, Any]


class OnBoxes:
    """Records by key and by box, the oldest first; each has ``key`` and ``boxKey``."""

    def __init__(self) -> None:
        self.by_key: dict[str, Json] = {}
        self._of_box: defaultdict[str, dict[str, Json]] = defaultdict(dict)

    def put(self, record: Json) -> None:
        self.by_key[record["key"]] = record
        self._of_box[record["boxKey"]][record["key"]] = record

    def take(self, key: str) -> None:
        record = self.by_key.pop(key)
        del self._of_box[record["boxKey"]][key]

    def of(self, box_key: str) -> list[Json]:
        return list(self._of_box[box_key].values()) if box_key in self._of_box else []

    def forget_box(self, box_key: str) -> None:
        for key in self._of_box.pop(box_key, {}):
            del self.by_key[key]
