"""A pipeline: its stages, field definitions and boxes, indexed so that no request walks all boxes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from streak_infor_orchestration.twins.streak.state.keys import small_keys

Json = dict[str, Any]


@dataclass
class Pipeline:
    """Times are milliseconds since 1970. ``by_update`` runs from the least to the most recently updated box."""

    key: str
    team_key: str
    owner: Json
    name: str
    created: int
    updated: int
    description: str = ""
    icon: str = ""
    org_wide: bool = False
    sharing_restricted: bool = False
    acl: list[Json] = field(default_factory=list)
    stages: dict[str, Json] = field(default_factory=dict)
    stage_order: list[str] = field(default_factory=list)
    fields: dict[str, Json] = field(default_factory=dict)
    boxes: dict[str, Json] = field(default_factory=dict)
    by_update: dict[str, Json] = field(default_factory=dict)
    boxes_in_stage: Counter[str] = field(default_factory=Counter)
    _stage_keys: Iterator[str] = field(default_factory=lambda: small_keys(5001))
    _field_keys: Iterator[str] = field(default_factory=lambda: small_keys(1001))
    _option_keys: dict[str, Iterator[str]] = field(default_factory=dict)

    def add_stage(self, name: str) -> Json:
        key = next(self._stage_keys)
        self.stages[key] = {"key": key, "name": name}
        self.stage_order.append(key)
        return self.stages[key]

    def add_field(self, name: str, kind: str, at: int) -> Json:
        key = next(self._field_keys)
        definition = {
            "key": key,
            "name": name,
            "type": kind,
            "lastUpdatedTimestamp": at,
            "aiSettings": {"prompt": "", "source": "BOX_TIMELINE"},
        }
        if kind == "DROPDOWN":
            definition["dropdownSettings"] = {"items": []}
        elif kind == "TAG":
            definition["tagSettings"] = {"tags": []}
        self._option_keys[key] = small_keys(9001)
        self.fields[key] = definition
        return definition

    def new_option_key(self, field_key: str) -> str:
        return next(self._option_keys[field_key])

    def put_box(self, box: Json) -> None:
        self.boxes[box["key"]] = box
        self.by_update[box["key"]] = box
        self.boxes_in_stage[box["stageKey"]] += 1

    def take_box(self, key: str) -> Json:
        box = self.boxes.pop(key)
        del self.by_update[key]
        self.boxes_in_stage[box["stageKey"]] -= 1
        return box

    def box_updated(self, box: Json) -> None:
        """Moves the box to the end of ``by_update``, the head of a list by ``lastUpdatedTimestamp``."""
        self.by_update[box["key"]] = self.by_update.pop(box["key"])

    def move_to_stage(self, box: Json, stage_key: str) -> None:
        self.boxes_in_stage[box["stageKey"]] -= 1
        self.boxes_in_stage[stage_key] += 1
        box["stageKey"] = stage_key
