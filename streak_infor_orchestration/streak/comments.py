"""Comments on a box (Streak API contract §3.11)."""

from streak_infor_orchestration.streak.activity_wire import CommentWire
from streak_infor_orchestration.streak.api import Api, explain, one, success
from streak_infor_orchestration.streak.models import Comment
from streak_infor_orchestration.transport.http import segment


class Comments(Api):
    def comments(self, box_key: str, *, whole: bool = False) -> tuple[Comment, ...]:
        """All comments of the box, in Streak's order. `whole`: raises `Unreadable` rather than leave one out, for
        whoever concludes something from what is not there."""
        read = self._whole if whole else self._readable
        return self._all(
            _of_box(box_key), read("comments", lambda item: CommentWire.model_validate(item).comment())
        )

    def comment(self, key: str) -> Comment | None:
        wire = self.http.find(
            "/v2/comments", key, decode=self._found("comments", CommentWire), explain=explain
        )
        return None if wire is None else wire.comment()

    def add_comment(self, box_key: str, message: str, *, parent: str = "") -> Comment:
        """`parent`: the key of the comment it answers."""
        return self._commented(
            _of_box(box_key), {"message": message} | ({"parent": parent} if parent else {})
        )

    def edit_comment(self, key: str, message: str) -> Comment:
        return self._commented(f"/v2/comments/{segment(key)}", {"message": message})

    def react(self, key: str, emoji: str, *, undo: bool = False) -> Comment:
        verb = "unreact" if undo else "react"
        return self._commented(f"/v2/comments/{segment(key)}/{verb}", {"emoji": emoji})

    def delete_comment(self, key: str) -> None:
        self.http.write("DELETE", f"/v2/comments/{segment(key)}", decode=success, explain=explain)

    def _commented(self, path: str, body: dict[str, str]) -> Comment:
        return self.http.write("POST", path, json=body, decode=one(CommentWire), explain=explain).comment()


def _of_box(key: str) -> str:
    return f"/v2/boxes/{segment(key)}/comments"
