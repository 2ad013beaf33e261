"""Streak: the login, what its user may see, and our clock beside theirs."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look, wrong

_LOOKED_AT = 100
_NOTICED, _TOO_MUCH = 60.0, 600.0
"""Seconds. An event whose version lies further in the future than the second is not believed."""


def login(context: Context) -> Iterator[Checked]:
    me = context.parts.streak.me()
    yield good(f"logged in as {me.email or me.key}")


def pipeline(context: Context) -> Iterator[Checked]:
    yield good(f'team "{context.team.name}"')
    found = context.pipeline
    yield good(f'pipeline "{found.name}": {len(found.stages)} stages, {len(found.fields)} fields')
    boxes = context.parts.streak.boxes(found.key, limit=1).items
    if boxes:
        yield good(f'its deals can be read; the last one changed is "{boxes[0].name}"')
    else:
        yield look(
            "no deal is to be seen in it", "share the pipeline with the API key's user, unless it is empty"
        )


def history(context: Context) -> Iterator[Checked]:
    """What would be ordered the moment everything is switched on."""
    config = context.parts.config
    if config.streak.since is not None:
        yield good(
            f"deals that were accepted before {config.streak.since} are history: no order is made for them"
        )
        return
    boxes = context.parts.streak.boxes(context.pipeline.key, limit=_LOOKED_AT).items
    milestones = [config.stages.classify(box.stage) for box in boxes]
    accepted = sum(milestone is not None and milestone.wants_order for milestone in milestones)
    if accepted:
        yield look(
            f"of the last {len(boxes)} deals, {accepted} ask for an order; those that have none get one at once",
            "set streak.since to the day it shall begin, unless that is meant",
        )


def clocks(context: Context) -> Iterator[Checked]:
    theirs = context.parts.streak.http.read(
        "GET", "/v1/users/me", decode=lambda answer: answer.headers.get("date", "")
    )
    try:
        apart = (parsedate_to_datetime(theirs) - context.parts.clock.now()).total_seconds()
    except ValueError:
        yield look("Streak does not say what time it is", "let this machine's clock be set by NTP")
        return
    said = f"this machine's clock is {abs(apart):.0f} s {'behind' if apart > 0 else 'before'} Streak's"
    if abs(apart) <= _NOTICED:
        yield good(f"this machine's clock agrees with Streak's ({abs(apart):.0f} s)")
    elif abs(apart) <= _TOO_MUCH:
        yield look(said, "let it be set by NTP")
    else:
        yield wrong(said, "set it by NTP: events would be taken for ones of another time")
