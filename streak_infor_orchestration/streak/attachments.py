"""Files and Gmail threads on a box (Streak API contract §3.15)."""

from streak_infor_orchestration.streak.activity import File, Thread
from streak_infor_orchestration.streak.activity_wire import FileWire, ThreadWire
from streak_infor_orchestration.streak.api import Api, explain, one, page_of, success
from streak_infor_orchestration.transport.http import segment


class Attachments(Api):
    def files(self, box_key: str) -> tuple[File, ...]:
        path = f"/v1/boxes/{segment(box_key)}/files"
        decode = page_of(self._readable("files", lambda item: FileWire.model_validate(item).file()))
        return self.http.read("GET", path, decode=decode, explain=explain).items

    def file(self, key: str) -> File | None:
        wire = self.http.find("/v1/files", key, decode=self._found("files", FileWire), explain=explain)
        return None if wire is None else wire.file()

    def file_contents(self, key: str) -> bytes:
        """Of a file that came with an e-mail (`kind` GMAIL_API): Streak has no other contents. Raises `Rejected`."""
        path = f"/v1/files/{segment(key)}/contents"
        return self.http.read("GET", path, decode=lambda answer: answer.content, explain=explain)

    def threads(self, box_key: str) -> tuple[Thread, ...]:
        decode = page_of(self._readable("threads", lambda item: ThreadWire.model_validate(item).thread()))
        return self.http.read("GET", _threads(box_key), decode=decode, explain=explain).items

    def add_thread(self, box_key: str, gmail_id: str) -> Thread:
        """A thread of the mailbox of our own key's user."""
        form = {"boxKey": box_key, "threadGmailId": gmail_id}
        path, decode = _threads(box_key), one(ThreadWire)
        return self.http.write("PUT", path, data=form, decode=decode, explain=explain).thread()

    def remove_thread(self, key: str) -> None:
        """From its box, not from Gmail."""
        self.http.write("DELETE", f"/v1/threads/{segment(key)}", decode=success, explain=explain)


def _threads(box_key: str) -> str:
    return f"/v1/boxes/{segment(box_key)}/threads"
