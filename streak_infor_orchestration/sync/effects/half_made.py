"""What is half-made in the other system: what the row knows of it, and what a probe shows.

It pins its request. A person over there may finish it at any time, so nothing else is sent for the same record until it
is finished or dismantled; and one that is gone is not made anew, because whoever took it away may have finished it.
"""

from collections.abc import Mapping

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.effects import Effect

DISMANTLING = "dismantling"
"""The step that is noted before what is half-made is taken away: from then on only a probe tells what is left."""


def is_being_dismantled(effect: Effect) -> bool:
    return DISMANTLING in effect.steps


def steps_to_go_on_with(effect: Effect, shown: Mapping[str, str]) -> dict[str, str] | None:
    """Of what the row has, as a probe completes it; None where it is gone. Raises `Conflict` where what the probe shows
    is another one."""
    kept: dict[str, str] = effect.steps
    if is_being_dismantled(effect) or not (kept or is_held(effect)):
        return dict(shown)
    if not shown:
        return None
    others = {step: outcome for step, outcome in shown.items() if kept.get(step, outcome) != outcome}
    if others:
        raise foreign(tuple(filter(None, others.values())))
    return {**kept, **shown}


def is_held(effect: Effect) -> bool:
    """Whether it was kept over there when it was last looked at."""
    return effect.state == "unknown" and (effect.error or {}).get("kind") == "Held"


def was_refused(effect: Effect) -> bool:
    """Whether the write failed with a clear answer. Somebody in the ERP may have made by hand since what we could
    not."""
    return (effect.error or {}).get("kind") in ("Rejected", "Conflict", "Held")


def was_gone(effect: Effect) -> bool:
    return (effect.error or {}).get("code") == DealCode.BEGUN_ORDER_GONE


def foreign(names: tuple[str, ...]) -> Conflict:
    listed = ", ".join(names)
    return Conflict(
        f"The ERP has something half-made under this deal's reference that is not what the deal asks for: {listed}.",
        code=DealCode.HALF_MADE_TWICE,
        value=listed,
    )


def gone(effect: Effect) -> Conflict:
    known = ", ".join(filter(None, effect.steps.values()))
    return Conflict(
        f"What was half-made in the ERP for this deal is gone, and there is no order of it: {known or 'unnumbered'}.",
        code=DealCode.BEGUN_ORDER_GONE,
        value=known,
    )
