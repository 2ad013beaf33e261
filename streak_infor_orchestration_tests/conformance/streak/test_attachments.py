"""Files and Gmail threads on a box (Streak API contract §3.15)."""

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration_tests.conformance.streak.lab import StreakLab

MAIL = {
    "threadGmailId": "18c1f0",
    "subject": "Quote",
    "emailAddresses": ["bo@northwind.example"],
    "files": [{"fileName": "quote.pdf", "mimeType": "application/pdf", "content": "%PDF ü"}],
}


@pytest.mark.covers("POST /v2/activities", by="PUT /v1/boxes/{box}/threads")
@pytest.mark.covers("files and threads", by="GET /v1/boxes/{box}/files")
@pytest.mark.covers("files and threads", by="GET /v1/files/{file}")
@pytest.mark.covers("files and threads", by="GET /v1/files/{file}/contents")
@pytest.mark.covers("files and threads", by="GET /v1/boxes/{box}/threads")
@pytest.mark.covers("files and threads", by="PUT /v1/boxes/{box}/threads")
@pytest.mark.covers("files and threads", by="DELETE /v1/threads/{thread}")
def test_a_thread_and_its_files_are_on_the_box(lab: StreakLab) -> None:
    lab.control.post("/mail", MAIL)
    box = lab.make_box()
    thread = lab.client.add_thread(box, "18c1f0")
    assert (thread.subject, thread.emails, thread.box_key) == ("Quote", ("bo@northwind.example",), box)
    assert lab.client.threads(box) == (thread,)
    (file,) = lab.client.files(box)
    assert (file.name, file.mime_type, file.size) == ("quote.pdf", "application/pdf", 7)
    assert thread.file_keys == (file.key,)
    assert lab.client.file(file.key) == file
    assert lab.client.file_contents(file.key) == "%PDF ü".encode()
    lab.client.remove_thread(thread.key)
    assert lab.client.threads(box) == ()


def test_what_is_not_there_is_none_or_refused(lab: StreakLab) -> None:
    assert lab.client.file("no-such-file") is None
    assert lab.client.files(lab.make_box()) == ()
    with pytest.raises(Rejected):
        lab.client.add_thread(lab.make_box(), "ffff")
