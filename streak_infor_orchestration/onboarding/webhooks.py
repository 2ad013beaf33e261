"""This installation's webhooks in Streak: which there are, which there should be, and the way from one to the other.

Registering them is administration, not business: nothing is ordered or told because of it. So it has no effect in the
ledger; it is level-triggered instead. Each call reads what is there and does what is missing, and a webhook that was
made twice delivers duplicates, which are harmless, until the next call takes one away.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

from streak_infor_orchestration.domain.errors import Misconfigured, Rejected, Unauthorized
from streak_infor_orchestration.gateway.streak_events import CUSTOMER_EVENTS, DEAL_EVENTS
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.streak.models import Webhook

PIPELINE_EVENTS = tuple(sorted(DEAL_EVENTS))
TEAM_EVENTS = tuple(sorted(CUSTOMER_EVENTS))
"""Everything the gateway makes an event of: deals' belong to a pipeline, customers' to the team (Streak API contract
§3.16)."""

_OURS = re.compile(r"(?P<base>.*)/webhooks/streak/(?P<event>[A-Z_]+)/(?P<secret>[^/?#]+)")
_PLAIN_SECRET = re.compile(r"[A-Za-z0-9._~-]+")


class Action(StrEnum):
    KEEP = "keep"
    CREATE = "create"
    EDIT = "repair"
    DELETE = "remove"
    LEAVE = "leave"  # somebody else's


@dataclass(frozen=True)
class Place:
    """Whose webhooks they are. `team_key` is "" where Streak does not show us the team's: that takes a bigger plan."""

    pipeline_key: str
    team_key: str

    @property
    def events(self) -> tuple[str, ...]:
        return (*PIPELINE_EVENTS, *(TEAM_EVENTS if self.team_key else ()))


def existing(streak: StreakClient, pipeline_key: str, team_key: str) -> tuple[Place, tuple[Webhook, ...]]:
    """What is registered now, ours or not. Raises what Streak's reads raise, save a refusal to show the team's."""
    of_pipeline = streak.webhooks(pipeline_key=pipeline_key)
    try:
        of_team = streak.webhooks(team_key=team_key)
    except (Rejected, Unauthorized):
        return Place(pipeline_key, ""), of_pipeline
    known = {hook.key for hook in of_pipeline}
    return Place(pipeline_key, team_key), (*of_pipeline, *(h for h in of_team if h.key not in known))


@dataclass(frozen=True)
class Intent:
    """What is to be done about one webhook, and why. `webhook` is None for one that is to be made."""

    action: Action
    event: str
    why: str
    webhook: Webhook | None = None

    @property
    def changes(self) -> bool:
        return self.action not in (Action.KEEP, Action.LEAVE)


class DeliveryAddress:
    """Where Streak shall deliver. `base` is the public address of the gateway; raises Misconfigured for one that no
    gateway can have, and for a secret that would not survive in an address."""

    def __init__(self, base: str, secret: str) -> None:
        if not base.startswith(("https://", "http://")):
            raise Misconfigured(
                f'"{base}" is no address; write it as https://host', field="STREAK_INFOR_PUBLIC_URL"
            )
        if not _PLAIN_SECRET.fullmatch(secret):
            raise Misconfigured(
                "STREAK_WEBHOOK_SECRET is part of an address: use letters, digits, - and _ only",
                field="STREAK_WEBHOOK_SECRET",
            )
        self.base = base.rstrip("/")
        self.secret = secret

    def of(self, event: str) -> str:
        return f"{self.base}/webhooks/streak/{event}/{quote(self.secret, safe='')}"


def masked(webhook: Webhook) -> str:
    """Its address without the secret in it."""
    found = _OURS.fullmatch(webhook.target_url)
    return (
        f"{found['base']}/webhooks/streak/{found['event']}/…"
        if found
        else webhook.target_url.partition("?")[0]
    )


def plan(
    place: Place, existing: Sequence[Webhook], address: DeliveryAddress, *, take_over: bool = False
) -> list[Intent]:
    """One intent for each webhook that is there or should be.

    Ours are those that have our form and our host or our secret: after either was changed they are still known. One
    of our form with neither belongs to another installation on the same pipeline and is left alone; unless
    `take_over`, for when both were changed.
    """
    ours = [hook for hook in existing if _is_ours(hook, address, take_over=take_over)]
    intents = [intent for event in place.events for intent in _of_event(event, ours, address)]
    for hook in existing:
        if hook not in ours:
            intents.append(Intent(Action.LEAVE, hook.event, "not of this installation", hook))
        elif hook.event not in (*PIPELINE_EVENTS, *TEAM_EVENTS):
            intents.append(Intent(Action.DELETE, hook.event, "nothing is done about this event", hook))
    return intents


def _is_ours(hook: Webhook, address: DeliveryAddress, *, take_over: bool) -> bool:
    found = _OURS.fullmatch(hook.target_url)
    if found is None:
        return False
    return take_over or found["base"] == address.base or unquote(found["secret"]) == address.secret


def _of_event(event: str, ours: Iterable[Webhook], address: DeliveryAddress) -> Iterator[Intent]:
    target = address.of(event)
    found = sorted((h for h in ours if h.event == event), key=lambda hook: hook.target_url != target)
    if not found:
        yield Intent(Action.CREATE, event, "is missing")
        return
    first, *more = found
    if first.target_url == target:
        yield Intent(Action.KEEP, event, "as it should be", first)
    else:
        yield Intent(Action.EDIT, event, _difference(first, event, address), first)
    for hook in more:
        yield Intent(Action.DELETE, event, "is there more than once", hook)


def _difference(hook: Webhook, event: str, address: DeliveryAddress) -> str:
    found = _OURS.fullmatch(hook.target_url)
    assert found is not None
    if found["base"] != address.base:
        return f"leads to {found['base']}"
    return "has another secret" if found["event"] == event else f"delivers as {found['event']}"


def removal(existing: Sequence[Webhook], address: DeliveryAddress) -> list[Intent]:
    """Takes away every webhook of this installation, and nobody else's."""
    return [
        Intent(Action.DELETE, hook.event, "of this installation", hook)
        if _is_ours(hook, address, take_over=False)
        else Intent(Action.LEAVE, hook.event, "not of this installation", hook)
        for hook in existing
    ]


def carry_out(
    intent: Intent, streak: StreakClient, place: Place, address: DeliveryAddress, *, token: str = ""
) -> None:
    """Raises what Streak's writes raise. After an `Unknown` the plan is simply made anew.

    Streak never shows a `token` again, so with one a webhook that is as it should be is told it once more.
    """
    match intent:
        case Intent(Action.CREATE, event=event):
            of_team = event in TEAM_EVENTS
            owner = {"team_key": place.team_key} if of_team else {"pipeline_key": place.pipeline_key}
            streak.create_webhook(event, address.of(event), token=token, **owner)
        case Intent(Action.EDIT, event=event, webhook=Webhook(key=key)):
            streak.edit_webhook(key, target_url=address.of(event), token=token)
        case Intent(Action.KEEP, event=event, webhook=Webhook(key=key)) if token:
            streak.edit_webhook(key, target_url=address.of(event), token=token)
        case Intent(Action.DELETE, webhook=Webhook(key=key)):
            streak.delete_webhook(key)
