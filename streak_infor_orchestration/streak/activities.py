"""What happens on a box: comments (Streak API contract §3.11)."""

from streak_infor_orchestration.streak.api import Api, every, explain, one, page_of
from streak_infor_orchestration.streak.models import Comment, Page
from streak_infor_orchestration.streak.wire import CommentWire
from streak_infor_orchestration.transport.http import segment

_PAGE = 100


class Activities(Api):
    def comments(self, box_key: str) -> tuple[Comment, ...]:
        """All comments of the box, in Streak's order."""
        path = f"/v2/boxes/{segment(box_key)}/comments"

        def fetch(number: int) -> Page[Comment]:
            params = {"page": number, "limit": _PAGE}
            decode = page_of(CommentWire, _PAGE)
            found = self.http.read("GET", path, params=params, decode=decode, explain=explain)
            return Page(tuple(wire.comment() for wire in found.items), found.more)

        return every(fetch)

    def add_comment(self, box_key: str, message: str) -> Comment:
        path = f"/v2/boxes/{segment(box_key)}/comments"
        body = {"message": message}
        return self.http.write("POST", path, json=body, decode=one(CommentWire), explain=explain).comment()
