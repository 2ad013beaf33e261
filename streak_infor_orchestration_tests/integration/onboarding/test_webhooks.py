"""`streak-infor webhooks` against the Streak twin: made once, mended, taken away, and nobody else's touched."""

import pytest

from streak_infor_orchestration.gateway.streak_events import CUSTOMER_EVENTS, DEAL_EVENTS
from streak_infor_orchestration.streak.models import Webhook
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command, writes_nothing
from streak_infor_orchestration_tests.world.world import World

HOST = "https://hooks.acme.example"
SECRET = "long-random-word"


def there(parts: Wiring) -> list[Webhook]:
    ports = parts.ports
    team = parts.streak.webhooks(team_key=ports.team_key)
    return [*parts.streak.webhooks(pipeline_key=ports.pipeline_key), *team]


def addresses(parts: Wiring) -> list[str]:
    return sorted(hook.target_url for hook in there(parts))


ALL = sorted(f"{HOST}/webhooks/streak/{event}/{SECRET}" for event in DEAL_EVENTS | CUSTOMER_EVENTS)


def test_registering_twice_is_as_good_as_once(hooked: Wiring, command: Command, world: World) -> None:
    assert f"{len(ALL)} changed" in command("webhooks", "register").output
    assert addresses(hooked) == ALL
    with writes_nothing(world.company):
        assert "nothing to change" in command("webhooks", "register").output
    assert addresses(hooked) == ALL
    command("webhooks", "list")


def test_everything_that_can_be_wrong_is_mended(hooked: Wiring, command: Command) -> None:
    command("webhooks", "register")
    pipeline, by_event = hooked.ports.pipeline_key, {hook.event: hook for hook in there(hooked)}
    hooked.streak.delete_webhook(by_event["BOX_CREATE"].key)
    hooked.streak.edit_webhook(
        by_event["BOX_EDIT"].key, target_url=f"https://old.acme.example/webhooks/streak/BOX_EDIT/{SECRET}"
    )
    hooked.streak.edit_webhook(
        by_event["BOX_DELETE"].key, target_url=f"{HOST}/webhooks/streak/BOX_DELETE/an-older-word"
    )
    hooked.streak.edit_webhook(
        by_event["BOX_CHANGE_PIPELINE"].key, target_url=f"{HOST}/webhooks/streak/BOX_EDIT/{SECRET}"
    )
    twice = f"{HOST}/webhooks/streak/BOX_CHANGE_STAGE/{SECRET}"
    hooked.streak.create_webhook("BOX_CHANGE_STAGE", twice, pipeline_key=pipeline)
    useless = f"{HOST}/webhooks/streak/TASK_DUE/{SECRET}"
    hooked.streak.create_webhook("TASK_DUE", useless, pipeline_key=pipeline)

    shown = command("webhooks", "list", code=1).output
    for why in (
        "is missing",
        "leads to https://old.acme.example",
        "has another secret",
        "delivers as BOX_EDIT",
        "is there more than once",
        "nothing is done about this event",
    ):
        assert why in shown
    command("webhooks", "register", "--dry-run")
    assert addresses(hooked) != ALL
    assert "6 changed" in command("webhooks", "register").output
    assert addresses(hooked) == ALL


def test_another_installation_on_the_pipeline_is_left_alone(hooked: Wiring, command: Command) -> None:
    theirs = "https://staging.acme.example/webhooks/streak/BOX_EDIT/another-word"
    automation = "https://zaps.example/in?key=very-secret"
    for target in (theirs, automation):
        hooked.streak.create_webhook("BOX_EDIT", target, pipeline_key=hooked.ports.pipeline_key)
    command("webhooks", "register")
    assert addresses(hooked) == sorted([*ALL, theirs, automation])

    command("webhooks", "remove", "--dry-run")
    assert len(there(hooked)) == len(ALL) + 2
    command("webhooks", "remove")
    assert addresses(hooked) == sorted([theirs, automation])

    command("webhooks", "register", "--take-over")
    assert addresses(hooked) == sorted([*ALL, automation])


def test_no_secret_is_shown(hooked: Wiring, command: Command) -> None:
    automation = "https://zaps.example/in?key=very-secret"
    hooked.streak.create_webhook("BOX_EDIT", automation, pipeline_key=hooked.ports.pipeline_key)
    shown = command("webhooks", "register").output + command("webhooks", "list").output
    assert "zaps.example" in shown
    assert SECRET not in shown
    assert "very-secret" not in shown


def test_a_token_is_told_again_since_streak_never_shows_it(
    hooked: Wiring, command: Command, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("webhooks", "register")
    monkeypatch.setenv("STREAK_WEBHOOK_TOKEN", "token-of-ours")
    command("webhooks", "register")
    told = [call for call in world.company.calls() if call.startswith("POST /api/v2/webhooks/")]
    assert len(told) == len(ALL)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("STREAK_INFOR_PUBLIC_URL", "", "--url"),
        ("STREAK_WEBHOOK_SECRET", "no/word", "letters, digits"),
        ("STREAK_WEBHOOK_SECRET", "", "STREAK_WEBHOOK_SECRET is not set"),
    ],
)
def test_what_is_missing_is_said(
    hooked: Wiring, command: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    result = command("webhooks", "register", code=1)
    assert said in str(result.exception)
    assert there(hooked) == []


@pytest.mark.parametrize(
    "refused",
    [
        {"method": "GET", "path": "/teams/[^/]+/webhooks"},
        {"method": "POST", "path": "/v2/webhooks$", "query": "teamKey"},
    ],
    ids=["list", "create"],
)
def test_where_the_team_has_no_webhooks_the_pipeline_has(
    hooked: Wiring, command: Command, world: World, refused: dict[str, str]
) -> None:
    """They take a bigger plan of Streak's."""
    world.company.streak("/faults", {**refused, "kind": "status", "status": 403, "times": 50})
    shown = command("webhooks", "register").output
    assert "does not let this user have the team's webhooks" in shown
    assert f"{len(DEAL_EVENTS)} changed" in shown
    of_pipeline = hooked.streak.webhooks(pipeline_key=hooked.ports.pipeline_key)
    assert {hook.event for hook in of_pipeline} == DEAL_EVENTS
