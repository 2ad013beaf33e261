"""Who and what a box is linked to: arrays that replace (Streak API contract §3.6)."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from streak_infor_orchestration.streak.api import explain, one
from streak_infor_orchestration.streak.boxes import Boxes
from streak_infor_orchestration.streak.models import Box, BoxParty
from streak_infor_orchestration.streak.wire import BoxWire
from streak_infor_orchestration.transport.http import segment

T = TypeVar("T")


class BoxLinks(Boxes):
    def replace_links(
        self,
        box_key: str,
        *,
        contacts: Sequence[BoxParty] | None = None,
        organizations: Sequence[BoxParty] | None = None,
        assignees: Sequence[str] | None = None,
        followers: Sequence[str] | None = None,
        linked_boxes: Sequence[str] | None = None,
    ) -> Box:
        """Each list that is given replaces the one on the box, whatever a person added to that since it was read;
        the others stay. `assignees` are users' e-mail addresses, `followers` their keys."""
        lists: dict[str, list[Any] | None] = {
            "contacts": _links(contacts),
            "organizations": _links(organizations),
            # of the forms that Streak's docs and clients have, the one that is known to work
            "assignedToSharingEntries": _each(assignees, lambda email: {"email": email}),
            "followerKeys": _each(followers, str),
            "linkedBoxKeys": _each(linked_boxes, str),
        }
        body = {name: items for name, items in lists.items() if items is not None}
        path = f"/v1/boxes/{segment(box_key)}"
        decode = one(BoxWire)
        return self._written_box(self.http.write("POST", path, json=body, decode=decode, explain=explain))


def _links(links: Sequence[BoxParty] | None) -> list[Any] | None:
    return _each(links, lambda link: {"key": link.key, "isStarred": link.starred})


def _each(items: Sequence[T] | None, encode: Callable[[T], Any]) -> list[Any] | None:
    return None if items is None else [encode(item) for item in items]
