"""What a look at a pair makes of its fields: both sides as they are now, beside what they were when seen last."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from streak_infor_orchestration.domain.agreement import (
    Clears,
    Observed,
    Owner,
    Pair,
    Side,
    Way,
    changed_on,
    is_readable,
    observed,
    way_of,
)
from streak_infor_orchestration.ledger.shadows import Shadow


class Compared(Protocol):
    """A field that is kept the same, and by which policy."""

    @property
    def target(self) -> str: ...
    @property
    def owner(self) -> Owner: ...
    @property
    def clears(self) -> Clears: ...


@dataclass
class Decisions:
    """By target: what is copied, what a person is asked, and what is no number and so stays where it is. `open` was
    changed and not copied yet, asked or still being typed in; `again_at`: somebody may have come to rest then."""

    to_infor: dict[str, str] = field(default_factory=dict)
    to_streak: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Pair] = field(default_factory=dict)
    unreadable: dict[str, Pair] = field(default_factory=dict)
    open: dict[str, dict[Side, Observed]] = field(default_factory=dict)
    again_at: datetime | None = None


def decide(
    kept: Iterable[Compared],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    shadow: Shadow,
    at: datetime,
    typing: timedelta,
    unseen: Collection[str] = (),
) -> Decisions:
    """A look at `at`. What the shadow does not know nobody has changed. `unseen`: targets of which Streak's side may
    say nothing because not all of it was read, and not because it was emptied."""
    made = Decisions()
    for one in kept:
        target = one.target
        if target not in shadow.fields or (target in unseen and not ours.get(target)):
            continue
        now = Pair(ours.get(target, ""), theirs.get(target, ""))
        sides = changed_on(target, now, Pair(*shadow.fields[target]), one.clears)
        changes = observed(sides, now, _before(shadow, target), at)
        rests_at = max((change.at_rest(typing) for change in changes.values()), default=at)
        if rests_at > at:
            made.open[target] = changes
            made.again_at = min(filter(None, (made.again_at, rests_at)))
            continue
        match way_of(changes, one.owner):
            case Way.TO_INFOR if now.infor and now.streak and not is_readable(target, now.streak):
                made.unreadable[target] = now
                made.open[target] = changes
            case Way.TO_INFOR:
                made.to_infor[target] = now.streak
            case Way.TO_STREAK:
                made.to_streak[target] = now.infor
            case Way.ASK:
                made.asked[target] = now
                made.open[target] = changes
    return made


def grounded(
    shadow: Shadow,
    kept: Iterable[Compared],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    unseen: Collection[str] = (),
    open_: Mapping[str, Mapping[Side, Observed]] | None = None,
) -> Shadow:
    """The ground of the next look. What is open keeps its own, so that it stays a change.

    A field of which not all was read in Streak (`unseen`), and that says nothing, keeps its ground there or gets none:
    its next sight would be taken for a change.
    """
    still, seen = open_ or {}, dict(shadow.fields)
    for target in (one.target for one in kept if one.target not in still):
        if target in ours or target not in unseen:
            seen[target] = [ours.get(target, ""), theirs.get(target, "")]
        elif target in seen:
            seen[target] = [seen[target][0], theirs.get(target, "")]
    changed = {
        target: {
            side.value: [change.value, change.since.isoformat(), change.begun.isoformat()]
            for side, change in changes.items()
        }
        for target, changes in still.items()
    }
    return replace(shadow, fields=seen, changed=changed)


def _before(shadow: Shadow, target: str) -> dict[Side, Observed]:
    return {
        Side(side): Observed(value, datetime.fromisoformat(since), datetime.fromisoformat(begun))
        for side, (value, since, begun) in shadow.changed.get(target, {}).items()
    }
