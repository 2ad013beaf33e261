"""Gmail threads and files on a box (§3.15). The mailbox itself is filled by the control route ``mail``."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.lookup import box_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Binary, Call, Operation
from streak_infor_orchestration.twins.streak.protocol.properties import Json, properties, required_text
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found


def _thread_of(call: Call) -> Json:
    thread = call.streak.threads.by_key.get(call.path["thread"])
    if thread is None:
        raise not_found("Thread")
    return thread


def _file_of(call: Call) -> Json:
    file = call.streak.files.by_key.get(call.path["file"])
    if file is None:
        raise not_found("File")
    return file


def _add_thread(call: Call) -> Json:
    """Only a thread of the mailbox of the key's user."""
    box = box_of(call)
    mail = call.streak.mail.get(required_text(properties(call), "threadGmailId"))
    if mail is None:
        raise not_found("Thread")
    streak, at = call.streak, call.streak.tick()
    files = [_file(call, box, "GMAIL_API", file["fileName"], file) for file in mail.get("files", [])]
    thread = {
        "key": streak.new_key("Thread", call.user),
        "boxKey": box["key"],
        "pipelineKey": box["pipelineKey"],
        "creatorKey": call.user["key"],
        "subject": mail["subject"],
        "names": [],
        "emailAddresses": mail.get("emailAddresses", []),
        "fileKeys": [file["key"] for file in files],
        "files": files,
        "threadGmailId": mail["threadGmailId"],
        "creationTimestamp": at,
        "lastUpdatedTimestamp": at,
        "lastEmailTimestamp": at,
    }
    streak.threads.put(thread)
    _count(call, box)
    streak.emit("THREAD_ADDED_TO_BOX", box["pipelineKey"], thread, call.user)
    return thread


def _take_thread(call: Call) -> Json:
    """Its files stay (assumed)."""
    thread = _thread_of(call)
    call.streak.threads.take(thread["key"])
    _count(call, call.streak.boxes[thread["boxKey"]])
    call.streak.emit("THREAD_REMOVED_FROM_BOX", thread["pipelineKey"], thread, call.user)
    return {"success": True}


def _add_drive_file(call: Call) -> Json:
    body = properties(call)
    drive_id, box_key = required_text(body, "driveFileId"), required_text(body, "driveBoxKey")
    box = call.streak.boxes.get(box_key)
    if box is None:
        raise not_found("Box")
    file = _file(call, box, "DRIVE", drive_id, {"mimeType": "application/octet-stream", "content": ""})
    _count(call, box)
    return file


def _file(call: Call, box: Json, kind: str, name: str, content: Json) -> Json:
    key, at = call.streak.new_key("File", call.user), call.streak.tick()
    file = {
        "key": key,
        "fileKey": key,
        "boxKey": box["key"],
        "fileOwner": call.user["key"],
        "fileName": name,
        "mainFileName": name,
        "fileType": kind,
        "mimeType": content["mimeType"],
        "size": str(len(content["content"].encode())),
        "isCurrentUserOwnerInDrive": kind == "DRIVE",
        "creationTimestamp": at,
        "lastUpdatedTimestamp": at,
        "lastSavedTimestamp": at,
    }
    call.streak.files.put(file)
    call.streak.contents[key] = content["content"].encode()
    return file


def _contents(call: Call) -> Binary:
    file = _file_of(call)
    if file["fileType"] != "GMAIL_API":
        raise bad_request("Only Gmail's files have contents here")
    return Binary(call.streak.contents[file["key"]], file["mimeType"])


def _count(call: Call, box: Json) -> None:
    box["gmailThreadCount"] = len(call.streak.threads.of(box["key"]))
    box["fileCount"] = len(call.streak.files.of(box["key"]))
    box["lastSavedTimestamp"] = call.streak.tick()


def _threads(call: Call) -> list[Any]:
    return call.streak.threads.of(box_of(call)["key"])


def _files(call: Call) -> list[Any]:
    return call.streak.files.of(box_of(call)["key"])


_THREADS = "/v1/boxes/{box}/threads"
_THREAD = "/v1/threads/{thread}"
_FILE = "/v1/files/{file}"

OPERATIONS = (
    Operation("GET", _THREADS, _threads),
    Operation("PUT", _THREADS, _add_thread, Encoding.FORM, accepts=("boxKey", "threadGmailId")),
    Operation("GET", _THREAD, _thread_of),
    Operation("DELETE", _THREAD, _take_thread),
    Operation("GET", "/v1/boxes/{box}/files", _files),
    Operation("GET", _FILE, _file_of),
    Operation("GET", _FILE + "/contents", _contents),
    Operation("POST", "/v2/files/", _add_drive_file, Encoding.JSON, accepts=("driveFileId", "driveBoxKey")),
)
