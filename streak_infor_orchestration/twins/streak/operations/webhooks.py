"""Registering webhooks: one event of one pipeline, or of the team (§3.16)."""

from typing import Any
from urllib.parse import urlsplit

from streak_infor_orchestration.twins.streak.operations.accounts import team_of
from streak_infor_orchestration.twins.streak.operations.lookup import pipeline_of
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.properties import Json, properties, required_text, text
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request, not_found
from streak_infor_orchestration.twins.streak.state.hooks import PIPELINE_EVENTS, TEAM_EVENTS


def _hook_of(call: Call) -> Json:
    hook = call.streak.deliveries.hooks.by_key.get(call.path["webhook"])
    if hook is None:
        raise not_found("Webhook")
    return hook


def _create(call: Call) -> Json:
    """The scope stands in the query. The token is never shown again."""
    body = properties(call)
    scope = _scope(call)
    event = _event(required_text(body, "event"), scope)
    at = call.streak.tick()
    hook = {
        "key": call.streak.new_key("Webhook", call.user),
        "event": event,
        "targetUrl": _target(required_text(body, "targetUrl")),
        **scope,
        "userKey": call.user["key"],
        "creationDate": at,
        "lastSavedTimestamp": at,
    }
    call.streak.deliveries.hooks.add(hook, text(body, "token"))
    return hook


def _scope(call: Call) -> dict[str, str]:
    pipeline_key, team_key = call.query.get("pipelineKey"), call.query.get("teamKey")
    if (pipeline_key is None) is (team_key is None):
        raise bad_request("Specify exactly one of pipelineKey and teamKey", "webhook_scope")
    if pipeline_key is not None:
        if pipeline_key not in call.streak.pipelines:
            raise not_found("Pipeline")
        return {"pipelineKey": pipeline_key}
    if team_key != call.streak.roster.team_key:
        raise not_found("Team")
    return {"teamKey": call.streak.roster.team_key}


def _event(event: str, scope: Json) -> str:
    if event not in PIPELINE_EVENTS | TEAM_EVENTS:
        raise bad_request(f"Unknown event: {event}", "unknown_event")
    if event not in (PIPELINE_EVENTS if "pipelineKey" in scope else TEAM_EVENTS):
        raise bad_request(f"{event} is not an event of a {next(iter(scope))[:-3]}", "webhook_scope")
    return event


def _target(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("Invalid targetUrl", "invalid_target_url")
    return url


def _edit(call: Call) -> Json:
    hook = _hook_of(call)
    body = properties(call)
    event = _event(text(body, "event") or hook["event"], hook)
    target = _target(text(body, "targetUrl") or hook["targetUrl"])
    hook.update(event=event, targetUrl=target, lastSavedTimestamp=call.streak.tick())
    if token := text(body, "token"):
        call.streak.deliveries.hooks.tokens[hook["key"]] = token
    return hook


def _delete(call: Call) -> Json:
    call.streak.deliveries.hooks.remove(_hook_of(call)["key"])
    return {"success": True}


def _of_pipeline(call: Call) -> list[Any]:
    return call.streak.deliveries.hooks.of(pipeline_of(call).key)


def _of_team(call: Call) -> list[Any]:
    return call.streak.deliveries.hooks.of(team_of(call)["key"])


_ONE = "/v2/webhooks/{webhook}"
_PROPERTIES = ("event", "targetUrl", "token")

OPERATIONS = (
    Operation(
        "POST",
        "/v2/webhooks",
        _create,
        Encoding.JSON,
        query=("pipelineKey", "teamKey"),
        accepts=_PROPERTIES,
    ),
    Operation("GET", _ONE, _hook_of),
    Operation("POST", _ONE, _edit, Encoding.JSON, accepts=_PROPERTIES),
    Operation("DELETE", _ONE, _delete),
    Operation("GET", "/v2/pipelines/{pipeline}/webhooks", _of_pipeline),
    Operation("GET", "/v2/teams/{team}/webhooks", _of_team),
)
