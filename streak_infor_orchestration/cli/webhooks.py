"""`streak-infor webhooks`: Streak tells us of changes; these commands say where."""

import os
import sys
from collections.abc import Callable

import click
from rich.table import Table
from rich.text import Text

from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.config.environment import read
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected, Unauthorized
from streak_infor_orchestration.onboarding.webhooks import (
    TEAM_EVENTS,
    Action,
    DeliveryAddress,
    Intent,
    Place,
    carry_out,
    existing,
    masked,
    plan,
    removal,
)
from streak_infor_orchestration.streak.models import Webhook
from streak_infor_orchestration.wiring import Wiring, wiring

_MARKS = {
    Action.KEEP: Text("✓", style="green"),
    Action.CREATE: Text("+", style="yellow"),
    Action.EDIT: Text("~", style="yellow"),
    Action.DELETE: Text("-", style="yellow"),
    Action.LEAVE: Text("·", style="dim"),
}


@click.group()
def command() -> None:
    """Streak's webhooks of this installation: make them, mend them, take them away."""


def _with_url(decorated: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--url",
        envvar="STREAK_INFOR_PUBLIC_URL",
        show_envvar=True,
        help="Where the world reaches the gateway, such as https://hooks.example.com.",
    )(decorated)


@command.command()
@_with_url
@click.option("--take-over", is_flag=True, help="Also those that lead elsewhere with another secret.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def register(url: str | None, take_over: bool, dry_run: bool) -> None:
    """Make what is missing and mend what is wrong: address, secret, duplicates. Twice is as good as once."""
    parts = wiring()
    address = _address(parts, url)
    place, there = _existing(parts)
    _work_off(plan(place, there, address, take_over=take_over), parts, place, address, dry_run=dry_run)


@command.command("list")
@_with_url
def list_(url: str | None) -> None:
    """What is registered, and what `register` would do about it. Exit code 1 when it would do something."""
    parts = wiring()
    intents = plan(*_existing(parts), _address(parts, url))
    Screen().rows(_table(intents))
    sys.exit(1 if any(intent.changes for intent in intents) else 0)


@command.command()
@_with_url
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def remove(url: str | None, dry_run: bool) -> None:
    """Take away every webhook of this installation; those of others stay."""
    parts = wiring()
    address = _address(parts, url)
    place, there = _existing(parts)
    _work_off(removal(there, address), parts, place, address, dry_run=dry_run)


def _work_off(
    intents: list[Intent], parts: Wiring, place: Place, address: DeliveryAddress, *, dry_run: bool
) -> None:
    console = Screen()
    console.rows(_table(intents))
    if dry_run:
        return
    token = read(os.environ, "STREAK_WEBHOOK_TOKEN") or ""
    changed = 0
    for intent in intents:
        try:
            carry_out(intent, parts.streak, place, address, token=token)
        except (Rejected, Unauthorized) as refused:
            if intent.event not in TEAM_EVENTS:
                raise
            console.print(f"! {intent.event}: {refused.message}", style="yellow")
        else:
            changed += intent.changes
    console.print(f"{changed} changed" if changed else "nothing to change")
    if not place.team_key or changed < sum(intent.changes for intent in intents):
        console.print(
            "Streak does not let this user have the team's webhooks; changes of contacts and organizations are seen "
            "when one of their deals is looked at.",
        )


def _table(intents: list[Intent]) -> Table:
    table = Table("", "event", "", "", "delivers to", box=None)
    for intent in intents:
        where = masked(intent.webhook) if intent.webhook else ""
        table.add_row(_MARKS[intent.action], intent.event, intent.action.value, intent.why, where)
    return table


def _existing(parts: Wiring) -> tuple[Place, tuple[Webhook, ...]]:
    names = parts.config.streak
    team_key = parts.streak.team_named(names.team).key
    return existing(parts.streak, parts.streak.pipeline_named(names.pipeline, team_key).key, team_key)


def _address(parts: Wiring, url: str | None) -> DeliveryAddress:
    if not url:
        raise Misconfigured("where is the gateway? say --url https://host, or set STREAK_INFOR_PUBLIC_URL")
    return DeliveryAddress(url, parts.secrets.streak_webhook_secret().get_secret_value())
