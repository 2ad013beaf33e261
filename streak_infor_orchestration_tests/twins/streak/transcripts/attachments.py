"""Files and Gmail threads on a box."""

from streak_infor_orchestration_tests.twins.streak.exchange import KEY
from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X
from streak_infor_orchestration_tests.twins.streak.transcripts.preludes import BOX

_MAIL = X(
    "the twin's own: a thread in Ana's mailbox",
    "POST /__twin__/mail",
    json={
        "threadGmailId": "18c1f0",
        "subject": "Quote",
        "emailAddresses": ["bo@northwind.example"],
        "files": [{"fileName": "quote.pdf", "mimeType": "application/pdf", "content": "%PDF"}],
    },
)

TRANSCRIPTS = {
    "a thread brings its files": [
        *BOX,
        _MAIL,
        X(
            "§3.15",
            "PUT /api/v1/boxes/{box}/threads",
            form={"boxKey": "{box}", "threadGmailId": "18c1f0"},
            body={
                "key": KEY,
                "boxKey": "{box}",
                "pipelineKey": "{pipeline}",
                "subject": "Quote",
                "threadGmailId": "18c1f0",
                "emailAddresses": ["bo@northwind.example"],
                "fileKeys": [KEY],
            },
            saves={"thread": "key", "file": "fileKeys.0"},
        ),
        X("§2.5 an array", "GET /api/v1/boxes/{box}/threads", body=[{"key": "{thread}"}]),
        X("§3.15", "GET /api/v1/threads/{thread}", body={"subject": "Quote"}),
        X(
            "§2.5 an array; size is a text",
            "GET /api/v1/boxes/{box}/files",
            body=[
                {
                    "key": "{file}",
                    "fileKey": "{file}",
                    "boxKey": "{box}",
                    "fileName": "quote.pdf",
                    "fileType": "GMAIL_API",
                    "mimeType": "application/pdf",
                    "size": "4",
                }
            ],
        ),
        X("§3.15", "GET /api/v1/files/{file}", body={"fileName": "quote.pdf"}),
        X("§3.15 binary", "GET /api/v1/files/{file}/contents"),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"fileCount": 1, "gmailThreadCount": 1}),
        X("§3.15", "DELETE /api/v1/threads/{thread}", body={"success": True}),
        X("§5", "GET /api/v1/threads/{thread}", 404),
        X("§3.6", "GET /api/v1/boxes/{box}", body={"gmailThreadCount": 0}),
    ],
    "what is refused": [
        *BOX,
        X(
            "§3.15 only what the key's user owns",
            "PUT /api/v1/boxes/{box}/threads",
            404,
            form={"boxKey": "{box}", "threadGmailId": "ffff"},
        ),
        X(
            "§0.2 a form, no JSON",
            "PUT /api/v1/boxes/{box}/threads",
            400,
            b"",
            json={"threadGmailId": "18c1f0"},
            violates="json_where_form_belongs",
        ),
        X(
            "§3.15 a Drive file",
            "POST /api/v2/files/",
            json={"driveFileId": "1AbC", "driveBoxKey": "{box}"},
            body={"fileType": "DRIVE", "boxKey": "{box}"},
            saves={"file": "key"},
        ),
        X("§3.15 contents only of Gmail's files", "GET /api/v1/files/{file}/contents", 400),
    ],
}
