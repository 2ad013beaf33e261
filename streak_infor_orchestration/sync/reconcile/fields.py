"""Fields that are kept the same on both sides: they need not be equal, for a difference that was always there stands.
What counts is a change on one side, since both were seen last, that did not reach the other."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from streak_infor_orchestration.domain.agreement import Pair, is_change, same
from streak_infor_orchestration.domain.drift import DriftKind
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.sync.customers.three_way import Compared, decide

_AT_ONCE = timedelta()


class FieldDrift(NamedTuple):
    kind: DriftKind
    field: str
    streak: str
    infor: str


class Expected(NamedTuple):
    """What the ERP should have by Streak's side, field by field; None where nothing is expected. `moved`: some field
    is not what it was when seen last."""

    values: tuple[str | None, ...]
    moved: bool


def expected(
    kept: Sequence[Compared],
    ours: Mapping[str, str],
    seen: Mapping[str, Sequence[str]],
    unseen: Collection[str] = (),
) -> Expected:
    """Streak's value where it was changed, else what was seen in the ERP last. `seen`: both sides, by target; `unseen`:
    targets that are read from a record which is not known."""
    values: list[str | None] = []
    moved = False
    for one in kept:
        value = ours.get(one.target, "")
        if one.target not in seen or (not value and one.target in unseen):
            values.append(None)
            continue
        last = Pair(*seen[one.target])
        changed = is_change(one.target, value, last.streak, one.clears)
        moved |= changed
        values.append(spelled(one.target, value if changed else last.infor))
    return Expected(tuple(values), moved)


def there(kept: Sequence[Compared], theirs: Mapping[str, str]) -> tuple[str, ...]:
    """What the ERP has, in the same spelling."""
    return tuple(spelled(one.target, theirs.get(one.target, "")) for one in kept)


def differences(
    kept: Sequence[Compared],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    shadow: Shadow,
    now: datetime,
    unseen: Collection[str] = (),
) -> Iterator[FieldDrift]:
    """What a look would copy or ask, were nobody typing; and what both sides changed to the same, unseen."""
    made = decide(kept, ours, theirs, shadow, now, _AT_ONCE, unseen)
    to_be_done = made.to_infor.keys() | made.to_streak.keys() | made.asked.keys() | made.unreadable.keys()
    for one in kept:
        pair = Pair(ours.get(one.target, ""), theirs.get(one.target, ""))
        if one.target in to_be_done:
            yield FieldDrift(DriftKind.FIELD, one.target, *pair)
        elif one.target in shadow.fields and one.target not in unseen:
            sides = zip(pair, shadow.fields[one.target], strict=True)
            moved = all(is_change(one.target, value, before, one.clears) for value, before in sides)
            if moved and same(one.target, *pair):
                yield FieldDrift(DriftKind.OLD_SHADOW, one.target, *pair)


def spelled(target: str, text: str) -> str:
    """In one way, as far as that is a matter of case and blanks."""
    kind = target.rpartition(".")[2]
    if kind == "email" or ".billing_address." in target or ".shipping_address." in target:
        return " ".join(text.casefold().split())
    return text.strip()
