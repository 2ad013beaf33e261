"""The operations that contacts and organizations have in common (§3.8, §3.9)."""

from functools import partial
from typing import Any

from streak_infor_orchestration.twins.streak.operations.accounts import team_of
from streak_infor_orchestration.twins.streak.operations.directory_kind import DirectoryKind
from streak_infor_orchestration.twins.streak.operations.directory_links import (
    LINK_PROPERTIES,
    mirror,
    read_links,
)
from streak_infor_orchestration.twins.streak.operations.directory_list import list_entries
from streak_infor_orchestration.twins.streak.operations.fields import options_of
from streak_infor_orchestration.twins.streak.operations.links import unlink_deleted
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.properties import (
    Json,
    keys_in_array,
    properties,
    text,
    texts,
)
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found


def operations_on(kind: DirectoryKind) -> tuple[Operation, ...]:
    one = f"/v2/{kind.plural}/{{entry}}"
    of_team = f"/v2/teams/{{team}}/{kind.plural}"
    writable = (*kind.texts, *kind.lists)
    create = partial(_create, kind)
    return (
        Operation("GET", one, partial(_get, kind)),
        Operation(
            "POST",
            one,
            partial(_update, kind),
            Encoding.JSON,
            accepts=(*writable, "fields", *LINK_PROPERTIES),
        ),
        Operation("DELETE", one, partial(_delete, kind)),
        Operation(
            "POST", f"/v2/{kind.plural}/batch/get", partial(_batch_get, kind), Encoding.JSON, reads=True
        ),
        *(
            Operation(
                "POST", of_team + end, create, Encoding.JSON, query=("getIfExisting",), accepts=writable
            )
            for end in ("", "/")  # the docs' path has the slash, the newest specification has not
        ),
        Operation("GET", of_team, partial(list_entries, kind), query=kind.list_query),
        Operation("GET", of_team + "/fields", partial(_own_fields, kind)),
    )


def _get(kind: DirectoryKind, call: Call) -> Json:
    entry = kind.directory(call.streak).entries.get(call.path["entry"])
    if entry is None:
        raise not_found(kind.singular)
    return entry


def _batch_get(kind: DirectoryKind, call: Call) -> Json:
    entries = kind.directory(call.streak).entries
    return {key: entries[key] for key in keys_in_array(call) if key in entries}


def _own_fields(kind: DirectoryKind, call: Call) -> list[Json]:
    """Assumed: an array, like the fields of a pipeline."""
    team_of(call)
    return list(kind.directory(call.streak).fields.values())


def _create(kind: DirectoryKind, call: Call) -> Json:
    team_of(call)
    written = _written(kind, properties(call))
    if not any(written.values()):
        raise bad_request(f"Insufficient params for {kind.datastore_kind}", "missing_parameter")
    directory = kind.directory(call.streak)
    if call.query.get("getIfExisting") == "true":
        existing = directory.first_with(written.get(kind.identity, ()))
        if existing is not None:
            return existing  # as it is: nothing of the body is merged
    at = call.streak.tick()
    entry: Json = {
        "key": call.streak.new_key(kind.datastore_kind, call.user),
        "teamKey": call.streak.roster.team_key,
        **dict.fromkeys(kind.texts),
        **{name: [] for name in (*kind.lists, *LINK_PROPERTIES)},
        "fields": {},
        "creatorKey": call.user["key"],
        "creationDate": at,
        "lastEnrichmentTimestamp": None,
        **written,
    }
    entry |= _saved(call, at) | kind.complete(entry)
    directory.add(entry)
    _tell(kind, call, entry, "CREATE")
    return entry


def _update(kind: DirectoryKind, call: Call) -> Json:
    """Null and absent leave, lists replace, fields merge, an empty text clears."""
    entry = _get(kind, call)
    body = properties(call)
    at = call.streak.tick()
    written = _written(kind, body) | read_links(call.streak, entry, body, at)
    if body.get("fields") is not None:
        written["fields"] = _merged_fields(kind, call, entry, body["fields"])
    computed = kind.complete({**entry, **written})
    changed = any(entry[name] != value for name, value in written.items())
    mirror(call.streak, kind, entry, written, at)
    kind.directory(call.streak).change(entry, written | computed | _saved(call, at))
    if changed:
        _tell(kind, call, entry, "UPDATE")
    return entry


def _delete(kind: DirectoryKind, call: Call) -> Json:
    """The links to it are cleaned up afterwards, not within the call."""
    streak = call.streak
    directory = kind.directory(streak)
    entry = directory.remove(_get(kind, call)["key"])

    def clean_up() -> None:
        mirror(streak, kind, entry, {name: [] for name in LINK_PROPERTIES}, entry["lastSavedTimestamp"])
        unlink_deleted(streak, kind.plural, directory, entry["key"])

    streak.later.after(streak.cleanup_seconds, clean_up)
    streak.search.remove((kind.search_kind, entry["key"]))
    streak.emit(f"{kind.event_prefix}_DELETE", streak.roster.team_key, entry, call.user)
    return {"success": True}


def _written(kind: DirectoryKind, body: Json) -> Json:
    written: Json = {name: text(body, name) or None for name in kind.texts if body.get(name) is not None}
    for name in kind.lists:
        if body.get(name) is not None:
            values = texts(body, name)
            written[name] = kind.normalise[name](values) if name in kind.normalise else values
    return written


def _merged_fields(kind: DirectoryKind, call: Call, entry: Json, posted: Any) -> Json:
    """Values are strings, whatever the field's type; an empty one clears."""
    definitions = kind.directory(call.streak).fields
    if not isinstance(posted, dict):
        raise bad_request("fields must be an object", "wrong_type")
    for key, value in posted.items():
        if key not in definitions:
            raise bad_request(f"Unknown field key: {key}", "unknown_field_key")
        if not isinstance(value, str):
            raise bad_request(f"{definitions[key]['name']} takes a string", "wrong_type")
        options = options_of(definitions[key])
        if options and value and value not in options:
            rule = "label_where_key_belongs" if value in options.values() else "unknown_option_key"
            raise bad_request(f"Unknown option key: {value}", rule)
    return {key: value for key, value in {**entry["fields"], **posted}.items() if value}


def _saved(call: Call, at: int) -> Json:
    return {"lastSavedTimestamp": at, "versionTimestamp": at, "lastSavedUserKey": call.user["key"]}


def _tell(kind: DirectoryKind, call: Call, entry: Json, what: str) -> None:
    document = (kind.search_kind, entry["key"])
    call.streak.search.put(document, kind.search_summary(entry), kind.search_text(entry))
    call.streak.emit(f"{kind.event_prefix}_{what}", call.streak.roster.team_key, entry, call.user)
