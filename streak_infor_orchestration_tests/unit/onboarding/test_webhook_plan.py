"""Which webhooks are made, mended, taken away and left alone, from what is there; no call is made for it."""

import pytest

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.onboarding.webhooks import (
    PIPELINE_EVENTS,
    TEAM_EVENTS,
    Action,
    DeliveryAddress,
    Place,
    masked,
    plan,
    removal,
)
from streak_infor_orchestration.streak.models import Webhook

HOST, SECRET = "https://hooks.acme.example", "long-random-word"
ADDRESS = DeliveryAddress(f"{HOST}/", SECRET)
ALONE = Place("p1", "")


def hook(event: str, url: str = "") -> Webhook:
    return Webhook(key=f"{event}@{url}", event=event, target_url=url or ADDRESS.of(event))


def done(
    hooks: list[Webhook], *, place: Place = ALONE, take_over: bool = False
) -> list[tuple[str, str, str]]:
    """What is not as it should be."""
    intents = plan(place, hooks, ADDRESS, take_over=take_over)
    return [(i.action.value, i.event, i.why) for i in intents if i.action is not Action.KEEP]


def all_but(*events: str) -> list[Webhook]:
    return [hook(event) for event in PIPELINE_EVENTS if event not in events]


def test_an_address_is_the_gateways_with_the_events_name_and_the_secret() -> None:
    assert ADDRESS.of("BOX_EDIT") == f"{HOST}/webhooks/streak/BOX_EDIT/{SECRET}"


@pytest.mark.parametrize(
    "base", ["hooks.acme.example", "", "ftp://hooks.acme.example", "//hooks.acme.example"]
)
def test_what_is_no_address_is_refused_with_how_it_is_written(base: str) -> None:
    with pytest.raises(Misconfigured, match="is no address; write it as https://host") as caught:
        DeliveryAddress(base, SECRET)
    assert caught.value.field == "STREAK_INFOR_PUBLIC_URL"


@pytest.mark.parametrize("secret", ["", "two words", "a/b", "ä", "a?b", "a%41"])
def test_a_secret_that_would_not_survive_in_an_address_is_refused(secret: str) -> None:
    with pytest.raises(Misconfigured, match="use letters, digits") as caught:
        DeliveryAddress(HOST, secret)
    assert caught.value.field == "STREAK_WEBHOOK_SECRET"


def test_where_all_is_as_it_should_be_nothing_is_done() -> None:
    assert done(all_but()) == []
    everything = [*all_but(), *(hook(event) for event in TEAM_EVENTS)]
    assert done(everything, place=Place("p1", "t1")) == []


def test_what_is_missing_is_made_the_teams_only_where_they_are_shown() -> None:
    missing = [("create", event, "is missing") for event in (*PIPELINE_EVENTS, *TEAM_EVENTS)]
    assert done([]) == missing[: len(PIPELINE_EVENTS)]
    assert done([], place=Place("p1", "t1")) == missing


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"https://old.example/webhooks/streak/BOX_EDIT/{SECRET}", "leads to https://old.example"),
        (f"{HOST}/webhooks/streak/BOX_EDIT/older-word", "has another secret"),
        (f"{HOST}/webhooks/streak/BOX_CREATE/{SECRET}", "delivers as BOX_CREATE"),
    ],
)
def test_what_is_ours_and_leads_elsewhere_is_mended(url: str, why: str) -> None:
    assert done([hook("BOX_EDIT", url), *all_but("BOX_EDIT")]) == [("repair", "BOX_EDIT", why)]


def test_of_two_the_one_that_is_right_stays() -> None:
    old = hook("BOX_EDIT", f"{HOST}/webhooks/streak/BOX_EDIT/older-word")
    twice = [("remove", "BOX_EDIT", "is there more than once")]
    assert done([old, *all_but()]) == twice
    assert done([*all_but(), old]) == twice
    taken = [i.webhook for i in plan(ALONE, [old, *all_but()], ADDRESS) if i.action is Action.DELETE]
    assert taken == [old]


def test_an_event_that_nothing_is_done_about_is_taken_away() -> None:
    assert done([*all_but(), hook("TASK_DUE")]) == [
        ("remove", "TASK_DUE", "nothing is done about this event")
    ]
    assert done([*all_but(), hook("ORG_UPDATE")]) == [], "the team's are known, shown or not"


STRANGERS = [
    hook("BOX_EDIT", "https://other.example/webhooks/streak/BOX_EDIT/other-word"),
    hook("BOX_EDIT", "https://zapier.example/hooks/1"),
    hook("TASK_DUE", "https://zapier.example/hooks/2"),
]


def test_another_installations_and_other_peoples_are_left_alone() -> None:
    left = [("leave", one.event, "not of this installation") for one in STRANGERS]
    assert done([*STRANGERS, *all_but()]) == left
    assert not any(i.changes for i in plan(ALONE, [*STRANGERS, *all_but()], ADDRESS))


def test_who_takes_over_has_those_of_our_form_too_and_nobody_elses() -> None:
    assert done([STRANGERS[0], *all_but("BOX_EDIT"), STRANGERS[1]], take_over=True) == [
        ("repair", "BOX_EDIT", "leads to https://other.example"),
        ("leave", "BOX_EDIT", "not of this installation"),
    ]


def test_removing_takes_ours_and_leaves_the_others() -> None:
    old = hook("BOX_EDIT", f"https://old.example/webhooks/streak/BOX_EDIT/{SECRET}")
    ended = removal([*STRANGERS, hook("BOX_EDIT"), old], ADDRESS)
    assert [(i.action.value, i.why) for i in ended] == [
        *[("leave", "not of this installation")] * 3,
        *[("remove", "of this installation")] * 2,
    ]


def test_what_is_shown_of_an_address_holds_no_secret() -> None:
    assert masked(hook("BOX_EDIT")) == f"{HOST}/webhooks/streak/BOX_EDIT/…"
    assert masked(hook("BOX_EDIT", "https://x.example/a?token=s3cret")) == "https://x.example/a"
