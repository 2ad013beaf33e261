"""The registered webhooks: by key, and by what has to be told of an event (§3.16)."""

from collections import defaultdict
from typing import Any

Json = dict[str, Any]

PIPELINE_EVENTS = frozenset(
    {
        "BOX_CREATE",
        "BOX_DELETE",
        "BOX_EDIT",
        "BOX_CHANGE_STAGE",
        "BOX_CHANGE_PIPELINE",
        "BOX_NEW_EMAIL_ADDRESS",
        "STAGE_CREATE",
        "COMMENT_CREATE",
        "MEETING_CREATE",
        "MEETING_UPDATE",
        "TASK_CREATE",
        "TASK_COMPLETE",
        "TASK_DUE",
        "TASK_UPDATED",
        "BOX_NEW_EMAIL_RECEIVED",
        "THREAD_ADDED_TO_BOX",
        "THREAD_REMOVED_FROM_BOX",
    }
)
TEAM_EVENTS = frozenset(
    {"CONTACT_CREATE", "CONTACT_UPDATE", "CONTACT_DELETE", "ORG_CREATE", "ORG_UPDATE", "ORG_DELETE"}
)


class Hooks:
    """Webhooks in wire form; their tokens stand beside them, for they are not shown by the API."""

    def __init__(self) -> None:
        self.by_key: dict[str, Json] = {}
        self.tokens: dict[str, str] = {}
        self._by_scope: defaultdict[str, dict[str, Json]] = defaultdict(dict)

    def add(self, hook: Json, token: str | None) -> None:
        self.by_key[hook["key"]] = hook
        self._by_scope[_scope(hook)][hook["key"]] = hook
        if token:
            self.tokens[hook["key"]] = token

    def remove(self, key: str) -> None:
        hook = self.by_key.pop(key, None)
        if hook is not None:
            del self._by_scope[_scope(hook)][key]
            self.tokens.pop(key, None)

    def of(self, scope: str) -> list[Json]:
        """The webhooks of a pipeline or team key, oldest first."""
        return list(self._by_scope[scope].values())


def _scope(hook: Json) -> str:
    scope: str = hook.get("pipelineKey") or hook["teamKey"]
    return scope
